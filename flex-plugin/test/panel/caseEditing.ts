import { beforeEach, describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { caseDetail, memberId, notes } from '../fixtures.ts';
import { problem } from '../panelApi.ts';
import type { TestPage } from '../testPage.ts';
import { panelSteps } from './steps.ts';

/** What an agent changes in a case, and where the keyboard is meanwhile. */
export const caseEditing = (testPage: () => TestPage) =>
  describe('editing', () => {
    beforeEach(async () => {
      testPage().api.respondWith();
      await testPage().forgetDrafts();
    });

    const { shown, gone, press, posted } = panelSteps(testPage);
    const openCase = async () => {
      await testPage().open();
      await testPage().tab('Cases');
      await press('#5 The lantern');
      await shown('Seen by three others.');
    };
    const focused = () =>
      testPage().page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent);

    test('an arrow key on the status of a case changes nothing until it is confirmed', async () => {
      const { api, page, expectAccessible } = testPage();
      api.respondWith({
        [`POST ${panelRoutes.caseTransitions(':id')}`]: () => caseDetail({ status: 'elevated', version: 5 }),
      });
      await openCase();
      await page.getByLabel('Status').press('ArrowDown');
      await shown('Ada of the Isles is told on Discord.');
      await expectAccessible('case-status-asked');
      await page.keyboard.press('Escape');
      await gone('Ada of the Isles is told on Discord.');
      expect(await page.getByLabel('Status').inputValue()).toBe('open');
      expect(posted()).toEqual([]);
      await page.getByLabel('Status').press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await shown('Saved.');
      expect(posted().map(({ body }) => body)).toEqual([{ to: 'elevated', version: 4 }]);
      await gone('Ada of the Isles is told on Discord.');
      expect(await focused()).toBe('flexcord-case-status');
    });

    test('everything of a case can be edited, and a conflict keeps what was typed', async () => {
      const { api, page, expectAccessible } = testPage();
      const edited = caseDetail({ title: 'Dark lantern', version: 6, tags: ['lantern', 'night'] });
      const theirs = caseDetail({ version: 5, description: 'Only at night.' });
      api.respondWith({
        [`POST ${panelRoutes.caseEdits(':id')}`]: async (request: Request) =>
          ((await request.json()) as { version: number }).version === 5
            ? edited
            : problem(409, 'conflict', 'Somebody else changed this case meanwhile.', { case: theirs }),
      });
      await openCase();
      await press('Edit');
      expect(await focused()).toBe('flexcord-case-title');
      await page.getByLabel('Title').fill('Dark lantern');
      await page.getByLabel('Type', { exact: true }).selectOption('Support');
      await page.getByLabel('Priority').selectOption('Low priority');
      await page.getByLabel('Tags').fill('lantern, night');
      await page.getByLabel('Region').selectOption('Asia');
      await expectAccessible('case-edit');
      await press('Save');
      await shown('Your change: Title, Type, Priority, Tags, Fields');
      expect(await page.getByLabel('Title').inputValue()).toBe('Dark lantern');
      expect(await page.getByLabel('Description').inputValue()).toBe('Only at night.');
      await press('Make my change as well');
      await shown('#5 Dark lantern');
      expect(posted().at(-1)?.body).toEqual({
        title: 'Dark lantern',
        type: 'support',
        priority: 'low',
        tags: ['lantern', 'night'],
        fields: { region: 'Asia' },
        version: 5,
      });
    });

    test('the focus is never lost, Escape goes back, and no notice covers the tabs', async () => {
      const { api, page, tab } = testPage();
      api.respondWith({ [`POST ${panelRoutes.caseComments(':id')}`]: () => caseDetail({ version: 5 }) });
      await openCase();
      expect(await focused()).toContain('All cases of this member');
      await page.getByLabel('Comment or note').fill('Try 4.3');
      await page.getByRole('button', { name: 'Send to the member' }).press('Enter');
      await shown('Saved.');
      const inPanel = () =>
        page.evaluate(() => document.querySelector('[role=tabpanel]')?.contains(document.activeElement));
      expect(await inPanel()).toBe(true);
      const notice = await page.getByText('Saved.').boundingBox();
      const tabs = await page.getByRole('tablist').boundingBox();
      expect(notice?.y ?? 0).toBeGreaterThan((tabs?.y ?? 0) + (tabs?.height ?? 0));
      await page.keyboard.press('Escape');
      await shown('New case');
      expect(await focused()).toBe('New case');
      await page.keyboard.press('Enter');
      await page.getByLabel('Title').waitFor();
      await page.waitForFunction(() => document.activeElement?.id === 'flexcord-case-title');
      await page.keyboard.press('Escape');
      await shown('#5 The lantern');
      await tab('Profile');
      await page.getByRole('button', { name: 'Block this member' }).press('Enter');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Why, for the team',
      );
      await page.keyboard.press('Escape');
      await page.waitForFunction(() => document.activeElement?.textContent === 'Block this member');
    });

    test('a note is changed and deleted by its author, and by nobody else', async () => {
      const { api, page } = testPage();
      const changed = { ...notes.notes[0], text: 'Plays at noon.' };
      api.respondWith({
        [`POST ${panelRoutes.note(':id', ':noteId')}`]: () => changed,
        [`POST ${panelRoutes.noteDeletion(':id', ':noteId')}`]: () => undefined,
      });
      await testPage().open();
      await shown('Was refunded in April.');
      expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(1);
      await press('Edit');
      await page.getByRole('textbox', { name: 'Edit' }).fill('Plays at noon.');
      await press('Save');
      await shown('Saved.');
      await press('Delete');
      await shown('Delete this note?');
      await page.keyboard.press('Escape');
      await gone('Delete this note?');
      await press('Delete');
      await shown('Delete this note?');
      const deleted = page.waitForResponse((response) => response.url().endsWith('/deletion'));
      await page.keyboard.press('Enter');
      await deleted;
      expect(posted().map(({ path, body }) => [path, body])).toEqual([
        [panelRoutes.note(memberId, '1'), { text: 'Plays at noon.' }],
        [panelRoutes.noteDeletion(memberId, '1'), {}],
      ]);
    });

    test('the case of a conversation is offered for resolving while the agent wraps up', async () => {
      const { api, open, expectAccessible } = testPage();
      api.respondWith({
        [`POST ${panelRoutes.caseTransitions(':id')}`]: () => caseDetail({ status: 'resolved', version: 5 }),
      });
      await open();
      await shown('Ada of the Isles');
      expect(await testPage().page.getByText('Is it solved?').count()).toBe(0);
      await open({ status: 'wrapping' });
      await shown('is still open. Is it solved?');
      await expectAccessible('panel-wrap-up');
      await press('Resolve it');
      await gone('Is it solved?');
      expect(posted().map(({ body }) => body)).toEqual([{ to: 'resolved', version: 4 }]);
    });
  });
