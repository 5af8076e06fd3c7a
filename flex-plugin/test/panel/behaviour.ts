import { beforeEach, describe, expect, test } from 'bun:test';
import type { CaseDetail } from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { problem } from '../bridge.ts';
import {
  caseDetail,
  caseEvent,
  caseList,
  conversationSid,
  memberId,
  pastConversations,
  profile,
} from '../fixtures.ts';
import type { Stage } from '../stage.ts';

interface PageWindow {
  actions: {
    addListener(
      event: string,
      listener: (payload: Record<string, unknown>, cancel: () => void) => void,
    ): void;
    invokeAction(name: string, payload: unknown): Promise<unknown>;
  };
  sentMessages(): string[];
}
declare const window: PageWindow;

/** What agents do in the panel, and what becomes of it. */
export const panelAtWork = (stage: () => Stage) =>
  describe('the panel at work', () => {
    beforeEach(() => stage().api.answerWith());

    const shown = (words: string | RegExp) => stage().page.getByText(words).first().waitFor();
    const gone = (words: string | RegExp) =>
      stage().page.getByText(words).first().waitFor({ state: 'detached' });
    const press = (name: string | RegExp) => stage().page.getByRole('button', { name }).first().click();
    const composer = () => stage().page.getByLabel('Type a message');
    const openCase = async () => {
      await stage().open();
      await stage().tab('Cases');
      await press('#5 The lantern');
      await shown('Seen by three others.');
    };
    const prefilled = () =>
      stage().page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('form input[type=text]')?.value,
      );
    const posted = () => stage().api.asked.filter(({ method }) => method === 'POST');

    test('a member is blocked only after a second word, with the reason for the team, and served again', async () => {
      const blocked = { at: profile.accountCreatedAt, by: 'Kim', reason: 'threats' };
      stage().api.answerWith({
        [`POST ${panelRoutes.blockMember(':id')}`]: () => ({ ...profile, blocked }),
        [`POST ${panelRoutes.unblockMember(':id')}`]: () => profile,
      });
      await stage().open();
      await press('Block this member');
      expect(posted()).toEqual([]);
      await stage().page.getByLabel('Why, for the team').fill('threats');
      await press(/^Block$/);
      await press('Unblock');
      await shown('Block this member');
      expect(posted().map(({ path, body }) => ({ path, body }))).toEqual([
        { path: panelRoutes.blockMember(memberId), body: { reason: 'threats' } },
        { path: panelRoutes.unblockMember(memberId), body: {} },
      ]);
    });

    test('a supervisor gives a case to another agent', async () => {
      stage().api.answerWith({
        [`GET ${panelRoutes.agents}`]: () => ({ agents: [{ identity: 'mina', name: 'Mina' }] }),
        [`POST ${panelRoutes.caseEdits(':id')}`]: () =>
          caseDetail({ assigneeIdentity: 'mina', assigneeName: 'Mina' }),
      });
      await stage().open({ roles: 'supervisor' });
      await stage().tab('Cases');
      await press('#5 The lantern');
      await press('Assign to…');
      await stage().page.getByRole('combobox', { name: 'Assign to…' }).selectOption('Mina');
      await shown('Mina');
      expect(posted().map(({ body }) => body)).toMatchObject([{ assignee: 'mina' }]);
    });

    test('a bridge that stops is named, what was loaded stays, and the panel recovers by itself', async () => {
      const { api, open, page, tab, expectSound } = stage();
      await open();
      await shown('Prefers short answers.');
      await api.stop();
      await page.getByLabel('A note only the team sees').fill('Never lost');
      await press('Add note');
      await shown(/That was not saved: the Flexcord bridge does not answer/);
      expect(await page.getByLabel('A note only the team sees').inputValue()).toBe('Never lost');
      await tab('Cases');
      await shown('Messages and Flex go on working');
      await expectSound('cases-offline');
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
    }, 30_000);

    test('two hundred cases and a long history come page by page', async () => {
      const { api, open, page, tab, expectSound } = stage();
      api.answerWith({
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
      await expectSound('cases-200', { withAxe: false });
    });

    test('who was slower chooses: make the change as well, or drop it; no word is lost', async () => {
      const { api, page, expectSound } = stage();
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
      api.answerWith({
        [path]: async (request: Request) =>
          ((await request.json()) as { version: number }).version === 5
            ? made
            : problem(409, 'conflict', 'Somebody else changed this case meanwhile.', { case: theirs }),
      });
      await openCase();
      await page.getByLabel('Comment or note').fill('Try 4.3');
      await press('Send to the member');
      await shown('Somebody else changed this case while you did.');
      await shown('Mina · Status: Open → Elevated');
      await shown('Your change: Try 4.3');
      expect(await page.getByLabel('Status').inputValue()).toBe('elevated');
      expect(await page.getByLabel('Comment or note').inputValue()).toBe('Try 4.3');
      await expectSound('case-conflict');
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

    test('a case is taken and given back, and the operator’s fields are filled in', async () => {
      const { api, page } = stage();
      const nobody = caseDetail({ assigneeIdentity: null, assigneeName: null });
      api.answerWith({
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

    test('a change by another agent shows at once', async () => {
      const { api } = stage();
      await openCase();
      api.answerWith({
        [`GET ${panelRoutes.case(':id')}`]: () =>
          caseDetail({ timeline: [caseEvent(20, { text: 'News from Mina' })] }),
      });
      await api.publish({ type: 'case-changed', memberId, caseId: '5' });
      await shown('News from Mina');
    });

    test('an answer that was slow does not undo the agent’s own change', async () => {
      const { api, page } = stage();
      await openCase();
      const { version } = caseDetail();
      const slow = Promise.withResolvers<CaseDetail>();
      const asked = Promise.withResolvers<void>();
      const mine = caseDetail({ version: version + 1, timeline: [caseEvent(20, { text: 'Try 4.3' })] });
      api.answerWith({
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
      await moved;
      expect(posted().at(-1)).toMatchObject({ body: { to: 'elevated', version: version + 1 } });
    });

    test('by keyboard alone: tabs, a new case, a note, an article', async () => {
      const { api, open, page } = stage();
      api.answerWith({
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

    test('an article is added to what is typed, and a typed case outlives a look elsewhere', async () => {
      const { open, page, tab } = stage();
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

    test('other plugins hear, cancel and invoke the actions', async () => {
      const { api, open, page, tab } = stage();
      api.answerWith({ [`POST ${panelRoutes.sendArticle}`]: () => undefined });
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

    test('the composer says how a long text is split, and refuses what Twilio would', async () => {
      const { open, page, expectSound } = stage();
      await open();
      await composer().fill('word '.repeat(500));
      await shown('so this will be sent as 2 messages.');
      await composer().fill('猫'.repeat(11_000));
      await shown('This text has 32.2 KB');
      await press('Send');
      await page.getByRole('log').getByText('This text has 32.2 KB').waitFor();
      expect(await page.evaluate(() => window.sentMessages())).toEqual([]);
      expect((await composer().inputValue()).length).toBe(11_000);
      await expectSound('composer-too-long');
      await composer().fill('short');
      await press('Send');
      expect(await page.evaluate(() => window.sentMessages())).toEqual(['short']);
    });

    test('what the member does shows over the composer', async () => {
      const { api, open, page, expectSound } = stage();
      await open();
      const does = (activity: string, sid = conversationSid) =>
        api.publish({ type: 'activity', conversationSid: sid, memberName: 'Ada', activity });
      await shown('Prefers short answers.');
      await does('typing', `CH${'9'.repeat(32)}`);
      await does('edited');
      await shown('Ada edited a message');
      await does('typing');
      await shown('Ada is typing…');
      await expectSound('composer-typing');
      await api.publish({ type: 'suggestions-changed', conversationSid });
      await gone('Ada is typing…');
      await does('deleted');
      await shown('Ada deleted a message');
      await does('left-server');
      await shown('Ada left the server');
      expect(await page.getByText(/^Ada (is|edited|deleted|left)/).count()).toBe(1);
    });
  });
