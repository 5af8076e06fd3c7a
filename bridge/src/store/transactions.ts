import type { Logger } from 'pino';
import type { Store, TransactOptions, Tx } from './store.ts';

/** How often a transaction that collided with another is run. */
const MAX_ATTEMPTS = 5;

export interface TransactionsOptions {
  /** Runs `work` between BEGIN and COMMIT, and rolls back when it throws. */
  begin<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves once what was committed before is on disk. */
  durable(): Promise<void>;
  /** Whether the server broke the transaction off because it collided with another. */
  collided(error: unknown): boolean;
  /** Told of what fails after a commit. */
  logger: Pick<Logger, 'error'>;
}

type Hook = () => void | Promise<void>;

/** The transactions of a store, the same for both. */
export function transactions(options: TransactionsOptions): Pick<Store, 'transact' | 'afterCommit'> {
  const waiting = new WeakMap<Tx, Hook[]>();

  /** A hook that fails is its own fault: neither the transaction, which is committed, nor the other hooks suffer. */
  async function follow(hook: Hook): Promise<void> {
    try {
      await hook();
    } catch (err) {
      options.logger.error({ err }, 'what follows a commit failed');
    }
  }

  return {
    async transact<T>(work: (tx: Tx) => Promise<T>, { lazy }: TransactOptions = {}): Promise<T> {
      for (let attempt = 1; ; attempt += 1) {
        const hooks: Hook[] = [];
        let result: T;
        let isLazy = false;
        try {
          result = await options.begin(async (tx) => {
            waiting.set(tx, hooks);
            const worked = await work(tx);
            isLazy = lazy?.(tx) ?? false;
            return worked;
          });
        } catch (error) {
          if (attempt === MAX_ATTEMPTS || !options.collided(error)) throw error;
          continue;
        }
        if (!isLazy) await options.durable();
        for (const hook of hooks) void follow(hook);
        return result;
      }
    },
    afterCommit: (tx, work) => void waiting.get(tx)?.push(work),
  };
}
