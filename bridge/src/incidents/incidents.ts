import { MINUTE_MS } from '@flexcord/shared/time';
import { type Actor, BRIDGE_ACTOR, type CaseListener } from '../cases/case-change.ts';
import { plainTitle } from '../cases/rules.ts';
import type { CaseRow } from '../cases/view.ts';
import { languageOf } from '../knowledge/text/terms.ts';
import { ensureTeamMember, TEAM_MEMBER_ID } from '../members/team.ts';
import { incidentNoticedCause } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import type { IncidentState } from '../store/schema.ts';
import { counted } from '../telemetry/metrics.ts';
import type { IncidentsOptions } from './options.ts';
import type { Question } from './questions.ts';
import type { Rise } from './radar.ts';
import { tellOver } from './telling.ts';

/** More that are open at once are no incidents, but a misjudgement or a raid. */
const MAX_OPEN = 20;
/** Questions that one incident takes. */
export const MAX_REPORTS = 5_000;
/** Cases beneath an incident that get a note of it, of those that come together. */
const MAX_NOTES = 50;
const MAX_TITLE_LENGTH = 120;

const minutesOf = (ms: number): number => Math.max(1, Math.round(ms / MINUTE_MS));

/** The title of a parent case, out of the words of one question. */
const titleOf = (text: string): string =>
  text
    .split('\n')
    .map((line) => plainTitle(line, MAX_TITLE_LENGTH))
    .find((line) => line !== '') ?? '';

/** Opens incidents, and keeps what belongs to them. */
export function createIncidents(options: IncidentsOptions) {
  const { store, relay, logger, cases, texts, changed } = options;

  async function addReports(tx: Tx, incident: number, questions: readonly Question[]): Promise<number> {
    if (questions.length === 0) return 0;
    const { reports } = await tx
      .selectFrom('incident_reports')
      .select((eb) => eb.fn.countAll<number>().as('reports'))
      .where('incident', '=', incident)
      .executeTakeFirstOrThrow();
    const room = MAX_REPORTS - Number(reports);
    if (room <= 0) return 0;
    // One place is one question, however often it is asked there.
    const each = [...new Map(questions.map((one) => [`${one.source} ${one.ref}`, one])).values()];
    const added = await tx
      .insertInto('incident_reports')
      .values(
        each.slice(0, room).map(({ source, ref, memberId, at, isNewAccount }) => ({
          ...{ incident, source, ref, member_id: memberId, asked_at: at },
          is_new_account: isNewAccount ? 1 : 0,
          ...{ taken_out_by: null, taken_out_at: null, told_at: null, told_in: null },
        })),
      )
      .onConflict((conflict) => conflict.columns(['incident', 'source', 'ref']).doNothing())
      .returning(['source', 'ref'])
      .execute();
    await noteInCases(tx, incident, added);
    return added.length;
  }

  /** Whoever works on one of the cases beneath reads that it is one of many. */
  async function noteInCases(tx: Tx, incident: number, added: readonly { source: string; ref: string }[]) {
    const of = (source: string) => added.flatMap((one) => (one.source === source ? [one.ref] : []));
    const linked = async (table: 'conversations' | 'public_threads', ids: string[]) =>
      ids.length === 0
        ? []
        : await tx
            .selectFrom(table)
            .select('case_number')
            .where('id', 'in', ids)
            .where('case_number', 'is not', null)
            .execute();
    const numbers = new Set([
      ...of('case').map(Number),
      ...[
        ...(await linked('conversations', of('conversation'))),
        ...(await linked('public_threads', of('post'))),
      ].map(({ case_number }) => Number(case_number)),
    ]);
    const note = { text: texts.incidents.partOf(incident), visibility: 'internal' as const };
    for (const number of [...numbers].sort((one, other) => one - other).slice(0, MAX_NOTES))
      await cases.comment(tx, number, null, note, BRIDGE_ACTOR);
  }

  /** Which of these questions belong to an incident already, or did before it was over, or were taken out of one. */
  async function known(tx: Tx | Store['db'], questions: readonly Question[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const source of ['conversation', 'post', 'case'] as const) {
      const refs = questions.flatMap((one) => (one.source === source ? [one.ref] : []));
      for (let at = 0; at < refs.length; at += 500) {
        const rows = await tx
          .selectFrom('incident_reports')
          .innerJoin('incidents', 'incidents.case_number', 'incident_reports.incident')
          .select(['ref', 'state', 'ended_at'])
          .where('source', '=', source)
          .where('ref', 'in', refs.slice(at, at + 500))
          .execute();
        for (const { ref, state, ended_at } of rows)
          for (const one of questions)
            if (one.source === source && one.ref === ref)
              if (state !== 'resolved' || one.at <= Number(ended_at))
                // Who asks again in the same place after it was solved counts anew.
                found.add(one.id);
      }
    }
    return found;
  }

  /** Opens an incident with its parent case. Null where as many are open as can be. */
  async function open(rise: Rise, questions: readonly Question[], withinMs: number): Promise<number | null> {
    return store.transact(async (tx) => {
      const { incidents } = await tx
        .selectFrom('incidents')
        .select((eb) => eb.fn.countAll<number>().as('incidents'))
        .where('state', '=', 'open')
        .executeTakeFirstOrThrow();
      if (Number(incidents) >= MAX_OPEN) return null;
      const centre = questions.find(({ id }) => id === rise.centre) ?? questions[0];
      const title = titleOf(options.masked(centre?.text ?? '')) || texts.incidents.untitled;
      const now = steadyNow();
      await ensureTeamMember(tx, texts.incidents.team);
      const opened = await cases.open(
        tx,
        {
          ...{ memberId: TEAM_MEMBER_ID, type: 'support', priority: 'high', tags: [texts.incidents.tag] },
          ...{ title, fields: {}, conversationId: null, assignee: null },
          description: texts.incidents.description(rise.members, minutesOf(withinMs), rise.usual.toFixed(1)),
        },
        BRIDGE_ACTOR,
      );
      if (opened.is !== 'done') throw new Error(`an incident could not be opened: ${JSON.stringify(opened)}`);
      const { number } = opened.case;
      await tx
        .insertInto('incidents')
        .values({
          ...{ case_number: number, language: languageOf(centre?.text ?? ''), members: rise.members },
          ...{ words_of: centre?.memberId ?? null, usual: rise.usual, within_ms: withinMs },
          signature: JSON.stringify(rise.signature),
          ...{ notice: null, over: null, published_by: null, published_at: null },
          ...{ opened_at: now, changed_at: now, ended_at: null },
        })
        .execute();
      await addReports(tx, number, questions);
      // Moderators on Discord are not shown what somebody wrote in private.
      const named = centre?.source === 'post' ? title : texts.incidents.untitled;
      const report = { caseNumber: number, title: named, members: rise.members, withinMs };
      await options.tellTeam(tx, report, incidentNoticedCause(number));
      store.afterCommit(tx, () => {
        counted.incidents.inc();
        logger.warn(
          { caseNumber: number, members: rise.members, usual: rise.usual, withinMs },
          'much the same is asked by more members than usual: an incident is opened, which a supervisor decides on in the Community view',
        );
        changed(number);
      });
      return number;
    });
  }

  /** Adds questions to an open incident. Returns how many were new. */
  const join = (number: number, questions: readonly Question[]): Promise<number> =>
    store.transact(async (tx) => {
      const row = await lock(tx, number);
      if (row?.state !== 'open') return 0;
      const added = await addReports(tx, number, questions);
      if (added > 0) {
        await tx
          .updateTable('incidents')
          .set({ changed_at: steadyNow() })
          .where('case_number', '=', number)
          .execute();
        store.afterCommit(tx, () => changed(number));
      }
      return added;
    });

  const lock = (tx: Tx, number: number) =>
    store
      .lockRow(tx.selectFrom('incidents').selectAll().where('case_number', '=', number))
      .executeTakeFirst();

  /** The incidents that a case is the parent of: its own, and those whose parent is a duplicate of it. */
  async function beneath(tx: Tx, { number, member_id }: CaseRow): Promise<number[]> {
    const merged = await tx
      .selectFrom('cases')
      .innerJoin('incidents', 'incidents.case_number', 'cases.number')
      .select('cases.number')
      .where('cases.merged_into', '=', number)
      .orderBy('cases.number')
      .execute();
    return [...(member_id === TEAM_MEMBER_ID ? [number] : []), ...merged.map((one) => one.number)];
  }

  /** An incident is what its parent case is, or the case that this is a duplicate of; where that is resolved, everybody is told. */
  const follow: CaseListener = async (tx, { kind, before, after, actor, eventId }) => {
    // A duplicate is closed, and goes on with the other case.
    if (!before || kind === 'merged' || kind === 'unmerged') return;
    const is = stateOf(after);
    if (stateOf(before) === is) return;
    for (const number of await beneath(tx, after)) {
      const row = await lock(tx, number);
      if (!row || row.state === is) continue;
      const now = steadyNow();
      await tx
        .updateTable('incidents')
        .set({ state: is, changed_at: now, ended_at: is === 'open' ? null : now })
        .where('case_number', '=', number)
        .execute();
      // Nothing goes out to members unless a person wants it.
      if (is === 'resolved' && isPerson(actor))
        await relay.append(tx, tellOver({ number, eventId: Number(eventId), step: 0 }));
      store.afterCommit(tx, () => changed(number));
    }
  };

  return { open, join, known, lock, follow };
}

export type Incidents = ReturnType<typeof createIncidents>;

const isPerson = ({ identity, memberId }: Actor): boolean => identity !== null || memberId !== undefined;

function stateOf({ status, deleted_at }: Pick<CaseRow, 'status' | 'deleted_at'>): IncidentState {
  if (deleted_at !== null || status === 'closed') return 'dismissed';
  return status === 'resolved' ? 'resolved' : 'open';
}
