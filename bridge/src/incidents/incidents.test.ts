import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@flexcord/shared/time';
import pino from 'pino';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { createCases } from '../cases/cases.ts';
import { reviseCases } from '../cases/words.ts';
import { upsertMember } from '../members/members.ts';
import { goneText } from '../messages/usable-words.ts';
import type { NewEntry } from '../relay/entries.ts';
import { steadyNow } from '../store/clock.ts';
import { openStore, type Store } from '../store/open.ts';
import { en } from '../texts/en/index.ts';
import { addThread, changeThread } from '../threads/threads.ts';
import { createIncidents } from './incidents.ts';
import { createQuestions } from './questions.ts';
import { tellOver } from './telling.ts';
import { createIncidentWatch } from './watch.ts';

const KIM = { identity: 'kim', name: 'Kim' };
const LOGIN = [
  "I can't log in since the update",
  'login broken?',
  'Login does not work for me today',
  'anyone else unable to login',
  'Sign in error',
];

for (const kind of storeKinds) {
  describe(`incidents on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    let incidents: ReturnType<typeof createIncidents>;
    let cases: ReturnType<typeof createCases>;
    let appended: NewEntry[];
    let made = 0;
    const next = () => {
      made += 1;
      return BigInt(made);
    };

    beforeAll(async () => {
      place = await kind.make();
      store = await openStore(place.options);
      cases = createCases({ store, tell: async () => {}, changed: () => {}, fields: [] });
      appended = [];
      incidents = createIncidents({
        ...{ store, cases, texts: en, logger: pino({ level: 'silent' }), changed: () => {} },
        relay: { append: async (_, ...entries) => appended.push(...entries) },
        masked: (text) => text,
        tellTeam: async () => {},
        announce: async () => {},
        sayInThread: async () => true,
        tell: async () => {},
      });
      cases.subscribe(incidents.follow);
    });
    afterAll(async () => {
      await store?.close();
      await place?.drop();
    });

    /** As it begins after every start. */
    const begin = () =>
      createIncidentWatch({
        ...{
          store,
          incidents,
          logger: pino({ level: 'silent' }),
          questions: createQuestions(store, 7 * DAY_MS),
        },
        settings: { members: 4, windowMs: HOUR_MS, rise: 4 },
      });
    /** Members of one long time ago, or of the day. */
    const memberId = (isNew: boolean) =>
      String((isNew ? BigInt(steadyNow() - 1_420_070_400_000) << 22n : 90_000_000_000_000_000n) + next());

    async function post(title: string, { agoMs = MINUTE_MS, isNew = false } = {}) {
      const [id, author] = [String(910_000_000_000_000_000n + next()), memberId(isNew)];
      await store.transact(async (tx) => {
        const openedAt = steadyNow() - agoMs;
        await addThread(
          tx,
          {
            ...{
              id,
              guildId: '900000000000000001',
              channelId: '900000000000000002',
              authorId: author,
              title,
            },
            ...{ tags: [], access: 'open', slowMs: 0, openedAt, lastMessageId: null },
          },
          false,
        );
        await changeThread(tx, id, { question: title, author_name: 'Ada' });
      });
      return { id, author };
    }
    async function bug(title: string) {
      const id = memberId(false);
      return store.transact(async (tx) => {
        await upsertMember(tx, { id, name: 'Bo', locale: null }, null);
        const opened = await cases.open(
          tx,
          {
            ...{
              memberId: id,
              title,
              description: '',
              type: 'bug',
              priority: 'normal',
              tags: [],
              fields: {},
            },
            ...{ conversationId: null, assignee: null },
          },
          { identity: null, name: 'Bo', memberId: id },
        );
        if (opened.is !== 'done') throw new Error(opened.is);
        return { id, number: opened.case.number };
      });
    }
    const all = () => store.db.selectFrom('incidents').selectAll().orderBy('case_number').execute();
    const reportsOf = async (number: number) =>
      (
        await store.db
          .selectFrom('incident_reports')
          .select('ref')
          .where('incident', '=', number)
          .orderBy('id')
          .execute()
      ).map(({ ref }) => ref);
    const move = (number: number, to: 'open' | 'resolved' | 'closed') =>
      store.transact((tx) => cases.transition(tx, number, null, to, KIM));

    test('one is opened for all that is alike, once, whoever looks; what comes later joins it, and a bug has a note', async () => {
      const posts = [];
      for (const title of LOGIN.slice(0, 3)) posts.push(await post(title));
      for (const title of ['how do I get a refund', 'where is the sound setting']) await post(title);
      const watch = begin();
      await watch.look();
      expect(await all()).toEqual([]);
      const { number: bugNumber } = await bug('logging in fails with an error');
      await watch.look();
      await watch.look();
      await begin().look();
      const [incident, ...others] = await all();
      expect(others).toEqual([]);
      expect(incident).toMatchObject({ state: 'open', members: 4, usual: 0, publications: 0, answers: 0 });
      const number = incident?.case_number ?? 0;
      expect((await reportsOf(number)).sort()).toEqual(
        [...posts.map(({ id }) => id), String(bugNumber)].sort(),
      );
      const note = await store.db
        .selectFrom('case_events')
        .select('text')
        .where('case_number', '=', bugNumber)
        .where('kind', '=', 'note')
        .execute();
      expect(note).toEqual([{ text: en.incidents.partOf(number) }]);

      const later = await post('Sign in error', { isNew: true });
      await watch.look();
      expect(await reportsOf(number)).toContain(later.id);
      // What was taken out does not come back.
      await store.db
        .updateTable('incident_reports')
        .set({ taken_out_by: 'Kim', taken_out_at: 1 })
        .where('ref', '=', later.id)
        .execute();
      await begin().look();
      expect(await all()).toHaveLength(1);
      expect(await reportsOf(number)).toHaveLength(5);
    });

    test('words that a member takes back are taken out of its title', async () => {
      const [incident] = await all();
      const number = incident?.case_number ?? 0;
      const title = async () =>
        (
          await store.db
            .selectFrom('cases')
            .select('title')
            .where('number', '=', number)
            .executeTakeFirstOrThrow()
        ).title;
      const words = await title();
      expect(LOGIN.join()).toContain(words);
      await store.transact((tx) =>
        reviseCases(store, tx, incident?.words_of ?? '', goneText(words), '[deleted]'),
      );
      expect(await title()).toBe('[deleted]');
    });

    test('it follows its parent case, tells only where a person resolves that, and the same asked anew is a new one', async () => {
      const [incident] = await all();
      const number = incident?.case_number ?? 0;
      await move(number, 'resolved');
      expect(appended.filter(({ kind: what }) => what === tellOver.kind)).toHaveLength(1);
      expect((await all())[0]).toMatchObject({ state: 'resolved', ended_at: expect.any(Number) });
      await begin().look();
      expect(await all()).toHaveLength(1);
      for (const title of LOGIN.slice(0, 4)) await post(title, { agoMs: 0 });
      await begin().look();
      expect((await all()).map(({ state }) => state)).toEqual(['resolved', 'open']);
    });

    test('a duplicate of the case of the fault goes on with it, and is over when that is', async () => {
      const open = (await all()).find(({ state }) => state === 'open')?.case_number ?? 0;
      const { number: fault } = await bug('The session service is down');
      await store.transact((tx) => cases.merge(tx, open, null, fault, KIM));
      expect((await all()).at(-1)).toMatchObject({ case_number: open, state: 'open' });
      appended.length = 0;
      await move(fault, 'resolved');
      expect((await all()).at(-1)?.state).toBe('resolved');
      expect(appended.map(({ payload }) => payload)).toContainEqual(
        expect.objectContaining({ number: open }),
      );
    });

    test('what was dismissed is none again for a day, and a raid of new accounts with one text is none at all', async () => {
      for (const title of LOGIN.slice(0, 4)) await post(title, { agoMs: 0 });
      await begin().look();
      const dismissed = (await all()).at(-1)?.case_number ?? 0;
      appended.length = 0;
      await move(dismissed, 'closed');
      expect(appended).toEqual([]);
      for (const title of LOGIN) await post(title, { agoMs: 0 });
      const watch = begin();
      await watch.look();
      for (let n = 0; n < 12; n += 1)
        await post(`Free gems at this address ${n}!`, { agoMs: 0, isNew: true });
      await watch.look();
      expect((await all()).filter(({ state }) => state === 'open')).toEqual([]);
    });
  });
}
