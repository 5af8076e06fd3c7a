import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Operations, ParkedPage } from '@flexcord/shared/panel/operations';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { FLEXCORD_VERSION } from '@flexcord/shared/version';
import { as, type Chat, eventually, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';

for (const kind of storeKinds) {
  describe(`operations on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;
    let admin: string;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place, { LOG_LEVEL: 'warn' });
      admin = chat.twilio.issueToken(chat.agent, { roles: ['admin'] });
    });
    afterAll(async () => {
      await chat?.stop();
      await place?.drop();
    });

    const overview = async () =>
      as(Operations, (await chat.get(panelRoutes.operations, { token: admin })).body);
    const parked = async () =>
      as(ParkedPage, (await chat.get(panelRoutes.parked, { token: admin })).body).entries;
    const act = (path: string) => chat.call(path, { token: admin, method: 'POST' });

    /** What is parked by `cause`. */
    async function parkedBy(cause: () => unknown) {
      const known = new Set((await parked()).map(({ id }) => id));
      cause();
      const all = await eventually(parked, (entries) => entries.some(({ id }) => !known.has(id)));
      chat.faults.clear();
      return all.find(({ id }) => !known.has(id)) as (typeof all)[number];
    }

    /** An agent's message that Discord refuses for good, though the member is still there. */
    function parkOne(text: string) {
      chat.faults.add({
        on: 'api',
        method: 'POST',
        match: /channels\/\d+\/messages/,
        times: 1,
        effect: { kind: 'status', status: 400, body: { code: 50035, message: 'Invalid Form Body' } },
      });
      return parkedBy(() => chat.agent.send(chat.conversationSid, text));
    }

    const written = () => chat.twilio.messages(chat.conversationSid).map(({ body }) => body ?? '');

    test('is for administrators alone', async () => {
      const entry = 1;
      for (const roles of [['agent'], ['supervisor']]) {
        const token = chat.twilio.issueToken(chat.agent, { roles });
        for (const path of [panelRoutes.operations, panelRoutes.parked])
          expect(await chat.get(path, { token })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
        for (const path of [panelRoutes.parkedRetry(entry), panelRoutes.parkedDiscard(entry)])
          expect(await chat.call(path, { token, method: 'POST' })).toMatchObject({ status: 403 });
      }
    });

    test('says how the bridge gets on, and which version it is', async () => {
      const { version, health } = await overview();
      expect(version).toBe(FLEXCORD_VERSION);
      expect(health).toEqual({
        store: true,
        gateway: true,
        twilio: true,
        discordAccepts: true,
        twilioAccepts: true,
      });
    });

    test('/ready says for how long the oldest entry waits', async () => {
      const oldest = async () =>
        (await chat.call<{ oldestEntryMs: number | null }>('/ready')).body.oldestEntryMs;
      await eventually(oldest, (ms) => ms === null);
      const repair = chat.faults.add({
        on: 'api',
        method: 'POST',
        match: /channels\/\d+\/messages/,
        effect: { kind: 'status', status: 503 },
      });
      chat.agent.send(chat.conversationSid, 'This one waits');
      await eventually(oldest, (ms) => ms !== null && ms > 200);
      repair();
      await eventually(oldest, (ms) => ms === null);
    });

    test('shows what was given up, and retries it: what had not arrived arrives once', async () => {
      const entry = await parkOne('Try this once more');
      expect(entry).toMatchObject({
        kind: 'discord.message',
        group: 'to-member',
        reason: 'unacceptable',
        member: { id: chat.ada.id, name: 'Ada' },
      });
      expect(JSON.stringify(entry)).not.toContain('Try this');
      const { parked: count, troubles } = await overview();
      expect(count).toBe(1);
      expect(troubles).toContainEqual(
        expect.objectContaining({ level: 'warn', message: 'an entry was parked' }),
      );
      expect(JSON.stringify(troubles)).not.toContain('Try this');

      expect((await act(panelRoutes.parkedRetry(entry.id))).status).toBe(204);
      await eventually(
        () => chat.ada.inbox().map(({ content }) => content),
        (inbox) => inbox.some((content) => content.includes('Try this once more')),
      );
      expect(await parked()).toEqual([]);
      expect(await act(panelRoutes.parkedRetry(entry.id))).toMatchObject({ status: 404 });
      expect(await act(panelRoutes.parkedDiscard(entry.id))).toMatchObject({ status: 404 });
    });

    test('a retry sends nothing twice that had arrived after all', async () => {
      const messages = /Conversations\/CH\w+\/Messages/;
      chat.faults.add({
        on: 'api',
        method: 'POST',
        match: messages,
        times: 1,
        effect: { kind: 'reset-after' },
      });
      const refusal = {
        kind: 'status' as const,
        status: 400,
        body: { status: 400, code: 20001, message: 'no' },
      };
      chat.faults.add({ on: 'api', method: 'GET', match: messages, effect: refusal });
      const entry = await parkedBy(() => chat.ada.dm('Arrived all the same'));
      expect(entry).toMatchObject({ group: 'to-agent', member: { id: chat.ada.id } });
      expect((await act(panelRoutes.parkedRetry(entry.id))).status).toBe(204);
      chat.ada.dm('And this behind it');
      await eventually(written, (bodies) => bodies.includes('And this behind it'));
      expect(await parked()).toEqual([]);
      expect(written().filter((body) => body === 'Arrived all the same')).toHaveLength(1);
    });

    test('discards what was given up, and says so to its sender and on the case', async () => {
      const entry = await parkOne('Never mind this one');
      expect(entry.caseNumber).not.toBeNull();
      expect((await act(panelRoutes.parkedDiscard(entry.id))).status).toBe(204);
      const words = 'Kim discarded it; it is not sent any more.';
      await eventually(written, (bodies) => bodies.some((body) => body.includes(words)));
      const { body } = await chat.get<{ timeline: { text: string }[] }>(
        panelRoutes.case(String(entry.caseNumber)),
      );
      expect(body.timeline.map(({ text }) => text)).toContainEqual(expect.stringContaining(words));
      expect(await parked()).toEqual([]);
      expect((await chat.ada.inbox()).some(({ content }) => content.includes('Never mind'))).toBe(false);
    });
  });
}
