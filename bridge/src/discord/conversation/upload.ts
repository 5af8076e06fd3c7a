import {
  DefaultRestOptions,
  type REST,
  type RESTOptions,
  type RESTPostAPIChannelMessageJSONBody,
  Routes,
} from 'discord.js';
import type { OpenedFile } from '../../messages/canonical.ts';
import { measuredRequest } from '../rest.ts';

/** How long one upload may take, in milliseconds; other requests have the client's own limit. */
const UPLOAD_TIMEOUT_MS = 120_000;

/**
 * Posts a message with one file, streamed. discord.js would gather a file in memory first, so the multipart body is
 * written here (https://docs.discord.com/developers/reference#uploading-files); its rate limits still apply.
 */
export function postWithFile(
  rest: REST,
  channelId: string,
  message: RESTPostAPIChannelMessageJSONBody,
  file: OpenedFile,
  { spoiler = false }: { spoiler?: boolean } = {},
): Promise<unknown> {
  const boundary = `flexcord-${crypto.randomUUID()}`;
  const payload = {
    ...message,
    attachments: [{ id: '0', filename: file.name, ...(spoiler ? { is_spoiler: true } : {}) }],
  };
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="payload_json"',
    'Content-Type: application/json',
    '',
    JSON.stringify(payload),
    `--${boundary}`,
    `Content-Disposition: form-data; name="files[0]"; filename="${quotable(file.name)}"`,
    `Content-Type: ${file.contentType.replace(/[^\x21-\x7e ]/g, '')}`,
    '',
    '',
  ].join('\r\n');
  const bytes = (text: string) => new TextEncoder().encode(text);
  const start = bytes(head);
  const end = bytes(`\r\n--${boundary}--\r\n`);
  return rest.post(Routes.channelMessages(channelId), {
    body: wrap(start, file.body, end),
    passThroughBody: true,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...(file.size === null ? {} : { 'content-length': String(start.length + file.size + end.length) }),
    },
  });
}

/** Sends a stream with the platform's own fetch; everything else as discord.js does. */
export const streamingRequest: RESTOptions['makeRequest'] = measuredRequest((url, init) => {
  if (!(init.body instanceof ReadableStream)) return DefaultRestOptions.makeRequest(url, init);
  return fetch(url, {
    method: init.method ?? 'POST',
    headers: init.headers as Record<string, string>,
    body: init.body as ReadableStream<Uint8Array>,
    signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
  }) as unknown as ReturnType<RESTOptions['makeRequest']>;
});

function wrap(
  start: Uint8Array,
  body: ReadableStream<Uint8Array>,
  end: Uint8Array,
): ReadableStream<Uint8Array> {
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      start: (controller) => controller.enqueue(start),
      flush: (controller) => controller.enqueue(end),
    }),
  );
}

const quotable = (name: string) => name.replace(/["\\\r\n]/g, '_');
