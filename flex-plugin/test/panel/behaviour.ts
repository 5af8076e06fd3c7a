import { beforeEach, describe, expect, test } from 'bun:test';
import type { CaseDetail } from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import {
  caseDetail,
  caseEvent,
  caseList,
  conversationSid,
  memberId,
  pastConversations,
  profile,
} from '../fixtures.ts';
import { problem } from '../panelApi.ts';
import type { TestPage, TestPageWindow } from '../testPage.ts';
import { panelSteps } from './steps.ts';

declare const window: TestPageWindow;

/** What agents do in the panel, and its effects. */
export const panelBehaviour = (testPage: () => TestPage) =>
  describe('behaviour', () => {
    beforeEach(async () => {
      testPage().api.respondWith();
      await testPage().forgetDrafts();
    });

    const { shown, gone, press, composer, posted } = panelSteps(testPage);
    const openCase = async () => {
      await testPage().open();
      await testPage().tab('Cases');
      await press('#5 The lantern');
      await shown('Seen by three others.');
    };
    const prefilled = () =>
      testPage().page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('form input[type=text]')?.value,
      );

    test('blocks a member after a confirmation, with a reason for the team, and unblocks them', async () => {
      const blocked = { at: profile.accountCreatedAt, by: 'Kim', reason: 'threats' };
      testPage().api.respondWith({
        [`POST ${panelRoutes.blockMember(':id')}`]: () => ({ ...profile, blocked }),
        [`POST ${panelRoutes.unblockMember(':id')}`]: () => profile,
      });
      await testPage().open();
      await press('Block this member');
      expect(posted()).toEqual([]);
      await testPage().page.getByLabel('Why, for the team').fill('threats');
      await press(/^Block$/);
      await press('Unblock');
      await shown('Block this member');
      expect(posted().map(({ path, body }) => ({ path, body }))).toEqual([
        { path: panelRoutes.blockMember(memberId), body: { reason: 'threats' } },
        { path: panelRoutes.unblockMember(memberId), body: {} },
      ]);
    });

    test('lets a supervisor assign a case to another agent', async () => {
      testPage().api.respondWith({
        [`GET ${panelRoutes.agents}`]: () => ({ agents: [{ identity: 'mina', name: 'Mina' }] }),
        [`POST ${panelRoutes.caseEdits(':id')}`]: () =>
          caseDetail({ assigneeIdentity: 'mina', assigneeName: 'Mina' }),
      });
      await testPage().open({ roles: 'supervisor' });
      await testPage().tab('Cases');
      await press('#5 The lantern');
      await press('Assign to…');
      await testPage().page.getByRole('combobox', { name: 'Assign to…' }).selectOption('Mina');
      await press('Assign to Mina');
      await shown('Mina');
      expect(posted().map(({ body }) => body)).toMatchObject([{ assignee: 'mina' }]);
    });

    test('keeps what was loaded while the bridge is down, and recovers by itself', async () => {
      const { api, open, page, tab, expectAccessible } = testPage();
      await open();
      await shown('Prefers short answers.');
      await api.stop();
      await page.getByLabel('A note only the team sees').fill('Never lost');
      await press('Add note');
      await shown(/That was not saved: the Flexcord bridge does not answer/);
      expect(await page.getByLabel('A note only the team sees').inputValue()).toBe('Never lost');
      await tab('Cases');
      await shown('Messages and Flex go on working');
      await expectAccessible('cases-offline');
      await tab('Profile');
      await shown('Ada of the Isles');
      expect(await page.getByLabel('A note only the team sees').inputValue()).toBe('Never lost');
      await composer().fill('Flex goes on');
      await press('Send');
      expect(await page.evaluate(() => window.sentMessages())).toEqual(['Flex goes on']);
      await tab('Cases');
      api.start();
      await shown('#5 The lantern');
      await gone('Messages and Flex go on working');
    });

    test('loads 200 cases and a long history page by page', async () => {
      const { api, open, page, tab, expectAccessible } = testPage();
      api.respondWith({
        [`GET ${panelRoutes.cases}`]: (request: Request) => {
          const from = Number(new URL(request.url).searchParams.get('cursor') ?? 201) - 1;
          return caseList(from, from - 49, from > 50 ? String(from - 49) : null);
        },
        [`GET ${panelRoutes.conversations(':id')}`]: (request: Request) =>
          new URL(request.url).searchParams.get('cursor') === 'older'
            ? { ...pastConversations(1), conversations: pastConversations(6).conversations.slice(5) }
            : pastConversations(5, 'older'),
      });
      await open();
      await press('Show more');
      await expect(
        page.getByRole('button', { name: 'Read transcript' }).nth(5).waitFor(),
      ).resolves.toBeUndefined();
      await tab('Cases');
      const cards = page.getByRole('button', { name: /^#\d+ The lantern/ });
      for (const count of [50, 100, 150, 200]) {
        await cards.nth(count - 1).waitFor();
        expect(await cards.count()).toBe(count);
        if (count < 200) await press('Show more');
      }
      expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
      await expectAccessible('cases-200', { withAxe: false });
    });

    test('offers to repeat or to drop a change that conflicts with another agent’s, and keeps the typed text', async () => {
      const { api, page, expectAccessible } = testPage();
      const theirs = caseDetail({
        version: 5,
        status: 'elevated',
        timeline: [
          ...caseDetail().timeline,
          caseEvent(9, { actorName: 'Mina', kind: 'status', text: 'open → elevated' }),
        ],
      });
      const made = caseDetail({
        ...theirs,
        version: 6,
        timeline: [...theirs.timeline, caseEvent(10, { text: 'Try 4.3' })],
      });
      const path = `POST ${panelRoutes.caseComments(':id')}`;
      api.respondWith({
        [path]: async (request: Request) =>
          ((await request.json()) as { version: number }).version === 5
            ? made
            : problem(409, 'conflict', 'Somebody else changed this case meanwhile.', { case: theirs }),
      });
      await openCase();
      await page.getByLabel('Comment or note').fill('Try 4.3');
      await press('Send to the member');
      await shown('Somebody else changed this case while you did.');
      await shown('Mina · Status: Open → In progress');
      await shown('Your change: Try 4.3');
      expect(await page.getByLabel('Status').inputValue()).toBe('elevated');
      expect(await page.getByLabel('Comment or note').inputValue()).toBe('Try 4.3');
      await expectAccessible('case-conflict');
      await press('Make my change as well');
      await gone('Somebody else changed this case while you did.');
      expect(await page.getByLabel('Comment or note').inputValue()).toBe('');
      expect(posted().at(-1)?.body).toEqual({ text: 'Try 4.3', visibility: 'public', version: 5 });

      await page.getByLabel('Comment or note').fill('Second thought');
      await press('Save as internal note');
      await shown('Your change: Second thought');
      await press('Drop my change');
      await gone('Your change: Second thought');
      expect(await page.getByLabel('Comment or note').inputValue()).toBe('Second thought');
    });

    test('assigns a case to the agent and unassigns it, and saves custom fields', async () => {
      const { api, page } = testPage();
      const nobody = caseDetail({ assigneeIdentity: null, assigneeName: null });
      api.respondWith({
        [`GET ${panelRoutes.case(':id')}`]: () => nobody,
        [`POST ${panelRoutes.caseEdits(':id')}`]: async (request: Request) =>
          ((await request.json()) as { assignee: string | null }).assignee === 'kim' ? caseDetail() : nobody,
        [`POST ${panelRoutes.cases}`]: () => caseDetail(),
      });
      await openCase();
      await press('Take this case');
      await shown('Kim (you)');
      await press('Give it back');
      await shown('Unassigned');
      expect(posted().map(({ body }) => body)).toEqual([
        { assignee: 'kim', version: 4 },
        { assignee: null, version: 4 },
      ]);
      await press('All cases of this member');
      await press('New case');
      await prefilled();
      await page.getByLabel('Region').selectOption('Asia');
      await page.getByLabel('Paying member').selectOption('Yes');
      await page.getByLabel('Since').fill('2026-05-01');
      await press('Create case');
      await shown('Timeline');
      expect(posted().at(-1)?.body).toMatchObject({
        fields: { region: 'Asia', paid: 'true', since: '2026-05-01' },
      });
    });

    test('shows a change by another agent at once', async () => {
      const { api } = testPage();
      await openCase();
      api.respondWith({
        [`GET ${panelRoutes.case(':id')}`]: () =>
          caseDetail({ timeline: [caseEvent(20, { text: 'News from Mina' })] }),
      });
      await api.publish({ type: 'case-changed', memberId, caseId: '5' });
      await shown('News from Mina');
    });

    test('ignores a slow response that is older than the agent’s own change', async () => {
      const { api, page } = testPage();
      await openCase();
      const { version } = caseDetail();
      const slow = Promise.withResolvers<CaseDetail>();
      const asked = Promise.withResolvers<void>();
      const mine = caseDetail({ version: version + 1, timeline: [caseEvent(20, { text: 'Try 4.3' })] });
      api.respondWith({
        [`GET ${panelRoutes.case(':id')}`]: () => {
          asked.resolve();
          return slow.promise;
        },
        [`POST ${panelRoutes.caseComments(':id')}`]: () => mine,
        [`POST ${panelRoutes.caseTransitions(':id')}`]: () => ({ ...mine, version: version + 2 }),
      });
      await api.publish({ type: 'case-changed', memberId, caseId: '5' });
      await asked.promise;
      await page.getByLabel('Comment or note').fill('Try 4.3');
      await press('Send to the member');
      await page.getByRole('listitem').filter({ hasText: 'Try 4.3' }).waitFor();
      const arrived = page.waitForResponse((response) => response.url().endsWith(panelRoutes.case('5')));
      slow.resolve(caseDetail());
      await (await arrived).finished();
      const moved = page.waitForResponse((response) =>
        response.url().endsWith(panelRoutes.caseTransitions('5')),
      );
      await page.getByLabel('Status').selectOption('elevated');
      await press('Change to “In progress”');
      await moved;
      expect(posted().at(-1)).toMatchObject({ body: { to: 'elevated', version: version + 1 } });
    });

    test('can be used by keyboard alone: tabs, a new case, a note, an article', async () => {
      const { api, open, page } = testPage();
      api.respondWith({
        [`POST ${panelRoutes.cases}`]: () => caseDetail(),
        [`POST ${panelRoutes.notes(':id')}`]: async (request: Request) => ({
          id: '9',
          authorName: 'Kim',
          createdAt: new Date().toISOString(),
          text: ((await request.json()) as { text: string }).text,
        }),
      });
      const { keyboard } = page;
      const focused = () =>
        page.evaluate(() => {
          const { activeElement } = document;
          if (activeElement?.matches('button')) return activeElement.textContent ?? '';
          if (!activeElement?.matches('input, select, textarea')) return '';
          return activeElement.getAttribute('aria-label') || activeElement.id;
        });
      const tabTo = async (name: string) => {
        for (let steps = 0; steps < 40; steps += 1) {
          if ((await focused()).startsWith(name)) return;
          await keyboard.press('Tab');
        }
        throw new Error(`the Tab key never came to ${name}; it stopped at ${await focused()}`);
      };
      await open();
      await shown('Prefers short answers.');
      await tabTo('Profile');
      await keyboard.press('ArrowRight');
      expect(await focused()).toBe('Cases');
      await keyboard.press('End');
      expect(await focused()).toBe('Knowledge');
      await keyboard.press('ArrowRight');
      expect(await focused()).toBe('Profile');
      await tabTo('A note only the team sees');
      await keyboard.type('Wants e-mail');
      await tabTo('Add note');
      await keyboard.press('Enter');
      await shown('Saved.');
      await page.getByRole('tab', { name: 'Profile' }).focus();
      await keyboard.press('ArrowRight');
      await tabTo('New case');
      await keyboard.press('Space');
      await page.getByRole('textbox', { name: 'Title' }).waitFor();
      await prefilled();
      await tabTo('flexcord-case-title');
      await keyboard.press('End');
      await keyboard.type('!');
      await tabTo('flexcord-case-type');
      await keyboard.press('ArrowDown');
      await tabTo('Create case');
      await keyboard.press('Enter');
      await shown('Timeline');
      expect(posted().at(-1)?.body).toMatchObject({ title: 'I forgot my password!', type: 'bug' });
      await page.getByRole('tab', { name: 'Cases' }).focus();
      await keyboard.press('ArrowRight');
      await tabTo('Insert');
      await keyboard.press('Enter');
      await expect(composer().inputValue()).resolves.toContain('https://help.example/password');
    });

    test('inserts an article after typed text, and keeps an unsaved case while another tab is open', async () => {
      const { open, page, tab } = testPage();
      await open();
      await composer().fill('Hello Ada!');
      await tab('Cases');
      await press('New case');
      await prefilled();
      await page.getByRole('textbox', { name: 'Title' }).fill('Half a thought');
      await tab('Knowledge');
      await press('Insert');
      await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('password'));
      expect(await composer().inputValue()).toBe(
        'Hello Ada!\n\nYou can set a new password here: https://help.example/password',
      );
      await tab('Cases');
      expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Half a thought');
    });

    test('lets other plugins listen to, cancel and invoke its actions', async () => {
      const { api, open, page, tab } = testPage();
      api.respondWith({ [`POST ${panelRoutes.sendArticle}`]: () => undefined });
      await open();
      await tab('Knowledge');
      await shown('Reset a forgotten');
      await page.evaluate(() => {
        let isFirst = true;
        window.actions.addListener('beforeFlexcordSendArticle', (_, cancel) => {
          if (isFirst) cancel();
          isFirst = false;
        });
      });
      const send = page.getByRole('tabpanel').getByRole('button', { name: 'Send' }).first();
      await send.click();
      await page
        .getByRole('tabpanel')
        .getByRole('button', { name: 'Send', disabled: false })
        .first()
        .waitFor();
      expect(posted()).toEqual([]);
      await send.click();
      await shown('The article was sent.');
      expect(posted().map(({ body }) => body)).toEqual([{ articleId: '1', conversationSid }]);
      await page.evaluate((payload) => window.actions.invokeAction('FlexcordOpenCase', payload), {
        memberId,
        caseId: '5',
      });
      await shown('Seen by three others.');
    });
  });
