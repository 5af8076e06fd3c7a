import type { Logger } from 'pino';
import { openEmbedded } from './embedded/open.ts';
import { describeError, StoreError } from './errors.ts';
import { migrate } from './migrate.ts';
import { openServer } from './server/open.ts';
import type { Store } from './store.ts';

export type { Store, Tx } from './store.ts';

export interface StoreOptions {
  /** `postgres://…`; the embedded store when absent. */
  databaseUrl?: string;
  /** Folder of the embedded store; made when missing. */
  dataDir: string;
  /**
   * For a command that changes a little and ends: the embedded store is opened even while a bridge uses it. Lanes, leases
   * and the journal, which have one owner there, are not to be touched.
   */
  beside?: boolean;
  /** For a command that only looks: tables of another version stay as they are. */
  asIs?: boolean;
  /** Told what fails in the background. Default: the console. */
  logger?: Pick<Logger, 'error'>;
}

/** Opens the store, brings its tables up to date, and on the embedded store makes sure that it is the only opener. */
export async function openStore({
  databaseUrl,
  dataDir,
  beside = false,
  asIs = false,
  logger = console,
}: StoreOptions): Promise<Store> {
  const store: Store & { migrated?(): void } = databaseUrl
    ? openServer(databaseUrl, logger)
    : openEmbedded({ dataDir, beside, logger });
  try {
    if (!asIs) await migrate(store.db, store.dialect);
    store.migrated?.();
  } catch (error) {
    await store.close().catch(() => {});
    throw new StoreError(
      databaseUrl
        ? `DATABASE_URL cannot be used: ${describeError(error)}. Check that the server runs and that the user may create tables.`
        : `The store in ${dataDir} cannot be used: ${describeError(error)}.`,
      { cause: error },
    );
  }
  return store;
}
