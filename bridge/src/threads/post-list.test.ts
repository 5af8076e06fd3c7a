import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { CommunityQuery } from '@flexcord/shared/panel/community';
import { HOUR_MS, MINUTE_MS } from '@flexcord/shared/time';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { openStore, type Store } from '../store/open.ts';
import { publicChannels } from './channels.ts';
import { postFigures } from './post-figures.ts';
import { createOverview, listPosts } from './post-list.ts';
import { addThread, changeThread, type ThreadChange } from './threads.ts';

const GUILD = '900000000000000001';
const HELP = '900000000000000002';
const IDEAS = '900000000000000003';
const IOS = '900000000000000004';
const at = Date.parse('2026-11-02T10:00:00Z');

for (const kind of storeKinds) {
  describe(`posts in public on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    let ids: string[];

    /** A post, made `hour` hours after the first. */
    const post = async (
      n: number,
      hour: number,
      change: ThreadChange & { channelId?: string; adopted?: boolean } = {},
    ) => {
      const { channelId = HELP, adopted = false, ...rest } = change;
      const id = String(910000000000000000n + BigInt(n));
      await store.transact(async (tx) => {
        await addThread(
          tx,
          {
            ...{ id, guildId: GUILD, channelId, authorId: '920000000000000001', title: `Question ${n}` },
            ...{ tags: [], access: 'open', slowMs: 0, openedAt: at + hour * HOUR_MS, lastMessageId: null },
          },
          adopted,
        );
        await changeThread(tx, id, { author_name: 'Ada', ...rest });
      });
      return id;
    };
    const list = (query: CommunityQuery = {}) => listPosts(store, publicChannels(store), query);
    /** Which posts are listed, counted from 0. */
    const listed = async (query: CommunityQuery = {}) =>
      (await list(query)).posts.map(({ id }) => ids.indexOf(id));

    beforeAll(async () => {
      place = await kind.make();
      store = await openStore(place.options);
      const channels = publicChannels(store);
      await channels.applySettings(
        new Map([
          [HELP, 'watch'],
          [IDEAS, 'watch'],
        ] as const),
        at,
      );
      const facts = { guildId: GUILD, isForum: true, requiresTag: false };
      await channels.noteFacts(HELP, {
        ...facts,
        name: 'help',
        tags: [{ id: IOS, name: 'ios', moderated: false }],
      });
      await channels.noteFacts(IDEAS, { ...facts, name: 'ideas', tags: [] });
      const answered = (hour: number, minutes: number) => at + hour * HOUR_MS + minutes * MINUTE_MS;
      ids = [
        await post(0, 0, { waiting_since: at + 5 * HOUR_MS }),
        await post(1, 1, { waiting_since: at + HOUR_MS, tags: [IOS], title: '100% of a_b is lost' }),
        await post(2, 2, {
          answered_by: 'virtual-agent',
          answered_at: answered(2, 1),
          title: 'ÄRGER mit ﾗﾝﾀﾝ Nº ２',
        }),
        await post(3, 3, {
          answered_by: 'member',
          answered_at: answered(3, 10),
          assignee_identity: 'kim',
          assignee_name: 'Kim',
        }),
        await post(4, 4, {
          channelId: IDEAS,
          waiting_since: at + 4 * HOUR_MS,
          answered_by: 'agent',
          answered_at: answered(4, 100),
        }),
        await post(5, 5, { state: 'solved', answered_by: 'member', answered_at: answered(5, 20) }),
        await post(6, 30, { state: 'closed' }),
        await post(7, 6, { access: 'deleted' }),
        await post(8, -500, { adopted: true }),
      ];
    });
    afterAll(async () => {
      await store?.close();
      await place?.drop();
    });

    test('lists those who have waited longest first, then those who do not wait; or the newest', async () => {
      expect(await listed()).toEqual([1, 4, 0, 2, 3, 8]);
      expect(await listed({ sort: 'newest' })).toEqual([4, 3, 2, 1, 0, 8]);
      expect(await listed({ state: 'all', sort: 'newest' })).toEqual([6, 5, 4, 3, 2, 1, 0, 8]);
    });

    test('goes on from a cursor without leaving out or repeating any, whatever the order', async () => {
      for (const sort of ['waiting', 'newest'] as const) {
        const all = await listed({ state: 'all', sort });
        const paged: number[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const page = await list({ state: 'all', sort, limit: '2', ...(cursor ? { cursor } : {}) });
          paged.push(...page.posts.map(({ id }) => ids.indexOf(id)));
          cursor = page.nextCursor;
        }
        expect(paged).toEqual(all);
      }
    });

    test('lists what fits every filter', async () => {
      expect(await listed({ channelId: IDEAS })).toEqual([4]);
      expect(await listed({ tag: IOS })).toEqual([1]);
      expect(await listed({ waiting: 'true' })).toEqual([1, 4, 0]);
      expect(await listed({ answeredBy: 'nobody', waiting: 'true' })).toEqual([1, 0]);
      expect(await listed({ answeredBy: 'member', state: 'all' })).toEqual([3, 5]);
      expect(await listed({ assignee: 'kim' })).toEqual([3]);
      expect(await listed({ assignee: 'none', channelId: HELP })).toEqual([1, 0, 2, 8]);
      expect(await listed({ q: 'QUESTION 3' })).toEqual([3]);
      // Whatever their case, accents, width and kana.
      for (const q of ['ärger', 'Arger MIT', 'らんたん', 'ランタン no 2'])
        expect(await listed({ q })).toEqual([2]);
      // What has a meaning in a pattern stands for itself.
      expect(await listed({ q: '100% of a_b' })).toEqual([1]);
      expect(await listed({ q: '%' })).toEqual([1]);
      expect((await list({ tag: IOS })).posts[0]).toMatchObject({
        ...{ channelName: 'help', tags: [{ id: IOS, name: 'ios' }], author: { name: 'Ada' } },
        ...{ answeredBy: 'nobody', isWithTeam: false, assignee: null },
        link: `https://discord.com/channels/${GUILD}/${ids[1]}`,
      });
    });

    test('counts what is open', async () => {
      expect(await createOverview(store, publicChannels(store))()).toEqual({
        channels: [
          { id: HELP, name: 'help', open: 5, tags: [{ id: IOS, name: 'ios' }] },
          { id: IDEAS, name: 'ideas', open: 1, tags: [] },
        ],
        ...{ open: 6, waiting: 3, unanswered: 3, withTeam: 0, unassigned: 5 },
      });
    });

    test('says who answered and how soon, day by day, of what was asked since the channel was served', async () => {
      const result = await postFigures(store, { from: '2026-11-02', to: '2026-11-03' });
      if (result.is !== 'done') throw new Error(result.is);
      const { total, days } = result.figures;
      expect(total).toEqual({
        ...{ asked: 8, virtualAgent: 1, members: 2, agents: 1, unanswered: 4, solved: 1 },
        ...{ medianMs: 10 * MINUTE_MS, p90Ms: 100 * MINUTE_MS },
      });
      expect(days.map(({ day, asked, medianMs }) => [day, asked, medianMs])).toEqual([
        ['2026-11-02', 7, 10 * MINUTE_MS],
        ['2026-11-03', 1, null],
      ]);
      const tokyo = await postFigures(store, {
        from: '2026-11-02',
        to: '2026-11-02',
        timeZone: 'Asia/Tokyo',
      });
      expect(tokyo).toMatchObject({ figures: { total: { asked: 5 } } });
      expect(await postFigures(store, { from: '2026-11-03', to: '2026-11-02' })).toEqual({ is: 'bad-range' });
    });
  });
}
