import type { Store, TransactOptions, Tx } from './store.ts';

/** How often a transaction that collided with another is run. */
const MAX_ATTEMPTS = 5;

export interface TransactionsOptions {
  /** Runs `work` between BEGIN and COMMIT, and rolls back when it throws. */
  begin<T>(lazy: boolean, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves once what was committed before is on disk. */
  durable(): Promise<void>;
  /** Whether the server broke the transaction off because it collided with another. */
  collided(error: unknown): boolean;
  /** Told of an after-commit hook that threw. */
  hookFailed?(error: unknown): void;
}

/** The transactions of a store, the same for both. */
export function transactions(options: TransactionsOptions): Pick<Store, 'transact' | 'afterCommit'> {
  const waiting = new WeakMap<Tx, (() => void)[]>();
  return {
    async transact<T>(work: (tx: Tx) => Promise<T>, { lazy = false }: TransactOptions = {}): Promise<T> {
      for (let attempt = 1; ; attempt += 1) {
        const hooks: (() => void)[] = [];
        let result: T;
        try {
          result = await options.begin(lazy, (tx) => {
            waiting.set(tx, hooks);
            return work(tx);
          });
        } catch (error) {
          if (attempt === MAX_ATTEMPTS || !options.collided(error)) throw error;
          continue;
        }
        if (!lazy) await options.durable();
        for (const hook of hooks) {
          try {
            hook();
          } catch (error) {
            // The transaction is committed: whoever asked for it must not be told otherwise.
            options.hookFailed?.(error);
          }
        }
        return result;
      }
    },
    afterCommit: (tx, work) => void waiting.get(tx)?.push(work),
  };
}
