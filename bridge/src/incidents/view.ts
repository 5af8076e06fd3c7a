import { truncate } from '@flexcord/shared/messages/truncate';
import type { Incident, IncidentDetail, IncidentReport } from '@flexcord/shared/panel/incident';
import { INCIDENT_LIMITS } from '@flexcord/shared/panel/incident-constants';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import { type Selectable, sql } from 'kysely';
import type { GuildQueries } from '../guilds/guilds.ts';
import type { Store } from '../store/open.ts';
import type { IncidentsTable } from '../store/schema.ts';
import type { PublicChannels } from '../threads/channels.ts';
import { threadLink } from '../threads/threads.ts';
import { noticeChannels } from './acts.ts';
import type { IncidentsOptions } from './options.ts';
import { wordsOf } from './telling.ts';

type Row = Selectable<IncidentsTable> & { title: string | null };

const MAX_WORDS_LENGTH = 300;
const time = (value: number | string | null) => (value === null ? null : Number(value));

export interface IncidentViewOptions {
  store: Store;
  guilds: Pick<GuildQueries, 'all'>;
  channels: Pick<PublicChannels, 'served'>;
  masked: IncidentsOptions['masked'];
}

/** Incidents as the panel shows them. */
export function createIncidentView({ store, guilds, channels, masked }: IncidentViewOptions) {
  const rows = () =>
    store.db
      .selectFrom('incidents')
      .leftJoin('cases', (join) =>
        join.onRef('cases.number', '=', 'incidents.case_number').on('cases.deleted_at', 'is', null),
      )
      .selectAll('incidents')
      .select('cases.title');

  /** What was asked, by incident. */
  async function figuresOf(numbers: readonly number[]) {
    if (numbers.length === 0) return new Map<number, never>();
    const sum = (condition: ReturnType<typeof sql>) =>
      sql<number>`sum(case when ${condition} then 1 else 0 end)`;
    const members = (condition: ReturnType<typeof sql>) =>
      sql<number>`count(distinct case when ${condition} then member_id end)`;
    const found = await store.db
      .selectFrom('incident_reports')
      .select((eb) => [
        'incident',
        sql<number>`count(distinct member_id)`.as('members'),
        sum(sql`source = 'conversation'`).as('conversations'),
        sum(sql`source = 'post'`).as('posts'),
        sum(sql`source = 'case'`).as('cases'),
        sum(sql`is_new_account = 1`).as('newAccounts'),
        members(sql`told_in in ('private', 'thread')`).as('told'),
        members(sql`told_in = 'nowhere'`).as('untold'),
        eb.fn.min<number>('asked_at').as('firstAt'),
        eb.fn.max<number>('asked_at').as('lastAt'),
      ])
      .where('incident', 'in', [...numbers])
      .where('taken_out_at', 'is', null)
      .groupBy('incident')
      .execute();
    return new Map(found.map((one) => [Number(one.incident), one]));
  }

  function toIncident(row: Row, figures: Awaited<ReturnType<typeof figuresOf>>): Incident {
    const found = figures.get(row.case_number);
    const count = (
      name: 'members' | 'conversations' | 'posts' | 'cases' | 'newAccounts' | 'told' | 'untold',
    ) => Number(found?.[name] ?? 0);
    return {
      number: row.case_number,
      title: row.title ?? '',
      state: row.state,
      openedAt: toTimestamp(Number(row.opened_at)),
      endedAt: toTimestampOrNull(time(row.ended_at)),
      noticed: row.members,
      withinMs: Number(row.within_ms),
      usual: Number(row.usual),
      members: count('members'),
      conversations: count('conversations'),
      posts: count('posts'),
      cases: count('cases'),
      newAccounts: count('newAccounts'),
      firstAt: toTimestampOrNull(time(found?.firstAt ?? null)),
      lastAt: toTimestampOrNull(time(found?.lastAt ?? null)),
      told: count('told'),
      untold: count('untold'),
      publishedAt: toTimestampOrNull(time(row.published_at)),
      answers: row.answers === 1,
    };
  }

  /** The words of questions, where they were asked, as they are now. */
  async function reportsOf(number: number): Promise<IncidentReport[]> {
    const reports = await store.db
      .selectFrom('incident_reports')
      .leftJoin('members', 'members.id', 'incident_reports.member_id')
      .selectAll('incident_reports')
      .select('members.name')
      .where('incident', '=', number)
      .orderBy('asked_at', 'desc')
      .orderBy('incident_reports.id', 'desc')
      .limit(INCIDENT_LIMITS.reports)
      .execute();
    const refs = (source: string) => [
      '',
      ...reports.flatMap((one) => (one.source === source ? [one.ref] : [])),
    ];
    const [conversations, posts, cases] = await Promise.all([
      store.db
        .selectFrom('conversations')
        .select(['id', 'topic', 'matter_text', 'case_number'])
        .where('id', 'in', refs('conversation'))
        .execute(),
      store.db
        .selectFrom('public_threads')
        .select(['id', 'guild_id', 'title', 'author_id', 'author_name', 'case_number'])
        .where('id', 'in', refs('post'))
        .execute(),
      store.db
        .selectFrom('cases')
        .select(['number', 'title'])
        .where('number', 'in', refs('case').map(Number))
        .where('deleted_at', 'is', null)
        .execute(),
    ]);
    const whatOf = ({ source, ref }: { source: string; ref: string }) => {
      if (source === 'post') {
        const post = posts.find(({ id }) => id === ref);
        return {
          words: post?.title ?? '',
          name: post?.author_name ?? null,
          link: post ? threadLink(post) : null,
          caseNumber: post?.case_number ?? null,
        };
      }
      if (source === 'case') {
        const found = cases.find((one) => one.number === Number(ref));
        return { words: found?.title ?? '', name: null, link: null, caseNumber: found?.number ?? null };
      }
      const conversation = conversations.find(({ id }) => id === ref);
      const words = conversation?.topic ?? conversation?.matter_text ?? '';
      return { words, name: null, link: null, caseNumber: conversation?.case_number ?? null };
    };
    return reports.map((report) => {
      const { words, name, link, caseNumber } = whatOf(report);
      return {
        id: Number(report.id),
        source: report.source,
        member:
          report.member_id === null
            ? null
            : { id: report.member_id, name: report.name ?? (name || report.member_id) },
        words: truncate(words, MAX_WORDS_LENGTH, { ellipsis: '…' }),
        askedAt: toTimestamp(Number(report.asked_at)),
        link,
        caseNumber,
        isNewAccount: report.is_new_account === 1,
        isTakenOut: report.taken_out_at !== null,
        toldIn: report.told_in,
      };
    });
  }

  return {
    /** Those that are open, the latest first, then the latest that are over. */
    async list(): Promise<Incident[]> {
      const [open, over] = await Promise.all([
        rows().where('state', '=', 'open').orderBy('opened_at', 'desc').execute(),
        rows()
          .where('state', '<>', 'open')
          .orderBy('opened_at', 'desc')
          .limit(INCIDENT_LIMITS.ended)
          .execute(),
      ]);
      const all = [...open, ...over];
      const figures = await figuresOf(all.map(({ case_number }) => case_number));
      return all.map((row) => toIncident(row, figures));
    },

    /** Undefined where there is none. */
    async find(number: number): Promise<IncidentDetail | undefined> {
      const row = await rows().where('incidents.case_number', '=', number).executeTakeFirst();
      if (!row) return undefined;
      const sent = JSON.parse(row.published_in) as string[];
      const [figures, words, possible, reports] = await Promise.all([
        figuresOf([number]),
        wordsOf(store.db, row, masked),
        noticeChannels(guilds, channels),
        reportsOf(number),
      ]);
      return {
        ...toIncident(row, figures),
        ...words,
        version: row.publications,
        publishedBy: row.published_by,
        channels: possible.map(({ id, name, isForAnnouncements }) => ({
          ...{ id, name, isForAnnouncements, wasSent: sent.includes(id) },
        })),
        reports,
      };
    },
  };
}

export type IncidentView = ReturnType<typeof createIncidentView>;
