import { type Static, Type } from '@sinclair/typebox';
import { MAX_BLOCK_REASON_LENGTH, MAX_NOTE_LENGTH } from './member-constants.ts';

/** RFC 3339, UTC. */
export const Timestamp = Type.String({ format: 'date-time' });
/** A Discord id: an unsigned 64-bit number as text (https://discord.com/developers/docs/reference#snowflakes). */
export const DiscordId = Type.String({ pattern: '^[0-9]{15,21}$' });

export const MemberRole = Type.Object({
  id: DiscordId,
  name: Type.String(),
  /** `#rrggbb`; null where Discord shows the role without a colour. */
  color: Type.Union([Type.String({ pattern: '^#[0-9a-f]{6}$' }), Type.Null()]),
});

/** What the Profile tab shows of one Discord member. */
export const MemberProfile = Type.Object({
  id: DiscordId,
  username: Type.String(),
  displayName: Type.String(),
  avatarUrl: Type.Union([Type.String(), Type.Null()]),
  accountCreatedAt: Timestamp,
  /** The account is younger than the operator's threshold. */
  isNewAccount: Type.Boolean(),
  /** Null: not in the server, or the bridge cannot see it. */
  joinedServerAt: Type.Union([Timestamp, Type.Null()]),
  boostingSince: Type.Union([Timestamp, Type.Null()]),
  locale: Type.Union([Type.String(), Type.Null()]),
  roles: Type.Array(MemberRole),
  openCases: Type.Integer({ minimum: 0 }),
  /** Set while the team does not serve this member: what they write goes nowhere, and they were told so once. */
  blocked: Type.Union([
    Type.Object({
      at: Timestamp,
      by: Type.String(),
      reason: Type.Union([Type.String(), Type.Null()]),
    }),
    Type.Null(),
  ]),
});
export type MemberProfile = Static<typeof MemberProfile>;

export const BlockMember = Type.Object({
  reason: Type.Optional(Type.String({ maxLength: MAX_BLOCK_REASON_LENGTH })),
});
export type BlockMember = Static<typeof BlockMember>;

export const PastConversation = Type.Object({
  /** The Twilio conversation, `CH…`. */
  conversationSid: Type.String(),
  startedAt: Timestamp,
  endedAt: Type.Union([Timestamp, Type.Null()]),
  agentName: Type.Union([Type.String(), Type.Null()]),
  outcome: Type.Union([
    Type.Literal('solved-by-agent'),
    Type.Literal('solved-by-virtual-agent'),
    Type.Literal('abandoned'),
    Type.Literal('open'),
  ]),
  rating: Type.Union([Type.Integer({ minimum: 1, maximum: 5 }), Type.Null()]),
});
export type PastConversation = Static<typeof PastConversation>;

export const PastConversations = Type.Object({
  conversations: Type.Array(PastConversation),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type PastConversations = Static<typeof PastConversations>;

export const TranscriptMessage = Type.Object({
  id: Type.String(),
  from: Type.Union([Type.Literal('member'), Type.Literal('agent'), Type.Literal('virtual-agent')]),
  authorName: Type.String(),
  text: Type.String(),
  sentAt: Timestamp,
});
export const Transcript = Type.Object({ messages: Type.Array(TranscriptMessage) });
export type Transcript = Static<typeof Transcript>;

/** A note on a member that only the team sees. */
export const MemberNote = Type.Object({
  id: Type.String(),
  text: Type.String(),
  /** Flex identity; the author alone may change or delete it. */
  authorIdentity: Type.String(),
  authorName: Type.String(),
  createdAt: Timestamp,
});
export type MemberNote = Static<typeof MemberNote>;

export const MemberNotes = Type.Object({ notes: Type.Array(MemberNote) });
export type MemberNotes = Static<typeof MemberNotes>;

export const NewMemberNote = Type.Object({ text: Type.String({ minLength: 1, maxLength: MAX_NOTE_LENGTH }) });
export type NewMemberNote = Static<typeof NewMemberNote>;
