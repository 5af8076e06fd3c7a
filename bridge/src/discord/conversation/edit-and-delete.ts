import { type REST, Routes } from 'discord.js';
import { findMember } from '../../members/members.ts';
import { addLinks, digestOf, linksOfTwilio, type NewLink, removeLinks } from '../../messages/records.ts';
import type { Attempt, Handled, PayloadOf } from '../../relay/entries.ts';
import { Refused } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { deletionToMember, editToMember } from '../../support/outgoing.ts';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import { type NameStyle, toDiscord } from '../format/to-discord.ts';
import type { Sent } from './own-echoes.ts';
import type { Send } from './send.ts';
import { inOpenThread } from './thread-channel.ts';

export interface DiscordChangesOptions {
  store: Store;
  rest: REST;
  nameStyle: NameStyle;
  /** Posts one further part once. */
  send: Send;
}

/** Changes agents' messages on Discord after they were sent. Doing it twice changes nothing. */
export function createDiscordChanges({ store, rest, nameStyle, send }: DiscordChangesOptions) {
  /** False when the message is no longer there. */
  async function tried(what: string, channelId: string, request: () => Promise<unknown>): Promise<boolean> {
    try {
      await inOpenThread(rest, channelId, () => callDiscord(what, request));
      return true;
    } catch (error) {
      if (error instanceof Refused && error.reason === 'gone') return false;
      throw error;
    }
  }

  async function edit(
    { memberId, conversationId, message }: PayloadOf<typeof editToMember>,
    attempt: Attempt,
  ): Promise<Handled> {
    const links = await linksOfTwilio(store.db, message.id);
    const channelId = links[0]?.channel_id;
    // What was never delivered, or was removed since, is not brought back by an edit.
    if (!channelId) return undefined;
    const old = links.filter(({ kind }) => kind === 'text');
    const texts = textsFor((await findMember(store.db, memberId))?.locale).message;
    const next = toDiscord(message, { texts, nameStyle, fileLimit: 0 }).filter(
      ({ upload, link }) => !upload && !link,
    );
    const written: NewLink[] = [];
    const sent: Sent[] = [];
    for (const [index, { body }] of next.entries()) {
      const digest = digestOf(body);
      const link = old[index];
      if (!link) {
        const posted = await send(channelId, body, index, attempt);
        sent.push(posted);
        written.push({
          conversation_id: conversationId,
          direction: 'to-member',
          // Behind every part that is there, files included: it comes last on Discord too.
          part: links.length + index,
          kind: 'text',
          channel_id: posted.channelId,
          discord_id: posted.id,
          twilio_sid: message.id,
          digest,
        });
      } else if (link.digest !== digest) {
        await tried('edit a message', link.channel_id, () =>
          rest.patch(Routes.channelMessage(link.channel_id, link.discord_id), {
            body: { flags: 0, ...body },
          }),
        );
        written.push({ ...link, digest });
      }
    }
    const surplus = old.slice(next.length);
    for (const link of surplus) {
      await tried('delete a message', link.channel_id, () =>
        rest.delete(Routes.channelMessage(link.channel_id, link.discord_id)),
      );
    }
    return {
      outcome: sent.length > 0 ? sent : undefined,
      commit: async (tx) => {
        await addLinks(tx, written);
        await removeLinks(
          tx,
          message.id,
          surplus.map(({ discord_id }) => discord_id),
        );
      },
    };
  }

  async function remove({ messageSid }: PayloadOf<typeof deletionToMember>): Promise<Handled> {
    const links = await linksOfTwilio(store.db, messageSid);
    for (const link of links) {
      await tried('delete a message', link.channel_id, () =>
        rest.delete(Routes.channelMessage(link.channel_id, link.discord_id)),
      );
    }
    return {
      commit: async (tx) => {
        await removeLinks(
          tx,
          messageSid,
          links.map(({ discord_id }) => discord_id),
        );
      },
    };
  }

  return {
    handlers: [editToMember.handledBy({ run: edit }), deletionToMember.handledBy({ run: remove })] as const,
  };
}
