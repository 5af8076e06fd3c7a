import { describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { problem } from '../panelApi.ts';
import type { TestPage } from '../testPage.ts';
import { article, importReport, operations } from '../viewFixtures.ts';

const CSV = { name: 'harbour.csv', mimeType: 'text/csv', buffer: Buffer.from('Frage,Antwort\n') };

/** The views of the side navigation, made of one set of parts: what they show, by keyboard alone, at every width. */
export const supervisorsViews = (testPage: () => TestPage) =>
  describe('the views', () => {
    const page = () => testPage().page;
    const button = (name: string | RegExp) => page().getByRole('button', { name });
    const press = (key: string) => page().keyboard.press(key);
    const focused = () => page().evaluate(() => document.activeElement?.textContent ?? '');
    const table = () => page().getByRole('table').first().waitFor();
    const cases = '/flexcord-cases?view=table';

    test('every view is without a serious accessibility fault, light and dark, at 1024 px and at 200%', async () => {
      const { openView, expectAccessible, takesPictures } = testPage();
      const showSources = async () => {
        await button('Sources').press('Enter');
        await page().getByText('More than a third').waitFor();
      };
      const showFindings = async () => {
        await button('To look at').press('Enter');
        await page().getByRole('table', { name: 'Links that lead nowhere (1)' }).waitFor();
        await page().getByRole('row', { name: 'Ask for a refund 41 30 2' }).waitFor();
        await page().getByRole('table', { name: 'Shown to nobody for 90 days (1)' }).waitFor();
      };
      const reply = () => page().getByText('A fix is on its way.').waitFor();
      const places: Array<[name: string, address: string, go?: () => Promise<unknown>]> = [
        ['table', '/flexcord-cases/5?view=table', () => page().getByText('Timeline').waitFor()],
        ['board', '/flexcord-cases?view=board', () => page().getByText('128 votes').waitFor()],
        ['charts', '/flexcord-cases?view=charts', () => page().getByText('Period before').first().waitFor()],
        ['articles', '/flexcord-knowledge', table],
        ['gaps', '/flexcord-knowledge', () => button(/Not answered/).press('Enter')],
        ['lessons', '/flexcord-knowledge', () => button('Learned from use').press('Enter')],
        ['sources', '/flexcord-knowledge', showSources],
        ['findings', '/flexcord-knowledge', showFindings],
        ['community', '/flexcord-community/910000000000000000?view=table', reply],
        [
          'community-charts',
          '/flexcord-community?view=charts',
          () => page().getByText('Period before').first().waitFor(),
        ],
        [
          'incident',
          '/flexcord-community?view=incidents&incident=412',
          () => page().getByText('Does not belong here').first().waitFor(),
        ],
        ['operations', '/flexcord-operations', () => page().getByText('Noor').waitFor()],
      ];
      for (const [name, address, go] of places) {
        await openView(address, { width: 1024 });
        await go?.();
        await expectAccessible(`view-${name}`);
        // What a window of 1280 px has at 200%.
        await page().setViewportSize({ width: 640, height: 400 });
        await expectAccessible(`view-${name}-200`, { withAxe: false });
      }
      if (!takesPictures) return;
      for (const [name, address] of places) {
        await openView(address, { language: 'ja' });
        await expectAccessible(`view-${name}-japanese`, { withAxe: false });
      }
    }, 120_000);

    test('a supervisor finds, reads and leaves a case by keyboard alone, and the focus is never lost', async () => {
      await testPage().openView(cases);
      await table();
      await press('?');
      await page().getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
      await press('Escape');
      await page().getByRole('dialog').waitFor({ state: 'hidden' });
      await press('/');
      await page().keyboard.type('lantern');
      await page().getByRole('link', { name: 'Cannot log in' }).waitFor({ state: 'detached' });
      await button('Clear filters').press('Enter');
      await page().getByRole('link', { name: 'Cannot log in' }).focus();
      await press('ArrowDown');
      expect(await focused()).toBe('The inventory is empty after a crash');
      await press('Enter');
      const detail = page().getByRole('complementary', { name: 'Case 5' });
      await detail.and(page().locator(':focus')).waitFor();
      await detail.getByText('Timeline').waitFor();
      await press('Escape');
      await detail.waitFor({ state: 'detached' });
      await page().waitForFunction(() => document.activeElement?.textContent?.startsWith('The inventory'));
      for (let stop = 0; stop < 8 && !(await page().locator('time:focus').count()); stop += 1)
        await press('ArrowRight');
      await page().getByRole('tooltip').waitFor();
      await press('Escape');
      await page().getByRole('tooltip').waitFor({ state: 'detached' });
    });

    test('administrators see that bridge and plugin are of different versions, and what the page of Flex keeps out', async () => {
      const { openView, api } = testPage();
      const shown = (words: string | RegExp) => page().getByText(words);
      await page().route('https://media.us1.twilio.com/**', (route) => route.abort());
      await openView('/flexcord-operations');
      // What is not there is not kept out.
      await shown('This page may show pictures').waitFor();
      expect(await shown(/^The bridge is version/).count()).toBe(0);
      api.respondWith({ [`GET ${panelRoutes.operations}`]: () => ({ ...operations, version: '99.0.0' }) });
      await page().evaluate(() => {
        const policy = { httpEquiv: 'Content-Security-Policy', content: "media-src 'self'" };
        document.head.append(Object.assign(document.createElement('meta'), policy));
      });
      await button('Refresh').press('Enter');
      await shown('The bridge is version 99.0.0, and the plugin that you loaded is 0.1.0.').waitFor();
      await shown('keeps pictures and audio of media.us1.twilio.com out').waitFor();

      const address = page().url();
      await page().goto('about:blank');
      const withPolicy = { 'content-security-policy': "script-src 'self'" };
      await page().route(/flexcord-operations/, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), ...withPolicy } });
      });
      await page().goto(address);
      await shown(`does not let this page load scripts of ${api.url}`).waitFor();
      await page().unrouteAll();
    });

    test('posts in public are found, answered, merged and changed together, each after a confirmation', async () => {
      const { openView, api } = testPage();
      await openView('/flexcord-community');
      await button('12 Author waits').press('Enter');
      await page().getByRole('link', { name: 'Please add a dark map' }).waitFor({ state: 'detached' });
      expect(await page().getByRole('row').count()).toBe(4);
      const acts = () =>
        api.requests.filter(({ path }) => path === panelRoutes.communityActions).map(({ body }) => body);
      await page().getByLabel('Select “Black screen on the title page”').press('Space');
      await page().getByLabel('More…').selectOption('bug');
      expect(acts()).toEqual([]);
      await button('Change 1 post').press('Enter');
      await page().getByText('1 post changed.').waitFor();
      await page().getByRole('link', { name: 'It will not start since the update' }).focus();
      await press('Enter');
      const detail = page().getByRole('complementary', { name: 'Post' });
      await detail.getByText('Hold the power button').waitFor();
      await detail.getByLabel('Answer in the thread').fill('Please update to 4.3');
      await detail.getByRole('button', { name: 'Send to everybody' }).press('Enter');
      await page().waitForFunction(
        () => document.querySelector<HTMLTextAreaElement>('#flexcord-post-answer')?.value === '',
      );
      await detail.getByRole('button', { name: 'Merge…' }).press('Enter');
      await detail.getByLabel('Login loop').press('Space');
      await detail.getByRole('button', { name: 'Merge 1 post' }).press('Enter');
      await detail.getByText('1 post changed.').waitFor();
      expect(acts()).toEqual([
        { ids: ['910000000000000001'], action: { is: 'convert', type: 'bug' } },
        { ids: ['910000000000000000'], action: { is: 'answer', text: 'Please update to 4.3' } },
        { ids: ['910000000000000000'], action: { is: 'merge', into: '910000000000000005' } },
      ]);
      await press('Escape');
      await detail.waitFor({ state: 'detached' });
      // Another post comes in while the list is on the screen.
      const lists = () =>
        api.requests.filter(({ path }) => path.startsWith(panelRoutes.communityPosts)).length;
      const before = lists();
      await api.publish({ type: 'post-changed', postId: '910000000000000000' });
      while (lists() === before) await Bun.sleep(20);
    });

    test('an incident is looked at, its notice is changed and published, and its end told, each after a confirmation', async () => {
      const { openView, api } = testPage();
      await openView('/flexcord-community');
      await button('Look at it').press('Enter');
      const detail = page().getByRole('complementary', { name: 'Incident' });
      await detail.getByRole('button', { name: 'The question of Cy does not belong here' }).press('Enter');
      await detail.getByText('Taken out').waitFor();
      await detail.getByLabel('Text (English)').first().fill('We are on it.');
      await detail.getByLabel('In #status').press('Space');
      const acts = () =>
        api.requests
          .filter(({ path }) => path === panelRoutes.incidentActions(412))
          .map(({ body }) => body as { is: string });
      await detail.getByRole('button', { name: 'Publish' }).press('Enter');
      await detail.getByText('Members read it at once.').waitFor();
      expect(acts().map(({ is }) => is)).toEqual(['take-out']);
      await page().getByRole('button', { name: 'Publish' }).and(page().locator(':focus')).waitFor();
      await press('Enter');
      await detail.getByText('Published by Mina').waitFor();
      await detail.getByRole('button', { name: 'Resolve and tell 31 members' }).press('Enter');
      await page()
        .getByRole('button', { name: /^Resolve/ })
        .and(page().locator(':focus'))
        .waitFor();
      await press('Enter');
      await detail.getByText('30 members told').waitFor();
      expect(acts()).toMatchObject([
        { is: 'take-out', reports: [2] },
        {
          ...{ is: 'publish', version: 0, channels: ['900000000000000006'], posts: true, answers: true },
          notice: { en: { text: 'We are on it.' } },
        },
        { is: 'resolve', over: { en: { title: 'Solved: Login loop on iOS' } } },
      ]);
      await press('Escape');
      await detail.waitFor({ state: 'detached' });
      // More ask while the list is on the screen.
      const lists = () => api.requests.filter(({ path }) => path === panelRoutes.incidents).length;
      const before = lists();
      await api.publish({ type: 'incident-changed', number: 412 });
      while (lists() === before) await Bun.sleep(20);
    });

    test('nothing is changed for many cases by a stray key: it is chosen, then confirmed', async () => {
      await testPage().openView(cases);
      await page().getByLabel('Select case 6').press('Space');
      await page().getByLabel('Set status…').selectOption('resolved');
      await button('Change 1 case').waitFor();
      const changes = () => testPage().api.requests.filter(({ path }) => path === panelRoutes.caseBulk);
      expect(changes()).toEqual([]);
      await button('Change 1 case').press('Enter');
      await page().getByText('1 case changed.').waitFor();
      expect(changes().map(({ body }) => body)).toEqual([
        { ids: ['6'], action: { is: 'transition', to: 'resolved' } },
      ]);
    });

    test('a chart says the values of a day to the pointer and to the keyboard, and is a table where wanted', async () => {
      await testPage().openView('/flexcord-cases?view=charts');
      const chart = page().getByRole('slider', { name: 'Rating' });
      await chart.focus();
      await press('Home');
      expect(await chart.getAttribute('aria-valuetext')).toMatch(
        /^\w+ \d+, \d{4}, Rating: [1-5](\.\d)? \(Period before: .+\), \d+ ratings?$/,
      );
      const marks = await chart.locator('.ct-label.ct-vertical').allTextContents();
      expect(marks.map((mark) => mark.trim())).toEqual(['1', '2', '3', '4', '5']);
      const label = chart.locator('.ct-label.ct-horizontal', { hasText: /\w/ }).last();
      const point = chart.locator('.ct-point').last();
      const centre = async (of: typeof label) => {
        const box = await of.evaluate((element) => element.getBoundingClientRect().toJSON());
        return box.x + box.width / 2;
      };
      expect(Math.abs((await centre(label)) - (await centre(point)))).toBeLessThan(3);
      const stars = page().getByRole('region', { name: 'Rating' }).getByRole('listitem');
      expect(await stars.allTextContents()).toEqual([
        '5 stars42',
        '4 stars24',
        '3 stars11',
        '2 stars4',
        '1 star2',
      ]);
      await button('Show as table: Rating').press('Enter');
      await page().getByRole('table', { name: 'Rating' }).waitFor();
      expect(await page().getByRole('table', { name: 'Rating' }).getByRole('row').count()).toBe(31);
    });

    test('a column that was guessed wrong is mapped before the import, even where no title was found', async () => {
      const { openView, api } = testPage();
      await openView('/flexcord-knowledge');
      await button('Import').press('Enter');
      const imports = () => api.requests.filter(({ path }) => path.startsWith(panelRoutes.libraryImport));
      api.respondWith({
        [`POST ${panelRoutes.libraryImport}`]: ({ url }) =>
          new URL(url).searchParams.has('columns')
            ? importReport
            : problem(422, 'invalid', 'harbour.csv has no column that is known as a title.', {
                columns: ['Frage', 'Antwort'],
              }),
      });
      await page().getByLabel('File', { exact: true }).setInputFiles([CSV]);
      await page().getByText('no column that is known as a title').waitFor();
      await page().getByLabel('What the column Frage becomes').selectOption('title');
      await page().getByText('This is what the import would do.').waitFor();
      await page()
        .getByRole('table', { name: 'No longer in the file' })
        .getByText('Dye your sails')
        .waitFor();
      const last = new URLSearchParams(imports().at(-1)?.path.split('?')[1]);
      expect(JSON.parse(last.get('columns') ?? '')).toEqual({ Frage: 'title' });
      await testPage().expectAccessible('view-import');
      const [template] = await Promise.all([
        page().waitForEvent('download'),
        button('Download a template').press('Enter'),
      ]);
      expect(await Bun.file(await template.path()).text()).toContain('id,title,language,status');
    });

    test('a supervisor sees how sources fare, decides what waits, and adds one', async () => {
      const { openView, api, expectAccessible } = testPage();
      await openView('/flexcord-knowledge', { height: 1900 });
      await button('Sources').press('Enter');
      const sent = () =>
        api.requests.filter(({ method }) => method === 'POST').map(({ path, body }) => [path, body]);
      const section = (name: string) => page().getByRole('region', { name });
      await section('https://lantern.zendesk.com/api/v2/help_center/articles.json').waitFor();
      await page().getByText('Failed 4 times in a row: answers with status 503.').waitFor();
      await button('What the last reading changed').press('Enter');
      await page().getByText('harbour.csv, row 3: It has no title.').waitFor();
      await expectAccessible('view-sources-open');
      const sails = section('Dye your sails');
      await sails.getByText('then the new colour wheel').waitFor();
      // Who answers for the article is no matter of a source that does not say.
      expect(await sails.getByText('Owner', { exact: true }).count()).toBe(0);
      await sails.getByRole('button', { name: 'Keep ours' }).press('Enter');
      while (sent().length < 1) await Bun.sleep(10);
      await section('The old harbour').getByRole('button', { name: 'Unpublish' }).press('Enter');
      while (sent().length < 2) await Bun.sleep(10);
      await button('Unpublish what is gone').press('Enter');
      while (sent().length < 3) await Bun.sleep(10);
      await page().getByLabel('Address').fill('https://docs.example/de/sitemap.xml');
      await page().getByLabel('Changes', { exact: true }).selectOption('publish');
      await button('Add a source').press('Enter');
      while (sent().length < 4) await Bun.sleep(10);
      expect(sent()).toEqual([
        [panelRoutes.libraryProposals, { articleId: 'a9', accept: false, version: 3 }],
        [panelRoutes.libraryProposals, { articleId: 'a8', accept: true, version: 1 }],
        [panelRoutes.librarySourceWithdrawals(2), { accept: true }],
        [
          panelRoutes.librarySources,
          {
            ...{ place: 'https://docs.example/de/sitemap.xml', intervalMs: 6 * 3_600_000, labels: [] },
            rule: 'publish',
          },
        ],
      ]);
    });

    test('an owner is told of articles that are due, lists them, and sets the day of the next review', async () => {
      const { openView, api } = testPage();
      await openView('/flexcord-knowledge', { height: 1500 });
      await page().getByText('1 article of yours is due for review.').waitFor();
      await button('Show them').press('Enter');
      const lists = () => api.requests.filter(({ path }) => path.startsWith(`${panelRoutes.library}?`));
      while (!lists().some(({ path }) => path.includes('review=due') && path.includes('owner=kim')))
        await Bun.sleep(10);
      await button('Reset a forgotten password').press('Enter');
      await page().getByLabel('Owner').selectOption('mina');
      await page().getByLabel('Review on').fill('2030-05-06');
      await testPage().expectAccessible('view-review');
      api.respondWith({
        [`POST ${panelRoutes.libraryArticle(':id')}`]: async (request) => ({
          ...article,
          ...(await request.json()),
          version: 2,
        }),
      });
      await button('Save').press('Enter');
      const saved = () => api.requests.find(({ method, path }) => method === 'POST' && path.endsWith('/a1'));
      while (!saved()) await Bun.sleep(10);
      expect(saved()?.body).toMatchObject({ content: { owner: 'mina', reviewOn: '2030-05-06' } });
      await button('Save').and(page().locator(':disabled')).waitFor();
    });

    test('the editor has a toolbar for Markdown, and shows the card that a member sees', async () => {
      const { openView, expectAccessible } = testPage();
      await openView('/flexcord-knowledge');
      await button('Reset a forgotten password').press('Enter');
      const words = page().getByLabel('Text', { exact: true });
      await words.fill('sails');
      await words.press('ControlOrMeta+a');
      await button('Bold').click();
      expect(await words.inputValue()).toBe('**sails**');
      await page().getByRole('tab', { name: 'Preview' }).click();
      const card = page().getByRole('region', { name: 'What a member sees' });
      await card.getByText('Talk to a person').waitFor();
      await card.locator('blockquote, [class*=quote], code').first().waitFor();
      await expectAccessible('view-editor');
    });
  });
