/** Reads one feed in a thread of its own: a large one takes seconds, and the event loop of the bridge goes on meanwhile. */
import { type FeedDocument, readFeed } from './read-feed.ts';

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<FeedDocument>) => {
  try {
    self.postMessage({ items: readFeed(data) });
  } catch (error) {
    self.postMessage({ fault: error instanceof Error ? error.message : String(error) });
  }
};
