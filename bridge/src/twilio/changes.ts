import { deletedForTwilio, editedForTwilio } from '../messages/to-twilio.ts';
import type { Attempt, Handled } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Payloads } from '../support/entries.ts';
import { addLinks, type Link, linksOfDiscord } from '../support/links.ts';
import { asking, hasStatus, paceConversation, type Twilio } from './client.ts';

export interface TwilioChangesOptions {
  store: Store;
  twilio: Twilio;
  /** Writes a member's note once; returns its SID. */
  postNote(conversationId: string, body: string, attempt: Attempt): Promise<string>;
}

/** Changes members' messages in the transcript after they were written. Doing it twice changes nothing. */
export function createTwilioChanges({ store, twilio, postNote }: TwilioChangesOptions) {
  const api = twilio.conversations.v1;

  async function sidOf(conversationId: string): Promise<string | null> {
    const row = await store.db
      .selectFrom('conversations')
      .select('twilio_sid')
      .where('id', '=', conversationId)
      .executeTakeFirst();
    return row?.twilio_sid ?? null;
  }

  /** Sets what `change` makes of a message; one that somebody removed stays removed. */
  async function update(
    conversationSid: string,
    link: Link,
    mark: object,
    change: (body: string) => string | undefined,
  ): Promise<void> {
    const message = api.conversations(conversationSid).messages(link.twilio_sid);
    try {
      const current = await message.fetch();
      const attributes = { ...readObject(current.attributes), ...mark };
      const body = change(current.body ?? '');
      await paceConversation(conversationSid);
      await message.update({
        attributes: JSON.stringify(attributes),
        ...(body === undefined ? {} : { body }),
      });
    } catch (error) {
      if (!hasStatus(error, 404)) await asking('change a message', () => Promise.reject(error));
    }
  }

  async function edit(
    { conversationId, message, before }: Payloads['twilio.member-edit'],
    attempt: Attempt,
  ): Promise<Handled> {
    const sid = await sidOf(conversationId);
    const links = await linksOfDiscord(store.db, message.id);
    // A message that never reached Twilio has nothing to change; its sender was told so.
    if (!sid || links.length === 0) return undefined;
    const body = editedForTwilio(message, before);
    const text = links.find(({ kind }) => kind === 'text');
    if (text) {
      await update(sid, text, { edited: true }, () => body);
      return undefined;
    }
    const twilio_sid = await postNote(conversationId, body, attempt);
    return {
      commit: (tx) =>
        addLinks(tx, [
          {
            conversation_id: conversationId,
            direction: 'to-agent',
            part: links.length,
            kind: 'text',
            channel_id: links[0]?.channel_id ?? '',
            discord_id: message.id,
            twilio_sid,
            digest: null,
          },
        ]),
    };
  }

  async function remove(
    { conversationId, messageId, name }: Payloads['twilio.member-delete'],
    attempt: Attempt,
  ): Promise<Handled> {
    const sid = await sidOf(conversationId);
    const links = await linksOfDiscord(store.db, messageId);
    if (!sid || links.length === 0) return undefined;
    for (const link of links) {
      await update(sid, link, { deleted: true }, (body) =>
        link.kind === 'text' ? deletedForTwilio(body, name) : undefined,
      );
    }
    // Whether Flex shows words that are added to a file is not documented, so they are a message of their own.
    if (links.every(({ kind }) => kind === 'file')) {
      await postNote(conversationId, `[${name} deleted a file]`, attempt);
    }
    return undefined;
  }

  async function note(
    { conversationId, body }: Payloads['twilio.member-note'],
    attempt: Attempt,
  ): Promise<Handled> {
    return { outcome: [await postNote(conversationId, body, attempt)] };
  }

  return { edit, remove, note };
}

function readObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return value && typeof value === 'object' ? value : {};
  } catch {
    return {};
  }
}
