import type { CaseFilters } from '@flexcord/shared/panel/case-list';
import { toTimestampOrNull } from '@flexcord/shared/time';
import { CSV_START, csvRows } from '../formats/csv.ts';
import type { Store } from '../store/open.ts';
import { filtered } from './list.ts';

/** Cases read at once. */
const BATCH_SIZE = 500;

const toCell = (ms: number | null) => toTimestampOrNull(ms) ?? '';

const COLUMNS = [
  'number',
  'title',
  'type',
  'status',
  'priority',
  'tags',
  'member id',
  'member',
  'assignee',
  'votes',
  'rating',
  'rating comment',
  'merged into',
  'created',
  'updated',
  'first response',
  'resolved',
  'fields',
  'description',
  'member mention',
];

/**
 * The cases that fit, oldest first, as CSV that is made while it is read, so that however many there are only a few are
 * in memory.
 */
export function exportCases(store: Store, filters: CaseFilters): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const text = (rows: (string | number)[][]) => encoder.encode(csvRows(rows));
  let after = 0;
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(CSV_START));
      controller.enqueue(text([COLUMNS]));
    },
    async pull(controller) {
      const rows = await batchAfter(store, filters, after);
      if (rows.length > 0) controller.enqueue(text(rows.map(toCells)));
      if (rows.length < BATCH_SIZE) controller.close();
      else after = rows.at(-1)?.number ?? after;
    },
  });
}

async function batchAfter(store: Store, filters: CaseFilters, after: number) {
  const fitting = await filtered(store, filters, 'created_at');
  if (!fitting) return [];
  return fitting
    .innerJoin('members', 'members.id', 'cases.member_id')
    .selectAll('cases')
    .select('members.name as member_name')
    .where('cases.number', '>', after)
    .orderBy('cases.number')
    .limit(BATCH_SIZE)
    .execute();
}

const toCells = (row: Awaited<ReturnType<typeof batchAfter>>[number]): (string | number)[] => [
  row.number,
  row.title,
  row.type,
  row.status,
  row.priority,
  (JSON.parse(row.tags) as string[]).join(', '),
  row.member_id,
  row.member_name,
  row.assignee_name ?? '',
  row.votes,
  row.rating ?? '',
  row.rating_comment ?? '',
  row.merged_into ?? '',
  toCell(row.created_at),
  toCell(row.changed_at),
  toCell(row.first_response_at),
  toCell(row.resolved_at),
  row.fields === '{}' ? '' : row.fields,
  row.description,
  mentionOf(row.member_id),
];

/**
 * Spreadsheets keep the first 15 digits of a number, and an id of Discord has more. The id itself stays as it is, for every other
 * reader; this is the same id as a text, which Discord shows as the member's name.
 */
const mentionOf = (memberId: string): string => (memberId.length > MAX_EXACT_DIGITS ? `<@${memberId}>` : '');
const MAX_EXACT_DIGITS = 15;
