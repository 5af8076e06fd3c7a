/** Reads one source in a thread of its own: pages become Markdown there, and the event loop of the bridge goes on meanwhile. */
import { type CollectJob, collect } from './collect.ts';

declare const self: Worker;

self.onmessage = async ({ data }: MessageEvent<CollectJob>) => {
  try {
    self.postMessage({ collected: await collect(data) });
  } catch (error) {
    self.postMessage({ fault: error instanceof Error ? error.message : String(error) });
  }
};
