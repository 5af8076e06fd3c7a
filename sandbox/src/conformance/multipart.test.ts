import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { readMultipart } from './multipart.ts';

test('reads every body that FormData writes', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 80 });
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }),
      async (value, files) => {
        const form = new FormData();
        form.set('payload_json', JSON.stringify({ value }));
        for (const [index, bytes] of files.entries()) form.set(`files[${index}]`, new Blob([bytes]), 'a.bin');
        const request = new Request('http://localhost', { method: 'POST', body: form });
        // Read first: the boundary is no longer in the headers once the body is consumed.
        const contentType = new Headers(request.headers).get('content-type') ?? '';
        const parts = readMultipart(new Uint8Array(await request.arrayBuffer()), contentType);
        expect(parts).toEqual([
          { name: 'payload_json', isFile: false, text: JSON.stringify({ value }) },
          ...files.map((_, index) => ({ name: `files[${index}]`, isFile: true, text: '' })),
        ]);
      },
    ),
    { numRuns: 50 },
  );
});

test('returns undefined for anything else', () => {
  const body = new TextEncoder().encode('--x\r\n\r\nbroken');
  expect(readMultipart(body, 'application/json')).toBeUndefined();
  expect(readMultipart(body, 'multipart/form-data; boundary=x')).toBeUndefined();
});
