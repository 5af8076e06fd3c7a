import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { DAY_MS } from '@flexcord/shared/time';
import pino from 'pino';
import { findInStore } from '../../testing/all-rows.ts';
import { startTwilio, type Twilio } from '../../testing/sandbox.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { createCases } from '../cases/cases.ts';
import { recordLesson } from '../knowledge/feedback/lessons.ts';
import { upsertMember } from '../members/members.ts';
import { addNote } from '../members/notes.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store } from '../store/open.ts';
import { conversationQueries } from '../support/conversations.ts';
import { createTwilio } from '../twilio/client.ts';
import { createMemberEraser } from '../twilio/conversations/erase-member.ts';
import { createMedia } from '../twilio/conversations/media.ts';
import { createRetention, type RetentionDays } from './retention.ts';

const OFF: RetentionDays = { conversations: 0, cases: 0, notes: 0, lessons: 0, journal: 0, members: 0 };
const ALL: RetentionDays = { conversations: 30, cases: 30, notes: 30, lessons: 30, journal: 30, members: 30 };
const logger = pino({ level: 'silent' });

for (const kind of storeKinds) {
  describe(`on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    let cloud: Twilio;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
      cloud = await startTwilio();
    });
    afterAll(async () => {
      await cloud?.stop();
      await place?.drop();
    });

    const account = () => ({ accountSid: cloud.accountSid, authToken: cloud.authToken, apiUrl: cloud.url });
    const client = () => createTwilio(account());

    /** A member with all that is kept of one, last changed `daysAgo`; every text has `word` in it. */
    async function live(id: string, word: string, daysAgo: number): Promise<{ sid: string; number: number }> {
      const at = steadyNow() - daysAgo * DAY_MS;
      const twilio = client();
      const { sid } = await twilio.conversations.v1.conversations.create({ friendlyName: word });
      const participants = twilio.conversations.v1.conversations(sid).participants;
      await participants.create({ identity: `discord_${id}` });
      await twilio.conversations.v1
        .conversations(sid)
        .messages.create({ author: `discord_${id}`, body: word });
      const cases = createCases({ store, tell: async () => {}, changed: () => {}, fields: [] });
      const number = await store.transact(async (tx) => {
        await upsertMember(tx, { id, name: `Name ${word}`, locale: null }, null);
        const { id: conversationId } = await conversationQueries(store).open(tx, id);
        const closed = { phase: 'closed' as const, closed_at: at, twilio_sid: sid, topic: word };
        await tx.updateTable('conversations').set(closed).where('id', '=', conversationId).execute();
        await recordLesson(tx, {
          ...{ source: 'solved', articleId: 'a', question: `how is ${word}`, weight: 1, conversationId },
        });
        const draft = { memberId: id, title: word, description: `all about ${word}`, conversationId };
        const opened = await cases.open(
          tx,
          { ...draft, type: 'bug', priority: 'normal', tags: [], fields: {}, assignee: null },
          { identity: 'kim', name: 'Kim' },
        );
        if (opened.is !== 'done') throw new Error(opened.is);
        const resolved = { status: 'resolved' as const, changed_at: at };
        await tx.updateTable('cases').set(resolved).where('number', '=', opened.case.number).execute();
        await tx
          .insertInto('incidents')
          .values({
            ...{ case_number: opened.case.number, words_of: id, language: 'en', members: 5, usual: 0 },
            ...{
              within_ms: 1,
              signature: JSON.stringify({ [word]: [1, 1] }),
              over: null,
              published_by: null,
            },
            notice: JSON.stringify({ en: { title: word, text: word }, ja: { title: '', text: '' } }),
            ...{ published_at: at, opened_at: at, changed_at: at, ended_at: at },
          })
          .execute();
        await tx
          .insertInto('incident_reports')
          .values({
            ...{ incident: opened.case.number, source: 'conversation', ref: word, member_id: id },
            ...{ is_new_account: 0, asked_at: at, told_at: at, told_in: 'private' },
            ...{ taken_out_by: null, taken_out_at: null },
          })
          .execute();
        await tx
          .insertInto('journal')
          .values({
            ...{ lane: `in:${id}`, key: `k:${id}`, kind: 'x', payload: JSON.stringify({ word }) },
            ...{ status: 'done', created_at: at, finished_at: at },
          })
          .execute();
        await tx.updateTable('members').set({ seen_at: at }).where('id', '=', id).execute();
        return opened.case.number;
      });
      await addNote(store, id, `note ${word}`, { identity: 'kim', name: 'Kim' });
      return { sid, number };
    }

    function retention(days: RetentionDays, batchSize?: number) {
      const twilio = client();
      return createRetention({
        ...{ store, days, logger, batchSize, cards: { touch: async () => {} } },
        words: { case: 'Text removed', member: 'Erased' },
        twilio: createMemberEraser({
          ...{ twilio, media: createMedia({ twilio, ...account() }), workspaceSid: cloud.workspaceSid },
        }),
      });
    }
    const { signal } = new AbortController();

    test('keeps everything by default, and deletes in batches what is older than is wanted, also at Twilio', async () => {
      const old: { sid: string; number: number }[] = [];
      for (let at = 0; at < 5; at += 1) old.push(await live(`10000000000000000${at}`, 'bygones', 60));
      const recent = await live('200000000000000000', 'freshness', 5);
      expect(await retention(OFF).run(signal)).toEqual({});
      expect(cloud.conversations()).toHaveLength(6);

      // A lesson and a note are as old as they are, so only what hangs on the conversations goes in this round.
      const deleted = await retention(ALL, 2).run(signal);
      expect(deleted).toMatchObject({ conversations: 5, cases: 5, journal: 5 });
      expect(cloud.conversations().map(({ sid }) => sid)).toEqual([recent.sid]);
      const left = await findInStore(store, ['bygones'], ['case_search_data', 'case_search', 'member_notes']);
      expect(left).toEqual(['members.name']);
      const kept = await store.db.selectFrom('cases').select(['number', 'title', 'status']).execute();
      expect(kept).toHaveLength(6);
      expect(kept.find(({ number }) => number === old[0]?.number)).toMatchObject({
        ...{ title: 'Text removed', status: 'resolved' },
      });
      expect(await findInStore(store, ['freshness'])).toEqual(
        expect.arrayContaining([
          'cases.title',
          'conversations.topic',
          'journal.payload',
          'knowledge_lessons.question',
        ]),
      );
      expect(await retention(ALL).run(signal)).toEqual({});
    });

    test('what cannot be deleted at Twilio stays known, and the rest goes on', async () => {
      await live('300000000000000000', 'stranded', 60);
      const failing = { eraseConversation: () => Promise.reject(new Error('Twilio is away')) };
      const days = { ...ALL, cases: 0 };
      const round = createRetention({
        ...{ store, days, logger, twilio: failing, cards: { touch: async () => {} } },
        words: { case: 'Text removed', member: 'Erased' },
      });
      expect(await round.run(signal)).toEqual({ journal: 1 });
      expect(await findInStore(store, ['stranded'])).toContain('conversations.topic');
      expect(await retention(days).run(signal)).toEqual({ conversations: 1 });
    });

    test('a profile goes when nothing refers to it any more', async () => {
      const seen_at = steadyNow() - 60 * DAY_MS;
      await store.transact(async (tx) => {
        await upsertMember(tx, { id: '400000000000000000', name: 'Loose', locale: null }, null);
        await tx.updateTable('members').set({ seen_at }).where('id', '=', '400000000000000000').execute();
      });
      expect(await retention({ ...OFF, members: 30 }).run(signal)).toEqual({ members: 1 });
      expect(await findInStore(store, ['Loose'])).toEqual([]);
    });
  });
}
