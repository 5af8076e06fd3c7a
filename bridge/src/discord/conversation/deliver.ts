import {
  type APIMessage,
  MessageFlags,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import { findMember } from '../../members/members.ts';
import {
  type CanonicalFile,
  type MessageTexts,
  nameFile,
  type OpenedFile,
} from '../../messages/canonical.ts';
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
  toDiscord,
  withLink,
} from '../format/to-discord.ts';
import { renderNotice } from '../render/notice.ts';
import type { WithMemberChannel } from './member-channel.ts';
import { postWithFile } from './upload.ts';

export interface DeliverOptions {
  store: Store;
  relay: Relay;
  rest: REST;
  applicationId: string;
  withMemberChannel: WithMemberChannel;
  /** Opens an agent's file; breaks off beyond `limit` bytes. */
  openFile(file: CanonicalFile, limit: number): Promise<OpenedFile>;
  /** Largest file that a private thread takes, in bytes. */
  threadFileLimit(): number;
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
}

/** Sends what the journal holds for members, each part exactly once. */
export function createDelivery(options: DeliverOptions) {
  const { store, relay, rest, applicationId, withMemberChannel } = options;
  const send = createSender(options);

  async function memberOf(id: string) {
    const member = await findMember(store.db, id);
    if (!member) throw new Refused('gone', `member ${id} is not in the store`);
    return member;
  }

  async function sendNotice(
    { memberId, notice, replyTo, interactionToken }: PayloadOf<typeof noticeToMember>,
    attempt: Attempt,
  ): Promise<Handled> {
    const member = await memberOf(memberId);
    const body = renderNotice(notice, member.locale);
    if (replyTo) body.message_reference = { message_id: replyTo, fail_if_not_exists: false };
    const sent = await withMemberChannel(member, async (channelId) => ({
      channelId,
      id: await send(channelId, body, 0, attempt),
    }));
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
    { memberId, conversationId, message }: PayloadOf<typeof messageToMember>,
    attempt: Attempt,
  ): Promise<Handled> {
    const member = await memberOf(memberId);
    const sent = partsSent(attempt.progress);
    const texts = textsFor(member.locale).message;
    let parts: DiscordPart[] = [];
    await withMemberChannel(member, async (channelId) => {
      const fileLimit = message.files.length > 0 ? await fileLimitOf(memberId, channelId) : 0;
      // How many there are does not depend on the channel.
      parts = toDiscord(message, { texts, fileLimit, nameStyle: options.nameStyle });
      const write = partWriter(channelId, fileLimit, texts, attempt);
      for (const [index, part] of parts.entries()) {
        if (index < sent.length) continue;
        sent.push({ channelId, id: await write(part, index) });
        if (sent.length < parts.length) await attempt.save(sent);
      }
    });
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
  function partWriter(channelId: string, limit: number, texts: MessageTexts, attempt: Attempt) {
    return async ({ body, upload, link }: DiscordPart, index: number): Promise<string> => {
      if (upload) {
        try {
          return await send(channelId, body, index, attempt, { file: upload, limit });
        } catch (error) {
          if (!(error instanceof Refused) || !['gone', 'unacceptable'].includes(error.reason)) throw error;
          const named = `${body.content} ${nameFile(upload, texts)}`.trim();
          return send(channelId, await linked(named, upload, texts), index, attempt);
        }
      }
      return send(channelId, link ? await linked(body.content, link, texts) : body, index, attempt);
    };
  }

  async function linked(content: string, file: CanonicalFile, texts: MessageTexts) {
    const words = await options.linkTo(file).then(
      (url) => withLink(content, url, texts),
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
    /** Sends one message of any kind, once for an entry of the journal and a part. */
    send,

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
      messageToMember.handledBy({ run: sendMessage, refused: options.messageRefused }),
      dmsClosedReply.handledBy({ run: tellDmsClosed }),
    ] as const,
  };
}

export type Delivery = ReturnType<typeof createDelivery>;

/** Where each part went. */
type Sent = { channelId: string; id: string }[];

function partsSent(progress: unknown): Sent {
  return Array.isArray(progress) ? [...(progress as Sent)] : [];
}

/**
 * How long Discord certainly remembers a nonce, in milliseconds. Its pages say "past few minutes"
 * (https://docs.discord.com/developers/resources/message#create-message); after this we read back ourselves.
 */
const NONCE_WINDOW_MS = 60_000;
/** Discord snowflakes count milliseconds from here (https://docs.discord.com/developers/reference#snowflakes). */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** Sends one message for an entry of the journal, exactly once however often it is tried; returns the message's id. */
function createSender({
  rest,
  applicationId,
  openFile,
}: Pick<DeliverOptions, 'rest' | 'applicationId' | 'openFile'>) {
  /** Looks for a message of ours that went out although no answer came: by nonce, else by its very content. */
  async function findSent(
    channelId: string,
    body: RESTPostAPIChannelMessageJSONBody,
    nonce: string,
    since: number,
    upload: CanonicalFile | undefined,
  ) {
    const after = ((BigInt(since) - DISCORD_EPOCH) << 22n).toString();
    const found = (await callDiscord('read back', () =>
      rest.get(Routes.channelMessages(channelId), { query: new URLSearchParams({ after, limit: '100' }) }),
    )) as APIMessage[];
    return found.find(
      (message) =>
        message.author.id === applicationId &&
        (message.nonce === nonce ||
          (message.content === (body.content ?? '') &&
            // Discord changes the names of files, but not their sizes.
            (upload
              ? message.attachments.some(({ size }) => size === upload.size)
              : message.attachments.length === 0) &&
            message.embeds[0]?.description === body.embeds?.[0]?.description &&
            message.embeds[0]?.title === body.embeds?.[0]?.title)),
    )?.id;
  }

  return async function send(
    channelId: string,
    body: RESTPostAPIChannelMessageJSONBody,
    part: number,
    attempt: Attempt,
    upload?: { file: CanonicalFile; limit: number },
  ): Promise<string> {
    const nonce = nonceOf(attempt.key, part);
    if (attempt.uncertain && Date.now() - attempt.createdAt > NONCE_WINDOW_MS) {
      const earlier = await findSent(channelId, body, nonce, attempt.createdAt, upload?.file);
      if (earlier) return earlier;
    }
    const once = { ...body, nonce, enforce_nonce: true };
    const file = upload && (await openFile(upload.file, upload.limit));
    const message = await callDiscord('send a message', () =>
      file
        ? postWithFile(rest, channelId, once, file)
        : rest.post(Routes.channelMessages(channelId), { body: once }),
    );
    return (message as APIMessage).id;
  };
}

/** At most 25 characters; the same for the same entry and part, for ever. */
function nonceOf(key: string, part: number): string {
  return new Bun.CryptoHasher('sha256').update(`${key}/${part}`).digest('base64url').slice(0, 25);
}
