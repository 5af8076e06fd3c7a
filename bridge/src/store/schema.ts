import type { CaseEventKind, CasePriority, CaseStatus, CaseType } from '@flexcord/shared/panel/case';
import type { ColumnType, Generated } from 'kysely';
import type { Fixed, Json, Millis } from './columns.ts';
import type * as forum from './forum-tables.ts';
import type * as incidents from './incident-tables.ts';
import type * as journal from './journal-tables.ts';
import type * as knowledge from './knowledge-tables.ts';
import type * as threads from './thread-tables.ts';

export type * from './forum-tables.ts';
export type * from './incident-tables.ts';
export type * from './journal-tables.ts';
export type * from './knowledge-tables.ts';
export type * from './thread-tables.ts';

/** A Discord user who has written to the bot or used a command. */
export interface MembersTable {
  /** Discord user id. */
  id: Fixed<string>;
  name: string;
  /** Discord locale, such as `ja` or `en-GB`. */
  locale: string | null;
  dm_channel_id: string | null;
  /** Id of the last direct message that is in the journal; where a gap begins after an outage. */
  discord_cursor: string | null;
  /** Private thread in the support channel, used while direct messages are closed. */
  thread_id: string | null;
  /** As `discord_cursor`, for the thread. */
  thread_cursor: string | null;
  /** What moderators made of the thread, as far as was heard; null while it is as it was opened. */
  thread_state: 'open' | 'archived' | 'locked' | 'deleted' | null;
  /** When a direct message was last refused; null while they are open. */
  dm_closed_at: Millis | null;
  /** Since when the team does not serve this member; null while it does. */
  blocked_at: Millis | null;
  /** Name of the agent who blocked them, and why. */
  blocked_by: string | null;
  block_reason: string | null;
  /** When the member was told; they are told once. */
  block_told_at: Millis | null;
  /** The operator's own fields: strings by key. */
  fields: Generated<Json>;
  /** 1 while nothing is known of them but what they wrote in public: no direct message is opened to look for more. */
  public_only: Generated<number>;
  /** Since when nothing is learned from what they write in public, because they do not want it; null while it may be. */
  not_learned_since: Millis | null;
  created_at: Fixed<Millis>;
  seen_at: Millis;
}

export type Phase = 'bot' | 'queued' | 'agent' | 'paused' | 'closed';

/**
 * One support conversation, from the first word to the closing note. A place has at most one that is not closed: a member in
 * private, and each public thread.
 */
export interface ConversationsTable {
  id: Fixed<string>;
  /** Whose matter it is; in a public thread, others speak as well. */
  member_id: Fixed<string>;
  /** The public thread that it is in; null for a private one. */
  thread_id: Fixed<string | null>;
  phase: Phase;
  /** The conversation that this one follows. */
  previous_id: Fixed<string | null>;
  case_number: number | null;
  /** What the member first wrote that was a matter and not only a wish for a person; the title of its case. */
  topic: string | null;
  /** What the member wrote since the virtual agent last answered; null when there is nothing to answer. */
  turn_text: string | null;
  /** Id of the message that ended it; null where an earlier version wrote it. */
  turn_message_id: string | null;
  /** 1 once somebody was told to bring the conversation to Flex, so that nobody does it twice. */
  handed_over: Generated<number>;
  /** Conversations SID (CH…). */
  twilio_sid: string | null;
  /** Highest message index up to which everything is in the journal; -1 before the first. */
  twilio_cursor: Generated<number>;
  relay_webhook_sid: string | null;
  studio_webhook_sid: string | null;
  /** Flex interaction (KD…), known once the bridge made it or an agent joined. */
  interaction_sid: string | null;
  /** Flex interaction channel (UO…), known as early. */
  channel_sid: string | null;
  /** The message (IM…) with the summary for the agent who takes over. */
  summary_sid: string | null;
  /** The member's latest message, shortened. */
  latest_text: string | null;
  /** The latest that was a matter, and not only thanks or a wish for a person: what articles are suggested for. */
  matter_text: string | null;
  /** Since when it is the member's turn; null while it is ours, or while nobody watches. */
  waiting_since: Millis | null;
  /** Since the first of the member's words that nobody has answered; null where they wait for nobody, and in public. */
  unanswered_since: Millis | null;
  reminded_at: Millis | null;
  opened_at: Fixed<Millis>;
  changed_at: Millis;
  closed_at: Millis | null;
  /** When the member last said that the virtual agent had solved it. */
  solved_at: Millis | null;
  /** 1 to 5, what the member thought of it in the end. */
  rating: number | null;
  rating_comment: string | null;
  rated_at: Millis | null;
}

/** An agent's presence in a conversation; one row for each time they joined. */
export interface AgentsTable {
  id: Generated<number>;
  conversation_id: Fixed<string>;
  /** Conversations identity; null when only the participant is known. */
  identity: string | null;
  name: string;
  /** Interaction channel participant (UT…). */
  participant_sid: string | null;
  joined_at: Millis;
  left_at: Millis | null;
}

/** What agents work on for a member; outlives the conversation that it came from. */
export interface CasesTable {
  number: Generated<number>;
  /** The conversation that it was opened from. */
  conversation_id: string | null;
  member_id: string;
  title: string;
  description: Generated<string>;
  type: Generated<CaseType>;
  status: CaseStatus;
  priority: Generated<CasePriority>;
  /** Array of strings; `case_tags` has them again to look cases up by. */
  tags: Generated<Json>;
  /** The operator's own fields: strings by key. */
  fields: Generated<Json>;
  assignee_identity: string | null;
  assignee_name: string | null;
  /** Goes up by one with every change; votes and followers are none. */
  version: Generated<number>;
  /** How many rows `case_votes` has for it. */
  votes: Generated<number>;
  rating: number | null;
  rating_comment: string | null;
  rated_at: Millis | null;
  /** When somebody of the team first turned to the member. */
  first_response_at: Millis | null;
  /** Since when the member waits for an answer to what they said on the case itself; null where they do not. */
  unanswered_since: Millis | null;
  /** When it was last finished; null while it is worked on. */
  resolved_at: Millis | null;
  /** The case that this one is a duplicate of; it is closed for as long. */
  merged_into: number | null;
  status_before_merge: CaseStatus | null;
  /** Kept, and shown to nobody. */
  deleted_at: Millis | null;
  created_at: Fixed<Millis>;
  changed_at: Millis;
}

/** The timeline of a case; only added to, which the store itself sees to, except for cases in `case_redactions`. */
export interface CaseEventsTable {
  id: Generated<number>;
  case_number: Fixed<number>;
  kind: Fixed<CaseEventKind>;
  text: string;
  /** What it was before and is after: `{ before, after }` of the columns that changed; null for words alone. */
  detail: Json | null;
  /** Flex identity; null when a member or the bridge itself did it. */
  actor_identity: Fixed<string | null>;
  /** Discord id, when a member did it. */
  actor_member_id: string | null;
  actor_name: string;
  at: Fixed<Millis>;
}

export interface CaseTagsTable {
  tag: Fixed<string>;
  case_number: Fixed<number>;
}

/** Members who are told what becomes of a case beside the one whose case it is. */
export interface CaseFollowersTable {
  case_number: Fixed<number>;
  member_id: Fixed<string>;
  /** The duplicate that brought them here; null where they came by themselves. */
  via: number | null;
  at: Fixed<Millis>;
}

export interface CaseVotesTable {
  case_number: Fixed<number>;
  member_id: Fixed<string>;
  via: number | null;
  at: Fixed<Millis>;
}

/** Discord messages that belong to a case. */
export interface CaseMessagesTable {
  case_number: Fixed<number>;
  message_id: Fixed<string>;
  channel_id: Fixed<string>;
  /** Null in a direct message. */
  guild_id: Fixed<string | null>;
  /** The words of it when it was linked. */
  quote: string;
  /** Discord id of its author; null where an earlier version linked it. */
  author_id: string | null;
  author_name: string;
  at: Fixed<Millis>;
}

/** Cases whose words are being taken away: for as long, in one transaction, the timeline of a case may be changed. */
export interface CaseRedactionsTable {
  case_number: Fixed<number>;
}

/** An erasure that is not finished. */
export interface ErasuresTable {
  member_id: Fixed<string>;
  /** What was taken away so far: numbers by kind. */
  counts: Json;
  began_at: Fixed<Millis>;
}

/** Channels whose member was erased, by their digest: what was written in them before is not heard again. */
export interface ForgottenChannelsTable {
  digest: Fixed<string>;
  /** Id of the last message that is not heard. */
  cursor: string;
  at: Millis;
}

/** What is told to systems outside, and whether they took it. */
export interface WebhookDeliveriesTable {
  id: Fixed<string>;
  /** Where it goes; from the settings. */
  url: Fixed<string>;
  event: Fixed<string>;
  case_number: Fixed<number>;
  /** The very bytes that are signed and sent. */
  body: string;
  status: ColumnType<'pending' | 'delivered' | 'failed', never, 'pending' | 'delivered' | 'failed'>;
  attempts: Generated<number>;
  /** How often it was asked for again by hand. */
  replays: Generated<number>;
  /** HTTP status of the last answer; null where there was none. */
  last_status: number | null;
  last_error: string | null;
  created_at: Fixed<Millis>;
  tried_at: Millis | null;
}

/** What the team notes on a member; members never see it. */
export interface MemberNotesTable {
  id: Generated<number>;
  member_id: Fixed<string>;
  text: string;
  author_identity: Fixed<string>;
  author_name: Fixed<string>;
  created_at: Fixed<Millis>;
}

/** A Discord server, and what it was set up with. */
export interface GuildsTable {
  id: Fixed<string>;
  /** Discord locale in which cards and the panel are written there. */
  locale: string;
  announcements_id: string | null;
  bugs_id: string | null;
  features_id: string | null;
  support_id: string | null;
  /** The message with the buttons, in the support channel. */
  panel_message_id: string | null;
  moderator_role_id: string | null;
  changed_at: Millis;
}

/** The message in a server that shows a case to everybody there. */
export interface CaseCardsTable {
  case_number: Fixed<number>;
  guild_id: Fixed<string>;
  channel_id: Fixed<string>;
  /** Null until it is posted. */
  message_id: string | null;
  /** Goes up with everything that the card should show. */
  changes: Generated<number>;
  /** 1 while an edit that has not looked at the case yet is in the journal. */
  pending: Generated<number>;
  edited_at: Generated<Millis>;
}

/** What a case was opened from, so that the same thing opens one case. */
export interface CaseOriginsTable {
  /** `interaction:<id>` or `message:<id>`. */
  origin: Fixed<string>;
  case_number: Fixed<number>;
}

/** A feed that was fetched at least once, and what its server wants to hear the next time. */
export interface FeedsTable {
  url: Fixed<string>;
  etag: string | null;
  last_modified: string | null;
  checked_at: Millis;
}

/** Items that were in a feed; each is announced once, or never when it was there at the first look. */
export interface FeedItemsTable {
  feed_url: Fixed<string>;
  item: Fixed<string>;
  seen_at: Millis;
}

/** What a probe has found out about an account. */
export interface ProbeAnswersTable {
  account_sid: Fixed<string>;
  /** Its name in `twilio/probe/questions.ts`. */
  question: Fixed<string>;
  /** JSON; `null` where it could not be settled. */
  value: string;
  note: string | null;
  found_at: Millis;
}

/** The probe of an account that is running, or was when it died. */
export interface ProbeRunsTable {
  account_sid: Fixed<string>;
  /** Another with every probe. */
  run: string;
  /** Grows for as long as it is alive. */
  beat: number;
  started_at: Millis;
}

export interface Schema {
  members: MembersTable;
  conversations: ConversationsTable;
  agents: AgentsTable;
  cases: CasesTable;
  case_events: CaseEventsTable;
  case_tags: CaseTagsTable;
  case_followers: CaseFollowersTable;
  case_votes: CaseVotesTable;
  case_messages: CaseMessagesTable;
  webhook_deliveries: WebhookDeliveriesTable;
  member_notes: MemberNotesTable;
  knowledge_feedback: knowledge.KnowledgeFeedbackTable;
  knowledge_state: knowledge.KnowledgeStateTable;
  articles: knowledge.ArticlesTable;
  article_versions: knowledge.ArticleVersionsTable;
  knowledge_sources: knowledge.KnowledgeSourcesTable;
  knowledge_source_pages: knowledge.KnowledgeSourcePagesTable;
  knowledge_links: knowledge.KnowledgeLinksTable;
  knowledge_proposals: knowledge.KnowledgeProposalsTable;
  knowledge_gaps: knowledge.KnowledgeGapsTable;
  knowledge_lessons: knowledge.KnowledgeLessonsTable;
  links: journal.LinksTable;
  messages: journal.MessagesTable;
  reactions: journal.ReactionsTable;
  public_channels: threads.PublicChannelsTable;
  public_threads: threads.PublicThreadsTable;
  thread_speakers: threads.ThreadSpeakersTable;
  forum_posts: forum.ForumPostsTable;
  solved_posts: forum.SolvedPostsTable;
  forum_adoptions: forum.ForumAdoptionsTable;
  forum_floods: forum.ForumFloodsTable;
  incidents: incidents.IncidentsTable;
  incident_reports: incidents.IncidentReportsTable;
  guilds: GuildsTable;
  case_cards: CaseCardsTable;
  case_origins: CaseOriginsTable;
  case_redactions: CaseRedactionsTable;
  erasures: ErasuresTable;
  forgotten_channels: ForgottenChannelsTable;
  feeds: FeedsTable;
  feed_items: FeedItemsTable;
  bot_turns: knowledge.BotTurnsTable;
  text_vectors: knowledge.TextVectorsTable;
  journal: journal.JournalTable;
  lanes: journal.LanesTable;
  leases: journal.LeasesTable;
  limits: journal.LimitsTable;
  marks: journal.MarksTable;
  probe_answers: ProbeAnswersTable;
  probe_runs: ProbeRunsTable;
}
