import type { Generated } from 'kysely';
import type { Fixed, Json, Millis } from './columns.ts';

/**
 * What is done with the posts of a channel. `watch`: they are seen in Flex, and nobody is answered; `answer`: with what is
 * certain; `answer-and-escalate`: also brought to the team where that helps; `person`: always brought to the team.
 */
export type PublicRule = 'watch' | 'answer' | 'answer-and-escalate' | 'person';

/** What the bot may do in a channel. `read-only`: it may not write in its threads. */
export type ChannelAccess = 'open' | 'read-only' | 'hidden' | 'deleted';

/** What can be done in a thread; a locked one may be archived as well, which then matters less. */
export type ThreadAccess = 'open' | 'archived' | 'locked' | 'deleted';

/** Whether its matter is over. `closed`: without a solution. */
export type PostState = 'open' | 'solved' | 'closed';

/** Who answered first. */
export type AnsweredBy = 'virtual-agent' | 'member' | 'agent';

/** A forum channel, or a text channel whose threads are served. */
export interface PublicChannelsTable {
  /** Discord channel id. */
  id: Fixed<string>;
  /** Null until Discord has told it. */
  guild_id: string | null;
  name: Generated<string>;
  rule: PublicRule;
  /** Who named it; what the operator's settings name is theirs alone. */
  set_by: 'operator' | 'server';
  is_forum: Generated<number>;
  /** Array of the tags that posts of a forum can have: `{ id, name, moderated }`. */
  tags: Generated<Json>;
  /** 1 where every post must have a tag. */
  requires_tag: Generated<number>;
  access: Generated<ChannelAccess>;
  /** Threads that are older were there before and are never answered. */
  served_since: Millis;
  /** Since when it is not served any longer; what is known of its threads stays. */
  ended_at: Millis | null;
}

/** A thread of a served channel: a post, where the channel is a forum. */
export interface PublicThreadsTable {
  /** Discord channel id of the thread; in a forum also that of its first message. */
  id: Fixed<string>;
  guild_id: Fixed<string>;
  channel_id: Fixed<string>;
  /** Discord id of who asks; null where they were erased. */
  author_id: string | null;
  author_name: Generated<string>;
  title: string;
  /** The title as it is looked for; empty where an older version wrote it. */
  search_title: Generated<string>;
  /** The first words of its author, as they are now. */
  question: Generated<string>;
  /** The message that has them; null until it is heard. */
  question_id: string | null;
  /** Array of tag ids. */
  tags: Generated<Json>;
  state: Generated<PostState>;
  access: Generated<ThreadAccess>;
  /** 1 where it was there before its channel was served: it is learned from and not answered. */
  adopted: Generated<number>;
  /** How long a member waits between two messages, in milliseconds. */
  slow_ms: Generated<number>;
  /** Id of the last message that is heard, whoever wrote it. */
  cursor: string;
  /** Since when its author waits for somebody's words; null while they do not. */
  waiting_since: Millis | null;
  answered_by: AnsweredBy | null;
  answered_at: Millis | null;
  /** The first answer, and the Discord id of the member who gave it. */
  answer_id: string | null;
  answerer_id: string | null;
  /** The message that solved it, the Discord id of the member who wrote that, and when it was marked. */
  solution_id: string | null;
  solved_by: string | null;
  solved_at: Millis | null;
  case_number: number | null;
  /** The thread that this one is a duplicate of. */
  duplicate_of: string | null;
  /** Who of the team has taken it: their Flex identity, and the name that they had then. */
  assignee_identity: string | null;
  assignee_name: string | null;
  /** When it was made, by Discord's clock. */
  opened_at: Fixed<Millis>;
  changed_at: Millis;
}

/** Who spoke in a public conversation: their words are at Twilio, in a conversation of somebody else's. */
export interface ThreadSpeakersTable {
  conversation_id: Fixed<string>;
  member_id: Fixed<string>;
  name: string;
  /** Address of their picture. */
  avatar: string | null;
  spoke_at: Millis;
}
