import type { Barrier } from '../messages/notices.ts';
import type { Phase } from '../store/schema.ts';

/** What can happen to a support conversation. */
export type SupportEvent =
  /** `barrier`: why nobody can come, should the member ask for a person. */
  | { is: 'member-wrote'; wantsPerson: boolean; barrier?: Barrier['is'] | undefined }
  | { is: 'person-asked'; barrier?: Barrier['is'] | undefined }
  | { is: 'member-satisfied' }
  | { is: 'agent-joined' }
  /** `remaining`: agents still in the chat. */
  | { is: 'agent-left'; remaining: number }
  | { is: 'ended' }
  /** The member does not want to wait, or to talk, any longer. */
  | { is: 'member-withdrew' }
  /** The member was silent for too long. */
  | { is: 'member-gone' };

/** What follows from it, in this order. */
export type Effect =
  /** The member's words go to Twilio. */
  | 'send-to-agent'
  /** The virtual agent has a turn. */
  | 'answer'
  | 'open-case'
  | 'tell-transfer'
  | 'tell-still-waiting'
  /** Nobody can come now, and why. */
  | 'tell-barrier'
  /** The conversation must reach Flex. */
  | 'hand-over'
  /** Somebody else is to bring it to Flex again, which may fail. */
  | 'expect-task'
  | 'tell-joined'
  | 'tell-left'
  | 'tell-solved'
  /** The member need not wait any longer, and may say so. */
  | 'offer-to-leave'
  | 'tell-in-chat'
  | 'tell-left-queue'
  /** Whoever reads along in Flex hears that the member went. */
  | 'tell-agents-withdrawn'
  /** The case knows that its member does not wait any longer. */
  | 'note-on-case'
  | 'tell-ended'
  | 'tell-closed-quiet'
  /** The Twilio side is still open and must be closed. */
  | 'close-twilio';

export interface Step {
  phase: Phase;
  effects: Effect[];
}

const stay = (phase: Phase, ...effects: Effect[]): Step => ({ phase, effects });

/**
 * The life of a conversation: virtual agent, hand-off, agent, end. Total: every event is legal in every phase, because
 * webhooks are lost, doubled and overtaken, and a late one must not undo what is known.
 */
export function step(phase: Phase, event: SupportEvent): Step {
  if (phase === 'closed') return stay('closed');
  switch (event.is) {
    case 'ended':
      return stay('closed', 'tell-ended');
    case 'member-gone':
      // Who waits for us is not gone.
      if (phase === 'queued' || phase === 'paused') return stay(phase);
      return stay('closed', 'tell-closed-quiet', 'close-twilio');
    case 'agent-joined':
      // An agent may also come before anybody was asked for, by the operator's own flow.
      return stay('agent', ...(phase === 'bot' ? (['open-case'] as const) : []), 'tell-joined');
    case 'agent-left':
      if (event.remaining === 0 && phase === 'agent') return stay('paused', 'tell-left');
      return stay(phase, 'tell-left');
    case 'member-wrote':
      return memberWrote(phase, event.wantsPerson, event.barrier);
    case 'person-asked':
      if (phase === 'bot') return personAsked(event.barrier);
      if (phase === 'paused') return stay('queued', 'tell-still-waiting', 'send-to-agent', 'expect-task');
      if (phase === 'queued') return stay('queued', 'tell-still-waiting');
      return stay('agent', 'tell-in-chat');
    case 'member-satisfied':
      if (phase === 'bot') return stay('closed', 'tell-solved', 'close-twilio');
      // What they wait for may be something else: they say themselves that they need not.
      if (phase === 'queued') return stay('queued', 'offer-to-leave');
      return stay(phase);
    case 'member-withdrew':
      if (phase === 'bot') return stay('closed', 'tell-ended', 'close-twilio');
      if (phase === 'queued')
        return stay('closed', 'tell-agents-withdrawn', 'note-on-case', 'tell-left-queue', 'close-twilio');
      return stay('closed', 'tell-agents-withdrawn', 'tell-ended', 'close-twilio');
  }
}

function personAsked(barrier: Barrier['is'] | undefined): Step {
  if (!barrier) return stay('queued', 'open-case', 'tell-transfer', 'send-to-agent', 'hand-over');
  // Out of hours the case waits for the team; the virtual agent stays with the member.
  return stay(
    'bot',
    ...(barrier === 'closed-hours' ? (['open-case'] as const) : []),
    'send-to-agent',
    'tell-barrier',
  );
}

function memberWrote(
  phase: Exclude<Phase, 'closed'>,
  wantsPerson: boolean,
  barrier: Barrier['is'] | undefined,
): Step {
  switch (phase) {
    case 'bot':
      return wantsPerson ? personAsked(barrier) : stay('bot', 'send-to-agent', 'answer');
    case 'queued':
      return stay('queued', 'send-to-agent', ...(wantsPerson ? (['tell-still-waiting'] as const) : []));
    case 'paused':
      // Flex makes a new task when the customer writes again after every agent left, unless the account routes in its own
      // way ("Use custom routing").
      return stay('queued', 'send-to-agent', 'tell-still-waiting', 'expect-task');
    case 'agent':
      return stay('agent', 'send-to-agent');
  }
}
