import type { CaseDetail, CaseDuplicates } from '@flexcord/shared/panel/case';
import { sql } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import { likeness } from './similarity.ts';
import { summaryColumns, toDetail, toSummary } from './view.ts';
import { waitsInChats } from './waiting.ts';

/** Limits of what a case shows; older rows are kept. */
const MAX_EVENTS = 500;
const MAX_CONVERSATIONS = 50;
const MAX_MESSAGES = 50;
/** The newest unfinished cases that a title is compared with, besides the member's own. */
const MAX_COMPARED_TITLES = 500;
const MIN_LIKENESS = 0.45;
const MAX_DUPLICATES = 5;

/** Must be spelled as in the partial index `cases_unfinished`, or the databases do not use it. */
const unfinished = sql<boolean>`status in ('open', 'elevated', 'waiting')`;

/** How often a case is read again because it changed while it was read. */
const MAX_READS = 5;

/**
 * One case with everything that belongs to it, all of the same version; undefined for a number that no case has, or one
 * that was deleted.
 */
export async function findCase(db: Store['db'] | Tx, number: number): Promise<CaseDetail | undefined> {
  for (let reading = 1; ; reading++) {
    const found = await readCase(db, number);
    if (!found || reading === MAX_READS) return found;
    const present = await db
      .selectFrom('cases')
      .select('version')
      .where('number', '=', number)
      .executeTakeFirst();
    if (present?.version === found.version) return found;
  }
}

async function readCase(db: Store['db'] | Tx, number: number): Promise<CaseDetail | undefined> {
  if (!Number.isSafeInteger(number)) return undefined;
  const row = await db
    .selectFrom('cases')
    .innerJoin('members', 'members.id', 'cases.member_id')
    .selectAll('cases')
    .select('members.name as member_name')
    .where('cases.number', '=', number)
    .where('cases.deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) return undefined;
  const events = await db
    .selectFrom('case_events')
    .selectAll()
    .where('case_number', '=', number)
    .orderBy('id', 'desc')
    .limit(MAX_EVENTS)
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
    .limit(MAX_CONVERSATIONS)
    .execute();
  const messages = await db
    .selectFrom('case_messages')
    .selectAll()
    .where('case_number', '=', number)
    .orderBy('at')
    .limit(MAX_MESSAGES)
    .execute();
  const { followers } = await db
    .selectFrom('case_followers')
    .select((eb) => eb.fn.countAll<number>().as('followers'))
    .where('case_number', '=', number)
    .executeTakeFirstOrThrow();
  return toDetail(row, {
    memberName: row.member_name,
    events: events.reverse(),
    conversationSids: conversations.flatMap(({ twilio_sid }) => (twilio_sid === null ? [] : [twilio_sid])),
    messages,
    followers: Number(followers),
    duplicates: await duplicatesOf(db, number),
    waitsInChat: (await waitsInChats(db, [number])).get(number),
  });
}

/** Numbers of the cases that were merged into one. */
export async function duplicatesOf(db: Store['db'] | Tx, number: number): Promise<number[]> {
  const rows = await db
    .selectFrom('cases')
    .select('number')
    .where('merged_into', '=', number)
    .where('deleted_at', 'is', null)
    .orderBy('number')
    .execute();
  return rows.map((row) => row.number);
}

const unfinishedTitles = (store: Store) =>
  store.db
    .selectFrom('cases')
    .select(['number', 'title'])
    .where(unfinished)
    .where('deleted_at', 'is', null)
    .orderBy('number', 'desc')
    .limit(MAX_COMPARED_TITLES);

/** How long the newest titles are cached, in milliseconds. */
const NEWEST_TTL_MS = 3_000;

interface Newest {
  until: number;
  titles: Promise<{ number: number; title: string }[]>;
}
const newestOf = new WeakMap<Store, Newest>();

/** Called after a change by this process; a change by another shows after `NEWEST_TTL_MS`. */
export const forgetNewestTitles = (store: Store) => newestOf.delete(store);

/** Cached, because every key that an agent types into a title asks for them. */
function newestTitles(store: Store): Newest['titles'] {
  const known = newestOf.get(store);
  if (known && known.until > Date.now()) return known.titles;
  const titles = unfinishedTitles(store).execute();
  newestOf.set(store, { until: Date.now() + NEWEST_TTL_MS, titles });
  titles.catch(() => newestOf.delete(store));
  return titles;
}

/** Unfinished cases whose title is like this one, most alike first. */
export async function findDuplicates(store: Store, memberId: string, title: string): Promise<CaseDuplicates> {
  const [own, newest] = await Promise.all([
    unfinishedTitles(store).where('member_id', '=', memberId).execute(),
    newestTitles(store),
  ]);
  const like = likeness(title);
  const best = [...new Map([...own, ...newest].map((row) => [row.number, row.title]))]
    .map(([number, its]) => ({ number, score: like(its) }))
    .filter(({ score }) => score >= MIN_LIKENESS)
    .sort((a, b) => b.score - a.score || b.number - a.number)
    .slice(0, MAX_DUPLICATES);
  if (best.length === 0) return { duplicates: [] };
  const numbers = best.map(({ number }) => number);
  const waits = await waitsInChats(store.db, numbers);
  const rows = await store.db
    .selectFrom('cases')
    .innerJoin('members', 'members.id', 'cases.member_id')
    .select(summaryColumns)
    .select('members.name as member_name')
    .where('cases.number', 'in', numbers)
    .execute();
  return {
    duplicates: best.flatMap(({ number, score }) => {
      const row = rows.find((found) => found.number === number);
      return row ? [{ case: toSummary(row, waits.get(number)), score }] : [];
    }),
  };
}
