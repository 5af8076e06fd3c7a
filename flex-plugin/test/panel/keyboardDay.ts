import { describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { caseDetail } from '../fixtures.ts';
import type { TestPage } from '../testPage.ts';

type Locator = ReturnType<TestPage['page']['getByRole']>;

/** How often the Tab key may be pressed to come to something. */
const MAX_STOPS = 60;

/** What a supervisor does in a day, with the Tab key, arrows, Enter, Space and Escape, and nothing else. */
export const keyboardDay = (testPage: () => TestPage) =>
  describe('by keyboard alone', () => {
    const page = () => testPage().page;
    const press = (key: string) => page().keyboard.press(key);
    const type = (words: string) => page().keyboard.type(words);
    const button = (name: string | RegExp) => page().getByRole('button', { name });
    const link = (name: string) => page().getByRole('link', { name });
    /** What was sent to the bridge there, as soon as anything was. */
    async function posted(path: string): Promise<unknown[]> {
      const { requests } = testPage().api;
      for (;;) {
        const found = requests.filter((request) => request.method === 'POST' && request.path === path);
        if (found.length > 0) return found.map(({ body }) => body);
        await Bun.sleep(10);
      }
    }

    /** Goes on with the Tab key, as often as it takes, until this has the focus. */
    async function tabTo(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
      await wanted.first().waitFor();
      for (let stops = 0; stops < MAX_STOPS; stops += 1) {
        if (await wanted.and(page().locator(':focus')).count()) return;
        await press(key);
      }
      throw new Error(`the Tab key never came to ${wanted}`);
    }

    test('cases are narrowed, read, noted on, moved on the board and compared', async () => {
      const { api, openView } = testPage();
      await openView('/flexcord-cases?view=table');
      const narrowed = () => new URL(page().url()).searchParams;
      await tabTo(button(/In progress/));
      await press('Enter');
      await page().waitForFunction(() => location.search.includes('status=elevated'));
      await tabTo(button('Clear filters'));
      await press('Enter');
      await page().waitForFunction(() => !location.search.includes('status='));
      await tabTo(page().getByLabel('Type', { exact: true }));
      await press('ArrowDown');
      await page().waitForFunction(() => location.search.includes('type='));
      expect(narrowed().get('type')).toBeTruthy();
      await press('ArrowUp');
      await page().waitForFunction(() => !location.search.includes('type='));
      await tabTo(link('Cannot log in'));
      await press('ArrowDown');
      await press('Enter');
      const detail = page().getByRole('complementary', { name: 'Case 5' });
      await tabTo(detail.getByRole('textbox', { name: /comment/i }));
      await type('Known since Monday');
      api.respondWith({ [`POST ${panelRoutes.caseComments(':id')}`]: () => caseDetail() });
      await tabTo(detail.getByRole('button', { name: 'Save as internal note' }));
      await press('Enter');
      expect(await posted(panelRoutes.caseComments('5'))).toMatchObject([{ text: 'Known since Monday' }]);
      await openView('/flexcord-cases?view=table');
      await tabTo(button('Board').and(page().locator('[aria-pressed]')));
      await press('Enter');
      await tabTo(page().getByRole('region', { name: 'Open', exact: true }).getByRole('link'));
      await press('Shift+ArrowRight');
      expect(await posted(panelRoutes.caseBulk)).toMatchObject([
        { action: { is: 'transition', to: 'elevated' } },
      ]);
      await tabTo(button('Charts'), 'Shift+Tab');
      await press('Enter');
      await tabTo(page().getByRole('slider', { name: 'First response' }));
      await press('ArrowLeft');
      await tabTo(button('Show as table: First response'), 'Shift+Tab');
      await press('Space');
      await page().getByRole('table', { name: 'First response' }).waitFor();
    }, 60_000);

    test('a post in public is opened, and its solution marked', async () => {
      await testPage().openView('/flexcord-community');
      await tabTo(link('It will not start since the update'));
      await press('Enter');
      const detail = page().getByRole('complementary', { name: 'Post' });
      await tabTo(detail.getByRole('button', { name: 'Mark as the solution' }));
      await press('Enter');
      expect(await posted(panelRoutes.communityActions)).toMatchObject([{ action: { is: 'solve' } }]);
      await press('Escape');
      await detail.waitFor({ state: 'detached' });
    });

    test('an article is written, formatted and published, and a question that nobody answered dismissed', async () => {
      const { openView } = testPage();
      await openView('/flexcord-knowledge');
      await tabTo(button('New article'));
      await press('Enter');
      await tabTo(page().getByLabel('Title'));
      await type('Trim your sails');
      await tabTo(page().getByLabel('Text', { exact: true }));
      await type('Pull the sheet');
      await press('Control+Shift+ArrowLeft');
      await tabTo(button('Bold'), 'Shift+Tab');
      await press('Enter');
      expect(await page().getByLabel('Text', { exact: true }).inputValue()).toBe('Pull the **sheet**');
      await tabTo(button('Publish'), 'Shift+Tab');
      await press('Enter');
      expect(await posted(panelRoutes.library)).toMatchObject([
        { content: { title: 'Trim your sails', text: 'Pull the **sheet**' }, status: 'published' },
      ]);
      await openView('/flexcord-knowledge');
      await tabTo(button(/^Not answered/));
      await press('Enter');
      await tabTo(button('Dismiss'));
      await press('Enter');
      await page().getByText('Dismiss for good?').waitFor();
      await tabTo(button('Dismiss'));
      await press('Enter');
      expect(await posted(panelRoutes.libraryGapDismissal)).toHaveLength(1);
    });
  });
