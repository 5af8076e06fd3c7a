import { expect, test } from 'bun:test';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import type { LibraryArticle, LibraryGaps, LibraryPage } from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import kb from '../../../flex-plugin/src/strings/en/views.json';
import { type FlexBrowser, words } from '../flex-browser.ts';

/** Tests of the supervisors' view of the articles. */
export function knowledgeView(flex: () => FlexBrowser): void {
  const button = (key: keyof typeof kb) => flex().page.getByRole('button', { name: kb[key], exact: true });
  const field = (key: keyof typeof kb) => flex().page.getByLabel(kb[key], { exact: true });
  const openTab = (name: RegExp | string) => flex().page.getByRole('tab', { name }).press('Enter');
  const openList = (name: RegExp | string) => flex().page.getByRole('button', { name }).press('Enter');
  const waitForText = (text: string | RegExp) => flex().page.getByText(text).first().waitFor();
  const waitForHeading = (name: string) => flex().page.getByRole('heading', { name, level: 1 }).waitFor();

  const takeScreenshot = (name: string) => flex().takeScreenshot(`flex-knowledge-view-${name}`);

  test('articles are listed, filtered and searched', async () => {
    const { page } = flex();
    await page.getByRole('link', { name: words.FlexcordKnowledge, exact: true }).press('Enter');
    await waitForText('1–50 of 60');
    await button('FlexcordKbNextPage').press('Enter');
    await waitForText('51–60 of 60');
    await field('FlexcordKbFilter_language').selectOption('en');
    await waitForText('1–30 of 30');
    await field('FlexcordKbFilter_label').selectOption('purchases');
    await takeScreenshot('list');
    await field('FlexcordKbSearchArticles').fill('refund');
    await waitForText('1–1 of 1');
    await field('FlexcordKbSearchArticles').fill('no such words');
    await waitForText(kb.FlexcordKbNothingFits);
    await button('FlexcordViewClear').press('Enter');
    await waitForText('1–50 of 60');
  });

  test('an article is written, tried and published, and a draft survives navigation', async () => {
    const { page } = flex();
    await button('FlexcordKbNewArticle').press('Enter');
    await field('FlexcordKbTitle').fill('Dye your sails');
    await page.getByLabel(/^Sample questions/).fill('how do I dye my sails\n\ncan sails be blue');
    await page.getByRole('link', { name: 'Agent Desktop' }).press('Enter');
    await page.getByRole('link', { name: words.FlexcordKnowledge, exact: true }).press('Enter');
    await page.getByLabel('Sample questions (2)').waitFor();
    await button('FlexcordKbPublish').press('Enter');
    await waitForText(kb.FlexcordKbNeedsText);
    await field('FlexcordKbText').fill('Open **Harbour › Sails** and choose a colour.');
    await field('FlexcordKbTemplate').fill('Hi !');
    await field('FlexcordKbTemplate').press('ArrowLeft');
    await page.getByRole('button', { name: /Member's name/ }).press('Enter');
    await openTab(kb.FlexcordKbPreview);
    await waitForText('Hi Ada!');
    await openTab(kb.FlexcordKbTry);
    await field('FlexcordKbTryQuestion').fill('I want blue sails');
    await field('FlexcordKbTryQuestion').press('Enter');
    await waitForText(kb.FlexcordKbTrialFirst);
    await page.locator('mark', { hasText: 'sails' }).first().waitFor();
    await takeScreenshot('editor');
    await field('FlexcordKbTryQuestion').fill('I want my money back');
    await field('FlexcordKbTryQuestion').press('Enter');
    await waitForText('Ask for a refund');
    await button('FlexcordKbPublish').press('Enter');
    await waitForHeading('Dye your sails');
    await button('FlexcordKbUnpublish').waitFor();
    const { matches } = await flex().callPanelAsKim<ArticleMatches>(
      `${panelRoutes.knowledgeSearch}?q=dye+my+sails`,
    );
    expect(matches.map(({ title }) => title.map(({ text }) => text).join(''))).toContain('Dye your sails');
  });

  test('an edit conflict is resolved by choice, and every version can be restored', async () => {
    const { page } = flex();
    await button('FlexcordKbBack').press('Enter');
    await page.getByRole('button', { name: 'Dye your sails' }).press('Enter');
    await field('FlexcordKbTitle').fill('Paint your sails');
    const { articles } = await flex().callPanelAsKim<LibraryPage>(`${panelRoutes.library}?q=dye+your+sails`);
    const path = panelRoutes.libraryArticle(articles[0]?.id ?? '');
    const before = await flex().callPanelAsKim<LibraryArticle>(path);
    const content = { ...before.content, title: 'Colour your sails', labels: ['ship'] };
    await flex().callPanelAsKim(path, { content, version: before.version });
    await waitForText('Kim changed this article while you wrote.');
    await takeScreenshot('conflict');
    await button('FlexcordKbConflictSettle').press('Enter');
    await button('FlexcordKbSave').press('Enter');
    await waitForHeading('Paint your sails');
    expect((await flex().callPanelAsKim<LibraryArticle>(path)).content).toMatchObject({
      title: 'Paint your sails',
      labels: ['ship'],
    });
    await openTab(kb.FlexcordKbVersions);
    await button('FlexcordKbRestore').last().press('Enter');
    await waitForHeading('Dye your sails');
    await takeScreenshot('versions');
    await button('FlexcordKbDelete').press('Enter');
    await waitForText(kb.FlexcordKbDeletedNotice);
    await button('FlexcordKbBringBack').press('Enter');
    await button('FlexcordKbPublish').waitFor();
    await button('FlexcordKbBack').press('Enter');
  });

  test('a gap becomes an article or is dismissed, and a lesson is undone', async () => {
    const { page } = flex();
    const reportGap = (query: string) =>
      flex().callPanelAsKim(panelRoutes.knowledgeFeedback, {
        articleId: null,
        verdict: 'none-fits',
        query,
        conversationSid: null,
      });
    await reportGap('where is the octopus skin');
    await reportGap('where is the octopus skin please');
    await reportGap('asdf');
    await flex().callPanelAsKim(panelRoutes.knowledgeFeedback, {
      articleId: 'en-refund',
      verdict: 'down',
      query: 'when does the harbour close',
      conversationSid: null,
    });
    await openList(new RegExp(kb.FlexcordKbGaps));
    await takeScreenshot('gaps');
    await page.getByText('asdf').waitFor();
    // Posts in public may have left some, too; what was asked most often is first.
    for (let left = await button('FlexcordKbDismiss').count(); left > 1; left -= 1) {
      await button('FlexcordKbDismiss').last().press('Enter');
      await page.getByText(kb.FlexcordKbDismissSure).waitFor();
      await button('FlexcordKbDismissYes').last().press('Enter');
      await page.getByText(kb.FlexcordKbDismissSure).waitFor({ state: 'detached' });
    }
    expect(await page.getByText('asdf').count()).toBe(0);
    await button('FlexcordKbWriteArticle').press('Enter');
    await page.getByLabel('Sample questions (2)').waitFor();
    await field('FlexcordKbTitle').fill('The octopus skin');
    await field('FlexcordKbText').fill('Win the reef race.');
    await button('FlexcordKbPublish').press('Enter');
    await waitForHeading('The octopus skin');
    expect(await flex().callPanelAsKim<LibraryGaps>(panelRoutes.libraryGaps)).toEqual({ gaps: [], total: 0 });
    await button('FlexcordKbBack').press('Enter');
    await waitForText(kb.FlexcordKbNoGaps);

    await openList(kb.FlexcordKbLessons);
    await button('FlexcordKbUndo').press('Enter');
    await waitForText(/undone by Mina/);
    await takeScreenshot('lessons');
  });

  test('a spreadsheet is checked, its broken row is reported, and the rest is imported', async () => {
    const { page } = flex();
    await button('FlexcordKbImport').press('Enter');
    const csv = 'id,title,text\nhull,Scrub the hull,Use a brush.\nbad,,x\n';
    await field('FlexcordKbFile').setInputFiles([
      { name: 'harbour.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
    ]);
    await waitForText(kb.FlexcordKbDryRun);
    await waitForText('harbour.csv, row 3');
    await takeScreenshot('import');
    await page.getByRole('button', { name: 'Import 1 article' }).press('Enter');
    await waitForText(kb.FlexcordKbImported);
    await button('FlexcordKbImportDone').press('Enter');
    await openList(/^Articles/);
    await page.getByRole('button', { name: 'Scrub the hull' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).press('Enter'),
    ]);
    expect(file.suggestedFilename()).toBe('articles.csv');
    expect(await Bun.file(await file.path()).text()).toContain('Scrub the hull');
  });

  test('the list stays visible while the bridge is offline and recovers by itself', async () => {
    const { bridge, page } = flex();
    await bridge.stop();
    await field('FlexcordKbSearchArticles').fill('hull');
    await waitForText(words.FlexcordOffline);
    await bridge.start();
    await page.getByText(words.FlexcordOffline).first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Scrub the hull' }).waitFor();
  });
}
