import type { FeedDocument, FeedItem } from './read-feed.ts';

/** A feed that takes longer is given up until the next round. */
const READ_TIMEOUT_MS = 30_000;

/** As `readFeed`, in a thread of its own, which ends with the answer or with `signal`. */
export async function readFeedAside(document: FeedDocument, signal: AbortSignal): Promise<FeedItem[]> {
  const worker = new Worker(new URL('./read-feed-worker.ts', import.meta.url));
  const ended = AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]);
  try {
    const answer = await new Promise<{ items: FeedItem[] } | { fault: string }>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      ended.addEventListener('abort', () => reject(new Error('it takes too long to read')), { once: true });
      if (ended.aborted) reject(new Error('it is not read any more'));
      worker.postMessage(document);
    });
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.items;
  } finally {
    worker.terminate();
  }
}
