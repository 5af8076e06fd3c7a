import { indexCase } from '@flexcord/bridge/store/case-search';
import type { Store } from '@flexcord/bridge/store/open';
import { sql } from 'kysely';
import { aSentence, memberIdOf } from '../src/panel-data.ts';

const COUNT = 100_000;
const MEMBERS = 20_000;
export const AGENTS = 40;
export const TAGS = 60;

const STATUSES = [
  'closed',
  'closed',
  'closed',
  'closed',
  'resolved',
  'resolved',
  'open',
  'waiting',
  'elevated',
] as const;
const TYPES = ['support', 'support', 'bug', 'feature'] as const;
const PRIORITIES = ['normal', 'normal', 'normal', 'low', 'high'] as const;
const JAPANESE =
  'ログインできません購入したアイテムが届かない島が消えた友達に招待を送れないゲームが起動しない音が出ない返金してほしい';
const YEAR_MS = 365 * 24 * 3600_000;

const pick = <T>(list: readonly T[], n: number): T =>
  list[(Math.imul(n, 2_654_435_761) >>> 8) % list.length] as T;
/** Eight characters from somewhere in the Japanese text. */
export const japanese = (n: number, length = 8) => {
  const at = (Math.imul(n, 40_503) >>> 4) % (JAPANESE.length - length);
  return JAPANESE.slice(at, at + length);
};

const titleOf = (n: number) => (n % 5 === 0 ? `${japanese(n)}${japanese(n + 7)}` : aSentence(n));
const descriptionOf = (n: number) =>
  `${aSentence(n * 3, 40)} ${n % 5 === 0 ? japanese(n + 3, 30) : 'update'}`;

/** Fills an empty store with 100,000 cases of a year, a fifth of them in Japanese. */
export async function fill(store: Store): Promise<void> {
  const now = Date.now();
  const isServer = store.isShared;
  await store.transact(async (tx) => {
    await inBatches(MEMBERS, (from, count) =>
      tx
        .insertInto('members')
        .values(
          Array.from({ length: count }, (_, n) => ({
            id: memberIdOf(from + n),
            name: `Member ${from + n}`,
            created_at: now,
            seen_at: now,
          })),
        )
        .execute(),
    );
  });
  // Filled at once, an index is made faster afterwards.
  if (isServer) await sql`drop index case_search_words`.execute(store.db);
  await inBatches(COUNT, (from, count) =>
    store.transact(async (tx) => {
      const numbers = Array.from({ length: count }, (_, n) => from + n + 1);
      const rows = numbers.map((n) => {
        const status = pick(STATUSES, n);
        const created = now - YEAR_MS + (n / COUNT) * YEAR_MS;
        const finished = status === 'closed' || status === 'resolved';
        return {
          number: n,
          member_id: memberIdOf(n % MEMBERS),
          title: titleOf(n),
          description: descriptionOf(n),
          status,
          type: pick(TYPES, n * 7),
          priority: pick(PRIORITIES, n * 11),
          tags: JSON.stringify([`tag-${n % TAGS}`]),
          assignee_identity: n % 10 === 0 ? null : `agent-${(n * 13) % AGENTS}`,
          assignee_name: n % 10 === 0 ? null : `Agent ${(n * 13) % AGENTS}`,
          votes: n % 4 === 3 ? n % 97 : 0,
          first_response_at: Math.floor(created + 600_000),
          resolved_at: finished ? Math.floor(created + 86_400_000) : null,
          created_at: Math.floor(created),
          changed_at: Math.floor(Math.min(now, created + (n % 50) * 3_600_000)),
        };
      });
      await tx.insertInto('cases').values(rows).execute();
      await tx
        .insertInto('case_tags')
        .values(numbers.map((n) => ({ tag: `tag-${n % TAGS}`, case_number: n })))
        .execute();
      await tx
        .insertInto('case_events')
        .values(
          rows.map((row) => ({
            case_number: row.number,
            kind: 'created' as const,
            text: row.title,
            actor_name: 'Flexcord',
            at: row.created_at,
          })),
        )
        .execute();
      await Promise.all(
        rows.map((row) =>
          indexCase(
            store,
            tx,
            row.number,
            `${row.number}\n${row.title}\ntag-${row.number % TAGS}\n${row.description}`,
          ),
        ),
      );
    }),
  );
  if (!isServer) return;
  await sql`create index case_search_words on case_search using gin (words) with (fastupdate = off)`.execute(
    store.db,
  );
  // What PostgreSQL does by itself a minute later.
  await sql`vacuum analyze`.execute(store.db);
}

async function inBatches(count: number, work: (from: number, count: number) => Promise<unknown>) {
  for (let from = 0; from < count; from += 500) await work(from, Math.min(500, count - from));
}
