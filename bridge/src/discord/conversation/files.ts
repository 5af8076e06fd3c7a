import { type APIMessage, type REST, Routes } from 'discord.js';
import type { CanonicalFile, OpenedFile } from '../../messages/canonical.ts';
import { limitStream } from '../../messages/limit-stream.ts';
import { ForbiddenAddress, isLoopbackHost } from '../../net/addresses.ts';
import { guardedFetch } from '../../net/guarded-fetch.ts';
import { Refused, Transient } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';

export interface DiscordFilesOptions {
  rest: REST;
  /** Hosts, with their port where it is not the usual one, from which files are fetched; no others. */
  cdnHosts: readonly string[];
  /** Bytes. */
  limit: number;
}

/** How long one file may take, in milliseconds. */
const DOWNLOAD_TIMEOUT_MS = 120_000;

/**
 * Opens members' files on Discord's CDN. Links expire; a fetched message has fresh ones
 * (https://docs.discord.com/developers/reference#signed-attachment-cdn-urls).
 */
export function createDiscordFiles({ rest, cdnHosts, limit }: DiscordFilesOptions) {
  async function open(file: CanonicalFile): Promise<OpenedFile> {
    const { source } = file;
    if (source?.at !== 'discord' || !file.url) throw new Refused('unacceptable', 'not a file of Discord');
    const first = await download(file.url);
    if (first.ok && first.body) return opened(file, first);
    await first.body?.cancel();
    if (!isGone(first.status)) throw failed(first.status);
    const fresh = await freshLink(source);
    const second = fresh ? await download(fresh) : first;
    if (second.ok && second.body) return opened(file, second);
    await second.body?.cancel();
    throw isGone(second.status)
      ? new Refused('gone', 'a file is no longer on Discord')
      : failed(second.status);
  }

  function opened(file: CanonicalFile, response: Response): OpenedFile {
    const length = Number(response.headers.get('content-length') ?? Number.NaN);
    if (length > limit) throw new Refused('unacceptable', `a file has more than ${limit} bytes`);
    return {
      name: file.name,
      contentType: file.contentType,
      size: Number.isInteger(length) && !response.headers.has('content-encoding') ? length : null,
      body: limitStream(response.body as ReadableStream<Uint8Array>, limit),
    };
  }

  async function download(link: string): Promise<Response> {
    const url = URL.parse(link);
    const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopbackHost(url.hostname));
    if (!url || !secure || !cdnHosts.includes(url.host)) {
      throw new Refused(
        'unacceptable',
        `a file is on ${url?.host ?? 'no host'}, which is not in DISCORD_CDN_HOSTS`,
      );
    }
    try {
      const response = await guardedFetch(url, { timeoutMs: DOWNLOAD_TIMEOUT_MS, allowLoopback: true });
      if (response.status < 300 || response.status >= 400) return response;
    } catch (error) {
      if (error instanceof ForbiddenAddress) throw new Refused('forbidden', error.message);
      throw new Transient(`download a file: ${error instanceof Error ? error.message : error}`, {
        ambiguous: false,
        cause: error,
      });
    }
    throw new Refused('unacceptable', 'a file is said to be somewhere else; redirects are not followed');
  }

  async function freshLink(source: { channelId: string; messageId: string; attachmentId: string }) {
    // A file from a form is in no message.
    if (!source.messageId) return undefined;
    const message = (await callDiscord('fetch a message again', () =>
      rest.get(Routes.channelMessage(source.channelId, source.messageId)),
    )) as APIMessage;
    const forwarded =
      message.message_snapshots?.flatMap((snapshot) => snapshot.message.attachments ?? []) ?? [];
    return [...message.attachments, ...forwarded].find(({ id }) => id === source.attachmentId)?.url;
  }

  return { open };
}

/** The CDN answers an expired link with 404; a removed file with 403 or 410. */
const isGone = (status: number) => status === 404 || status === 403 || status === 410;

const failed = (status: number) => new Transient(`download a file: HTTP ${status}`, { ambiguous: false });
