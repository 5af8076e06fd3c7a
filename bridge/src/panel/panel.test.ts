import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  MemberNote,
  MemberNotes,
  MemberProfile,
  PastConversations,
  Transcript,
} from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { as, type Chat, eventually, startChat } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';

const NOBODY = '100000000000000001';

for (const kind of storeKinds) {
  describe(`panel API on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place);
    });
    afterAll(async () => {
      await chat?.stop();
      await place?.drop();
    });

    describe('who may call', () => {
      const path = () => panelRoutes.member(chat.ada.id);
      const status = async (given: string | null) => (await chat.call(path(), { token: given })).status;

      test('lets agents, supervisors and administrators call, and nobody else', async () => {
        for (const role of ['agent', 'supervisor', 'admin']) {
          expect(await status(chat.twilio.issueToken(chat.agent, { roles: [role] }))).toBe(200);
        }
        const visitor = await chat.call(path(), {
          token: chat.twilio.issueToken(chat.agent, { roles: ['visitor'] }),
        });
        expect(visitor).toMatchObject({ status: 403, body: { code: 'forbidden' } });
        expect(Object.keys(visitor.body).sort()).toEqual(['code', 'message']);
      });

      test('lists agents for supervisors alone', async () => {
        const ask = (role: string) =>
          chat.call(panelRoutes.agents, { token: chat.twilio.issueToken(chat.agent, { roles: [role] }) });
        expect(await ask('agent')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
        expect(await ask('supervisor')).toMatchObject({
          status: 200,
          body: { agents: [{ identity: chat.agent.identity, name: chat.agent.fullName }] },
        });
      });

      test('answers 401 to a missing, unknown, expired or foreign token', async () => {
        const refused = [
          null,
          'x',
          'never-issued-by-anybody',
          chat.twilio.issueToken(chat.agent, { expiresIn: -1 }),
          chat.twilio.issueToken(chat.agent, { accountSid: `AC${'0'.repeat(32)}` }),
        ];
        for (const given of refused) {
          for (const request of [
            { path: path() },
            { path: panelRoutes.member(NOBODY) },
            { path: panelRoutes.events },
            { path: '/panel/what-is-this' },
            { path: panelRoutes.notes(chat.ada.id), body: { text: 1 } },
            { path: panelRoutes.notes(chat.ada.id), body: '{' },
          ]) {
            const answer = await chat.call(request.path, { token: given, body: request.body });
            expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
            expect(Object.keys(answer.body).sort()).toEqual(['code', 'message']);
          }
        }
      });

      test('answers 404 to an unknown address', async () => {
        expect(await chat.get('/panel/what-is-this')).toMatchObject({
          status: 404,
          body: { code: 'not-found' },
        });
      });

      test('allows the configured origin by CORS, and no other', async () => {
        const preflight = (origin: string) =>
          chat.call(path(), {
            method: 'OPTIONS',
            headers: {
              origin,
              'access-control-request-method': 'GET',
              'access-control-request-headers': 'authorization,last-event-id',
            },
          });
        const good = await preflight('https://flex.twilio.com');
        expect(good.status).toBe(204);
        expect(good.headers.get('access-control-allow-origin')).toBe('https://flex.twilio.com');
        expect(good.headers.get('access-control-allow-headers')).toContain('authorization');
        for (const origin of [
          'https://evil.example',
          'http://flex.twilio.com',
          'https://flex.twilio.com.evil.example',
        ]) {
          expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
        }
        // Refusals too must be readable for the plugin.
        const headers = { origin: 'https://flex.twilio.com' };
        for (const answer of [await chat.get(path(), { headers }), await chat.call(path(), { headers })]) {
          expect(answer.headers.get('access-control-allow-origin')).toBe('https://flex.twilio.com');
        }
      });

      test('describes every route in OpenAPI without a login, and serves no page', async () => {
        expect((await chat.get('/panel/openapi')).status).toBe(404);
        const { body } = await chat.call<{ paths: Record<string, unknown> }>('/panel/openapi/json');
        expect(Object.keys(body.paths)).toContain('/panel/members/{id}');
        expect(Object.keys(body.paths).filter((known) => !known.startsWith('/panel/'))).toEqual([]);
      });
    });

    describe('members', () => {
      test('joins what the bridge keeps of a member with what Discord says', async () => {
        const profile = as(MemberProfile, (await chat.get(panelRoutes.member(chat.ada.id))).body);
        expect(profile).toMatchObject({
          id: chat.ada.id,
          username: 'ada',
          displayName: 'Ada of the Isles',
          isNewAccount: true,
          openCases: 1,
        });
        expect(profile.joinedServerAt).not.toBeNull();
        expect(Math.abs(Date.parse(profile.accountCreatedAt) - Date.now())).toBeLessThan(60_000);
      });

      test('gives nulls for somebody who is not in the server', async () => {
        const bob = chat.discord.createUser({ username: 'bob', globalName: 'Bob', userInstalled: true });
        bob.dm('hello');
        const { body } = await eventually(
          () => chat.get(panelRoutes.member(bob.id)),
          ({ status }) => status === 200,
        );
        expect(as(MemberProfile, body)).toMatchObject({
          displayName: 'Bob',
          joinedServerAt: null,
          roles: [],
        });
      });

      test('answers 404 to an unknown member and 422 to a malformed id', async () => {
        for (const path of [panelRoutes.member, panelRoutes.conversations, panelRoutes.notes]) {
          expect(await chat.get(path(NOBODY))).toMatchObject({ status: 404, body: { code: 'not-found' } });
          expect(await chat.get(path('ada'))).toMatchObject({ status: 422, body: { code: 'invalid' } });
        }
      });

      test('lists past conversations alone, and reads transcripts', async () => {
        const { conversations, nextCursor } = as(
          PastConversations,
          (await chat.get(panelRoutes.conversations(chat.ada.id))).body,
        );
        expect(nextCursor).toBeNull();
        // The chat that goes on stands beside it.
        expect(conversations).toEqual([]);
        const { messages } = as(
          Transcript,
          (await chat.get(panelRoutes.transcript(chat.conversationSid))).body,
        );
        expect(messages[0]).toMatchObject({ from: 'member', authorName: 'Ada' });
        expect(messages.at(-1)).toMatchObject({ from: 'agent', authorName: 'Kim', text: 'Let me look.' });
        expect((await chat.get(panelRoutes.transcript(`CH${'0'.repeat(32)}`))).status).toBe(404);
        const odd = await chat.get(`${panelRoutes.conversations(chat.ada.id)}?cursor=odd`);
        expect(odd).toMatchObject({ status: 422, body: { code: 'invalid' } });
      });

      test('keeps a note under the name of its author', async () => {
        const note = as(
          MemberNote,
          (await chat.post(panelRoutes.notes(chat.ada.id), { text: 'Prefers e-mail.' })).body,
        );
        expect(note).toMatchObject({ text: 'Prefers e-mail.', authorName: 'Kim' });
        const { notes } = as(MemberNotes, (await chat.get(panelRoutes.notes(chat.ada.id))).body);
        expect(notes).toEqual([note]);
        const path = panelRoutes.note(chat.ada.id, note.id);
        const edited = await chat.post(path, { text: 'Prefers the phone.' });
        expect(edited.body).toEqual({ ...note, text: 'Prefers the phone.' });
        const lee = chat.twilio.createAgent({ identity: 'lee', fullName: 'Lee' });
        const token = chat.twilio.issueToken(lee, { roles: ['agent'] });
        for (const target of [path, panelRoutes.noteDeletion(chat.ada.id, note.id)])
          expect((await chat.call(target, { token, body: { text: 'mine' } })).status).toBe(403);
        expect((await chat.post(panelRoutes.note(chat.ada.id, '404'), { text: 'x' })).status).toBe(404);
        expect((await chat.post(panelRoutes.noteDeletion(chat.ada.id, note.id), {})).status).toBe(204);
        expect((await chat.get<MemberNotes>(panelRoutes.notes(chat.ada.id))).body.notes).toEqual([]);
        for (const body of [{}, { text: '' }, { text: 'x'.repeat(4001) }, '{"text":']) {
          expect(await chat.post(panelRoutes.notes(chat.ada.id), body)).toMatchObject({
            status: 422,
            body: { code: 'invalid' },
          });
        }
      });
    });
  });
}
