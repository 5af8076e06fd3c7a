import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { CaseDetail, CaseStatus } from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { chromiumPath } from '../src/flex/chromium.ts';
import { openViewsDesk, type ViewsDesk } from './views-desk.ts';

// One browser and one start of Flex for all of them: that start costs more than any story.

let desk: ViewsDesk;
beforeAll(async () => {
  if (!chromiumPath) return;
  desk = await openViewsDesk();
  await seed();
  await desk.open('/flexcord-cases?type=bug');
}, 120_000);
afterAll(() => desk?.close());

const story = test.skipIf(!chromiumPath);

async function seed(): Promise<void> {
  const { api, member } = desk;
  const ada = await member('ada', 'Ada');
  const titles: Array<[string, CaseDetail['type'], CaseStatus]> = [
    ['Cannot log in since the update', 'bug', 'open'],
    ['The inventory is empty after a crash', 'bug', 'elevated'],
    ['Please add a dark map', 'feature', 'open'],
    ['The payment went through twice', 'support', 'closed'],
  ];
  for (const [title, type, to] of titles) {
    const { id } = await api<CaseDetail>('POST', panelRoutes.cases, {
      memberId: ada.id,
      ...{ title, type, description: 'Since yesterday', priority: 'normal', tags: ['beta'], fields: {} },
      source: null,
    });
    if (to !== 'open')
      await api('POST', panelRoutes.caseBulk, { ids: [id], action: { is: 'transition', to } });
  }
}

story('a shared address shows the same cases; filters, a case and the back button', async () => {
  const { page } = desk;
  const row = (title: string) => page.getByRole('row').filter({ hasText: title });
  await row('The inventory is empty').waitFor();
  expect(await row('dark map').count()).toBe(0);

  await page.getByRole('button', { name: 'Clear all' }).click();
  await row('dark map').waitFor();
  await page.getByRole('button', { name: /Elevated/ }).click();
  await row('dark map').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?view=table&status=elevated');
  await page.getByRole('link', { name: 'The inventory is empty after a crash' }).click();
  await page.getByRole('complementary', { name: 'Case 2' }).getByText('Since yesterday').waitFor();
  expect(new URL(page.url()).pathname).toBe('/flexcord-cases/2');
  await page.goBack();
  await page.getByRole('complementary').waitFor({ state: 'detached' });
  await page.goBack();
  await row('dark map').waitFor();

  await page.getByRole('searchbox').fill('payment');
  await row('dark map').waitFor({ state: 'detached' });
  await row('The payment went through twice').waitFor();
  await page.getByRole('searchbox').fill('');
  await row('dark map').waitFor();
});

story('many cases are changed at once, and each that could not be says why', async () => {
  const { page, api } = desk;
  await page.getByLabel('Select all that are shown').check();
  await page.getByLabel('Set status…').selectOption('elevated');
  const report = page.getByRole('alert').filter({ hasText: 'were not' });
  await report.getByText('#2:').waitFor();
  await page.getByRole('row').filter({ hasText: 'dark map' }).getByText('Elevated').waitFor();
  expect(await api<CaseDetail>('GET', panelRoutes.case('3'))).toMatchObject({ status: 'elevated' });
});

story('what fits is saved as CSV', async () => {
  const { page } = desk;
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(await Bun.file(await download.path()).text()).toContain('Please add a dark map');
});

story(
  'on the board a case is moved by keyboard and with the mouse, and what others do shows at once',
  async () => {
    const { page, api } = desk;
    await page.getByRole('button', { name: 'Board' }).click();
    const column = (name: string) => page.getByRole('region', { name, exact: true });
    const link = (name: string) => column(name).getByRole('link', { name: 'Please add a dark map' });
    await link('Elevated').press('Shift+ArrowRight');
    await link('Waiting for the member').waitFor();
    await link('Waiting for the member').dragTo(column('Open'));
    await link('Open').waitFor();
    await api('POST', panelRoutes.caseBulk, { ids: ['3'], action: { is: 'transition', to: 'resolved' } });
    await link('Resolved').waitFor();
  },
);

story('nothing in it stands in the way of people with a screen reader, in light and dark', async () => {
  const { page } = desk;
  for (const shape of ['Table', 'Board', 'Charts']) {
    await page.getByRole('button', { name: shape, exact: true }).press('Enter');
    await page.getByRole('button', { name: shape, exact: true, pressed: true }).waitFor();
    await page.getByText(shape === 'Charts' ? 'First response' : 'Please add a dark map').waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await desk.theme(theme);
      await desk.picture(`flex-cases-view-${shape.toLowerCase()}-${theme}`);
      expect(await seriousFaults()).toEqual([]);
    }
  }
});

story('without the bridge’s views, and with another version’s, the agent reads why', async () => {
  const { page } = desk;
  const views = /\/panel\/views\.js/;
  await page.route(views, (route) => route.abort());
  await desk.open('/flexcord-cases');
  await page.getByText('The Flexcord bridge does not answer').waitFor();
  await page.unroute(views);
  await page.route(views, (route) =>
    route.fulfill({ body: 'alert(1)', headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('does not have this view in your plugin’s version').waitFor();
  await page.unroute(views);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Cases' }).waitFor();
});

/** What axe finds in the view, Flex's own frame left out. */
async function seriousFaults(): Promise<string[]> {
  const { page } = desk;
  const script = Bun.resolveSync('axe-core/axe.min.js', join(import.meta.dir, '../../flex-plugin'));
  await page.addScriptTag({ path: script });
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run('[data-flexcord-view]');
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

interface Axe {
  run(at: string): Promise<{
    violations: Array<{ id: string; impact: string; nodes: Array<{ html: string }> }>;
  }>;
}
