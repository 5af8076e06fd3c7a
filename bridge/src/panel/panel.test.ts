import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import {
  MemberNote,
  MemberNotes,
  MemberProfile,
  PastConversations,
  Transcript,
} from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { eventually, type PanelBridge, startPanelBridge } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';

const as = <S extends TSchema>(schema: S, value: unknown): Static<S> => {
  expect([...Value.Errors(schema, value)].map(({ path, message }) => `${path} ${message}`)).toEqual([]);
  return value as Static<S>;
};

const NOBODY = '100000000000000001';

for (const kind of storeKinds) {
  describe(`panel API on ${kind.name}`, () => {
    let place: TestPlace;
    let panel: PanelBridge;
    let token: string;
    let agent: ReturnType<PanelBridge['twilio']['createAgent']>;
    let ada: ReturnType<PanelBridge['discord']['createUser']>;
    let guild: ReturnType<PanelBridge['discord']['createGuild']>;
    let sid: string;

    const get = (path: string, more: Parameters<PanelBridge['call']>[1] = {}) =>
      panel.call(path, { token, ...more });
    const post = (path: string, body: unknown) => panel.call(path, { token, body });

    beforeAll(async () => {
      place = await kind.make();
      panel = await startPanelBridge(place);
      agent = panel.twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
      token = panel.twilio.issueToken(agent);
      guild = panel.discord.createGuild({ name: 'Lantern Isles' });
      ada = panel.discord.createUser({ username: 'ada', globalName: 'Ada' });
      guild.join(ada, { nick: 'Ada of the Isles' });
      await ada.dm('I forgot my password and want to talk to a person');
      const offered = await agent.waitForReservation();
      await agent.accept(offered);
      sid = String(offered.task.attributes.conversationSid);
      agent.send(sid, 'Let me look.');
      await eventually(
        () => ada.inbox(),
        (inbox) => inbox.some(({ content }) => content.includes('Let me look.')),
      );
    });
    afterAll(async () => {
      await panel?.stop();
      await place?.drop();
    });

    describe('who may call', () => {
      const path = () => panelRoutes.member(ada.id);
      const status = async (given: string | null) => (await panel.call(path(), { token: given })).status;

      test('agents, supervisors and administrators, nobody else', async () => {
        for (const role of ['agent', 'supervisor', 'admin']) {
          expect(await status(panel.twilio.issueToken(agent, { roles: [role] }))).toBe(200);
        }
        const visitor = await panel.call(path(), {
          token: panel.twilio.issueToken(agent, { roles: ['visitor'] }),
        });
        expect(visitor).toMatchObject({ status: 403, body: { code: 'forbidden' } });
        expect(Object.keys(visitor.body).sort()).toEqual(['code', 'message']);
      });

      test('no token, an unknown, a stale and a foreign one get 401 and nothing else', async () => {
        const refused = [
          null,
          'x',
          'never-issued-by-anybody',
          panel.twilio.issueToken(agent, { expiresIn: -1 }),
          panel.twilio.issueToken(agent, { accountSid: `AC${'0'.repeat(32)}` }),
        ];
        for (const given of refused) {
          for (const request of [
            { path: path() },
            { path: panelRoutes.member(NOBODY) },
            { path: panelRoutes.events },
            { path: '/panel/what-is-this' },
            { path: panelRoutes.notes(ada.id), body: { text: 1 } },
            { path: panelRoutes.notes(ada.id), body: '{' },
          ]) {
            const answer = await panel.call(request.path, { token: given, body: request.body });
            expect(answer).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
            expect(Object.keys(answer.body).sort()).toEqual(['code', 'message']);
          }
        }
      });

      test('an address that is none is 404 for those who may call', async () => {
        expect(await get('/panel/what-is-this')).toMatchObject({ status: 404, body: { code: 'not-found' } });
      });

      test('pages of the configured origin may call, others are told nothing', async () => {
        const preflight = (origin: string) =>
          panel.call(path(), {
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
        for (const answer of [await get(path(), { headers }), await panel.call(path(), { headers })]) {
          expect(answer.headers.get('access-control-allow-origin')).toBe('https://flex.twilio.com');
        }
      });

      test('the OpenAPI page describes every route and needs no login', async () => {
        const page = await panel.call('/panel/openapi');
        expect(page.status).toBe(200);
        const { body } = await panel.call<{ paths: Record<string, unknown> }>('/panel/openapi/json');
        expect(Object.keys(body.paths)).toContain('/panel/members/{id}');
        expect(Object.keys(body.paths).filter((known) => !known.startsWith('/panel/'))).toEqual([]);
      });
    });

    describe('members', () => {
      test('a profile joins what the bridge keeps with what Discord says', async () => {
        const profile = as(MemberProfile, (await get(panelRoutes.member(ada.id))).body);
        expect(profile).toMatchObject({
          id: ada.id,
          username: 'ada',
          displayName: 'Ada of the Isles',
          isNewAccount: true,
          openCases: 1,
        });
        expect(profile.joinedServerAt).not.toBeNull();
        expect(Math.abs(Date.parse(profile.accountCreatedAt) - Date.now())).toBeLessThan(60_000);
      });

      test('somebody who is not in the server has a profile with nulls', async () => {
        const bob = panel.discord.createUser({ username: 'bob', globalName: 'Bob' });
        await bob.dm('hello');
        const { body } = await eventually(
          () => get(panelRoutes.member(bob.id)),
          ({ status }) => status === 200,
        );
        expect(as(MemberProfile, body)).toMatchObject({
          displayName: 'Bob',
          joinedServerAt: null,
          roles: [],
        });
      });

      test('a stranger is 404 and an id that is none is 422', async () => {
        for (const path of [panelRoutes.member, panelRoutes.conversations, panelRoutes.notes]) {
          expect(await get(path(NOBODY))).toMatchObject({ status: 404, body: { code: 'not-found' } });
          expect(await get(path('ada'))).toMatchObject({ status: 422, body: { code: 'invalid' } });
        }
      });

      test('conversations are listed, and their transcripts can be read', async () => {
        const { conversations, nextCursor } = as(
          PastConversations,
          (await get(panelRoutes.conversations(ada.id))).body,
        );
        expect(nextCursor).toBeNull();
        expect(conversations).toMatchObject([{ conversationSid: sid, agentName: 'Kim', outcome: 'open' }]);
        const { messages } = as(Transcript, (await get(panelRoutes.transcript(sid))).body);
        expect(messages[0]).toMatchObject({ from: 'member', authorName: 'Ada' });
        expect(messages.at(-1)).toMatchObject({ from: 'agent', authorName: 'Kim', text: 'Let me look.' });
        expect((await get(panelRoutes.transcript(`CH${'0'.repeat(32)}`))).status).toBe(404);
        const odd = await get(`${panelRoutes.conversations(ada.id)}?cursor=odd`);
        expect(odd).toMatchObject({ status: 422, body: { code: 'invalid' } });
      });

      test('a note is kept under the name of its author', async () => {
        const note = as(
          MemberNote,
          (await post(panelRoutes.notes(ada.id), { text: 'Prefers e-mail.' })).body,
        );
        expect(note).toMatchObject({ text: 'Prefers e-mail.', authorName: 'Kim' });
        const { notes } = as(MemberNotes, (await get(panelRoutes.notes(ada.id))).body);
        expect(notes).toEqual([note]);
        for (const body of [{}, { text: '' }, { text: 'x'.repeat(4001) }, '{"text":']) {
          expect(await post(panelRoutes.notes(ada.id), body)).toMatchObject({
            status: 422,
            body: { code: 'invalid' },
          });
        }
      });
    });
  });
}
