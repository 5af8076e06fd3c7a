import { afterAll, describe, expect, test } from 'bun:test';
import pino from 'pino';
import { Refused } from '../relay/errors.ts';
import type { CanonicalFile } from './canonical.ts';
import { createTranscription } from './transcription.ts';

describe('transcription of a voice message', () => {
  const asked: { path: string; key: string | null; model: unknown; bytes: number }[] = [];
  let answer: () => Response | Promise<Response> = () => Response.json({ text: ' my key\nis gone ' });
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const form = await request.formData();
      const file = form.get('file') as File;
      asked.push({
        path: new URL(request.url).pathname,
        key: request.headers.get('authorization'),
        model: form.get('model'),
        bytes: file.size,
      });
      return answer();
    },
  });
  afterAll(() => server.stop(true));

  const voice: CanonicalFile = {
    ...{ name: 'v.ogg', contentType: 'audio/ogg', size: 3, url: 'https://cdn/v.ogg', voiceSeconds: 4 },
  };
  const transcribe = (file: CanonicalFile, timeoutMs = 30_000) =>
    createTranscription({
      url: `${server.url.origin}/v1`,
      key: 'secret',
      model: 'whisper-1',
      timeoutMs,
      logger: pino({ enabled: false }),
      openFile: async (opened) => {
        if (opened.name === 'gone.ogg') throw new Refused('gone', 'gone');
        return { ...opened, body: new Blob(['abc']).stream() };
      },
    })(file);

  test('asks the endpoint', async () => {
    expect(await transcribe(voice)).toBe('my key is gone');
    expect(asked).toEqual([
      { path: '/v1/audio/transcriptions', key: 'Bearer secret', model: 'whisper-1', bytes: 3 },
    ]);
  });

  const quiet: [name: string, file: Partial<CanonicalFile>, answer: () => Response | Promise<Response>][] = [
    ['an endpoint that fails', {}, () => new Response(null, { status: 500 })],
    ['an answer of another shape', {}, () => Response.json({ words: 'x' })],
    ['silence', {}, () => Response.json({ text: ' ' })],
    ['a file that is gone', { name: 'gone.ogg' }, () => Response.json({ text: 'x' })],
    ['a file too large', { size: 9 << 20 }, () => Response.json({ text: 'x' })],
  ];
  test.each(quiet)('%s gives no transcript', async (_, change, given) => {
    answer = given;
    expect(await transcribe({ ...voice, ...change })).toBeNull();
  });

  test('an endpoint that never answers gives no transcript', async () => {
    answer = () => new Promise<Response>(() => {});
    expect(await transcribe(voice, 200)).toBeNull();
  });
});
