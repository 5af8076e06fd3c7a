import type { Logger } from 'pino';
import { OperatorError } from '../config/command-line.ts';
import type { Store } from '../store/open.ts';

/** How often it is looked whether the store is still what it was, in milliseconds. */
const LOOK_MS = 2_000;

/**
 * Looks after a shared store that others change: a newer version migrates it, or another server takes over. `over` rejects
 * with what happened, in words for the operator; the process must end then. While the server is away, nothing is said.
 */
export function watchStore(
  store: Pick<Store, 'isShared' | 'changedBeneath'>,
  logger: Pick<Logger, 'debug'>,
  everyMs = LOOK_MS,
) {
  const over = Promise.withResolvers<never>();
  // Whoever waits hears of it; where nobody does, it is no unhandled rejection.
  over.promise.catch(() => {});
  let looking = false;
  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    try {
      const changed = await store.changedBeneath();
      if (changed) over.reject(new OperatorError(changed));
    } catch (err) {
      logger.debug({ err }, 'the store could not be looked at');
    } finally {
      looking = false;
    }
  }
  const timer = store.isShared ? setInterval(() => void look(), everyMs) : undefined;
  return {
    over: over.promise,
    stop: async () => clearInterval(timer),
  };
}
