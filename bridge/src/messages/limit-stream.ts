import { Refused } from '../relay/errors.ts';

/** Passes a stream through and breaks it off once it has brought more than `limit` bytes. */
export function limitStream(body: ReadableStream<Uint8Array>, limit: number): ReadableStream<Uint8Array> {
  let seen = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        seen += chunk.byteLength;
        if (seen > limit)
          controller.error(new Refused('unacceptable', `a file has more than ${limit} bytes`));
        else controller.enqueue(chunk);
      },
    }),
  );
}
