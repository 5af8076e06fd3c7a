import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import type { CaseStatus } from '@flexcord/shared/panel/case';
import fc from 'fast-check';
import pino from 'pino';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { guildQueries } from '../../guilds/guilds.ts';
import { handlersFor } from '../../relay/entries.ts';
import { createRelay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { createCases } from '../cases.ts';
import { findCase } from '../queries.ts';
import { reviseQuotes } from '../words.ts';
import * as cardEntries from './cards.ts';
import { createOwnCases } from './own-cases.ts';
import * as ratingEntries from './ratings.ts';
import { createReports, REPORT_LIMITS } from './reports.ts';
import * as updateEntries from './updates.ts';
import { createVotes } from './votes.ts';

const logger = pino({ level: 'silent' });
const ada = { id: '112233445566778899', name: 'Ada' };
const bo = { id: '998877665544332211', name: 'Bo' };

for (const kind of storeKinds) {
  describe(`the public face of cases on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    let told: { memberId: string; is: string }[];
    let stopping: (() => Promise<unknown>)[];

    beforeEach(async () => {
      place = await kind.make();
      store = await place.open();
      told = [];
      stopping = [];
    });
    afterEach(async () => {
      for (const stop of stopping) await stop();
      await place.drop();
    });

    const meet = (tx: Tx, ...people: { id: string; name: string }[]) =>
      tx
        .insertInto('members')
        .values(people.map((person) => ({ ...person, created_at: 1, seen_at: 1 })))
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();

    function parts() {
      const relay = createRelay({
        store,
        logger,
        owner: { id: 'me', leaseMs: 10_000 },
        heartbeat: { alive: () => true, stop: async () => {} },
      });
      const cards = cardEntries.createCards({ store, relay });
      const news = updateEntries.createCaseUpdates({
        store,
        relay,
        cards,
        tell: async (_tx, memberId, _key, { is }) => void told.push({ memberId, is }),
      });
      const cases = createCases({ store, tell: async () => {}, changed() {}, fields: [] });
      cases.subscribe(news.listener);
      const voting = createVotes({ store, cases, cards });
      const move = (to: CaseStatus) =>
        store.transact((tx) => cases.transition(tx, 1, null, to, { identity: 'kim', name: 'Kim' }));
      const guilds = guildQueries(store);
      const reports = createReports({ store, cases, cards, guilds, guildIds: async () => ['g'] });
      const report = (origin: string, text = 'It fell down', guildId: string | null = 'g') =>
        reports.report(
          ada,
          { type: 'bug', title: '', text, more: [], files: [] },
          { origin, guildId },
          async (tx) => {
            await meet(tx, ada, bo);
          },
        );
      return {
        relay,
        cards,
        voting,
        news,
        cases,
        guilds,
        reports,
        report,
        move,
        ownCases: createOwnCases({ store, cases }),
      };
    }

    const entries = (name: string) =>
      store.db.selectFrom('journal').select(['key', 'payload']).where('kind', '=', name).execute();

    test('opens one case for a report that arrives twice, and none for an empty or too long one', async () => {
      const { report, guilds, cards } = parts();
      await guilds.keep('g', { locale: 'en', bugs_id: 'bugs' });
      expect(await report('interaction:1', 'It fell\u0000 down\nfar')).toEqual({
        is: 'opened',
        number: 1,
        cardIn: 'bugs',
      });
      expect(await report('interaction:1')).toEqual({ is: 'opened-before', number: 1, cardIn: null });
      expect(await report('interaction:2', 'x'.repeat(REPORT_LIMITS.text + 1))).toEqual({
        is: 'too-long',
        limit: REPORT_LIMITS.text,
      });
      expect(await report('interaction:3', ' \n ')).toEqual({ is: 'empty' });
      // Outside of a server it belongs to the only one that there is.
      expect(await report('interaction:4', 'In private', null)).toMatchObject({ cardIn: 'bugs' });
      expect(await cards.view(1)).toMatchObject({ title: 'It fell down', memberName: 'Ada', votes: 0 });
      expect(await entries('discord.card')).toHaveLength(2);
      // One that the bot was taken out of does not count.
      await guilds.keep('away', { locale: 'en', bugs_id: 'elsewhere' });
      expect(await report('interaction:5', 'Still in private', null)).toMatchObject({ cardIn: 'bugs' });
    });

    test('takes the words of a message that is deleted out of the case that was opened from it', async () => {
      const { reports, cases } = parts();
      const opened = await reports.fromMessage(
        {
          message: { id: 'm1', channelId: 'c', guildId: 'g', text: 'The secret is out\nok' },
          ...{ author: ada, link: 'https://discord.com/channels/g/c/m1', moderator: bo },
        },
        async (tx) => void (await meet(tx, ada, bo)),
      );
      const number = opened.is === 'opened' ? opened.number : 0;
      await store.transact((tx) =>
        cases.comment(
          tx,
          number,
          null,
          { text: 'He says: The secret is out?', visibility: 'internal' },
          { identity: 'kim', name: 'Kim' },
        ),
      );
      await reviseQuotes(store, 'another', '[deleted]');
      expect((await findCase(store.db, number))?.title).toBe('The secret is out');
      await reviseQuotes(store, 'm1', '[deleted]');
      const found = await findCase(store.db, number);
      expect(found).toMatchObject({ title: '[deleted]', messages: [{ quote: '[deleted]\n[deleted]' }] });
      expect(found?.description).toBe('> [deleted]\n> [deleted]\n\nhttps://discord.com/channels/g/c/m1');
      expect(JSON.stringify(found)).not.toContain('The secret is out');
      await expect(
        store.db.updateTable('case_events').set({ text: 'x' }).where('case_number', '=', number).execute(),
      ).rejects.toThrow('the audit trail is never changed');
    });

    test('counts one vote a member when many click at once, and queues one edit of the card', async () => {
      const { report, guilds, voting, cards } = parts();
      await guilds.keep('g', { locale: 'en', bugs_id: 'bugs' });
      await report('interaction:1');
      const crowd = Array.from({ length: 12 }, (_, n) => ({ id: `${100 + n}`, name: 'Voter' }));
      await store.transact((tx) => meet(tx, ...crowd));
      const clicks = [...crowd, ...crowd, ...crowd].map(({ id }) =>
        store.transact((tx) => voting.vote(tx, 1, { id, name: 'Voter' }, true)),
      );
      const results = await Promise.all(clicks);
      expect(results.filter(({ is }) => is === 'done')).toHaveLength(12);
      expect(await cards.view(1)).toMatchObject({ votes: 12 });
      expect(await entries('discord.card-edit')).toHaveLength(1);
    });

    test('keeps the counts of votes and followers right after any sequence of clicks', async () => {
      const { report, guilds, voting, cards } = parts();
      await guilds.keep('g', { locale: 'en', bugs_id: 'bugs' });
      await report('interaction:1');
      const click = fc.record({
        how: fc.constantFrom('vote' as const, 'follow' as const),
        who: fc.constantFrom(ada, bo),
        wanted: fc.boolean(),
      });
      const votes = new Set<string>();
      const followers = new Set<string>();
      await fc.assert(
        fc.asyncProperty(fc.array(click, { maxLength: 8 }), async (clicks) => {
          for (const { how, who, wanted } of clicks) {
            await store.transact(async (tx) => void (await voting[how](tx, 1, who, wanted)));
            const of = how === 'vote' ? votes : followers;
            if (wanted) of.add(who.id);
            else of.delete(who.id);
          }
          expect(await cards.view(1)).toMatchObject({ votes: votes.size, followers: followers.size });
        }),
        { numRuns: 20 },
      );
    });

    test('hides a case that has no card from every member but its own', async () => {
      const { report, voting, ownCases } = parts();
      await report('interaction:1', 'No server has a channel for it', null);
      expect(await ownCases.view(bo.id, 1)).toBeUndefined();
      expect((await ownCases.list(bo.id, 0)).cases).toEqual([]);
      expect(await ownCases.suggest(bo.id, '')).toEqual([]);
      const asBo = <T>(work: (tx: Tx) => Promise<T>) => store.transact(work);
      expect(await asBo((tx) => ownCases.comment(tx, bo, 1, 'hi'))).toEqual({ is: 'missing' });
      expect(await asBo((tx) => ownCases.close(tx, bo, 1))).toEqual({ is: 'missing' });
      expect(await asBo((tx) => ownCases.reopen(tx, bo, 1))).toEqual({ is: 'missing' });
      expect(await asBo((tx) => voting.follow(tx, 1, bo, true))).toEqual({ is: 'missing' });
      expect(await asBo((tx) => voting.vote(tx, 77, bo, true))).toEqual({ is: 'missing' });
      expect((await ownCases.view(ada.id, 1))?.comments).toEqual([]);
    });

    test('reopens a waiting case when its member comments, and names the status that forbids a step', async () => {
      const { report, ownCases, move, voting } = parts();
      await report('interaction:1');
      await move('waiting');
      expect(told).toEqual([{ memberId: ada.id, is: 'case-moved' }]);
      await store.transact((tx) => ownCases.comment(tx, ada, 1, 'Here you are.'));
      expect(await ownCases.view(ada.id, 1)).toMatchObject({ status: 'open', comments: [{ author: 'Ada' }] });
      expect(await store.transact((tx) => ownCases.reopen(tx, ada, 1))).toEqual({
        is: 'illegal',
        from: 'open',
      });
      expect(await store.transact((tx) => ownCases.close(tx, ada, 1))).toMatchObject({ is: 'done' });
      expect(await store.transact((tx) => ownCases.close(tx, ada, 1))).toEqual({
        is: 'illegal',
        from: 'closed',
      });
      expect(await store.transact((tx) => voting.vote(tx, 1, ada, true))).toEqual({ is: 'finished' });
      // Nobody is told of what they did themselves.
      expect(told).toHaveLength(1);
    });

    test('tells every follower once, and the member of the case not a second time', async () => {
      const { report, guilds, move, news, relay, voting } = parts();
      await guilds.keep('g', { locale: 'en', bugs_id: 'bugs' });
      await report('interaction:1');
      const crowd = Array.from({ length: 120 }, (_, n) => ({ id: `${1000 + n}`, name: 'Follower' }));
      await store.transact(async (tx) => {
        await meet(tx, ...crowd);
        await voting.follow(tx, 1, ada, true);
        const followers = crowd.map(({ id }) => ({ case_number: 1, member_id: id, at: 1 }));
        await tx.insertInto('case_followers').values(followers).execute();
      });
      const nothing = { run: async () => undefined };
      await move('resolved');
      await relay.start(
        handlersFor(
          [cardEntries, ratingEntries, updateEntries],
          [
            cardEntries.cardPost.handledBy(nothing),
            cardEntries.cardEdit.handledBy(nothing),
            ratingEntries.taskRating.handledBy(nothing),
            ...news.handlers,
          ],
        ),
      );
      stopping.push(() => relay.stop());
      while (told.length < 121) await Bun.sleep(5);
      expect(new Set(told.map(({ memberId }) => memberId)).size).toBe(121);
      expect(told).toHaveLength(121);
      expect(told.filter(({ memberId }) => memberId === ada.id)).toEqual([
        { memberId: ada.id, is: 'case-moved' },
      ]);
    });

    test('takes a rating from the member of the conversation alone, and keeps it on the case', async () => {
      const { report, relay, cases } = parts();
      await report('interaction:1');
      const now = Date.now();
      await store.db
        .insertInto('conversations')
        .values({
          id: 'c1',
          member_id: ada.id,
          phase: 'closed',
          previous_id: null,
          opened_at: now,
          changed_at: now,
          case_number: 1,
          twilio_sid: 'CH1',
        })
        .execute();
      const ratings = ratingEntries.createRatings({ store, relay, cases, onTask: true });
      expect(await ratings.comment(ada, 'c1', 'too early')).toEqual({ is: 'missing' });
      expect(await ratings.rate(bo, 'c1', 1, '1')).toEqual({ is: 'missing' });
      expect(await ratings.rate(ada, 'c1', 4, '2')).toEqual({ is: 'done' });
      expect(await ratings.rate(ada, 'c1', 4, '2')).toEqual({ is: 'done' });
      expect(await ratings.comment(bo, 'c1', 'mine')).toEqual({ is: 'missing' });
      expect(await ratings.comment(ada, 'c1', 'Kind and quick')).toMatchObject({ is: 'done' });
      const events = await store.db
        .selectFrom('case_events')
        .select('text')
        .where('kind', '=', 'rating')
        .orderBy('id')
        .execute();
      expect(events.map(({ text }) => text)).toEqual(['4/5', '4/5: Kind and quick']);
      expect(await entries('twilio.rating')).toHaveLength(1);
    });
  });
}
