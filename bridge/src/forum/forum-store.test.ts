import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import pino from 'pino';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import { upsertSpeaker } from '../members/members.ts';
import { snowflakeAt } from '../messages/snowflake.ts';
import type { Store } from '../store/open.ts';
import { addThread, findThread } from '../threads/threads.ts';
import { createAdoption, MAX_ADOPTED } from './adoption.ts';
import { FLOOD_OVER_MS, FLOOD_POSTS, floodAt } from './floods.ts';
import { forgetAnswer, learnFrom, setLearning, solvedPosts } from './learning.ts';
import { syncSources } from './sources.ts';

const logger = pino({ level: 'silent' });
const START = 1_780_000_000_000;

for (const kind of storeKinds) {
  describe(`the forum desk on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
    });
    afterAll(() => place?.drop());

    let next = 0;
    /** A thread of somebody's, made `at` (milliseconds after the start). */
    async function thread(channelId: string, authorId: string, title: string, at = 0): Promise<string> {
      next += 1;
      const id = String(BigInt(snowflakeAt(START + at)) + BigInt(next));
      await store.transact(async (tx) => {
        await upsertSpeaker(tx, { id: authorId, name: authorId });
        await addThread(
          tx,
          {
            ...{ id, guildId: 'g', channelId, authorId, title, tags: [], access: 'open', slowMs: 0 },
            ...{ openedAt: START + at, lastMessageId: null },
          },
          false,
        );
      });
      return id;
    }

    async function learn(id: string, answer: { messageId: string; authorId: string; text: string }) {
      const known = await findThread(store.db, id);
      if (!known) throw new Error('no thread');
      await store.transact((tx) =>
        upsertSpeaker(tx, { id: answer.authorId, name: answer.authorId }).then(() =>
          learnFrom(
            tx,
            known,
            { ...answer, authorName: answer.authorId },
            { how: 'marked', solvedAt: START },
          ),
        ),
      );
    }

    test('solved posts lose personal details, help others in their channel, and go with what was taken back', async () => {
      const posts = solvedPosts(store);
      const sources = await syncSources({ store, knowledge: createKnowledge(), use: 'answers', logger });
      const id = await thread('help', 'ada', 'The lantern does not glow in the harbour');
      await learn(id, {
        messageId: 'm1',
        authorId: 'bo',
        text: 'Turn the crystal twice, or mail me at bo@post.org',
      });
      expect(await posts.list()).toMatchObject([
        {
          ...{ thread_id: id, answer: 'Turn the crystal twice, or mail me at [mail address]' },
          ...{ solver_name: 'bo', status: 'new', url: `https://discord.com/channels/g/${id}` },
        },
      ]);
      await sources.refresh();
      const asked = 'my lantern does not glow in the harbour';
      expect(sources.find('help', asked, null)).toMatchObject([{ threadId: id, isSure: true }]);
      // A post of one channel tells nobody in another that it is there, and nothing answers what is off its topic.
      expect(sources.find('elsewhere', asked, null)).toEqual([]);
      expect(sources.find('help', 'which pizza do you like best?', null)).toEqual([]);

      await forgetAnswer(store, 'm1');
      await sources.refresh();
      expect(sources.find('help', asked, null)).toEqual([]);
      expect(await posts.list()).toEqual([]);
      await sources.stop();
    });

    test('who does not want it is not learned from, and what was learned before is forgotten', async () => {
      const posts = solvedPosts(store);
      const [one, two] = [
        await thread('help', 'eve', 'A sail is torn'),
        await thread('help', 'finn', 'A mast is bent'),
      ];
      await learn(one, { messageId: 'm2', authorId: 'gil', text: 'Sew it' });
      await learn(two, { messageId: 'm3', authorId: 'eve', text: 'Straighten it' });
      expect(await posts.list()).toHaveLength(2);
      await store.transact((tx) => setLearning(tx, 'eve', false));
      expect(await posts.list()).toEqual([]);
      const { title, answer, author_id } = await store.db
        .selectFrom('solved_posts')
        .selectAll()
        .where('thread_id', '=', one)
        .executeTakeFirstOrThrow();
      expect({ title, answer, author_id }).toEqual({ title: '', answer: '', author_id: null });
      await learn(one, { messageId: 'm2', authorId: 'gil', text: 'Sew it' });
      expect(await posts.list()).toEqual([]);
      await store.transact((tx) => setLearning(tx, 'eve', true));
      await learn(one, { messageId: 'm2', authorId: 'gil', text: 'Sew it' });
      expect(await posts.list()).toHaveLength(1);
      expect(await posts.taken(one, 'a-1')).toBe(true);
      expect(await posts.list({ status: 'taken' })).toMatchObject([{ article_id: 'a-1' }]);
    });

    test('a flood is noticed once, and a later one again', async () => {
      const seen: boolean[] = [];
      let floods = 0;
      const post = async (at: number) => {
        await thread('busy', `m${at}`, 'Buy this', at);
        const found = await store.transact((tx) => floodAt(tx, store, { channelId: 'busy', at: START + at }));
        floods += Number(found.isFlood);
        if (found.isFlood) seen.push(found.first);
      };
      for (let each = 0; each < FLOOD_POSTS + 5; each++) await post(each * 100);
      expect(floods).toBe(5);
      expect(seen.filter(Boolean)).toHaveLength(1);
      const later = FLOOD_OVER_MS * 2;
      for (let each = 0; each < FLOOD_POSTS + 2; each++) await post(later + each * 100);
      expect(seen.filter(Boolean)).toHaveLength(2);
    });

    test('the past of a forum is learned from page by page, goes on where it was, and ends', async () => {
      const adoption = createAdoption({ store, relay: undefined as never });
      const page = (id: string, before: string | null, looked = 100) => ({
        ...{ looked, before },
        learned: [
          {
            thread: {
              id,
              guild_id: 'g',
              channel_id: 'old',
              author_id: 'x',
              title: `Old ${id}`,
              question: 'how?',
            },
            solution: { messageId: `m-${id}`, authorId: 'y', authorName: 'y', text: 'so' },
            at: START,
          },
        ],
      });
      expect(await adoption.progress('old')).toEqual({ before: null });
      expect(await adoption.keep('old', page('o1', '2026-01-01T00:00:00Z'))).toBe(true);
      expect(await adoption.progress('old')).toEqual({ before: '2026-01-01T00:00:00Z' });
      // A page that is read twice teaches once.
      expect(await adoption.keep('old', page('o1', '2025-06-01T00:00:00Z'))).toBe(true);
      expect(await adoption.keep('old', page('o2', null))).toBe(false);
      expect(await adoption.progress('old')).toBeNull();
      expect(await adoption.find('old')).toMatchObject({ looked_at: 300, learned: 2 });
      // One that never ends is left after a while.
      expect(await adoption.keep('endless', page('o3', 'more', MAX_ADOPTED))).toBe(false);
    });
  });
}
