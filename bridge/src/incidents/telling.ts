import type { IncidentNotice } from '@flexcord/shared/panel/incident';
import type { Selectable } from 'kysely';
import { findMember } from '../members/members.ts';
import { defineEntry } from '../relay/entries.ts';
import { incidentLane, incidentOverKey, incidentPostsKey, incidentSaidKey } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/open.ts';
import type { IncidentReportsTable, IncidentsTable } from '../store/schema.ts';
import { inLanguage, suggestions } from './notice.ts';
import type { IncidentsOptions } from './options.ts';

type Row = Selectable<IncidentsTable>;
type Report = Selectable<IncidentReportsTable>;

/** Questions that are decided on in one entry, so that other lanes are not kept waiting. */
const MAX_PER_STEP = 100;

/** Every member of an incident that is over is told, some at a time; `eventId`: the entry of the timeline that says so. */
export const tellOver = defineEntry(
  'community.incident-over',
  ({ number, eventId, step }: { number: number; eventId: number; step: number }) => ({
    lane: incidentLane(number),
    key: incidentOverKey(number, eventId, step),
  }),
);

/** A notice is said in the posts of an incident, in those after the report `after`. */
export const tellPosts = defineEntry(
  'community.incident-posts',
  ({ number, publication, after }: { number: number; publication: number; after: number }) => ({
    lane: incidentLane(number),
    key: incidentPostsKey(number, publication, after),
  }),
);

/** How a question of an incident is called that everybody can read; null where there is none. */
export async function topicOf(
  db: Tx | IncidentsOptions['store']['db'],
  number: number,
): Promise<string | null> {
  const post = await db
    .selectFrom('incident_reports')
    .innerJoin('public_threads', 'public_threads.id', 'incident_reports.ref')
    .select('public_threads.title')
    .where('incident', '=', number)
    .where('source', '=', 'post')
    .where('taken_out_at', 'is', null)
    .where('author_id', 'is not', null)
    .where('access', '<>', 'deleted')
    .orderBy('incident_reports.id')
    .limit(1)
    .executeTakeFirst();
  return post?.title ?? null;
}

/** What is said of an incident: as it was decided, else as it is suggested. */
export async function wordsOf(
  db: Tx | IncidentsOptions['store']['db'],
  { case_number, notice, over }: Pick<Row, 'case_number' | 'notice' | 'over'>,
  masked: IncidentsOptions['masked'],
): Promise<{ notice: IncidentNotice; over: IncidentNotice }> {
  const topic = notice !== null && over !== null ? null : await topicOf(db, case_number);
  const suggested = suggestions(topic === null ? null : masked(topic));
  return {
    notice: notice === null ? suggested.notice : (JSON.parse(notice) as IncidentNotice),
    over: over === null ? suggested.over : (JSON.parse(over) as IncidentNotice),
  };
}

/** Tells members, and says things in posts. */
export function createTelling({ store, relay, sayInThread, tell, masked, changed }: IncidentsOptions) {
  const find = (tx: Tx, number: number) =>
    tx.selectFrom('incidents').selectAll().where('case_number', '=', number).executeTakeFirst();

  /** Tells a member once: in private where they asked there, else in their latest thread that takes words. */
  async function tellMember(
    tx: Tx,
    number: number,
    over: IncidentNotice,
    memberId: string,
    reports: readonly Report[],
  ): Promise<NonNullable<Report['told_in']>> {
    const key = incidentSaidKey(number, 'over', memberId);
    const member = await findMember(tx, memberId);
    const isPrivate = reports.some(({ source }) => source !== 'post');
    if (isPrivate && member && member.blocked_at === null) {
      await tell(tx, memberId, key, { is: 'incident-over', ...inLanguage(over, member.locale) });
      return 'private';
    }
    const posts = reports.filter(({ source }) => source === 'post').reverse();
    for (const { ref } of posts)
      if (await sayInThread(tx, ref, { is: 'over', number, notice: over }, key)) return 'thread';
    return 'nowhere';
  }

  const overs = tellOver.handledBy({
    decide: async (tx, { number, eventId, step }) => {
      const row = await find(tx, number);
      // It is open again: whoever is not told yet is told when it is over.
      if (row?.state !== 'resolved') return undefined;
      const untold = tx
        .selectFrom('incident_reports')
        .selectAll()
        .where('incident', '=', number)
        .where('taken_out_at', 'is', null)
        .where('told_at', 'is', null)
        .where('member_id', 'is not', null)
        .orderBy('id');
      const first = await untold.limit(MAX_PER_STEP).execute();
      const { over } = await wordsOf(tx, row, masked);
      for (const memberId of new Set(first.flatMap(({ member_id }) => member_id ?? []))) {
        const own = await untold.where('member_id', '=', memberId).execute();
        const told_in = await tellMember(tx, number, over, memberId, own);
        await tx
          .updateTable('incident_reports')
          .set({ told_at: steadyNow(), told_in })
          .where('incident', '=', number)
          .where('member_id', '=', memberId)
          .execute();
      }
      if (first.length === MAX_PER_STEP)
        await relay.append(tx, tellOver({ number, eventId, step: step + 1 }));
      store.afterCommit(tx, () => changed(number));
      return undefined;
    },
  });

  const posts = tellPosts.handledBy({
    decide: async (tx, { number, publication, after }) => {
      const row = await find(tx, number);
      if (row?.state !== 'open' || row.publications !== publication) return undefined;
      const { notice } = await wordsOf(tx, row, masked);
      const reports = await tx
        .selectFrom('incident_reports')
        .select(['id', 'ref'])
        .where('incident', '=', number)
        .where('source', '=', 'post')
        .where('taken_out_at', 'is', null)
        .where('id', '>', after)
        .orderBy('id')
        .limit(MAX_PER_STEP)
        .execute();
      for (const { ref } of reports)
        await sayInThread(tx, ref, { is: 'known', number, notice }, incidentSaidKey(number, 'known', ref));
      const last = reports.at(-1);
      if (last && reports.length === MAX_PER_STEP)
        await relay.append(tx, tellPosts({ number, publication, after: last.id }));
      return undefined;
    },
  });

  return [overs, posts] as const;
}
