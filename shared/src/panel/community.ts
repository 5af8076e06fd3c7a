import { type Static, Type } from '@sinclair/typebox';
import {
  COMMUNITY_LIMITS,
  POST_ANSWERS,
  POST_CASE_TYPES,
  POST_SORTS,
  POST_STATES,
} from './community-constants.ts';
import { oneOf } from './literals.ts';
import { DiscordId } from './member.ts';

const Timestamp = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()]);
const Identity = Type.String({ minLength: 1, maxLength: 200 });
const Answer = oneOf(POST_ANSWERS, {
  description: 'Who answered first; nobody: there is no answer yet',
});

export const PostTag = Type.Object({ id: DiscordId, name: Type.String() });
export type PostTag = Static<typeof PostTag>;

const summary = {
  /** Discord id of the thread. */
  id: DiscordId,
  channelId: DiscordId,
  /** Without `#`; empty where it is not known. */
  channelName: Type.String(),
  title: Type.String(),
  /** Null where they were erased. */
  author: orNull(Type.Object({ id: DiscordId, name: Type.String() })),
  tags: Type.Array(PostTag),
  state: oneOf(POST_STATES),
  /** What can be done in it on Discord. */
  access: oneOf(['open', 'archived', 'locked']),
  openedAt: Timestamp,
  /** Since when its author waits for somebody's words; null while they do not. */
  waitingSince: orNull(Timestamp),
  answeredBy: Answer,
  answeredAt: orNull(Timestamp),
  caseNumber: orNull(Type.Integer()),
  /** Who of the team has taken it. */
  assignee: orNull(Type.Object({ identity: Identity, name: Type.String() })),
  /** It is with the team: a conversation in Flex is open. */
  isWithTeam: Type.Boolean(),
  /** The address of the thread on Discord. */
  link: Type.String(),
};

/** A post of a forum, or a thread of a text channel, in which everybody on a server reads. */
export const CommunityPost = Type.Object(summary);
export type CommunityPost = Static<typeof CommunityPost>;

/** `GET /panel/community/posts`: filters, all of which must fit; 50 a page. */
export const CommunityQuery = Type.Object({
  channelId: Type.Optional(DiscordId),
  /** Default `open`; `all` for every state. */
  state: Type.Optional(oneOf([...POST_STATES, 'all'])),
  /** Id of a tag. */
  tag: Type.Optional(DiscordId),
  answeredBy: Type.Optional(Answer),
  /** `true`: only those whose author waits. */
  waiting: Type.Optional(Type.Literal('true')),
  /** A Flex identity, or `none`. */
  assignee: Type.Optional(Identity),
  /** A part of the title. */
  q: Type.Optional(Type.String({ maxLength: COMMUNITY_LIMITS.search })),
  /** Default `waiting`. */
  sort: Type.Optional(oneOf(POST_SORTS)),
  /** Of one list with the same filters and sort. */
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}\\.[0-9]{1,20}$' })),
  /** 1 to 100. */
  limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]?|100)$' })),
});
export type CommunityQuery = Static<typeof CommunityQuery>;

export const CommunityPosts = Type.Object({
  posts: Type.Array(CommunityPost),
  nextCursor: orNull(Type.String()),
});
export type CommunityPosts = Static<typeof CommunityPosts>;

/** What there is to choose from, and how many posts are open; at most a second old. */
export const CommunityOverview = Type.Object({
  channels: Type.Array(
    Type.Object({
      id: DiscordId,
      name: Type.String(),
      /** How many of its posts are open. */
      open: Type.Integer(),
      tags: Type.Array(PostTag),
    }),
  ),
  /** Of the open posts: all, those whose author waits, that nobody has answered, that are with the team, that nobody has taken. */
  open: Type.Integer(),
  waiting: Type.Integer(),
  unanswered: Type.Integer(),
  withTeam: Type.Integer(),
  unassigned: Type.Integer(),
});
export type CommunityOverview = Static<typeof CommunityOverview>;

/** A post with what was written in it. */
export const CommunityPostDetail = Type.Object({
  ...summary,
  /** The first words of its author, as they are now; Markdown. */
  question: Type.String(),
  /** What followed, oldest first; of many the latest. */
  messages: Type.Array(
    Type.Object({
      id: Type.String(),
      authorName: Type.String(),
      by: oneOf(['author', 'member', 'agent']),
      /** Markdown; empty where it holds only files. */
      text: Type.String(),
      files: Type.Array(Type.String()),
      at: Timestamp,
      isSolution: Type.Boolean(),
    }),
  ),
  /** The post that this one is a duplicate of. */
  duplicateOf: orNull(Type.Object({ id: DiscordId, title: Type.String(), link: Type.String() })),
  /** Why nothing can be written in it just now; null where it can. */
  closedTo: orNull(oneOf(['locked', 'read-only', 'hidden'])),
  /** Open or solved posts with much the same title, the likest first. */
  similar: Type.Array(
    Type.Object({ id: DiscordId, title: Type.String(), state: oneOf(POST_STATES), openedAt: Timestamp }),
  ),
  /** The tags that its channel has. */
  possibleTags: Type.Array(PostTag),
});
export type CommunityPostDetail = Static<typeof CommunityPostDetail>;

const Tags = Type.Array(DiscordId, { maxItems: COMMUNITY_LIMITS.tags, uniqueItems: true });

export const CommunityAction = Type.Union([
  /** Gives it to somebody of the team; null takes it back. Its case, where there is one, goes with it. */
  Type.Object({ is: Type.Literal('assign'), assignee: orNull(Identity) }),
  /** Ids of tags. A post keeps at most five, and a required tag is never the last one removed. */
  Type.Object({ is: Type.Literal('tag'), add: Tags, remove: Tags }),
  /** Words of the caller's, for everybody; one post at a time. */
  Type.Object({
    is: Type.Literal('answer'),
    text: Type.String({ minLength: 1, maxLength: COMMUNITY_LIMITS.answer, pattern: '\\S' }),
  }),
  /** Makes a case and a task, whose conversation is the thread. */
  Type.Object({ is: Type.Literal('bring') }),
  /** `messageId`: of the message that solved it, one post at a time; null where nobody says by which. */
  Type.Object({ is: Type.Literal('solve'), messageId: orNull(DiscordId) }),
  /** Closes it without a solution. */
  Type.Object({ is: Type.Literal('close') }),
  Type.Object({ is: Type.Literal('reopen') }),
  /** It is closed, and says where the same is asked. */
  Type.Object({ is: Type.Literal('merge'), into: DiscordId }),
  /** Makes it a case of this type, with a card where the server has a channel for them. */
  Type.Object({ is: Type.Literal('convert'), type: oneOf(POST_CASE_TYPES) }),
]);
export type CommunityAction = Static<typeof CommunityAction>;

/** Each post by itself: where one fails the others are done all the same. */
export const CommunityBulk = Type.Object({
  ids: Type.Array(DiscordId, { minItems: 1, maxItems: COMMUNITY_LIMITS.bulk, uniqueItems: true }),
  action: CommunityAction,
});
export type CommunityBulk = Static<typeof CommunityBulk>;

const Count = Type.Integer();
const Duration = orNull(Type.Number());
const figures = {
  /** Posts opened; not those that were there before their channel was served. */
  asked: Count,
  /** Of those: by whom they were answered first, and those that nobody has answered. */
  virtualAgent: Count,
  members: Count,
  agents: Count,
  unanswered: Count,
  /** Of those: how many are solved. */
  solved: Count,
  /** Milliseconds from a post to its first answer: half, and nine of ten, were answered within; null where none was. */
  medianMs: Duration,
  p90Ms: Duration,
};

/** `GET /panel/stats/community`: query CaseStatsQuery. Every day of the range, oldest first, by when posts were opened. */
export const CommunityStats = Type.Object({
  timeZone: Type.String(),
  days: Type.Array(Type.Object({ day: Type.String(), ...figures })),
  total: Type.Object(figures),
  /** Titles that are much alike, of the latest posts in the range; the most asked first, none that was asked once. */
  topQuestions: Type.Array(
    Type.Object({ title: Type.String(), count: Count, unanswered: Count, postId: DiscordId }),
  ),
});
export type CommunityStats = Static<typeof CommunityStats>;
