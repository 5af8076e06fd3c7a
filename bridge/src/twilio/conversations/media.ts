import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { CanonicalFile, OpenedFile } from '../../messages/canonical.ts';
import { limitStream } from '../../messages/limit-stream.ts';
import { Refused } from '../../relay/errors.ts';
import { callTwilio, type Twilio } from '../client.ts';
import { rewriteTwilioUrl, twilioFetch } from '../http-client.ts';

export interface MediaOptions {
  twilio: Twilio;
  accountSid: string;
  authToken: string;
  /** See TwilioOptions. */
  apiUrl: string;
}

/** How long one file may take, in milliseconds. */
const TRANSFER_TIMEOUT_MS = 120_000;

const Medium = Type.Object({
  sid: Type.String({ pattern: '^ME' }),
  links: Type.Optional(Type.Object({ content_direct_temporary: Type.Optional(Type.String()) })),
});

/**
 * Files of the Media resource, which is in no helper library
 * (https://www.twilio.com/docs/conversations-classic/api/media-resource).
 */
export function createMedia({ twilio, accountSid, authToken, apiUrl }: MediaOptions) {
  const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
  let service: Promise<string> | undefined;

  /** Conversations that the bridge makes are in the default service. */
  function serviceSid(): Promise<string> {
    service ??= callTwilio('conversations configuration', () =>
      twilio.conversations.v1.configuration().fetch(),
    ).then(({ defaultChatServiceSid }) => defaultChatServiceSid);
    service.catch(() => {
      service = undefined;
    });
    return service;
  }

  const address = async (rest = '') =>
    `https://mcs.us1.twilio.com/v1/Services/${await serviceSid()}/Media${rest}`;

  async function read(what: string, request: () => Promise<Response>) {
    return callTwilio(what, async () => {
      const response = await request();
      if (!response.ok) throw Object.assign(new Error(what), { status: response.status });
      const medium: unknown = await response.json();
      if (!Value.Check(Medium, medium)) throw new Refused('fault', `${what}: an answer of an unknown shape`);
      return medium;
    });
  }

  return {
    /** Streams a file to Twilio; returns its SID (ME…). A file whose message is never written is nobody's. */
    async upload(file: OpenedFile): Promise<string> {
      // That the name travels in `Filename` is not documented; Twilio's own browser SDK sends it so.
      const url = await address(`?${new URLSearchParams({ Filename: file.name })}`);
      const { sid } = await read('upload a file', () =>
        twilioFetch(apiUrl, url, {
          method: 'POST',
          body: file.body,
          headers: {
            authorization,
            'content-type': file.contentType,
            ...(file.size === null ? {} : { 'content-length': String(file.size) }),
          },
          signal: AbortSignal.timeout(TRANSFER_TIMEOUT_MS),
        }),
      );
      return sid;
    },

    /**
     * Deletes a file; false where Twilio does not let it go. That it can be deleted is not on the resource's page, nor that
     * a file goes with its message.
     */
    async remove(mediaSid: string): Promise<boolean> {
      const url = await address(`/${mediaSid}`);
      return callTwilio('delete a file', async () => {
        const { ok, status } = await twilioFetch(apiUrl, url, {
          method: 'DELETE',
          headers: { authorization },
          signal: AbortSignal.timeout(15_000),
        });
        if (ok || status === 404) return true;
        if (status === 405 || status === 403) return false;
        throw Object.assign(new Error('delete a file'), { status });
      });
    },

    /** An address that needs no credentials and is good for some minutes. */
    temporaryUrl: async (file: CanonicalFile) => rewriteTwilioUrl(await linkTo(file), apiUrl),

    /** Opens an agent's file; breaks off beyond `limit` bytes. */
    async open(file: CanonicalFile, limit: number): Promise<OpenedFile> {
      const url = await linkTo(file);
      const response = await callTwilio('download a file', async () => {
        const answer = await twilioFetch(apiUrl, url, {
          redirect: 'manual',
          signal: AbortSignal.timeout(TRANSFER_TIMEOUT_MS),
        });
        if (!answer.ok) throw Object.assign(new Error('download'), { status: answer.status });
        return answer;
      });
      if (!response.body) throw new Refused('gone', 'a file has no content');
      const length = Number(response.headers.get('content-length') ?? Number.NaN);
      if (length > limit) {
        await response.body.cancel();
        throw new Refused('unacceptable', `a file has more than ${limit} bytes`);
      }
      return {
        name: file.name,
        contentType: file.contentType,
        size: Number.isInteger(length) ? length : null,
        body: limitStream(response.body, limit),
      };
    },
  };

  async function linkTo({ source }: CanonicalFile): Promise<string> {
    if (source?.at !== 'twilio') throw new Refused('unacceptable', 'not a file of Twilio');
    const url = await address(`/${source.mediaSid}`);
    const { links } = await read('media', () =>
      twilioFetch(apiUrl, url, { headers: { authorization }, signal: AbortSignal.timeout(15_000) }),
    );
    const link = links?.content_direct_temporary;
    const host = URL.parse(link ?? '')?.hostname ?? '';
    if (!link || !host.endsWith('.twilio.com')) throw new Refused('gone', 'a file has no address');
    return link;
  }
}

export type Media = ReturnType<typeof createMedia>;
