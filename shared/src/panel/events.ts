import { type Static, Type } from '@sinclair/typebox';
import { DiscordId } from './member.ts';

/**
 * What `GET /panel/events` streams (`text/event-stream`), each as the JSON of one `data:` with a rising `id:`. A reader
 * that comes back with `Last-Event-ID` gets what it missed, or `resync` where the bridge no longer has it.
 */
export const PanelEvent = Type.Union([
  Type.Object({ type: Type.Literal('resync') }),
  Type.Object({ type: Type.Literal('member-changed'), memberId: DiscordId }),
  Type.Object({ type: Type.Literal('notes-changed'), memberId: DiscordId }),
  Type.Object({ type: Type.Literal('case-changed'), memberId: DiscordId, caseId: Type.String() }),
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
