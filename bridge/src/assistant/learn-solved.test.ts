import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { pino } from 'pino';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { syncArticles } from '../knowledge/articles/sync.ts';
import { recordFeedback } from '../knowledge/feedback/agent-feedback.ts';
import { confirmedLessons, lessons, recordLesson, undoLesson } from '../knowledge/feedback/lessons.ts';
import { addSampleArticles } from '../knowledge/import/sample-articles.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import type { Store } from '../store/open.ts';
import { conversationQueries } from '../support/conversations.ts';
import { botTurnsOf, recordBotTurn } from './bot-turns.ts';
import { learnSent, learnSolved } from './learn-solved.ts';

const jargon = 'the wobbly gizmo thing again';

for (const kind of storeKinds) {
  describe(`on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
      await store.db
        .insertInto('members')
        .values({ id: '1', name: 'Ada', locale: null, created_at: 0, seen_at: 0 })
        .execute();
    });
    afterAll(() => place?.drop());

    test('learns from solved questions and agent feedback, across restarts, and can undo it', async () => {
      await addSampleArticles(store);
      const { id } = await store.transact(async (tx) => {
        const conversation = await conversationQueries(store).open(tx, '1');
        await learnSolved(tx, conversation.id);
        const turn = { question: jargon, said: 'answer', articles: ['en-sound'] } as const;
        await recordBotTurn(tx, conversation.id, { ...turn, articles: [...turn.articles] });
        await recordBotTurn(tx, conversation.id, { question: 'x', said: 'nothing', articles: [] });
        await learnSolved(tx, conversation.id);
        return conversation;
      });
      expect((await botTurnsOf(store.db, id)).map(({ said }) => said)).toEqual(['answer', 'nothing']);
      const thumb = { query: jargon, verdict: 'up', conversationSid: null } as const;
      await recordFeedback(store, { ...thumb, articleId: 'en-sound' }, 'kim');
      await recordFeedback(store, { ...thumb, articleId: 'en-friends', verdict: 'down' }, 'kim');
      expect(await lessons(store.db)).toMatchObject([
        { source: 'solved', articleId: 'en-sound', question: jargon, weight: 1 },
        { source: 'thumb', articleId: 'en-sound', weight: 1, actorIdentity: 'kim' },
        { source: 'thumb', articleId: 'en-friends', weight: -0.5 },
      ]);

      const knowledge = createKnowledge();
      const following = await syncArticles({
        store,
        knowledge,
        logger: pino({ level: 'silent' }),
        onChange: () => {},
      });
      try {
        await knowledge.ready();
        const answer = () => knowledge.ask(jargon, { language: 'en' });
        expect(answer()).toMatchObject({ is: 'answer', hits: [{ article: { id: 'en-sound' } }] });
        for (const { id } of await lessons(store.db, { articleId: 'en-sound' }))
          await store.transact((tx) => undoLesson(tx, id, 'Kim'));
        await following.refresh();
        await knowledge.ready();
        expect(answer().is).not.toBe('answer');
      } finally {
        await following.stop();
      }
    });

    test('learns from what two members say, or a member of what an agent sent, and from no slip', async () => {
      const conversationOf = async (member: string) => {
        await store.db
          .insertInto('members')
          .values({ id: member, name: member, locale: null, created_at: 0, seen_at: 0 })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return store.transact(async (tx) => (await conversationQueries(store).open(tx, member)).id);
      };
      const learn = (
        source: 'solved' | 'sent',
        articleId: string,
        question: string,
        conversationId: string,
      ) =>
        store.transact((tx) => recordLesson(tx, { source, articleId, question, weight: 1, conversationId }));
      const counted = async (articleId: string) =>
        (await confirmedLessons(store.db, articleId)).map(({ question }) => question);
      const ada = await conversationOf('901');
      const kim = await conversationOf('902');
      await learn('sent', 'mast', 'see file', ada);
      await learn('solved', 'keel', 'my keel is bent', ada);
      await learn('solved', 'keel', 'keel bent', ada);
      expect(await counted('mast')).toEqual([]);
      expect(await counted('keel')).toEqual([]);
      const second = await learn('solved', 'keel', 'bent keel again', kim);
      expect(await counted('keel')).toHaveLength(3);
      await store.transact((tx) => undoLesson(tx, second ?? 0, 'Kim'));
      expect(await counted('keel')).toEqual([]);
      await store.transact((tx) => learnSent(tx, ada));
      expect(await counted('mast')).toEqual(['see file']);
    });
  });
}
