import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import type {
  WebhookDeliveries,
  WebhookDeliveriesQuery,
  WebhookDelivery,
} from '@flexcord/shared/panel/case-webhook';
import type { MemberProfile, Transcript } from '@flexcord/shared/panel/member';
import type { Operations } from '@flexcord/shared/panel/operations';
import type { Result } from '@flexcord/shared/result';
import type { Cases } from '../cases/cases.ts';
import type { IncidentActs } from '../incidents/acts.ts';
import type { IncidentView } from '../incidents/view.ts';
import type { Library } from '../knowledge/articles/library.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { SourceStore } from '../knowledge/sources/source-store.ts';
import type { ArticleCard } from '../messages/notices.ts';
import type { Store } from '../store/open.ts';
import type { Conversation, ConversationQueries } from '../support/conversations.ts';
import type { Parked } from '../support/parked.ts';
import type { TeamActs } from '../support/public/team-acts.ts';
import type { PublicChannels } from '../threads/channels.ts';
import type { LiveEvents } from './live-events.ts';

/** What the operations view shows. */
export interface OperationsSource {
  /** Whether each part works. */
  health(): Promise<Operations['health']>;
  /** What waits, by the kind of entry, without timers. */
  backlog(): Promise<{ kind: string; count: number; oldestMs: number }[]>;
  /** How many entries are parked. */
  parked(): Promise<number>;
  /** Warnings and errors of this process, the latest first; `at` is in milliseconds since the epoch. */
  troubles(): { at: number; level: 'warn' | 'error'; message: string; about: string | null; count: number }[];
  /** When the process started, in milliseconds since the epoch. */
  startedAt: number;
}

/** What the routes of the panel work with. */
export interface PanelDependencies {
  store: Store;
  conversations: ConversationQueries;
  live: LiveEvents;
  cases: Cases;
  webhooks: {
    /** Newest first, a page at a time. */
    list(query: WebhookDeliveriesQuery): Promise<WebhookDeliveries>;
    /** Sends a delivery again under the same id. `pending`: it has not finished. */
    replay(id: string): Promise<Result<{ delivery: WebhookDelivery }, { is: 'missing' } | { is: 'pending' }>>;
  };
  /** The operator's own fields of members. */
  memberFields: readonly FieldDefinition[];
  operations: OperationsSource;
  parked: Parked;
  knowledge: Knowledge;
  library: Library;
  sources: SourceStore & {
    /** Reads what is due now. */
    look(): void;
    /** Of which one may be added in the panel. */
    allowedHosts: readonly string[];
  };
  /** What supervisors do with posts in public. */
  actOnPost: TeamActs;
  /** What supervisors do with incidents. */
  actOnIncident: IncidentActs;
  incidents: IncidentView;
  channels: PublicChannels;
  sendArticle(
    conversation: Conversation,
    article: ArticleCard,
    agent: { identity: string; name: string },
  ): Promise<void>;
  /** Undefined for somebody who never wrote. */
  profileOf(memberId: string): Promise<MemberProfile | undefined>;
  /** Shows the member that somebody is writing. */
  showTyping(conversation: Conversation): Promise<void>;
  /** Everybody who can be given work in Flex. */
  listAgents(): Promise<{ identity: string; name: string }[]>;
  /** The display name of a Flex identity. */
  agentName(identity: string): Promise<string>;
  /** Null where Twilio no longer has the conversation. */
  transcriptOf(conversation: Conversation): Promise<Transcript['messages'] | null>;
}
