import type { IncidentNotice } from '@flexcord/shared/panel/incident';
import type { Logger } from 'pino';
import type { Cases } from '../cases/cases.ts';
import type { EntryKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import type { Texts } from '../texts/index.ts';

/** What moderators are told of a new incident. */
export interface NewIncident {
  caseNumber: number;
  title: string;
  members: number;
  withinMs: number;
}

export interface IncidentsOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  logger: Logger;
  cases: Pick<Cases, 'open' | 'comment' | 'transition'>;
  /** The words that agents read. */
  texts: Pick<Texts, 'incidents'>;
  /** Words without what nobody should read. */
  masked(text: string): string;
  /** Tells moderators, where the operator wants it. */
  tellTeam(tx: Tx, report: NewIncident, cause: EntryKey): Promise<void>;
  /** Announces something in a channel; the same key goes out once. */
  announce(
    tx: Tx,
    place: { channelId: string; guildId: string | null },
    words: { title: string; text: string },
    key: EntryKey,
  ): Promise<void>;
  /** Says something of an incident in a thread, in its language; whether it is on its way. `known` is said once in a thread. */
  sayInThread(
    tx: Tx,
    threadId: string,
    what: { is: 'known' | 'over'; number: number; notice: IncidentNotice },
    key: EntryKey,
  ): Promise<boolean>;
  /** Tells a member in private; the same key is said once. */
  tell(
    tx: Tx,
    memberId: string,
    key: EntryKey,
    notice: { is: 'incident-over'; title: string; text: string },
  ): Promise<void>;
  /** Called after the commit in which something of an incident changed. */
  changed(number: number): void;
}
