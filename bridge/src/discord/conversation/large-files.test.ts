import { afterAll, beforeEach, describe, expect, test } from 'bun:test';
import { REST } from 'discord.js';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { createTwilio } from '../../twilio/client.ts';
import { createMedia } from '../../twilio/conversations/media.ts';
import { createDiscordFiles } from './files.ts';
import { postWithFile, streamingRequest } from './upload.ts';

const SIZE = 48 * 1024 * 1024;
const CHUNK = 128 * 1024;
/** What sockets and the platform hold on the way, however large the file: 9 to 26 MB were seen, by how busy a machine is. */
const MAX_HELD = 36 * 1024 * 1024;

/** Both clouds in one: a file is read from one end as fast as it may, and taken slowly at the other. */
describe('a large file is never held whole', () => {
  let sent = 0;
  let taken = 0;
  let most = 0;
  const source = () =>
    new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (sent >= SIZE) return controller.close();
          sent += CHUNK;
          most = Math.max(most, sent - taken);
          controller.enqueue(new Uint8Array(CHUNK));
        },
      },
      { highWaterMark: 0 },
    );
  const take = async (request: Request) => {
    for await (const chunk of request.body ?? []) {
      taken += chunk.length;
      await Bun.sleep(0);
    }
  };
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    maxRequestBodySize: 2 * SIZE,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname.endsWith('/file'))
        return new Response(source(), { headers: { 'content-length': String(SIZE) } });
      if (pathname.endsWith('/Configuration')) return Response.json({ default_chat_service_sid: 'IS1' });
      if (request.method === 'POST') await take(request);
      if (pathname.endsWith('/messages')) return Response.json({ id: '1' });
      const sid = 'ME1';
      return Response.json({ sid, links: { content_direct_temporary: 'https://mcs.us1.twilio.com/file' } });
    },
  });
  afterAll(() => server.stop(true));
  beforeEach(() => {
    sent = 0;
    taken = 0;
    most = 0;
  });

  const rest = new REST({ api: `${server.url.origin}/api`, makeRequest: streamingRequest }).setToken('x');
  const account = {
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: '0'.repeat(32),
    apiUrl: server.url.origin,
  };
  const media = createMedia({ twilio: createTwilio(account), ...account });
  const file = (source: CanonicalFile['source']): CanonicalFile => ({
    ...{ name: 'film.mp4', contentType: 'video/mp4', size: SIZE, url: `${server.url.origin}/file`, source },
  });

  test('from the member to the agent', async () => {
    const files = createDiscordFiles({ rest, cdnHosts: [server.url.host], limit: 2 * SIZE });
    const opened = await files.open(
      file({ at: 'discord', channelId: '1', messageId: '2', attachmentId: '3' }),
    );
    expect(await media.upload(opened)).toBe('ME1');
    expect(taken).toBe(SIZE);
    expect(most).toBeLessThan(MAX_HELD);
  });

  test('from the agent to the member', async () => {
    const opened = await media.open(file({ at: 'twilio', mediaSid: 'ME1' }), 2 * SIZE);
    await postWithFile(rest, '5', { content: '' }, opened);
    expect(taken).toBeGreaterThan(SIZE);
    expect(most).toBeLessThan(MAX_HELD);
  });
});
