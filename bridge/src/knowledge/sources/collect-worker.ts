/** Reads one source in a thread of its own: pages become Markdown there, and the event loop of the bridge goes on meanwhile. */
import { type CollectJob, collect } from './collect.ts';

declare const self: Worker;

const PART_SIZE = 50;

self.onmessage = async ({ data }: MessageEvent<CollectJob>) => {
  try {
    const { records, ...rest } = await collect(data);
    // In parts: taking in all of it at once would hold the event loop.
    for (let at = 0; at < records.length; at += PART_SIZE)
      self.postMessage({ part: records.slice(at, at + PART_SIZE) });
    self.postMessage({ rest });
  } catch (error) {
    self.postMessage({ fault: error instanceof Error ? error.message : String(error) });
  }
};
