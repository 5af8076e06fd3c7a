import pTimeout from 'p-timeout';
import { type Embed, EmbeddingsError } from './embedder.ts';
import type { Embedded, ToEmbed } from './static-worker.ts';

/**
 * As an endpoint's `Embed`, from a folder with static token embeddings (see static-model.ts), in a thread that is made with the
 * first text and made again when it died.
 */
export function createStaticEmbedder(folder: string): { embed: Embed; stop(): void } {
  const waiting = new Map<number, (answer: Embedded) => void>();
  let thread: Worker | null = null;
  let last = 0;

  function end(fault: string): void {
    thread?.terminate();
    thread = null;
    for (const [number, answer] of waiting) answer({ number, fault });
    waiting.clear();
  }

  function started(): Worker {
    if (thread) return thread;
    const own = new Worker(new URL('./static-worker.ts', import.meta.url));
    own.onmessage = ({ data }: MessageEvent<Embedded>) => {
      waiting.get(data.number)?.(data);
      waiting.delete(data.number);
    };
    const died = () => thread === own && end('the thread that reads it ended');
    own.onerror = died;
    own.addEventListener('close', died);
    thread = own;
    return own;
  }

  return {
    async embed(texts, timeoutMs) {
      const number = ++last;
      const answered = new Promise<Embedded>((resolve) => {
        waiting.set(number, resolve);
      });
      started().postMessage({ number, folder, texts } satisfies ToEmbed);
      const answer = await pTimeout(answered, {
        milliseconds: timeoutMs,
        fallback: (): Embedded => ({ number, fault: 'it took too long' }),
      });
      waiting.delete(number);
      if ('fault' in answer)
        throw new EmbeddingsError(`the model for embeddings failed: ${answer.fault}`, false);
      return answer.vectors;
    },
    stop: () => end('the bridge ends'),
  };
}
