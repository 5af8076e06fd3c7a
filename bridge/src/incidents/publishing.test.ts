import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { IncidentAction, IncidentNotice } from '@flexcord/shared/panel/incident';
import pino from 'pino';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { createCases } from '../cases/cases.ts';
import { guildQueries } from '../guilds/guilds.ts';
import { ensureTeamMember, TEAM_MEMBER_ID } from '../members/team.ts';
import type { NewEntry } from '../relay/entries.ts';
import type { EntryKey } from '../relay/keys.ts';
import { openStore, type Store } from '../store/open.ts';
import { en } from '../texts/en/index.ts';
import { publicChannels } from '../threads/channels.ts';
import { createIncidentActs } from './acts.ts';
import { createIncidents } from './incidents.ts';
import type { IncidentsOptions } from './options.ts';
import { createTelling } from './telling.ts';
import { createIncidentView } from './view.ts';

const KIM = { identity: 'kim', name: 'Kim' };
const [NEWS, STATUS, FORUM] = ['900000000000000011', '900000000000000012', '900000000000000013'];
const NOTICE: IncidentNotice = {
  en: { title: 'Login', text: 'We are on it.' },
  ja: { title: 'ログイン', text: '対応中です。' },
};
/** More than are told in one entry. */
const [PRIVATE, POSTS, SHUT] = [130, 120, 3];

for (const kind of storeKinds) {
  describe(`what is said of an incident on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    let options: IncidentsOptions;
    let act: ReturnType<typeof createIncidentActs>;
    let view: ReturnType<typeof createIncidentView>;
    let number: number;
    const appended: NewEntry[] = [];
    const announced: [channelId: string, title: string, key: EntryKey][] = [];
    const told: string[] = [];
    const said: string[] = [];

    beforeAll(async () => {
      place = await kind.make();
      store = await openStore(place.options);
      const cases = createCases({ store, tell: async () => {}, changed: () => {}, fields: [] });
      options = {
        ...{ store, cases, texts: en, logger: pino({ level: 'silent' }), changed: () => {} },
        relay: { append: async (_, ...entries) => appended.push(...entries) },
        masked: (text) => text,
        tellTeam: async () => {},
        announce: async (_, { channelId }, { title }, key) => void announced.push([channelId, title, key]),
        async sayInThread(_, threadId, { is }) {
          if (threadId.startsWith('shut')) return false;
          said.push(`${is} ${threadId}`);
          return true;
        },
        tell: async (_, memberId) => void told.push(memberId),
      };
      const incidents = createIncidents(options);
      cases.subscribe(incidents.follow);
      const channels = publicChannels(store);
      const guilds = guildQueries(store);
      act = createIncidentActs({ ...options, guilds, channels, incidents });
      view = createIncidentView({ store, guilds, channels, masked: (text) => text });
      await guilds.keep('900000000000000001', { locale: 'ja', announcements_id: NEWS });
      await channels.applySettings(
        new Map([
          [STATUS, 'answer'],
          [FORUM, 'answer'],
        ] as const),
        0,
      );
      const facts = { guildId: '900000000000000002', tags: [], requiresTag: false };
      await channels.noteFacts(STATUS, { ...facts, name: 'status', isForum: false });
      await channels.noteFacts(FORUM, { ...facts, name: 'help', isForum: true });
      number = await store.transact(async (tx) => {
        await ensureTeamMember(tx, 'Team');
        const opened = await cases.open(
          tx,
          {
            ...{
              memberId: TEAM_MEMBER_ID,
              title: 'Login',
              description: '',
              type: 'support',
              priority: 'high',
            },
            ...{ tags: [], fields: {}, conversationId: null, assignee: null },
          },
          KIM,
        );
        if (opened.is !== 'done') throw new Error(opened.is);
        const incident = opened.case.number;
        await tx
          .insertInto('incidents')
          .values({
            ...{
              case_number: incident,
              words_of: null,
              language: 'en',
              members: 5,
              usual: 0.25,
              within_ms: 1,
            },
            ...{ signature: '{}', notice: null, over: null, published_by: null, published_at: null },
            ...{ opened_at: 0, changed_at: 0, ended_at: null },
          })
          .execute();
        const report = (source: 'conversation' | 'post', ref: string, member_id: string) => ({
          ...{ incident, source, ref, member_id, is_new_account: 0, asked_at: 0 },
          ...{ taken_out_by: null, taken_out_at: null, told_at: null, told_in: null },
        });
        const member = (what: string, n: number) => `${what}${n}`;
        const rows = [
          ...Array.from({ length: PRIVATE }, (_, n) => report('conversation', `c${n}`, member('private', n))),
          ...Array.from({ length: POSTS }, (_, n) => report('post', `p${n}`, member('public', n))),
          ...Array.from({ length: SHUT }, (_, n) => report('post', `shut${n}`, member('shut', n))),
          // Who asked in both is told in private; who posted twice, in the later thread.
          report('post', 'both', member('private', 0)),
          report('post', 'again', member('public', 0)),
        ];
        const ids = new Set(
          rows.flatMap(({ member_id, source }) => (source === 'conversation' ? member_id : [])),
        );
        for (const id of ids)
          await tx
            .insertInto('members')
            .values({
              ...{ id, name: id, locale: null, dm_channel_id: null, discord_cursor: null, thread_id: null },
              ...{ thread_cursor: null, dm_closed_at: null, blocked_at: null, blocked_by: null },
              ...{ block_reason: null, block_told_at: null, created_at: 0, seen_at: 0 },
            })
            .execute();
        await tx.insertInto('incident_reports').values(rows).execute();
        return incident;
      });
    });
    afterAll(async () => {
      await store?.close();
      await place?.drop();
    });

    async function decide({ kind: of, key, payload }: NewEntry): Promise<void> {
      const handler = createTelling(options).find((one) => one.kind === of)?.handler;
      await store.transact(async (tx) => handler?.decide?.(tx, payload, { key, createdAt: 0 }));
    }
    /** Works off what was appended, and what that appends. Returns all of it. */
    async function workOff(): Promise<NewEntry[]> {
      const worked: NewEntry[] = [];
      for (let entry = appended.shift(); entry; entry = appended.shift()) {
        worked.push(entry);
        await decide(entry);
      }
      return worked;
    }
    const publish = (change: Partial<IncidentAction> = {}): IncidentAction =>
      ({
        ...{
          is: 'publish',
          version: 0,
          notice: NOTICE,
          channels: [NEWS, STATUS],
          posts: true,
          answers: true,
        },
        ...change,
      }) as IncidentAction;

    test('a notice goes to the channels that were chosen, each in its language, and again only where it is published anew', async () => {
      const { channels, version } = (await view.find(number)) ?? {};
      expect({ channels, version }).toEqual({
        channels: [
          { id: NEWS, name: '', isForAnnouncements: true, wasSent: false },
          { id: STATUS, name: 'status', isForAnnouncements: false, wasSent: false },
        ],
        version: 0,
      });
      const refused = async (change: Partial<IncidentAction>) => (await act(number, publish(change), KIM)).is;
      expect(await refused({ channels: [FORUM] })).toBe('no-such-channel');
      expect(await refused({ version: 1 })).toBe('conflict');
      const empty = { title: ' ', text: 'x' };
      expect(await refused({ notice: { en: empty, ja: empty } })).toBe('empty');
      expect(await act(number + 1, publish(), KIM)).toEqual({ is: 'missing' });
      expect(announced).toEqual([]);
      expect(await act(number, publish(), KIM)).toEqual({ is: 'done' });
      expect(await refused({})).toBe('conflict');
      expect(announced.map(([channel, title]) => [channel, title])).toEqual([
        [NEWS, 'ログイン'],
        [STATUS, 'Login'],
      ]);
      expect(await workOff()).toHaveLength(2);
      expect(said).toHaveLength(POSTS + 2);
      await act(number, publish({ version: 1, channels: [STATUS], posts: false }), KIM);
      expect(new Set(announced.map(([, , key]) => key)).size).toBe(3);
      expect(await view.find(number)).toMatchObject({
        ...{ version: 2, publishedBy: 'Kim', notice: NOTICE, answers: true },
        channels: [{ wasSent: true }, { wasSent: true }],
      });
    });

    test('every member is told once that it is over, however many they are and wherever they asked', async () => {
      said.length = 0;
      expect(await act(number, { is: 'resolve', over: NOTICE }, KIM)).toEqual({ is: 'done' });
      const entries = await workOff();
      expect(entries.length).toBeGreaterThan(2);
      for (const entry of entries) await decide(entry);
      expect(new Set(told).size).toBe(PRIVATE);
      expect(told).toHaveLength(PRIVATE);
      expect(said).toHaveLength(POSTS);
      expect(said).toContain('over again');
      expect(said).not.toContain('over p0');
      expect(await view.find(number)).toMatchObject({
        state: 'resolved',
        told: PRIVATE + POSTS,
        untold: SHUT,
      });
      expect(await act(number, { is: 'resolve', over: NOTICE }, KIM)).toEqual({ is: 'not-open' });
      expect(await act(number, publish({ version: 2 }), KIM)).toEqual({ is: 'not-open' });
    });
  });
}
