import { expect } from 'bun:test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { launchChromium } from '../../sandbox/src/flex/chromium.ts';
import { bundlePage } from './bundlePage.ts';
import { memberId } from './fixtures.ts';
import { startPanelApi } from './panelApi.ts';
import { viewCases } from './viewFixtures.ts';

/** Folder for screenshots of the states; none are taken where it is not set. */
const pictures = process.env.FLEXCORD_PICTURES;

export interface OpenOptions {
  language?: string;
  roles?: string;
  /** Features that are switched off in the Flex configuration, separated by commas. */
  switchedOff?: string;
  member?: string;
  /** Status of the task; `accepted` where it is not given. */
  status?: 'accepted' | 'wrapping';
  /** The task is about a thread in which everybody reads. */
  isPublic?: boolean;
  /** Empty: the plugin knows no bridge. */
  bridge?: string;
}

/** A browser with a page that shows the plugin, and a panel API that it talks to. */
export async function openTestPage() {
  const { page: pageScript, files } = await bundlePage();
  const api = startPanelApi(files);
  const scripts: Record<string, Blob | string> = {
    '/page.js': pageScript,
    '/axe.js': Bun.file(require.resolve('axe-core/axe.min.js')),
  };
  const host = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => {
      const script = scripts[new URL(url).pathname];
      return script
        ? new Response(script, {
            // The browser keeps compiled code only of scripts that it may cache.
            headers: { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' },
          })
        : new Response(
            '<!doctype html><html lang="en"><title>Panel</title><style>*{transition:none!important;animation:none!important}</style><body style="margin:0"><div id="root"></div><script type="module" src="/page.js"></script></body></html>',
            { headers: { 'content-type': 'text/html; charset=utf-8' } },
          );
    },
  });
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 440, height: 900 },
    reducedMotion: 'reduce',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const pageErrors: string[] = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));

  /** Loads the page again, with these settings. */
  async function open(options: OpenOptions = {}): Promise<void> {
    const query = new URLSearchParams({
      bridge: options.bridge ?? api.url,
      member: options.member ?? memberId,
      language: options.language ?? 'en-US',
      roles: options.roles ?? 'agent',
      status: options.status ?? 'accepted',
      switchedOff: options.switchedOff ?? '',
      public: options.isPublic ? 'true' : '',
    });
    await page.goto(`http://127.0.0.1:${host.port}/?${query}`);
    expect(pageErrors).toEqual([]);
  }

  /** Opens a view of the side navigation at its address, as a supervisor. */
  async function openView(
    address: string,
    {
      language = 'en-US',
      width = 1280,
      height = 800,
    }: { language?: string; width?: number; height?: number } = {},
  ): Promise<void> {
    api.respondWith(viewCases);
    await page.setViewportSize({ width, height });
    const parameters = new URLSearchParams({ bridge: api.url, language, roles: 'supervisor,admin' });
    // An address that differs in nothing but its hash would not be loaded again.
    await page.goto('about:blank');
    await page.goto(`http://127.0.0.1:${host.port}${address}#${parameters}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(pageErrors).toEqual([]);
  }

  const tab = (name: string) => page.getByRole('tab', { name }).click();

  /** Serious and critical violations that axe finds. */
  const axeViolations = (theme: string) =>
    page.evaluate(async (isDark) => {
      const { axe } = window as never as { axe: { run(node: Node, options: object): Promise<AxeResults> } };
      const { violations } = await axe.run(document.body, {
        resultTypes: ['violations'],
        // A theme changes nothing but colours.
        ...(isDark && { runOnly: ['color-contrast'] }),
      });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    }, theme === 'dark');

  /** Fails on a serious accessibility violation, on content wider than the panel and on an error, in light and in dark. */
  async function expectAccessible(name: string, { withAxe = true } = {}): Promise<void> {
    if (withAxe && !(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ url: '/axe.js' });
    for (const theme of ['default', 'dark'] as const) {
      await page.evaluate(
        (wanted) => (window as never as { setTheme(name: string): void }).setTheme(wanted),
        theme,
      );
      const found = withAxe ? await axeViolations(theme) : [];
      if (pictures) {
        await mkdir(pictures, { recursive: true });
        await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
      }
      expect({ name, theme, found }).toEqual({ name, theme, found: [] });
    }
    const overflow = await page.evaluate(() => {
      const panel = document.querySelector('[role=tabpanel]');
      const inside = panel ? panel.scrollWidth - panel.clientWidth : 0;
      return inside + document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
    expect({ name, overflow }).toEqual({ name, overflow: 0 });
    expect(pageErrors).toEqual([]);
    await page.evaluate(() => (window as never as { setTheme(name: string): void }).setTheme('default'));
  }

  return {
    api,
    page,
    /** What an earlier test has typed and not sent. */
    forgetDrafts: () =>
      page.evaluate(() => (location.protocol === 'http:' ? sessionStorage.clear() : undefined)),
    open,
    openView,
    tab,
    /** Screenshots are taken. */
    takesPictures: pictures !== undefined,
    expectAccessible,
    async close() {
      await browser.close();
      await host.stop(true);
      await api.stop();
    },
  };
}

interface AxeResults {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

export type TestPage = Awaited<ReturnType<typeof openTestPage>>;

/** What the page puts into its window for tests. */
export interface TestPageWindow {
  actions: {
    addListener(
      event: string,
      listener: (payload: Record<string, unknown>, cancel: () => void) => void,
    ): void;
    invokeAction(name: string, payload: unknown): Promise<unknown>;
  };
  sentMessages(): string[];
  refuseMessages(): void;
  textOf(key: string): string | undefined;
}
