import type { MemberMessageAttributes, MessageLayout } from '@flexcord/shared/messages/layout';
import { truncate } from '@flexcord/shared/messages/truncate';
import type { CanonicalMessage, MessageTexts } from '../../messages/canonical.ts';
import { addLinks, digestOf, findMessage, type Link, linksOfDiscord } from '../../messages/records.ts';
import type { Attempt, Handled, NewEntry, PayloadOf } from '../../relay/entries.ts';
import { isRefusal } from '../../relay/errors.ts';
import { asideLane, carryKey } from '../../relay/keys.ts';
import { laneOf } from '../../relay/queries.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import { memberDeleted, memberEdited } from '../../support/message-changes.ts';
import { deletionToAgent, editToAgent, noteToAgent } from '../../support/outgoing.ts';
import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import { readFiles } from '../format/from-twilio.ts';
import { deletedForTwilio, editedForTwilio, versionOf } from '../format/to-twilio.ts';
import type { Media } from './media.ts';
import { advance, settled, type Written } from './posting.ts';

export interface TwilioChangesOptions {
  store: Store;
  relay: Relay;
  twilio: Twilio;
  media: Pick<Media, 'remove'>;
  /** Words for agents. */
  texts: MessageTexts;
  /** What becomes of a message that its member deletes: `mark` keeps it readable, `erase` takes words and files away. */
  deleted: 'mark' | 'erase';
  /** Writes a member's note once; null where the conversation is over. */
  postNote(note: PayloadOf<typeof noteToAgent>, attempt: Attempt): Promise<Written | null>;
  /** Whether a conversation takes no more changes. */
  isOver(conversationSid: string): Promise<boolean>;
}

/** A message's attributes hold 4 KB (https://www.twilio.com/docs/conversations-classic/conversations-limits). */
const ATTRIBUTES_LIMIT_BYTES = 4096;
/** How much of a former version is kept in the attributes, in characters. */
const MAX_FORMER_LENGTH = 600;

/** Changes members' messages in the transcript after they were written. Doing it twice changes nothing. */
export function createTwilioChanges({
  store,
  relay,
  twilio,
  media,
  texts,
  deleted,
  postNote,
  isOver,
}: TwilioChangesOptions) {
  const api = twilio.conversations.v1;

  async function sidOf(conversationId: string): Promise<string | null> {
    const row = await store.db
      .selectFrom('conversations')
      .select('twilio_sid')
      .where('id', '=', conversationId)
      .executeTakeFirst();
    return row?.twilio_sid ?? null;
  }

  /** What there is of a message in one conversation; a former one may have its first parts, and cannot be changed any more. */
  const linksIn = async (conversationId: string, messageId: string) =>
    (await linksOfDiscord(store.db, messageId)).filter((link) => link.conversation_id === conversationId);

  /** Sets what `change` makes of a message; one that somebody removed stays removed. */
  async function update(
    conversationSid: string,
    link: Link,
    change: (attributes: Attributes, body: string) => { attributes: Attributes; body?: string },
  ): Promise<void> {
    const message = api.conversations(conversationSid).messages(link.twilio_sid);
    try {
      const current = await message.fetch();
      const { attributes, body } = change(readObject(current.attributes), current.body ?? '');
      await paceConversation(conversationSid);
      await message.update({
        attributes: JSON.stringify(attributes),
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (!isNotFound(error)) await giveUpIfOver(conversationSid, 'change a message', error);
    }
  }

  /** That the media goes with its message is what Twilio's pages suggest, and do not say, so it goes first. */
  async function removeFile(conversationSid: string, link: Link): Promise<void> {
    try {
      const message = await api.conversations(conversationSid).messages(link.twilio_sid).fetch();
      for (const { source } of readFiles(message.media))
        if (source?.at === 'twilio') await media.remove(source.mediaSid);
      await paceConversation(conversationSid);
      await api.conversations(conversationSid).messages(link.twilio_sid).remove();
    } catch (error) {
      if (!isNotFound(error)) await giveUpIfOver(conversationSid, 'remove a file', error);
    }
  }

  /** A conversation that is over stays as it is. */
  async function giveUpIfOver(conversationSid: string, what: string, error: unknown): Promise<void> {
    try {
      await callTwilio(what, () => Promise.reject(error));
    } catch (translated) {
      if (!isRefusal(translated) || !(await isOver(conversationSid))) throw translated;
    }
  }

  /**
   * A message that moved to another conversation is changed there: that is decided once more, behind the message. One that
   * never reached Twilio has nothing to change; its sender was told so.
   */
  async function undelivered(
    conversationId: string,
    messageId: string,
    again: (memberId: string) => NewEntry,
  ): Promise<Handled> {
    // In this order: what is set aside gets its lane and its conversation in one transaction.
    const isAside = (await laneOf(store.db, carryKey(messageId))) === asideLane(conversationId);
    const message = await findMessage(store.db, messageId);
    if (!message || (message.conversation_id === conversationId && !isAside)) return undefined;
    return {
      outcome: 'follows its message to another conversation',
      commit: async (tx) => void (await relay.append(tx, again(message.member_id))),
    };
  }

  async function edit(
    { conversationId, message, before, removedFiles, speaker }: PayloadOf<typeof editToAgent>,
    attempt: Attempt,
  ): Promise<Handled> {
    const sid = await sidOf(conversationId);
    const links = await linksIn(conversationId, message.id);
    if (!sid || links.length === 0)
      return undelivered(conversationId, message.id, (memberId) =>
        memberEdited({ memberId, message }, attempt.key),
      );
    const digest = digestOf({ content: versionOf(message) });
    const text = links.find(({ kind }) => kind === 'text');
    // It was made before its message was fetched, or is known already.
    if ((text ?? links[0])?.digest === digest) return undefined;
    if (text) {
      await update(sid, text, (attributes) => {
        // After an attempt that may have taken effect, what was said before that.
        const known = attributes.former?.find(({ until }) => until === message.editedAt);
        const former = known?.text ?? attributes.said ?? before;
        const { body, layout } = editedForTwilio(
          message,
          { text: former, removedFiles },
          texts,
          speaker?.name,
        );
        return { attributes: withFormer(withLayout(attributes, layout), message, former), body };
      });
      return { commit: (tx) => addLinks(tx, [{ ...text, digest }]) };
    }
    const { body } = editedForTwilio(message, { text: before, removedFiles }, texts, speaker?.name);
    const by = speaker ? { speakerId: speaker.id } : {};
    const written = await postNote({ conversationId, body, ...by }, attempt);
    if (!written) return settled(conversationId, written);
    return {
      outcome: [written.sid],
      commit: async (tx) => {
        await advance(tx, conversationId, [written]);
        await addLinks(tx, [
          {
            conversation_id: conversationId,
            direction: 'to-agent',
            part: links.length,
            kind: 'text',
            channel_id: links[0]?.channel_id ?? '',
            discord_id: message.id,
            twilio_sid: written.sid,
            digest,
          },
        ]);
      },
    };
  }

  async function remove(
    { conversationId, messageId, name }: PayloadOf<typeof deletionToAgent>,
    attempt: Attempt,
  ): Promise<Handled> {
    const sid = await sidOf(conversationId);
    const links = await linksIn(conversationId, messageId);
    if (!sid || links.length === 0)
      return undelivered(conversationId, messageId, (memberId) =>
        memberDeleted({ memberId, messageId }, attempt.key),
      );
    const erase = deleted === 'erase';
    for (const link of links) {
      if (erase && link.kind === 'file') await removeFile(sid, link);
      else {
        await update(sid, link, ({ former, said, ...attributes }, body) => ({
          attributes: {
            ...(erase ? withLayout(attributes, null) : { ...attributes, former, said }),
            deleted: true,
          },
          body: link.kind === 'text' ? deletedForTwilio(body, name, texts, erase) : undefined,
        }));
      }
    }
    // Whether Flex shows words that are added to a file is not documented, so they are a message of their own.
    if (links.every(({ kind }) => kind === 'file')) {
      return note({ conversationId, body: `[${texts.deletedFile(name)}]` }, attempt);
    }
    return undefined;
  }

  async function note(payload: PayloadOf<typeof noteToAgent>, attempt: Attempt): Promise<Handled> {
    return settled(payload.conversationId, await postNote(payload, attempt));
  }

  return {
    handlers: [
      editToAgent.handledBy({ run: edit }),
      deletionToAgent.handledBy({ run: remove }),
      noteToAgent.handledBy({ run: note }),
    ] as const,
  };
}

interface Attributes extends MemberMessageAttributes {
  /** What an edited message says now, shortened. */
  said?: string;
  [more: string]: unknown;
}

function withFormer(
  attributes: Attributes,
  { text, editedAt = '' }: CanonicalMessage,
  before: string,
): Attributes {
  const known = (attributes.former ?? []).filter(({ until }) => until !== editedAt);
  const former = [
    ...known,
    { text: truncate(before, MAX_FORMER_LENGTH, { ellipsis: '…' }), until: editedAt },
  ];
  const said = truncate(text, MAX_FORMER_LENGTH, { ellipsis: '…' });
  const all = () => ({ ...attributes, edited: true, said, former });
  while (former.length > 1 && Buffer.byteLength(JSON.stringify(all())) > ATTRIBUTES_LIMIT_BYTES)
    former.shift();
  const full = all();
  return Buffer.byteLength(JSON.stringify(full)) > ATTRIBUTES_LIMIT_BYTES ? withLayout(full, null) : full;
}

/** The attributes with what the body is made of now; null where that is not said. */
function withLayout(attributes: Attributes, layout: MessageLayout | null): Attributes {
  const { layout: _, ...discord } = attributes.discord ?? {};
  return { ...attributes, discord: { ...discord, ...(layout ? { layout } : {}) } };
}

function readObject(text: string): Attributes {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' ? (value as Attributes) : {};
  } catch {
    return {};
  }
}
