import type { CaseDetail, CaseDuplicates, CaseList } from '@flexcord/shared/panel/case';
import { sql } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import { likeness } from './similarity.ts';
import { summaryColumns, toDetail, toSummary } from './view.ts';

const PAGE = 50;
/** What is shown at most of one case; older events are kept. */
const SHOWN_EVENTS = 500;
const SHOWN_CONVERSATIONS = 50;
/** Unfinished cases of everybody, newest first, that a title is compared with; a member's own come on top. */
const COMPARED = 500;
const ALIKE = 0.45;
const MOST_DUPLICATES = 5;

/** Spelled as in the index `cases_unfinished`, which the stores use for these very words only. */
const unfinished = sql<boolean>`status in ('open', 'elevated', 'waiting')`;

/** Cases, newest first, a page at a time; of one member where one is named. `cursor` is what the last page gave. */
export async function listCases(
  store: Store,
  { memberId, before }: { memberId?: string; before?: number },
): Promise<CaseList> {
  let query = store.db
    .selectFrom('cases')
    .select(summaryColumns)
    .orderBy('number', 'desc')
    .limit(PAGE + 1);
  if (memberId !== undefined) query = query.where('member_id', '=', memberId);
  if (before !== undefined) query = query.where('number', '<', before);
  const rows = await query.execute();
  const page = rows.slice(0, PAGE);
  return {
    cases: page.map(toSummary),
    nextCursor: rows.length > PAGE ? String(page.at(-1)?.number) : null,
  };
}

/** One case with everything that belongs to it; undefined for a number that no case has. */
export async function findCase(db: Store['db'] | Tx, number: number): Promise<CaseDetail | undefined> {
  const row = await db.selectFrom('cases').selectAll().where('number', '=', number).executeTakeFirst();
  if (!row) return undefined;
  const events = await db
    .selectFrom('case_events')
    .selectAll()
    .where('case_number', '=', number)
    .orderBy('id', 'desc')
    .limit(SHOWN_EVENTS)
    .execute();
  const conversations = await db
    .selectFrom('conversations')
    .select('twilio_sid')
    .where((eb) =>
      eb.or([
        eb('case_number', '=', number),
        ...(row.conversation_id === null ? [] : [eb('id', '=', row.conversation_id)]),
      ]),
    )
    .where('twilio_sid', 'is not', null)
    .orderBy('opened_at')
    .limit(SHOWN_CONVERSATIONS)
    .execute();
  return toDetail(
    row,
    events.reverse(),
    conversations.flatMap(({ twilio_sid }) => (twilio_sid === null ? [] : [twilio_sid])),
  );
}

/** Unfinished cases whose title is like this one, most alike first. */
export async function findDuplicates(store: Store, memberId: string, title: string): Promise<CaseDuplicates> {
  const compared = () =>
    store.db
      .selectFrom('cases')
      .select(['number', 'title'])
      .where(unfinished)
      .orderBy('number', 'desc')
      .limit(COMPARED);
  const [own, newest] = await Promise.all([
    compared().where('member_id', '=', memberId).execute(),
    compared().execute(),
  ]);
  const like = likeness(title);
  const best = [...new Map([...own, ...newest].map((row) => [row.number, row.title]))]
    .map(([number, its]) => ({ number, score: like(its) }))
    .filter(({ score }) => score >= ALIKE)
    .sort((a, b) => b.score - a.score || b.number - a.number)
    .slice(0, MOST_DUPLICATES);
  if (best.length === 0) return { duplicates: [] };
  const rows = await store.db
    .selectFrom('cases')
    .select(summaryColumns)
    .where(
      'number',
      'in',
      best.map(({ number }) => number),
    )
    .execute();
  return {
    duplicates: best.flatMap(({ number, score }) => {
      const row = rows.find((found) => found.number === number);
      return row ? [{ case: toSummary(row), score }] : [];
    }),
  };
}
