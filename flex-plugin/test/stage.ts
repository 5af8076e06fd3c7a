import { expect } from 'bun:test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { launchChromium } from '../../sandbox/src/flex/chromium.ts';
import { startPanelApi } from './bridge.ts';
import { bundlePage } from './bundle.ts';
import { memberId } from './fixtures.ts';

/** Where pictures of the states go; none are taken without it. */
const pictures = process.env.PANEL_PICTURES;

export interface OpenOptions {
  language?: string;
  roles?: string;
  member?: string;
  /** Empty: the plugin knows no bridge. */
  bridge?: string;
}

/** One browser with one page that shows the plugin, beside a panel API. */
export async function openStage() {
  const api = startPanelApi();
  const scripts: Record<string, Blob | string> = {
    '/page.js': await bundlePage(),
    '/axe.js': Bun.file(require.resolve('axe-core/axe.min.js')),
  };
  const host = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => {
      const script = scripts[new URL(url).pathname];
      return script
        ? new Response(script, {
            // What the browser may keep, it also keeps compiled.
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
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));

  /** Opens the panel anew. */
  async function open(options: OpenOptions = {}): Promise<void> {
    const query = new URLSearchParams({
      bridge: options.bridge ?? api.url,
      member: options.member ?? memberId,
      language: options.language ?? 'en-US',
      roles: options.roles ?? 'agent',
    });
    await page.goto(`http://127.0.0.1:${host.port}/?${query}`);
    expect(faults).toEqual([]);
  }

  const tab = (name: string) => page.getByRole('tab', { name }).click();

  /** What axe finds serious or critical. */
  const axeFaults = (theme: string) =>
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

  /** No serious fault of accessibility, nothing wider than the panel and no error, in light and in dark. */
  async function expectSound(name: string, { withAxe = true } = {}): Promise<void> {
    if (withAxe && !(await page.evaluate(() => 'axe' in window))) await page.addScriptTag({ url: '/axe.js' });
    for (const theme of ['default', 'dark'] as const) {
      await page.evaluate(
        (wanted) => (window as never as { setTheme(name: string): void }).setTheme(wanted),
        theme,
      );
      const found = withAxe ? await axeFaults(theme) : [];
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
    expect(faults).toEqual([]);
    await page.evaluate(() => (window as never as { setTheme(name: string): void }).setTheme('default'));
  }

  return {
    api,
    page,
    open,
    tab,
    expectSound,
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

export type Stage = Awaited<ReturnType<typeof openStage>>;
