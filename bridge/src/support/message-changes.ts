import { truncate } from '@flexcord/shared/messages/truncate';
import type { MessageTexts } from '../messages/canonical.ts';
import type { EntryOf, Handler, Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { fromTwilio } from '../twilio/format/from-twilio.ts';
import { conversationQueries } from './conversations.ts';
import { type ChangeKind, discordLane, memberLane, type Payloads, twilioLane } from './entries.ts';
import { linksOfDiscord } from './message-links.ts';

export interface ChangesOptions {
  store: Store;
  relay: Relay<Payloads>;
  /** Words for agents. */
  texts: MessageTexts;
  /** Called once it is certain that a member changed what an agent reads. */
  onChanged(conversationId: string, change: 'edited' | 'deleted'): void;
}

/** How long a reaction waits for the message that it is on to be settled, in milliseconds. */
const REACTION_TIMEOUT_MS = 10_000;
const EXCERPT = 80;

/**
 * What becomes of a message after it was written: edits, deletions, reactions. They follow their message in the same
 * lanes, so that a change never overtakes what it changes.
 */
export function createChanges(options: ChangesOptions): {
  [Kind in ChangeKind]: Handler<Payloads[Kind]>;
} {
  const { store, relay, texts } = options;
  const conversations = conversationQueries(store);

  /** The delivery of a member's message, as it was journalled; a message that was moved was journalled again. */
  async function carried(tx: Tx | Store['db'], messageId: string) {
    const first = `carry:discord:${messageId}`;
    const row = await tx
      .selectFrom('journal')
      .select('payload')
      .where('key', 'in', [first, `carry:again:${first}`])
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row ? (JSON.parse(row.payload) as Payloads['twilio.member-message']) : undefined;
  }

  async function agentMessage(messageSid: string) {
    const row = await store.db
      .selectFrom('journal')
      .select('payload')
      .where('key', '=', `agent:${messageSid}`)
      .where('kind', '=', 'discord.message')
      .executeTakeFirst();
    return row ? (JSON.parse(row.payload) as Payloads['discord.message']).message : undefined;
  }

  async function somethingOnItsWay(lane: string): Promise<boolean> {
    const row = await store.db
      .selectFrom('journal')
      .select('id')
      .where('lane', '=', lane)
      .where('status', '=', 'pending')
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }

  async function isOpen(tx: Tx, conversationId: string): Promise<boolean> {
    const conversation = await conversations.lock(tx, conversationId);
    return conversation !== undefined && conversation.phase !== 'closed';
  }

  const toAgent = (tx: Tx, entry: Omit<EntryOf<Payloads>, 'lane'>, conversationId: string) =>
    relay.append(tx, { ...entry, lane: twilioLane(conversationId) } as EntryOf<Payloads>);

  return {
    'in.member-edited': {
      run: async ({ message }, { key }) => ({
        commit: async (tx) => {
          const before = await carried(tx, message.id);
          if (!before || !(await isOpen(tx, before.conversationId))) return;
          const { conversationId } = before;
          const removedFiles = before.message.files
            .filter(({ name }) => !message.files.some((file) => file.name === name))
            .map(({ name }) => name);
          await toAgent(
            tx,
            {
              key: `carry:${key}`,
              kind: 'twilio.member-edit',
              payload: { conversationId, message, before: before.message.text, removedFiles },
            },
            conversationId,
          );
          store.afterCommit(tx, () => options.onChanged(conversationId, 'edited'));
        },
      }),
    },

    'in.member-deleted': {
      run: async ({ messageId }, { key }) => ({
        commit: async (tx) => {
          const before = await carried(tx, messageId);
          if (!before || !(await isOpen(tx, before.conversationId))) return;
          const { conversationId, message } = before;
          await toAgent(
            tx,
            {
              key: `carry:${key}`,
              kind: 'twilio.member-delete',
              payload: { conversationId, messageId, name: message.author.name },
            },
            conversationId,
          );
          store.afterCommit(tx, () => options.onChanged(conversationId, 'deleted'));
        },
      }),
    },

    'in.member-reacted': {
      async run({ memberId, messageId, emoji, added }, { key, createdAt }) {
        const [link] = await linksOfDiscord(store.db, messageId);
        if (!link) {
          const early = Date.now() - createdAt < REACTION_TIMEOUT_MS;
          return early && (await somethingOnItsWay(discordLane(memberId))) ? { againInMs: 100 } : undefined;
        }
        if (link.direction !== 'to-member') return undefined;
        const words = ((await agentMessage(link.twilio_sid))?.text ?? '').replace(/\s+/g, ' ');
        const excerpt = truncate(words, EXCERPT, { ellipsis: '…' });
        const member = await conversations.findMember(memberId);
        const conversationId = link.conversation_id;
        return {
          commit: async (tx) => {
            if (!(await isOpen(tx, conversationId))) return;
            const what = excerpt ? `“${excerpt}”` : texts.aFile;
            const describe = added ? texts.reacted : texts.unreacted;
            const body = `[${describe(member?.name ?? '', emoji, what)}]`;
            await toAgent(
              tx,
              { key: `note:${key}`, kind: 'twilio.member-note', payload: { conversationId, body } },
              conversationId,
            );
          },
        };
      },
    },

    'in.member-renamed': {
      run: async ({ memberId, from, to }, { key }) => ({
        commit: async (tx) => {
          const conversation = await conversations.lockOpenOf(tx, memberId);
          if (!conversation?.twilio_sid) return;
          const body = `[${texts.renamed(from, to)}]`;
          const conversationId = conversation.id;
          await toAgent(
            tx,
            { key: `note:${key}`, kind: 'twilio.member-note', payload: { conversationId, body } },
            conversationId,
          );
        },
      }),
    },

    'in.member-did': {
      run: async ({ memberId, words: body }, { key }) => ({
        commit: async (tx) => {
          const conversation = await conversations.lockOpenOf(tx, memberId);
          if (!conversation?.twilio_sid) return;
          const conversationId = conversation.id;
          await toAgent(
            tx,
            { key: `note:${key}`, kind: 'twilio.member-note', payload: { conversationId, body } },
            conversationId,
          );
        },
      }),
    },

    'in.agent-edited': {
      run: async ({ conversationId, message }, { key }) => ({
        commit: async (tx) => {
          const conversation = await conversations.lock(tx, conversationId);
          if (!conversation) return;
          const { member_id: memberId, twilio_cursor } = conversation;
          if (message.index > twilio_cursor && !key.startsWith(AGAIN)) {
            // The edit has overtaken its message: that one first, then this again.
            const lane = memberLane(memberId);
            await relay.append(
              tx,
              {
                lane,
                key: `twilio:${message.sid}`,
                kind: 'in.agent-wrote',
                payload: { conversationId, message },
              },
              { lane, key: `${AGAIN}${key}`, kind: 'in.agent-edited', payload: { conversationId, message } },
            );
            return;
          }
          const known = await tx
            .selectFrom('journal')
            .select('payload')
            .where('key', '=', `agent:${message.sid}`)
            .where('kind', '=', 'discord.message')
            .executeTakeFirst();
          if (!known) return;
          const { author } = (JSON.parse(known.payload) as Payloads['discord.message']).message;
          await relay.append(tx, {
            lane: discordLane(memberId),
            key: `agent:${key}`,
            kind: 'discord.edit',
            payload: {
              memberId,
              conversationId,
              message: fromTwilio({ ...message, authorName: author.name }),
            },
          });
        },
      }),
    },

    'in.agent-removed': {
      run: async ({ conversationId, messageSid }, { key }) => ({
        commit: async (tx) => {
          const conversation = await conversations.lock(tx, conversationId);
          if (!conversation) return;
          const memberId = conversation.member_id;
          const lane = discordLane(memberId);
          const payload = { memberId, conversationId, messageSid };
          await relay.append(
            tx,
            // Takes the place of the message, should it still come: a removed message is not delivered.
            { lane, key: `agent:${messageSid}`, kind: 'discord.delete', payload },
            { lane, key: `agent:${key}`, kind: 'discord.delete', payload },
          );
        },
      }),
    },
  };
}

const AGAIN = 'again:';
