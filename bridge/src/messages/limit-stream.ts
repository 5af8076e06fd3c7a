import { limitStream as limited } from '../net/limit-stream.ts';
import { Refused } from '../relay/errors.ts';

/** Passes a file through and breaks it off once it has brought more than `maxBytes`: it is refused for good then. */
export const limitStream = (body: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> =>
  limited(body, maxBytes, () => new Refused('unacceptable', `a file has more than ${maxBytes} bytes`));
