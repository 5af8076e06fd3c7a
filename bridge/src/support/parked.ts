import type { Logger } from 'pino';
import { findMember } from '../members/members.ts';
import type { CanonicalMessage } from '../messages/canonical.ts';
import { type EntryKey, refusalCause } from '../relay/keys.ts';
import { discardParked, listParked, type ParkedEntry } from '../relay/parked.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/store.ts';
import { createConversationActions } from './conversations.ts';
import { botMessage, messageToAgent, messageToMember } from './outgoing.ts';

export interface ParkedOptions {
  store: Store;
  relay: Relay;
  logger: Logger;
  /** Adds a note to the timeline of a case. */
  noteOnCase(tx: Tx, caseNumber: number, words: string): Promise<void>;
  /** Words for agents. `by` is the name of an administrator, `name` the member's. */
  texts: {
    discardedFromMember(by: string, name: string): string;
    discardedToMember(by: string, name: string): string;
    discardedOther(by: string): string;
  };
}

/** A parked entry, and whom it is about. */
export interface ParkedMatter extends ParkedEntry {
  member: { id: string; name: string } | null;
  caseNumber: number | null;
}

/** Somebody who acts: their Flex identity, and the name that others know. */
export interface Operator {
  identity: string;
  name: string;
}

interface Named {
  memberId?: string;
  conversationId?: string;
  caseNumber?: number;
  deliveryId?: string;
  message?: CanonicalMessage;
  notice?: { caseNumber?: number | null };
}

/** What an administrator sees of what was given up, and does with it. */
export function createParked({ store, relay, logger, noteOnCase, texts }: ParkedOptions) {
  const actions = createConversationActions({ store, relay });
  const named = ({ payload }: ParkedEntry): Named => (payload ?? {}) as Named;

  /** Whom an entry is about, as far as it says. */
  async function matterOf(db: Tx | Store['db'], entry: ParkedEntry): Promise<ParkedMatter> {
    const { memberId, conversationId, caseNumber, deliveryId, notice } = named(entry);
    const conversation = conversationId
      ? await db
          .selectFrom('conversations')
          .select(['member_id', 'case_number'])
          .where('id', '=', conversationId)
          .executeTakeFirst()
      : undefined;
    const delivery = deliveryId
      ? await db
          .selectFrom('webhook_deliveries')
          .select('case_number')
          .where('id', '=', deliveryId)
          .executeTakeFirst()
      : undefined;
    const id = memberId ?? conversation?.member_id;
    const member = id === undefined ? undefined : await findMember(db, id);
    return {
      ...entry,
      member: member ? { id: member.id, name: member.name } : null,
      caseNumber:
        caseNumber ?? notice?.caseNumber ?? delivery?.case_number ?? conversation?.case_number ?? null,
    };
  }

  /** Tells the side of the sender that what was said before, "not delivered", is final. */
  async function tellSender(tx: Tx, { kind, key, payload }: ParkedMatter, words: string): Promise<void> {
    const { conversationId, message } = (payload ?? {}) as Named;
    const isFromMember = kind === messageToAgent.kind;
    if (!conversationId || !message || !(isFromMember || kind === messageToMember.kind)) return;
    const cause: EntryKey = isFromMember ? refusalCause(message.id) : key;
    const context = await actions.contextOf(tx, conversationId, cause);
    if (!context) return;
    if (isFromMember) await actions.say(context, 'discarded', { is: 'discarded' }, message.id);
    if (context.conversation.twilio_sid)
      await relay.append(tx, botMessage({ conversationId, body: words }, 'discarded', cause));
  }

  function wordsOf({ kind, member }: ParkedMatter, { name: by }: Operator): string {
    if (kind === messageToAgent.kind) return texts.discardedFromMember(by, member?.name ?? '');
    if (kind === messageToMember.kind) return texts.discardedToMember(by, member?.name ?? '');
    return texts.discardedOther(by);
  }

  return {
    /** The newest first; `before` is the id of the last of the page before. */
    async list(page: { before?: number | undefined; limit: number }): Promise<ParkedMatter[]> {
      const entries = await listParked(store, page);
      return Promise.all(entries.map((entry) => matterOf(store.db, entry)));
    },

    /** Has it tried again, after a look whether it arrived after all. False where it is not parked any more. */
    async retry(id: number, { identity }: Operator): Promise<boolean> {
      const entry = await relay.retry(id, identity);
      if (!entry) return false;
      const { key, kind, trace } = entry;
      logger.info({ key, kind, trace, by: identity }, 'a parked entry is tried again on request');
      return true;
    },

    /** Ends it for good, tells its sender, and notes it on the case. False where it is not parked any more. */
    async discard(id: number, by: Operator): Promise<boolean> {
      const matter = await store.transact(async (tx) => {
        const entry = await discardParked(tx, id, by.identity);
        if (!entry) return null;
        const found = await matterOf(tx, entry);
        const words = wordsOf(found, by);
        await tellSender(tx, found, words);
        if (found.caseNumber !== null) await noteOnCase(tx, found.caseNumber, words);
        return found;
      });
      if (!matter) return false;
      const { key, kind, trace, reason } = matter;
      logger.warn({ key, kind, trace, reason, by: by.identity }, 'a parked entry was discarded on request');
      return true;
    },
  };
}

export type Parked = ReturnType<typeof createParked>;
