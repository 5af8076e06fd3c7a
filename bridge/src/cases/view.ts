import type { CaseDetail, CaseEvent, CaseSummary } from '@flexcord/shared/panel/case';
import type { Selectable } from 'kysely';
import type { CaseEventsTable, CasesTable } from '../store/schema.ts';

export type CaseRow = Selectable<CasesTable>;
type EventRow = Selectable<CaseEventsTable>;

const iso = (millis: number) => new Date(millis).toISOString();

/** The columns of a summary. */
export const summaryColumns = [
  'number',
  'title',
  'type',
  'status',
  'priority',
  'assignee_name',
  'changed_at',
] as const;

export const toSummary = (row: Pick<CaseRow, (typeof summaryColumns)[number]>): CaseSummary => ({
  id: String(row.number),
  number: row.number,
  title: row.title,
  type: row.type,
  status: row.status,
  priority: row.priority,
  assigneeName: row.assignee_name,
  updatedAt: iso(row.changed_at),
});

export const toEvent = (row: EventRow): CaseEvent => ({
  id: String(row.id),
  at: iso(row.at),
  actorName: row.actor_name,
  kind: row.kind,
  text: row.text,
});

export const toDetail = (row: CaseRow, events: EventRow[], conversationSids: string[]): CaseDetail => ({
  ...toSummary(row),
  memberId: row.member_id,
  description: row.description,
  tags: JSON.parse(row.tags) as string[],
  fields: JSON.parse(row.fields) as Record<string, string>,
  conversationSids,
  timeline: events.map(toEvent),
  version: row.version,
  createdAt: iso(row.created_at),
});
