import type { HandoffSummaries } from '../assistant/handoff-summary.ts';
import type { VirtualAgent } from '../assistant/virtual-agent.ts';
import type { Member } from '../members/members.ts';
import type { AgentMessage, CanonicalMessage, MessageTexts } from '../messages/canonical.ts';
import type { Notice } from '../messages/notices.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import type { ForumDesk } from '../threads/desk.ts';
import type { BarrierFor } from './barriers/barriers.ts';
import type { Conversation } from './conversations.ts';

/** Reads a thread on Discord: its first message and its latest, oldest first, bots' included; empty where it is gone. */
export type ReadThread = (threadId: string) => Promise<CanonicalMessage[]>;

/** What support must ask Twilio for when a webhook does not say it. */
export interface TwilioQueries {
  /** The agent behind a task, asked for `failures` times in vain. The identity is null when it cannot be told. */
  agentOfTask(taskSid: string, failures: number): Promise<{ identity: string | null; name: string }>;
  nameOf(identity: string, failures: number): Promise<string>;
  /** The tasks of a conversation that Flex still has; live: somebody has it or can get it. */
  tasksOf(conversationSid: string): Promise<{ isLive: boolean; isCancelled: boolean }[]>;
  /** What there is above `index`, and what is found below it on the way; down to `reviewDownTo` where that is given. */
  lookBack(conversationSid: string, index: number, reviewDownTo?: number): Promise<LookBack>;
  /** A message as it is now; null where it is not there any more. */
  fetchMessage(conversationSid: string, messageSid: string): Promise<AgentMessage | null>;
  /** A message out of the journal, also in the form in which earlier versions kept it. */
  readMessage(kept: AgentMessage): AgentMessage;
}

/** Messages that the bridge did not write. */
export interface Unread {
  /** In the order of their indexes. */
  messages: AgentMessage[];
  /** The highest index that was seen, the bridge's own messages included; -1 for none. */
  upTo: number;
}

/** What a look at a conversation found. */
export interface LookBack extends Unread {
  /** What was heard before, as it is now, in the order of its indexes. */
  heard: AgentMessage[];
  /** The lowest index that was looked at: what should be from here on and was not found may be gone. */
  from: number;
  /** Whether the conversation is over. */
  closed: boolean;
}

export interface SupportOptions {
  store: Store;
  relay: Relay;
  twilioQueries: TwilioQueries;
  virtualAgent: VirtualAgent;
  routing: 'studio' | 'bridge';
  studioDeadlineMs: number;
  checkQuietMs: number;
  /** Opens a case for a conversation that has none; its number is short and never used again. */
  openCase(tx: Tx, conversation: Conversation, title: string): Promise<number>;
  /** Somebody of the team has turned to the member of a conversation. */
  caseAnswered(tx: Tx, conversationId: string): Promise<void>;
  /** The member has begun to wait for an answer in a conversation of a case, or got one; called when that is committed. */
  caseTurned(memberId: string, caseNumber: number): void;
  /** The member says that a case is solved; false where it is not theirs or finished already. */
  solveCase(tx: Tx, member: Member, caseNumber: number): Promise<boolean>;
  /** The member does not wait any longer; `matterOver`: the case is closed, where it may be. Returns whether it is. */
  caseLeft(tx: Tx, member: Member, caseNumber: number, matterOver: boolean): Promise<boolean>;
  /** The member has written of a matter, and not only thanks or a wish for a person; called when that is committed. */
  onSupportRequest(conversationSid: string, text: string): void;
  /** Why a member of a conversation may not have a person now; null when they may. */
  barrierFor: BarrierFor;
  /** Whether thanks that follow a conversation that is over begin no new one. */
  ignoreThanksAfterEnd: boolean;
  /** See InactivityOptions. */
  reminderMs: number;
  closeMs: number;
  summaryOf: HandoffSummaries;
  /** Decides what public threads are answered with. */
  desk: ForumDesk;
  readThread: ReadThread;
  /** Words for agents. */
  texts: MessageTexts;
  /** Words for the Twilio transcript. */
  transcriptOf(notice: Notice, locale: string | null): string;
}
