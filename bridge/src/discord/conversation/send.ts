import { type APIMessage, type REST, type RESTPostAPIChannelMessageJSONBody, Routes } from 'discord.js';
import type { CanonicalFile, OpenedFile } from '../../messages/canonical.ts';
import type { Attempt } from '../../relay/entries.ts';
import { callDiscord } from '../errors.ts';
import { postWithFile } from './upload.ts';

export interface SenderOptions {
  rest: REST;
  applicationId: string;
  /** Opens an agent's file; breaks off beyond `limit` bytes. */
  openFile(file: CanonicalFile, limit: number): Promise<OpenedFile>;
}

/**
 * How long Discord certainly remembers a nonce, in milliseconds. Its pages say "past few minutes"
 * (https://docs.discord.com/developers/resources/message#create-message); after this we read back ourselves.
 */
const NONCE_WINDOW_MS = 60_000;
/** Discord snowflakes count milliseconds from here (https://docs.discord.com/developers/reference#snowflakes). */
const DISCORD_EPOCH = 1_420_070_400_000n;

/** Sends one message for an entry of the journal, exactly once however often it is tried; returns the message's id. */
export function createSender({ rest, applicationId, openFile }: SenderOptions) {
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
