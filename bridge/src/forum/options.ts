import type { Logger } from 'pino';
import type { VirtualAgent } from '../assistant/virtual-agent.ts';
import type { Cases } from '../cases/cases.ts';
import type { GuildQueries } from '../guilds/guilds.ts';
import type { KnownIncidents } from '../incidents/known.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Sources } from './sources.ts';
import type { Team } from './team.ts';

export interface ForumSettings {
  /** How long somebody waits for an answer before the thread is brought to the team, in milliseconds; 0 never. */
  escalateAfterMs: number;
  /** How long after its solution a thread is put away, in milliseconds; 0 never. */
  restAfterMs: number;
  /** How long nobody writes before the author is asked whether it is still open, in milliseconds; 0 never. */
  reminderMs: number;
  /** How long after that it is closed, in milliseconds; 0 never. */
  closeMs: number;
  /** Name of the solved tag; empty for one that says so in a language that is known. */
  solvedTag: string;
  /** Roles whose holders may do what moderators do in threads. */
  helperRoles: readonly string[];
  /** What becomes of words that others should not read. */
  secrets: 'off' | 'tell' | 'remove';
  /** Channel in which moderators are told; empty for none. */
  moderatorsChannelId: string;
}

export interface ForumOptions {
  store: Store;
  relay: Relay;
  logger: Logger;
  knowledge: Knowledge;
  virtualAgent: VirtualAgent;
  sources: Sources;
  /** Which posts are answered with what is said of an incident. */
  knownIncidents: Pick<KnownIncidents, 'find'>;
  cases: Pick<Cases, 'transition'>;
  guilds: GuildQueries;
  team: Team;
  settings: ForumSettings;
  /** Called after the commit in which something of a thread changed. */
  changed(threadId: string): void;
}
