import { type Static, Type } from '@sinclair/typebox';
import { DiscordId } from './member.ts';

/**
 * What `GET /panel/events` streams (`text/event-stream`), each as the JSON of one `data:` with an `id:` that means nothing
 * else. A reader that comes back with `Last-Event-ID`, to whichever bridge of the store, gets what it missed in order, or
 * `resync` where the bridge does not have it: then everything is to be fetched anew. An event may come twice.
 */
export const PanelEvent = Type.Union([
  Type.Object({ type: Type.Literal('resync') }),
  Type.Object({ type: Type.Literal('member-changed'), memberId: DiscordId }),
  Type.Object({ type: Type.Literal('notes-changed'), memberId: DiscordId }),
  Type.Object({ type: Type.Literal('case-changed'), memberId: DiscordId, caseId: Type.String() }),
  /** Something of a post in public is different now: its words, state, tags, who has it. */
  Type.Object({ type: Type.Literal('post-changed'), postId: DiscordId }),
  /** Something of an incident is different now: its questions, its state, what is said of it. */
  Type.Object({ type: Type.Literal('incident-changed'), number: Type.Integer() }),
  Type.Object({ type: Type.Literal('suggestions-changed'), conversationSid: Type.String() }),
  /** Articles were written, published or removed. */
  Type.Object({ type: Type.Literal('knowledge-changed') }),
  Type.Object({
    type: Type.Literal('activity'),
    conversationSid: Type.String(),
    memberName: Type.String(),
    activity: Type.Union([
      Type.Literal('typing'),
      Type.Literal('edited'),
      Type.Literal('deleted'),
      Type.Literal('left-server'),
    ]),
  }),
]);
export type PanelEvent = Static<typeof PanelEvent>;
