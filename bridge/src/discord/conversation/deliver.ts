import { MessageFlags, type REST, Routes } from 'discord.js';
import { findMember, type Member } from '../../members/members.ts';
import type { CanonicalFile, MessageTexts } from '../../messages/canonical.ts';
import type { Notice } from '../../messages/notices.ts';
import { addLinks, digestOf, type NewLink } from '../../messages/records.ts';
import type { Attempt, Handled, PayloadOf } from '../../relay/entries.ts';
import { type RefusalReason, Refused } from '../../relay/errors.ts';
import type { EntryKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { dmsClosedReply, messageToMember, noticeToMember } from '../../support/outgoing.ts';
import { textsFor } from '../../texts/index.ts';
import { callDiscord } from '../errors.ts';
import {
  DISCORD_FILE_LIMIT,
  type DiscordPart,
  type NameStyle,
  nameOnDiscord,
  toDiscord,
  withLink,
} from '../format/to-discord.ts';
import { renderNotice } from '../render/notice.ts';
import type { WithMemberChannel } from './member-channel.ts';
import type { Sent } from './own-echoes.ts';
import { progressOf } from './places.ts';
import type { Send } from './send.ts';

export interface DeliverOptions {
  store: Store;
  relay: Relay;
  rest: REST;
  applicationId: string;
  withMemberChannel: WithMemberChannel;
  send: Send;
  /** Largest file that a private thread takes, in bytes. */
  threadFileLimit(): Promise<number>;
  /** Largest file that a public thread takes, in bytes. */
  publicFileLimit(threadId: string): Promise<number>;
  nameStyle: NameStyle;
  /** An address under which a member can fetch an agent's file for some minutes. */
  linkTo(file: CanonicalFile): Promise<string>;
  /** Called in the transaction that parks what a member cannot be told. */
  noticeRefused?(tx: Tx, notice: Notice, reason: RefusalReason): Promise<void>;
  messageRefused?(
    tx: Tx,
    payload: PayloadOf<typeof messageToMember>,
    reason: RefusalReason,
    key: EntryKey,
  ): Promise<void>;
  /** Called once in the transaction that keeps an agent's message waiting that has been failing for a while. */
  messageDelayed?(tx: Tx, payload: PayloadOf<typeof messageToMember>, key: EntryKey): Promise<void>;
}

/** Sends what the journal holds for members, each part exactly once. */
export function createDelivery(options: DeliverOptions) {
  const { store, relay, rest, applicationId, withMemberChannel, send } = options;

  async function memberOf(id: string) {
    const member = await findMember(store.db, id);
    if (!member) throw new Refused('gone', `member ${id} is not in the store`);
    return member;
  }

  async function sendNotice(
    { memberId, threadId: publicId, notice, replyTo, interactionToken }: PayloadOf<typeof noticeToMember>,
    attempt: Attempt,
  ): Promise<Handled> {
    const member = await memberOf(memberId);
    const body = renderNotice(notice, member.locale);
    if (replyTo) body.message_reference = { message_id: replyTo, fail_if_not_exists: false };
    // What is for everybody goes nowhere else, and what is for the member never there.
    if (publicId) return { outcome: [await send(publicId, body, 0, attempt)] };
    const sent = await withMemberChannel(member, (channelId) =>
      send(channelId, body, 0, attempt, { elsewhere: otherChannel(member, channelId) }),
    );
    const { thread_id: threadId } = await memberOf(memberId);
    return {
      outcome: [sent],
      commit: async (tx) => {
        if (!interactionToken || sent.channelId !== threadId) return;
        await relay.append(tx, dmsClosedReply({ memberId, interactionToken, threadId }, attempt.key));
      },
    };
  }

  async function sendMessage(
    { memberId, threadId, conversationId, message, writtenAt }: PayloadOf<typeof messageToMember>,
    attempt: Attempt,
  ): Promise<Handled> {
    const member = await memberOf(memberId);
    const progress = progressOf(attempt);
    const { sent } = progress;
    const texts = textsFor(member.locale).message;
    let parts: DiscordPart[] = [];
    const sendAll = async (channelId: string) => {
      const fileLimit =
        message.files.length === 0
          ? 0
          : threadId
            ? await options.publicFileLimit(threadId)
            : await fileLimitOf(memberId, channelId);
      // How many there are does not depend on the channel.
      parts = toDiscord(message, { texts, fileLimit, nameStyle: options.nameStyle });
      const elsewhere = threadId ? [] : otherChannel(member, channelId);
      const write = partWriter(channelId, elsewhere, fileLimit, texts, attempt, writtenAt);
      for (const [index, part] of parts.entries()) {
        if (index < sent.length) continue;
        sent.push(await write(part, index));
        if (sent.length < parts.length) await attempt.save(progress);
      }
    };
    if (threadId) await sendAll(threadId);
    else await withMemberChannel(member, sendAll);
    const links = parts.flatMap((part, index): NewLink[] => {
      const where = sent[index];
      if (!where) return [];
      return [
        {
          conversation_id: conversationId,
          direction: 'to-member',
          part: index,
          kind: part.upload || part.link ? 'file' : 'text',
          channel_id: where.channelId,
          discord_id: where.id,
          twilio_sid: message.id,
          digest: digestOf(part.body),
        },
      ];
    });
    return { outcome: sent, commit: (tx) => addLinks(tx, links) };
  }

  async function fileLimitOf(memberId: string, channelId: string): Promise<number> {
    const { thread_id } = await memberOf(memberId);
    return thread_id === channelId ? options.threadFileLimit() : DISCORD_FILE_LIMIT;
  }

  /** A file that turns out too large or gone is named, with a link where there is one. */
  function partWriter(
    channelId: string,
    elsewhere: readonly string[],
    limit: number,
    texts: MessageTexts,
    attempt: Attempt,
    writtenAt: number | undefined,
  ) {
    return async ({ body, upload, link }: DiscordPart, index: number): Promise<Sent> => {
      if (upload) {
        try {
          return await send(channelId, body, index, attempt, { elsewhere, upload: { file: upload, limit } });
        } catch (error) {
          if (!(error instanceof Refused) || !['gone', 'unacceptable'].includes(error.reason)) throw error;
          const named = `${body.content} ${nameOnDiscord(upload, texts)}`.trim();
          return send(channelId, await linked(named, upload, texts), index, attempt, { elsewhere });
        }
      }
      const words = link ? await linked(body.content, link, texts) : body;
      return send(channelId, words, index, attempt, { elsewhere, writtenAt });
    };
  }

  async function linked(content: string, file: CanonicalFile, texts: MessageTexts) {
    const words = await options.linkTo(file).then(
      (url) => withLink(content, file, url, texts),
      (error: unknown) => {
        if (error instanceof Refused) return content;
        throw error;
      },
    );
    return { content: words, allowed_mentions: { parse: [] }, flags: MessageFlags.SuppressEmbeds };
  }

  async function tellDmsClosed({
    memberId,
    interactionToken,
    threadId,
  }: PayloadOf<typeof dmsClosedReply>): Promise<Handled> {
    const member = await memberOf(memberId);
    const texts = textsFor(member.locale);
    await callDiscord('answer a command', () =>
      rest.patch(Routes.webhookMessage(applicationId, interactionToken), {
        auth: false,
        body: {
          content: threadId ? texts.threadOpened(`<#${threadId}>`) : texts.dmClosed,
          components: [],
        },
      }),
    );
    return undefined;
  }

  return {
    handlers: [
      noticeToMember.handledBy({
        run: sendNotice,
        async refused(tx, { memberId, notice, interactionToken }, reason, key) {
          // A greeting that cannot be delivered is answered where the command was used.
          if (interactionToken && reason === 'unreachable')
            await relay.append(tx, dmsClosedReply({ memberId, interactionToken }, key));
          await options.noticeRefused?.(tx, notice, reason);
        },
      }),
      messageToMember.handledBy({
        run: sendMessage,
        refused: options.messageRefused,
        delayed: options.messageDelayed,
      }),
      dmsClosedReply.handledBy({ run: tellDmsClosed }),
    ] as const,
  };
}

/** Where a member could have been written to before: direct messages open and close. */
const otherChannel = ({ dm_channel_id, thread_id }: Member, channelId: string): string[] =>
  [dm_channel_id, thread_id].filter((id): id is string => id !== null && id !== channelId);
