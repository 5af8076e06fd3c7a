import { truncate } from '@flexcord/shared/messages/truncate';
import type { Selectable } from 'kysely';
import type { Store, Tx } from '../../store/open.ts';
import type { KnowledgeGapsTable } from '../../store/schema.ts';
import type { Language } from '../article.ts';
import { plain, words } from '../text/terms.ts';

type Db = Store['db'] | Tx;

/** A question that nothing answered, as many asked it. */
export interface KnowledgeGap {
  /** The question that was asked last. */
  question: string;
  language: Language;
  /** How often it was asked, and by how many members that are known. */
  times: number;
  members: number;
  firstAt: number;
  lastAt: number;
  /** Of every asking; what `settleGaps` takes. */
  ids: number[];
  /** Different wordings, newest first. */
  questions: string[];
  sources: ('virtual-agent' | 'agent')[];
}

export interface NewKnowledgeGap {
  question: string;
  memberId?: string | null;
  conversationId?: string | null;
  language: Language;
  /** `virtual-agent` when absent. */
  source?: 'virtual-agent' | 'agent';
}

const MAX_QUESTION_LENGTH = 500;
/** Askings that are put together at most: the newest. */
const MAX_LOOKED_AT = 2_000;
const MAX_WORDINGS = 20;
/** Share of telling words that two wordings of one question have in common. */
const MIN_SIMILARITY = 0.6;

/** Keeps a question that nothing answered, shortened. One of spaces alone is passed over. */
export async function recordGap(tx: Tx, gap: NewKnowledgeGap): Promise<void> {
  const question = truncate(gap.question.trim(), MAX_QUESTION_LENGTH);
  if (question === '') return;
  await tx
    .insertInto('knowledge_gaps')
    .values({
      question,
      key: keyOf(question),
      language: gap.language,
      source: gap.source ?? 'virtual-agent',
      member_id: gap.memberId ?? null,
      conversation_id: gap.conversationId ?? null,
      at: Date.now(),
    })
    .execute();
}

/** What nothing answered, asked most often first. A question that was dismissed once stays away. */
export async function openGaps(db: Db, { language }: { language?: string } = {}): Promise<KnowledgeGap[]> {
  let query = db
    .selectFrom('knowledge_gaps')
    .selectAll()
    .where('state', '=', 'open')
    .where('key', 'not in', (eb) =>
      eb.selectFrom('knowledge_gaps').select('key').where('state', '=', 'dismissed'),
    )
    .orderBy('id', 'desc')
    .limit(MAX_LOOKED_AT);
  if (language !== undefined) query = query.where('language', '=', language);
  return grouped(await query.execute())
    .map(gapOf)
    .sort((a, b) => b.times - a.times || b.lastAt - a.lastAt);
}

type GapRow = Selectable<KnowledgeGapsTable>;

/** Askings of one key, or of keys with most words in common, together; the first of each is the newest. */
function grouped(rows: readonly GapRow[]): GapRow[][] {
  const groups: { size: number; rows: GapRow[] }[] = [];
  const byKey = new Map<string, GapRow[]>();
  /** The groups whose first asking has a word. */
  const byWord = new Map<string, number[]>();
  for (const row of rows) {
    const key = `${row.language} ${row.key}`;
    const known = byKey.get(key);
    if (known) {
      known.push(row);
      continue;
    }
    const words = row.key.split(' ').map((word) => `${row.language} ${word}`);
    const shared = new Uint16Array(groups.length);
    for (const word of words)
      for (const group of byWord.get(word) ?? []) shared[group] = (shared[group] ?? 0) + 1;
    const alike = groups.find(({ size }, index) => {
      const both = shared[index] ?? 0;
      return both / (size + words.length - both) >= MIN_SIMILARITY;
    });
    if (alike) alike.rows.push(row);
    else {
      for (const word of words) {
        const having = byWord.get(word);
        if (having) having.push(groups.length);
        else byWord.set(word, [groups.length]);
      }
      groups.push({ size: words.length, rows: [row] });
    }
    byKey.set(key, (alike ?? groups.at(-1))?.rows ?? []);
  }
  return groups.map(({ rows }) => rows);
}

function gapOf(rows: readonly GapRow[]): KnowledgeGap {
  return {
    question: rows[0]?.question ?? '',
    language: rows[0]?.language as Language,
    times: rows.length,
    members: new Set(rows.flatMap(({ member_id }) => member_id ?? [])).size,
    firstAt: Math.min(...rows.map(({ at }) => at)),
    lastAt: Math.max(...rows.map(({ at }) => at)),
    ids: rows.map(({ id }) => id),
    questions: [...new Set(rows.map(({ question }) => question))].slice(0, MAX_WORDINGS),
    sources: [...new Set(rows.map(({ source }) => source))],
  };
}

/** Marks askings as dismissed, or as answered by an article; how many were open. */
export async function settleGaps(
  tx: Tx,
  ids: readonly number[],
  how: { state: 'dismissed' } | { state: 'answered'; articleId: string },
): Promise<number> {
  if (ids.length === 0) return 0;
  const { numUpdatedRows } = await tx
    .updateTable('knowledge_gaps')
    .set({ state: how.state, article_id: how.state === 'answered' ? how.articleId : null })
    .where('id', 'in', [...ids])
    .where('state', '=', 'open')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Forgets questions that were asked before `before` (milliseconds since the epoch). */
export async function forgetGaps(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('knowledge_gaps').where('at', '<', before).execute();
}

/** The telling words in one order; where there are none, the text itself. */
export function keyOf(question: string): string {
  const telling = [...new Set(words(question))].sort();
  return telling.length > 0 ? telling.join(' ') : plain(question);
}
