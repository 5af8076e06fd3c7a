import type { HandoffSummaries } from '../assistant/handoff-summary.ts';
import type { VirtualAgent } from '../assistant/virtual-agent.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import type { BarrierFor } from './barriers/barriers.ts';
import type { Conversation, Member } from './conversations.ts';
import type { Payloads, TwilioMessage } from './entries.ts';
import type { Notice } from './notices.ts';

/** What support must ask Twilio for when a webhook does not say it. */
export interface TwilioQueries {
  /** The agent behind a task. The identity is null when it cannot be told. */
  agentOfTask(taskSid: string): Promise<{ identity: string | null; name: string }>;
  nameOf(identity: string): Promise<string>;
  /** Messages above `index`, in the order of their indexes, and whether the conversation is over. */
  transcriptAfter(
    conversationSid: string,
    index: number,
  ): Promise<{ messages: TwilioMessage[]; closed: boolean }>;
  /** True for messages that the bridge itself wrote. */
  isOurs(message: TwilioMessage): boolean;
}

export interface SupportOptions {
  store: Store;
  relay: Relay<Payloads>;
  twilioQueries: TwilioQueries;
  virtualAgent: VirtualAgent;
  routing: 'studio' | 'bridge';
  studioDeadlineMs: number;
  checkQuietMs: number;
  /** Opens a case for a conversation that has none; its number is short and never used again. */
  openCase(tx: Tx, conversation: Conversation, title: string): Promise<number>;
  /** Somebody of the team has turned to the member of a conversation. */
  caseAnswered(tx: Tx, conversationId: string): Promise<void>;
  /** The member says that a case is solved; false where it is not theirs or finished already. */
  solveCase(tx: Tx, member: Member, caseNumber: number): Promise<boolean>;
  /** The member has written of a matter, and not only thanks or a wish for a person; called when that is committed. */
  onSupportRequest(conversationSid: string, text: string): void;
  /** Why a member of a conversation may not have a person now; null when they may. */
  barrierFor: BarrierFor;
  /** Whether thanks that follow a conversation that is over begin no new one. */
  afterwords: boolean;
  /** See InactivityOptions. */
  reminderMs: number;
  closeMs: number;
  summaryOf: HandoffSummaries;
  /** Words for the Twilio transcript. */
  transcriptOf(notice: Notice, locale: string | null): string;
}
