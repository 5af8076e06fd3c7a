import { expect, test } from 'bun:test';
import type { CaseDetail, CaseStatus } from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { FlexBrowser } from '../flex-browser.ts';

/** The URL that is open when the tests begin. */
export const SHARED_ADDRESS = '/flexcord-cases?type=bug';

/** Creates cases of one member as another agent. */
export async function seedCases({ callPanelAsKim, discord, newMember }: FlexBrowser): Promise<void> {
  const ada = newMember('Ada');
  const answered = discord.waitForMessage(() => ada.inbox().some(({ author }) => author.id !== ada.id));
  ada.dm('hello');
  await answered;
  const titles: Array<[string, CaseDetail['type'], CaseStatus]> = [
    ['Cannot log in since the update', 'bug', 'open'],
    ['The inventory is empty after a crash', 'bug', 'elevated'],
    ['Please add a dark map', 'feature', 'open'],
    ['The payment went through twice', 'support', 'closed'],
  ];
  for (const [title, type, to] of titles) {
    const { id } = await callPanelAsKim<CaseDetail>(panelRoutes.cases, {
      memberId: ada.id,
      ...{ title, type, description: 'Since yesterday', priority: 'normal', tags: ['beta'], fields: {} },
      source: null,
    });
    if (to !== 'open')
      await callPanelAsKim(panelRoutes.caseBulk, { ids: [id], action: { is: 'transition', to } });
  }
}

/** Tests of the supervisors' view of all cases. */
export function casesView(flex: () => FlexBrowser): void {
  test('a shared URL restores the view; filters, case details and the back button work', async () => {
    const { page } = flex();
    const row = (title: string) => page.getByRole('row').filter({ hasText: title });
    await row('The inventory is empty').waitFor();
    expect(await row('dark map').count()).toBe(0);

    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row('dark map').waitFor();
    await page.getByRole('button', { name: /In progress/ }).click();
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

  test('a bulk change reports why single cases were not changed', async () => {
    const { page, callPanelAsKim } = flex();
    await page.getByLabel('Select all that are shown').check();
    await page.getByLabel('Set status…').selectOption('elevated');
    await page.getByRole('button', { name: /^Change \d+ cases$/ }).press('Enter');
    const report = page.getByRole('alert').filter({ hasText: /(was|were) not/ });
    await report.getByText('#2:').waitFor();
    await page.getByRole('row').filter({ hasText: 'dark map' }).getByText('In progress').waitFor();
    expect(await callPanelAsKim<CaseDetail>(panelRoutes.case('3'))).toMatchObject({ status: 'elevated' });
  });

  test('the filtered cases are exported as CSV', async () => {
    const { page } = flex();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).click(),
    ]);
    expect(await Bun.file(await download.path()).text()).toContain('Please add a dark map');
  });

  test('the board moves cases by keyboard and mouse and shows others’ changes live', async () => {
    const { page, callPanelAsKim } = flex();
    await page.getByRole('button', { name: 'Board', exact: true }).click();
    const column = (name: string) => page.getByRole('region', { name, exact: true });
    const link = (name: string) => column(name).getByRole('link', { name: 'Please add a dark map' });
    await link('In progress').press('Shift+ArrowRight');
    await link('Waiting for the member').waitFor();
    await link('Waiting for the member').dragTo(column('Open'));
    await link('Open').waitFor();
    await callPanelAsKim(panelRoutes.caseBulk, { ids: ['3'], action: { is: 'transition', to: 'resolved' } });
    await link('Resolved').waitFor();
  });

  test('the table, the board and the charts are a key press apart', async () => {
    const { page, takeScreenshot } = flex();
    for (const shape of ['Table', 'Board', 'Charts']) {
      await page.getByRole('button', { name: shape, exact: true }).press('Enter');
      await page.getByRole('button', { name: shape, exact: true, pressed: true }).waitFor();
      await page.getByText(shape === 'Charts' ? 'First response' : 'Please add a dark map').waitFor();
      await takeScreenshot(`flex-cases-view-${shape.toLowerCase()}`);
    }
  });
}
