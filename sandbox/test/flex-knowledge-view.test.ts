import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import type { LibraryArticle, LibraryGaps, LibraryPage } from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import kb from '../../flex-plugin/src/feature-library/knowledge-view/flex-hooks/strings/en-us.json';
import { chromiumPath } from '../src/flex/chromium.ts';
import { type FlexDesk, openFlexDesk, words } from './flex-desk.ts';

// One browser and one start of Flex for all of them: a supervisor goes from one thing to the next.

/** Reads of a page what keeps people from using it (https://github.com/dequelabs/axe-core). */
const axeFile = Bun.resolveSync('axe-core/axe.min.js', join(import.meta.dir, '../../flex-plugin'));

let desk: FlexDesk;
beforeAll(async () => {
  if (!chromiumPath) return;
  desk = await openFlexDesk({ roles: ['supervisor'] });
  await desk.page.addScriptTag({ path: axeFile });
  // Colours half-way from one theme to the other are nobody's fault.
  await desk.page.addStyleTag({ content: '* { transition: none !important }' });
}, 120_000);
afterAll(() => desk?.close());

const story = test.skipIf(!chromiumPath);

const button = (key: keyof typeof kb) => desk.page.getByRole('button', { name: kb[key], exact: true });
const field = (key: keyof typeof kb) => desk.page.getByLabel(kb[key], { exact: true });
const tab = (name: RegExp | string) => desk.page.getByRole('tab', { name }).press('Enter');
const sees = (text: string | RegExp) => desk.page.getByText(text).first().waitFor();
const heading = (name: string) => desk.page.getByRole('heading', { name, level: 1 }).waitFor();

/** What the bridge says to a supervisor at another desk. */
async function elsewhere<Answer>(path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(desk.bridge.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${desk.twilio.issueToken(desk.kim, { roles: ['supervisor'] })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (answer.status === 204 ? undefined : await answer.json()) as Answer;
}

/** Nothing that axe calls serious, in light and in dark. */
async function expectSound(name: string): Promise<void> {
  await desk.picture(`flex-knowledge-view-${name}`);
  for (const theme of ['dark', 'light'] as const) {
    await desk.theme(theme);
    const found = await desk.page.evaluate(async (view) => {
      const { axe } = window as never as { axe: { run(on: object): Promise<AxeResults> } };
      // Flex writes dark on blue on its own primary buttons in its dark theme.
      const { violations } = await axe.run({ include: [view], exclude: ['.MuiButton-label'] });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    }, `section[aria-label="${kb.FlexcordKbView}"]`);
    expect({ name, theme, found }).toEqual({ name, theme, found: [] });
  }
}

interface AxeResults {
  violations: Array<{ id: string; impact: string | null; nodes: Array<{ html: string }> }>;
}

story('articles are listed, narrowed down and found', async () => {
  const { page } = desk;
  await page.getByRole('link', { name: words.FlexcordKnowledge, exact: true }).press('Enter');
  await sees('1–50 of 60');
  await button('FlexcordKbNextPage').press('Enter');
  await sees('51–60 of 60');
  await field('FlexcordKbLanguage').selectOption('en');
  await sees('1–30 of 30');
  await field('FlexcordKbLabel').selectOption('purchases');
  await expectSound('list');
  await field('FlexcordKbSearch').fill('refund');
  await sees('1–1 of 1');
  await field('FlexcordKbSearch').fill('no such words');
  await sees(kb.FlexcordKbNothingFits);
  await button('FlexcordKbClearFilter').press('Enter');
  await sees('1–50 of 60');
});

story(
  'an article is written, tried and published, and what was written outlives a look at something else',
  async () => {
    const { page } = desk;
    await button('FlexcordKbNewArticle').press('Enter');
    await field('FlexcordKbTitle').fill('Dye your sails');
    await page.getByLabel(/^Sample questions/).fill('how do I dye my sails\n\ncan sails be blue');
    await page.getByRole('link', { name: 'Agent Desktop' }).press('Enter');
    await page.getByRole('link', { name: words.FlexcordKnowledge, exact: true }).press('Enter');
    await page.getByLabel('Sample questions (2)').waitFor();
    await button('FlexcordKbPublish').press('Enter');
    await sees(kb.FlexcordKbNeedsText);
    await field('FlexcordKbText').fill('Open **Harbour › Sails** and choose a colour.');
    await field('FlexcordKbTemplate').fill('Hi !');
    await field('FlexcordKbTemplate').press('ArrowLeft');
    await page.getByRole('button', { name: /Member's name/ }).press('Enter');
    await tab(kb.FlexcordKbPreview);
    await sees('Hi Ada!');
    await tab(kb.FlexcordKbTry);
    await field('FlexcordKbTryQuestion').fill('I want blue sails');
    await field('FlexcordKbTryQuestion').press('Enter');
    await sees(kb.FlexcordKbTrialFirst);
    await page.locator('mark', { hasText: 'sails' }).first().waitFor();
    await expectSound('editor');
    await field('FlexcordKbTryQuestion').fill('I want my money back');
    await field('FlexcordKbTryQuestion').press('Enter');
    await sees('Ask for a refund');
    await button('FlexcordKbPublish').press('Enter');
    await heading('Dye your sails');
    await button('FlexcordKbUnpublish').waitFor();
    const { matches } = await elsewhere<ArticleMatches>(`${panelRoutes.knowledgeSearch}?q=dye+my+sails`);
    expect(matches.map(({ title }) => title.map(({ text }) => text).join(''))).toContain('Dye your sails');
  },
);

story(
  'who writes while somebody else saves chooses between the two, and every version can come back',
  async () => {
    const { page } = desk;
    await button('FlexcordKbBack').press('Enter');
    await page.getByRole('button', { name: 'Dye your sails' }).press('Enter');
    await field('FlexcordKbTitle').fill('Paint your sails');
    const { articles } = await elsewhere<LibraryPage>(`${panelRoutes.library}?q=dye+your+sails`);
    const path = panelRoutes.libraryArticle(articles[0]?.id ?? '');
    const before = await elsewhere<LibraryArticle>(path);
    const content = { ...before.content, title: 'Colour your sails', labels: ['ship'] };
    await elsewhere(path, { content, version: before.version });
    await sees('Kim changed this article while you wrote.');
    await expectSound('conflict');
    await button('FlexcordKbConflictSettle').press('Enter');
    await button('FlexcordKbSave').press('Enter');
    await heading('Paint your sails');
    expect((await elsewhere<LibraryArticle>(path)).content).toMatchObject({
      title: 'Paint your sails',
      labels: ['ship'],
    });
    await tab(kb.FlexcordKbVersions);
    await button('FlexcordKbRestore').last().press('Enter');
    await heading('Dye your sails');
    await expectSound('versions');
    await button('FlexcordKbDelete').press('Enter');
    await sees(kb.FlexcordKbDeletedNotice);
    await button('FlexcordKbBringBack').press('Enter');
    await button('FlexcordKbPublish').waitFor();
    await button('FlexcordKbBack').press('Enter');
  },
);

story(
  'what could not be answered becomes an article or is put away, and a lesson is taken back',
  async () => {
    const { page } = desk;
    const asks = (query: string) =>
      elsewhere(panelRoutes.knowledgeFeedback, {
        articleId: null,
        verdict: 'none-fits',
        query,
        conversationSid: null,
      });
    await asks('where is the octopus skin');
    await asks('where is the octopus skin please');
    await asks('asdf');
    await elsewhere(panelRoutes.knowledgeFeedback, {
      articleId: 'en-refund',
      verdict: 'down',
      query: 'when does the harbour close',
      conversationSid: null,
    });
    await tab(new RegExp(kb.FlexcordKbGaps));
    await expectSound('gaps');
    await button('FlexcordKbDismiss').last().press('Enter');
    await button('FlexcordKbDismissYes').press('Enter');
    await page.getByText('asdf').waitFor({ state: 'detached' });
    await button('FlexcordKbWriteArticle').press('Enter');
    await page.getByLabel('Sample questions (2)').waitFor();
    await field('FlexcordKbTitle').fill('The octopus skin');
    await field('FlexcordKbText').fill('Win the reef race.');
    await button('FlexcordKbPublish').press('Enter');
    await heading('The octopus skin');
    expect(await elsewhere<LibraryGaps>(panelRoutes.libraryGaps)).toEqual({ gaps: [], total: 0 });
    await button('FlexcordKbBack').press('Enter');
    await sees(kb.FlexcordKbNoGaps);

    await tab(kb.FlexcordKbLessons);
    await button('FlexcordKbUndo').press('Enter');
    await sees(/undone by Mina/);
    await expectSound('lessons');
  },
);

story('a spreadsheet is looked through, its broken row is named, and the rest is imported', async () => {
  const { page } = desk;
  await button('FlexcordKbImport').press('Enter');
  const csv = 'id,title,text\nhull,Scrub the hull,Use a brush.\nbad,,x\n';
  await field('FlexcordKbFile').setInputFiles([
    { name: 'harbour.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  ]);
  await sees(kb.FlexcordKbDryRun);
  await sees('harbour.csv, row 3');
  await expectSound('import');
  await page.getByRole('button', { name: 'Import now (1)' }).press('Enter');
  await sees(kb.FlexcordKbImported);
  await button('FlexcordKbImportDone').press('Enter');
  await tab(/Articles/);
  await page.getByRole('button', { name: 'Scrub the hull' }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    button('FlexcordKbExportCsv').press('Enter'),
  ]);
  expect(file.suggestedFilename()).toBe('articles.csv');
  expect(await Bun.file(await file.path()).text()).toContain('Scrub the hull');
});

story('while the bridge is away the list stays, and it comes back by itself', async () => {
  const { bridge, page } = desk;
  await bridge.stop();
  await field('FlexcordKbSearch').fill('hull');
  await sees(words.FlexcordOffline);
  await bridge.start();
  await page.getByText(words.FlexcordOffline).first().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Scrub the hull' }).waitFor();
});
