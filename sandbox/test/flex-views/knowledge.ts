import { expect, test } from 'bun:test';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import type { LibraryArticle, LibraryGaps, LibraryPage } from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import kb from '../../../flex-plugin/src/strings/en/views.json';
import { type FlexDesk, words } from '../flex-desk.ts';
import { expectSound } from './sound.ts';

/** What a supervisor does with the help articles. */
export function knowledgeView(desk: () => FlexDesk): void {
  const button = (key: keyof typeof kb) => desk().page.getByRole('button', { name: kb[key], exact: true });
  const field = (key: keyof typeof kb) => desk().page.getByLabel(kb[key], { exact: true });
  const tab = (name: RegExp | string) => desk().page.getByRole('tab', { name }).press('Enter');
  const sees = (text: string | RegExp) => desk().page.getByText(text).first().waitFor();
  const heading = (name: string) => desk().page.getByRole('heading', { name, level: 1 }).waitFor();

  // Flex writes dark on blue on its own primary buttons in its dark theme.
  const sound = (name: string) =>
    expectSound(desk(), `flex-knowledge-view-${name}`, { exclude: ['.MuiButton-label'] });

  test('articles are listed, narrowed down and found', async () => {
    const { page } = desk();
    await page.getByRole('link', { name: words.FlexcordKnowledge, exact: true }).press('Enter');
    await sees('1–50 of 60');
    await button('FlexcordKbNextPage').press('Enter');
    await sees('51–60 of 60');
    await field('FlexcordKbLanguage').selectOption('en');
    await sees('1–30 of 30');
    await field('FlexcordKbLabel').selectOption('purchases');
    await sound('list');
    await field('FlexcordKbSearch').fill('refund');
    await sees('1–1 of 1');
    await field('FlexcordKbSearch').fill('no such words');
    await sees(kb.FlexcordKbNothingFits);
    await button('FlexcordKbClearFilter').press('Enter');
    await sees('1–50 of 60');
  });

  test('an article is written, tried and published, and what was written outlives a look at something else', async () => {
    const { page } = desk();
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
    await sound('editor');
    await field('FlexcordKbTryQuestion').fill('I want my money back');
    await field('FlexcordKbTryQuestion').press('Enter');
    await sees('Ask for a refund');
    await button('FlexcordKbPublish').press('Enter');
    await heading('Dye your sails');
    await button('FlexcordKbUnpublish').waitFor();
    const { matches } = await desk().asKim<ArticleMatches>(`${panelRoutes.knowledgeSearch}?q=dye+my+sails`);
    expect(matches.map(({ title }) => title.map(({ text }) => text).join(''))).toContain('Dye your sails');
  });

  test('who writes while somebody else saves chooses between the two, and every version can come back', async () => {
    const { page } = desk();
    await button('FlexcordKbBack').press('Enter');
    await page.getByRole('button', { name: 'Dye your sails' }).press('Enter');
    await field('FlexcordKbTitle').fill('Paint your sails');
    const { articles } = await desk().asKim<LibraryPage>(`${panelRoutes.library}?q=dye+your+sails`);
    const path = panelRoutes.libraryArticle(articles[0]?.id ?? '');
    const before = await desk().asKim<LibraryArticle>(path);
    const content = { ...before.content, title: 'Colour your sails', labels: ['ship'] };
    await desk().asKim(path, { content, version: before.version });
    await sees('Kim changed this article while you wrote.');
    await sound('conflict');
    await button('FlexcordKbConflictSettle').press('Enter');
    await button('FlexcordKbSave').press('Enter');
    await heading('Paint your sails');
    expect((await desk().asKim<LibraryArticle>(path)).content).toMatchObject({
      title: 'Paint your sails',
      labels: ['ship'],
    });
    await tab(kb.FlexcordKbVersions);
    await button('FlexcordKbRestore').last().press('Enter');
    await heading('Dye your sails');
    await sound('versions');
    await button('FlexcordKbDelete').press('Enter');
    await sees(kb.FlexcordKbDeletedNotice);
    await button('FlexcordKbBringBack').press('Enter');
    await button('FlexcordKbPublish').waitFor();
    await button('FlexcordKbBack').press('Enter');
  });

  test('what could not be answered becomes an article or is put away, and a lesson is taken back', async () => {
    const { page } = desk();
    const asks = (query: string) =>
      desk().asKim(panelRoutes.knowledgeFeedback, {
        articleId: null,
        verdict: 'none-fits',
        query,
        conversationSid: null,
      });
    await asks('where is the octopus skin');
    await asks('where is the octopus skin please');
    await asks('asdf');
    await desk().asKim(panelRoutes.knowledgeFeedback, {
      articleId: 'en-refund',
      verdict: 'down',
      query: 'when does the harbour close',
      conversationSid: null,
    });
    await tab(new RegExp(kb.FlexcordKbGaps));
    await sound('gaps');
    await button('FlexcordKbDismiss').last().press('Enter');
    await button('FlexcordKbDismissYes').press('Enter');
    await page.getByText('asdf').waitFor({ state: 'detached' });
    await button('FlexcordKbWriteArticle').press('Enter');
    await page.getByLabel('Sample questions (2)').waitFor();
    await field('FlexcordKbTitle').fill('The octopus skin');
    await field('FlexcordKbText').fill('Win the reef race.');
    await button('FlexcordKbPublish').press('Enter');
    await heading('The octopus skin');
    expect(await desk().asKim<LibraryGaps>(panelRoutes.libraryGaps)).toEqual({ gaps: [], total: 0 });
    await button('FlexcordKbBack').press('Enter');
    await sees(kb.FlexcordKbNoGaps);

    await tab(kb.FlexcordKbLessons);
    await button('FlexcordKbUndo').press('Enter');
    await sees(/undone by Mina/);
    await sound('lessons');
  });

  test('a spreadsheet is looked through, its broken row is named, and the rest is imported', async () => {
    const { page } = desk();
    await button('FlexcordKbImport').press('Enter');
    const csv = 'id,title,text\nhull,Scrub the hull,Use a brush.\nbad,,x\n';
    await field('FlexcordKbFile').setInputFiles([
      { name: 'harbour.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    ]);
    await sees(kb.FlexcordKbDryRun);
    await sees('harbour.csv, row 3');
    await sound('import');
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

  test('while the bridge is away the list stays, and it comes back by itself', async () => {
    const { bridge, page } = desk();
    await bridge.stop();
    await field('FlexcordKbSearch').fill('hull');
    await sees(words.FlexcordOffline);
    await bridge.start();
    await page.getByText(words.FlexcordOffline).first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Scrub the hull' }).waitFor();
  });
}
