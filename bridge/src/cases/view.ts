import type { CaseDetail, CaseEvent, CaseSummary, LinkedMessage } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import type { Selectable } from 'kysely';
import type { CaseEventsTable, CaseMessagesTable, CasesTable } from '../store/schema.ts';

export type CaseRow = Selectable<CasesTable>;
type EventRow = Selectable<CaseEventsTable>;
type MessageRow = Selectable<CaseMessagesTable>;

/** The columns of a summary, beside the member's name. */
export const summaryColumns = [
  'cases.number',
  'cases.title',
  'cases.type',
  'cases.status',
  'cases.priority',
  'cases.tags',
  'cases.member_id',
  'cases.assignee_identity',
  'cases.assignee_name',
  'cases.votes',
  'cases.rating',
  'cases.merged_into',
  'cases.created_at',
  'cases.changed_at',
  'cases.first_response_at',
  'cases.unanswered_since',
] as const;

type Named<Column> = Column extends `cases.${infer Name}` ? Name : never;
export type SummaryRow = Pick<CaseRow, Named<(typeof summaryColumns)[number]> & keyof CaseRow> & {
  member_name: string;
};

/** `inChat`: see waitsInChats. */
export const toSummary = (row: SummaryRow, inChat?: number): CaseSummary => ({
  id: String(row.number),
  number: row.number,
  title: row.title,
  type: row.type,
  status: row.status,
  priority: row.priority,
  tags: JSON.parse(row.tags) as string[],
  memberId: row.member_id,
  memberName: row.member_name,
  assigneeIdentity: row.assignee_identity,
  assigneeName: row.assignee_name,
  votes: row.votes,
  rating: row.rating,
  mergedInto: row.merged_into,
  createdAt: toTimestamp(row.created_at),
  updatedAt: toTimestamp(row.changed_at),
  waitingSince: toTimestampOrNull(waitingSince(row, inChat)),
});

/** The earliest that nobody has answered: the case itself, what was said on it, or what was said in its conversation. */
function waitingSince(row: SummaryRow, inChat?: number): number | null {
  if (!isUnfinished(row.status)) return null;
  const first = row.first_response_at === null && row.status !== 'waiting' ? row.created_at : null;
  const since = [first, row.unanswered_since, inChat].filter((each) => each != null);
  return since.length === 0 ? null : Math.min(...since.map(Number));
}

export const toEvent = (row: EventRow): CaseEvent => ({
  id: String(row.id),
  at: toTimestamp(row.at),
  actorName: row.actor_name,
  kind: row.kind,
  text: row.text,
});

/** https://docs.discord.com/developers/reference#message-formatting leaves links out; this is what *Copy Message Link* gives. */
const toMessage = (row: MessageRow): LinkedMessage => ({
  url: `https://discord.com/channels/${row.guild_id ?? '@me'}/${row.channel_id}/${row.message_id}`,
  authorName: row.author_name,
  quote: row.quote,
});

/** What belongs to a case beside its row. */
export interface Surroundings {
  memberName: string;
  events: EventRow[];
  conversationSids: string[];
  messages: MessageRow[];
  followers: number;
  duplicates: number[];
  /** See waitsInChats. */
  waitsInChat: number | undefined;
}

export const toDetail = (row: CaseRow, around: Surroundings): CaseDetail => ({
  ...toSummary({ ...row, member_name: around.memberName }, around.waitsInChat),
  description: row.description,
  fields: JSON.parse(row.fields) as Record<string, string>,
  conversationSids: around.conversationSids,
  messages: around.messages.map(toMessage),
  followers: around.followers,
  duplicates: around.duplicates,
  ratingComment: row.rating_comment,
  firstResponseAt: toTimestampOrNull(row.first_response_at),
  resolvedAt: toTimestampOrNull(row.resolved_at),
  timeline: around.events.map(toEvent),
  version: row.version,
});
