import { reviseCases } from '../cases/words.ts';
import { reviseKnowledge } from '../knowledge/feedback/words.ts';
import { type GoneWords, goneWordsOf, usable } from '../messages/usable-words.ts';
import type { EntryKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { summaryChange } from './outgoing.ts';

export interface ChangedWordsOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  /** What stands in a case where a member has taken words back. */
  mark: string;
  /** Called after the commit in which a case lost words. */
  caseChanged(memberId: string, caseNumber: number): void;
}

/**
 * Takes the words that a member no longer says out of everything that was made of them: what a conversation is about, the
 * turns of the virtual agent, what was learned, what could not be answered, cases, and the summary that an agent reads.
 * The transcript is for `DELETED_MESSAGES` to decide.
 */
export function createChangedWords({ store, relay, mark, caseChanged }: ChangedWordsOptions) {
  return async function reviseWords(tx: Tx, memberId: string, cause: EntryKey): Promise<void> {
    const gone = await goneWordsOf(tx, memberId);
    if (gone.length === 0) return;
    await reviseConversations(tx, memberId, gone, cause);
    await reviseKnowledge(tx, memberId, gone);
    for (const number of await reviseCases(store, tx, memberId, gone, mark))
      store.afterCommit(tx, () => caseChanged(memberId, number));
  };

  async function reviseConversations(
    tx: Tx,
    memberId: string,
    gone: GoneWords,
    cause: EntryKey,
  ): Promise<void> {
    const conversations = await tx
      .selectFrom('conversations')
      .select([
        'id',
        'phase',
        'handed_over',
        'topic',
        'turn_text',
        'latest_text',
        'matter_text',
        'rating_comment',
      ])
      .where('member_id', '=', memberId)
      .execute();
    for (const { id, phase, handed_over, ...texts } of conversations) {
      const left = Object.entries(texts).flatMap(([name, text]) => {
        const now = text === null ? null : usable(text, gone).trim() || null;
        return now === text ? [] : [[name, now] as const];
      });
      if (left.length > 0) {
        await tx.updateTable('conversations').set(Object.fromEntries(left)).where('id', '=', id).execute();
      }
      const turned = await reviseTurns(tx, id, gone);
      const isRead = phase !== 'closed' && (phase !== 'bot' || handed_over === 1);
      if (isRead && (turned || left.length > 0))
        await relay.append(tx, summaryChange({ conversationId: id }, cause));
    }
  }
}

/** What the virtual agent was asked. Returns whether anything changed. */
async function reviseTurns(tx: Tx, conversationId: string, gone: GoneWords): Promise<boolean> {
  const turns = await tx
    .selectFrom('bot_turns')
    .select(['id', 'question'])
    .where('conversation_id', '=', conversationId)
    .execute();
  let changed = false;
  for (const { id, question } of turns) {
    const left = usable(question, gone).trim();
    if (left === question) continue;
    changed = true;
    if (left === '') await tx.deleteFrom('bot_turns').where('id', '=', id).execute();
    else await tx.updateTable('bot_turns').set({ question: left }).where('id', '=', id).execute();
  }
  return changed;
}

export type ReviseWords = ReturnType<typeof createChangedWords>;
