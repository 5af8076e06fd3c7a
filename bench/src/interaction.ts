import { bundlePage } from '../../flex-plugin/test/bundlePage.ts';
import { chromiumPath, launchChromium } from '../../sandbox/src/flex/chromium.ts';

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchChromium>>['newPage']>>;

/** What every interaction with the Cases view is held to, in milliseconds, from the event to the paint that answers it. */
export const MAX_PAINT_MS = 100;
const ROUNDS = 10;
const HTML = `<!doctype html><html lang="en"><title>Cases</title><body style="margin:0"><div id="root"></div>
<script type="module" src="/page.js"></script></body></html>`;

/** A page with the plugin as it is shipped, between a stand-in for Flex UI and a bridge. */
export async function startViewPage() {
  if (!chromiumPath) return null;
  const { page: script, files } = await bundlePage();
  const host = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) =>
      new URL(url).pathname === '/page.js'
        ? new Response(script, { headers: { 'content-type': 'text/javascript' } })
        : new Response(HTML, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
  });
  const origin = `http://127.0.0.1:${host.port}`;
  return {
    origin,
    /** Plays the same interactions some rounds long, in a browser of its own. */
    async measure(bridge: string, token: string): Promise<Map<string, number[]>> {
      const browser = await launchChromium();
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      page.setDefaultTimeout(60_000);
      await page.route(/\/panel\/(?:views|desk)\.js/, (route) =>
        route.fulfill({
          contentType: 'text/javascript',
          headers: { 'access-control-allow-origin': '*' },
          body: Buffer.from(route.request().url().includes('/views.js') ? files.views : files.desk),
        }),
      );
      const parameters = new URLSearchParams({ bridge, token, roles: 'supervisor' });
      await page.goto(`${origin}/flexcord-cases?view=table#${parameters}`);
      const times = await interactions(page);
      await browser.close();
      return times;
    },
    stop: () => host.stop(true),
  };
}

async function interactions(page: Page): Promise<Map<string, number[]>> {
  const rows = page.getByRole('row');
  await rows.nth(20).waitFor();
  // https://www.w3.org/TR/event-timing/: from the event to the next paint, in steps of 8 ms; shorter than 16 is not told.
  await page.evaluate(() => {
    const seen = { longest: 0 };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
    Object.assign(window, { seen });
  });
  const shape = (name: string) => page.getByRole('button', { name, exact: true });
  const first = page.getByRole('link').first();
  const acts: Array<[name: string, act: () => Promise<unknown>, settled?: () => Promise<unknown>]> = [
    ['a key that does nothing', () => page.keyboard.press('F9')],
    ['a letter in the search', () => page.getByRole('searchbox').press('d')],
    [
      'the letter taken back',
      () => page.getByRole('searchbox').press('Backspace'),
      () => rows.nth(20).waitFor(),
    ],
    ['a case ticked', () => rows.nth(3).getByRole('checkbox').click()],
    ['and unticked', () => rows.nth(3).getByRole('checkbox').click()],
    [
      'sorted by votes',
      () => page.getByRole('button', { name: 'Votes' }).click(),
      () => rows.nth(20).waitFor(),
    ],
    [
      'sorted by age',
      () => page.getByRole('button', { name: 'Opened' }).click(),
      () => rows.nth(20).waitFor(),
    ],
    [
      'a status chosen',
      () =>
        page
          .getByRole('button', { name: /In progress/ })
          .first()
          .click(),
      () => rows.nth(20).waitFor(),
    ],
    [
      'all again',
      () => page.getByRole('button', { name: /All$/ }).first().click(),
      () => rows.nth(20).waitFor(),
    ],
    ['a row further down', () => first.press('ArrowDown')],
    ['a case opened', () => page.keyboard.press('Enter'), () => page.getByText('Timeline').waitFor()],
    [
      'and closed',
      () => page.keyboard.press('Escape'),
      () => page.getByText('Timeline').waitFor({ state: 'detached' }),
    ],
    ['the board', () => shape('Board').click(), () => page.getByRole('region', { name: 'Open' }).waitFor()],
    ['the charts', () => shape('Charts').click(), () => page.getByText('First response').waitFor()],
    ['the table', () => shape('Table').click(), () => rows.nth(20).waitFor()],
  ];
  const times = new Map<string, number[]>(acts.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, act, settled] of acts) {
      await page.evaluate(() => {
        (window as never as { seen: { longest: number } }).seen.longest = 0;
      });
      await act();
      await settled?.();
      // Entries are told after the paint that they end with.
      const longest = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const told = () => resolve((window as never as { seen: { longest: number } }).seen.longest);
            requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(told, 50)));
          }),
      );
      times.get(name)?.push(longest);
    }
  }
  return times;
}
