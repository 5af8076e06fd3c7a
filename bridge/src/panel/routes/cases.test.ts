import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  CaseConflict,
  CaseDetail,
  CaseDuplicates,
  CaseList,
  CasePrefill,
  type NewCase,
} from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { as, type Chat, eventually, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';

const NOBODY = '100000000000000001';
const FIELDS = [{ key: 'platform', label: 'Platform', type: 'select', options: ['Android', 'iOS'] }];

for (const kind of storeKinds) {
  describe(`cases on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place, { CASE_FIELDS: JSON.stringify(FIELDS) });
    });
    afterAll(async () => {
      await chat?.stop();
      await place?.drop();
    });

    const draft = (change: Partial<NewCase> = {}): NewCase => ({
      memberId: chat.ada.id,
      title: 'The game crashes at start',
      description: 'Since the update.',
      type: 'bug',
      priority: 'high',
      tags: ['mobile'],
      fields: { platform: 'Android' },
      source: null,
      ...change,
    });
    const open = async (change: Partial<NewCase> = {}) =>
      as(CaseDetail, (await chat.post(panelRoutes.cases, draft(change))).body);
    const read = async (id: string) => as(CaseDetail, (await chat.get(panelRoutes.case(id))).body);
    const list = async (query: string) =>
      as(CaseList, (await chat.get(`${panelRoutes.cases}?${query}`)).body);
    const sent = () => chat.ada.inbox().flatMap(({ embeds }) => embeds);

    test('opens a case, linked to the conversation, when the member asks for a person', async () => {
      const { cases } = await list(`memberId=${chat.ada.id}`);
      const first = await read(cases.at(-1)?.id ?? '');
      expect(first).toMatchObject({ status: 'open', version: 1, conversationSids: [chat.conversationSid] });
      expect(first.timeline.map(({ kind }) => kind)).toEqual(['created']);
    });

    test('drafts a case from a conversation', async () => {
      const { body } = await chat.get(panelRoutes.casePrefill(chat.conversationSid));
      const draft = as(CasePrefill, body);
      expect(draft.title).toContain('I forgot my password');
      expect(draft.description).toContain('Kim: Let me look.');
      expect(draft.description).not.toContain('Summary for the agent');
      expect((await chat.get(panelRoutes.casePrefill('CH404'))).status).toBe(404);
    });

    test('keeps everything a new case was given and assigns it to who opened it', async () => {
      const source = { conversationSid: chat.conversationSid, taskSid: 'WT1' };
      const made = await open({ source });
      const { source: _, ...given } = draft();
      expect(made).toMatchObject({ ...given, status: 'open', assigneeName: 'Kim' });
      expect(made.conversationSids).toEqual([chat.conversationSid]);
      expect(await read(made.id)).toEqual(made);
    });

    test("refuses a case for an unknown member or another member's conversation", async () => {
      const refused = async (change: object) => {
        const { status, body } = await chat.post(panelRoutes.cases, { ...draft(), ...change });
        return [status, body.code];
      };
      expect(await refused({ memberId: NOBODY })).toEqual([404, 'not-found']);
      expect(await refused({ source: { conversationSid: 'CH404', taskSid: '' } })).toEqual([
        404,
        'not-found',
      ]);
      for (const change of [
        { title: '' },
        { type: 'other' },
        { tags: Array(21).fill('x') },
        { memberId: 'x' },
      ]) {
        expect(await refused(change)).toEqual([422, 'invalid']);
      }
      const bob = chat.discord.createUser({ username: 'bob', userInstalled: true });
      bob.dm('hello');
      await eventually(
        () => chat.get(panelRoutes.member(bob.id)),
        ({ status }) => status === 200,
      );
      const source = { conversationSid: chat.conversationSid, taskSid: '' };
      expect(await refused({ memberId: bob.id, source })).toEqual([422, 'invalid']);
    });

    test('pages through the list, newest first, without a gap', async () => {
      for (let n = 0; n < 52; n += 1) await open({ title: `Number ${n}` });
      const pages = [await list(`memberId=${chat.ada.id}`)];
      for (let cursor = pages[0]?.nextCursor; cursor; cursor = pages.at(-1)?.nextCursor) {
        pages.push(await list(`memberId=${chat.ada.id}&cursor=${cursor}`));
      }
      const numbers = pages.flatMap(({ cases }) => cases.map(({ number }) => number));
      expect(pages.length).toBe(2);
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
      expect((await list('')).cases[0]?.number).toBe(numbers[0] as number);
      expect((await list(`memberId=${NOBODY}`)).cases).toEqual([]);
      expect((await chat.get(`${panelRoutes.cases}?cursor=x`)).status).toBe(422);
    });

    test('sends a public comment to the member once, and an internal one never', async () => {
      const made = await open();
      const say = async (text: string, visibility: string, version: number) =>
        as(
          CaseDetail,
          (await chat.post(panelRoutes.caseComments(made.id), { text, visibility, version })).body,
        );
      await say('for the team only', 'internal', 1);
      const after = await say('We are on it.', 'public', 2);
      expect(after.timeline.map(({ kind, text }) => [kind, text]).slice(1)).toEqual([
        ['note', 'for the team only'],
        ['comment', 'We are on it.'],
      ]);
      await eventually(sent, (embeds) => embeds.some(({ description }) => description === 'We are on it.'));
      expect(sent().filter(({ description }) => description === 'We are on it.')).toHaveLength(1);
      expect(sent().find(({ description }) => description === 'We are on it.')).toMatchObject({
        title: `Case #${made.number}: The game crashes at start`,
        footer: { text: 'Kim' },
      });
      expect(JSON.stringify(chat.ada.inbox())).not.toContain('for the team only');
    });

    test('applies one of two changes on the same version and answers 409 to the other', async () => {
      const made = await open();
      const answers = await Promise.all(
        ['waiting', 'elevated', 'resolved'].map((to) =>
          chat.post(panelRoutes.caseTransitions(made.id), { to, version: 1 }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      const present = await read(made.id);
      expect(present.version).toBe(2);
      for (const { status, body } of answers) {
        if (status === 409) expect(as(CaseConflict, body)).toMatchObject({ code: 'conflict', case: present });
      }
    });

    test('refuses an illegal transition and changes nothing', async () => {
      const made = await open();
      const move = (to: string, version: number) =>
        chat.post(panelRoutes.caseTransitions(made.id), { to, version });
      expect(await move('open', 1)).toMatchObject({ status: 422, body: { code: 'invalid' } });
      expect((await move('closed', 1)).status).toBe(200);
      expect((await move('waiting', 2)).status).toBe(422);
      expect((await chat.post(panelRoutes.caseCheckIns(made.id), { version: 2 })).status).toBe(422);
      expect(await read(made.id)).toMatchObject({ status: 'closed', version: 2 });
      expect((await move('open', 2)).status).toBe(200);
    });

    test('asks the member whether the case is solved', async () => {
      const made = await open({ title: 'Check me' });
      const { body } = await chat.post(panelRoutes.caseCheckIns(made.id), { version: 1 });
      expect(as(CaseDetail, body).timeline.at(-1)?.kind).toBe('check-in');
      await eventually(sent, (embeds) => embeds.some(({ title }) => title?.includes('Check me')));
    });

    test("takes the member's answer to a check-in from a button", async () => {
      const made = await open({ title: 'Solve me' });
      await chat.post(panelRoutes.caseCheckIns(made.id), { version: 1 });
      const asked = () => chat.ada.inbox().find(({ embeds }) => embeds[0]?.title?.includes('Solve me'));
      const message = await eventually(asked, Boolean);
      if (!message) throw new Error('there is no check-in');
      await chat.ada.click(message, `flexcord:case-solved:${made.number}`);
      const after = await eventually(
        () => read(made.id),
        ({ status }) => status === 'resolved',
      );
      expect(after).toMatchObject({ version: 3 });
      expect(after.timeline.at(-1)).toMatchObject({ kind: 'status', actorName: 'Ada' });
      await eventually(
        () => chat.ada.inbox(),
        (inbox) => inbox.some(({ content }) => content.startsWith('Glad that helped!')),
      );
    });

    test("tells since when the member waits for an answer: in the chat's case, and on a case itself", async () => {
      const { cases } = await list(`memberId=${chat.ada.id}&order=asc&limit=1`);
      const id = cases[0]?.id ?? '';
      const sinceInChat = async () => {
        const listed = await list(`memberId=${chat.ada.id}&order=asc&limit=1`);
        return listed.cases[0]?.waitingSince;
      };
      const arrived = (words: string) =>
        eventually(
          () => chat.twilio.messages(chat.conversationSid),
          (all) => all.some(({ body }) => body?.includes(words)),
        );
      expect(await sinceInChat()).toBeNull();
      const asked = Date.now();
      await chat.ada.dm('Did you find anything?');
      await arrived('Did you find anything?');
      const since = await sinceInChat();
      expect(Math.abs(Date.parse(since ?? '') - asked)).toBeLessThan(60_000);
      await chat.ada.dm('Hello?');
      await arrived('Hello?');
      expect([await sinceInChat(), (await read(id)).waitingSince]).toEqual([since, since]);
      chat.agent.send(chat.conversationSid, 'I have it.');
      await eventually(sinceInChat, (waits) => waits === null);

      const made = await open({ title: 'Wait for me' });
      await chat.post(panelRoutes.caseCheckIns(made.id), { version: 1 });
      const question = { text: 'Which phone?', visibility: 'public', version: 2 };
      expect((await chat.post(panelRoutes.caseComments(made.id), question)).body).toMatchObject({
        waitingSince: null,
      });
      const checkIn = await eventually(
        () => chat.ada.inbox().find(({ embeds }) => embeds[0]?.title?.includes('Wait for me')),
        Boolean,
      );
      if (!checkIn) throw new Error('there is no check-in');
      await chat.ada.click(checkIn, `flexcord:unsolved:${made.number}`);
      const waiting = await eventually(
        () => read(made.id),
        ({ version }) => version === 4,
      );
      expect(Date.parse(waiting.waitingSince ?? '')).toBeGreaterThan(Date.parse(made.createdAt));
      const ended = { to: 'resolved', version: 4 };
      expect((await chat.post(panelRoutes.caseTransitions(made.id), ended)).body).toMatchObject({
        waitingSince: null,
      });
    });

    test('notes in the timeline what could not be delivered', async () => {
      const made = await open();
      chat.ada.closeDms();
      const body = { text: 'Are you there?', visibility: 'public', version: 1 };
      await chat.post(panelRoutes.caseComments(made.id), body);
      const after = await eventually(
        () => read(made.id),
        ({ timeline }) => timeline.length === 3,
      );
      expect(after).toMatchObject({ version: 3 });
      expect(after.timeline.at(-1)?.text).toContain('does not accept direct messages');
      chat.ada.openDms();
    });

    test('finds unfinished cases with a similar title', async () => {
      const made = await open({ title: 'Lanterns vanish after midnight' });
      const find = async (title: string) => {
        const path = `${panelRoutes.caseDuplicates}?memberId=${chat.ada.id}&title=${encodeURIComponent(title)}`;
        return as(CaseDuplicates, (await chat.get(path)).body).duplicates.map(({ case: { id } }) => id);
      };
      expect(await find('My lanterns vanish at midnight')).toEqual([made.id]);
      expect(await find('lanterns van')).toContain(made.id);
      expect(await find('')).toEqual([]);
      await chat.post(panelRoutes.caseTransitions(made.id), { to: 'closed', version: 1 });
      expect(await find('My lanterns vanish at midnight')).toEqual([]);
    });

    test('answers 404 on every route of an unknown case', async () => {
      for (const id of ['999999', '0', 'x', '1e3']) {
        expect((await chat.get(panelRoutes.case(id))).status).toBe(404);
        for (const [path, body] of [
          [panelRoutes.caseComments(id), { text: 'x', visibility: 'internal', version: 1 }],
          [panelRoutes.caseTransitions(id), { to: 'closed', version: 1 }],
          [panelRoutes.caseCheckIns(id), { version: 1 }],
        ] as const) {
          expect(await chat.post(path, body)).toMatchObject({ status: 404, body: { code: 'not-found' } });
        }
      }
    });
  });
}
