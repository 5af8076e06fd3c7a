import { DAY_MS } from '@flexcord/shared/time';
import type { Logger } from 'pino';
import { steadyNow } from './clock.ts';
import { openEmbedded } from './embedded/open.ts';
import { describeError, StoreError } from './errors.ts';
import { markRestored, noteStart, type Restored, readMark, writeMark } from './marks.ts';
import { migrate, tooNew } from './migrate.ts';
import { openServer } from './server/open.ts';
import type { OpenedStore, Store } from './store.ts';

export type { Store, Tx } from './store.ts';

export interface StoreOptions {
  /** `postgres://…`; the embedded store when absent. */
  databaseUrl?: string;
  /** Folder of the embedded store; made when missing. */
  dataDir: string;
  /**
   * For a command that changes a little and ends: the embedded store is opened even while a bridge uses it. Lanes, leases
   * and the journal, which have one owner there, are not to be touched; but for an erasure, which leaves what the bridge has
   * in hand.
   */
  beside?: boolean;
  /** For a command on the store itself: it is opened although it was moved elsewhere. */
  evenIfMoved?: boolean;
  /** For a command that only looks: tables of another version stay as they are. */
  asIs?: boolean;
  /** Told what fails in the background. Default: the console. */
  logger?: Pick<Logger, 'error'>;
}

/** After this long nothing is heard any more that came before: see REMEMBERED_MEMBER_AGE_MS of the Discord gateway. */
const FORGOTTEN_FOR_MS = 30 * DAY_MS;

/**
 * Opens the store, brings its tables up to date, and on the embedded store makes sure that it is the only opener. A store
 * that is seen to be older than what was done is marked as restored.
 */
export async function openStore({
  databaseUrl,
  dataDir,
  beside = false,
  asIs = false,
  evenIfMoved = false,
  logger = console,
}: StoreOptions): Promise<Store> {
  const opened: OpenedStore = databaseUrl
    ? openServer(databaseUrl, logger)
    : openEmbedded({ dataDir, beside, logger });
  try {
    if (asIs) {
      const newer = await tooNew(opened.db);
      if (newer) throw new StoreError(newer);
      return complete(opened, null, null);
    }
    await opened.migrating((db) => migrate(db, opened.dialect));
    if (!evenIfMoved) await refuseMoved(opened, dataDir);
    const lineage = await opened.lineage();
    const isCommand = beside || evenIfMoved;
    const mark = isCommand ? await readMark(opened.db, 'restored') : await recognise(opened, lineage);
    const restored = mark && !isCommand ? await noteStart(opened.db, mark, steadyNow()) : mark;
    if (!beside) opened.begun();
    return complete(opened, restored, lineage);
  } catch (error) {
    await opened.close().catch(() => {});
    throw new StoreError(
      databaseUrl
        ? `DATABASE_URL cannot be used: ${describeError(error)}.${error instanceof StoreError ? '' : ' Check that the server runs and that the user may create tables.'}`
        : `The store in ${dataDir} cannot be used: ${describeError(error)}.`,
      { cause: error },
    );
  }
}

async function refuseMoved({ db }: OpenedStore, dataDir: string): Promise<void> {
  const moved = await readMark(db, 'moved');
  if (!moved) return;
  throw new StoreError(
    `everything in it was moved to ${moved.to} on ${new Date(moved.at).toISOString()}, and goes on there. Set DATABASE_URL to that address. To go back to the store in ${dataDir} and lose what came since, run bun run store mark-restored`,
  );
}

/** The mark of a store that was restored, which is set here where nobody has set it before. */
async function recognise(opened: OpenedStore, lineage: string | null): Promise<Restored | null> {
  const known = await readMark(opened.db, 'lineage');
  const isOther = lineage !== null && known !== null && known !== lineage;
  if (!isOther && !(await opened.wentBack())) {
    if (lineage !== null && known === null) await writeMark(opened.db, 'lineage', lineage);
    return readMark(opened.db, 'restored');
  }
  return opened.transact(async (tx) => {
    // Of several processes that start at once, the first has seen it for all.
    const [mark, now] = [await readMark(tx, 'restored'), await readMark(tx, 'lineage')];
    if (isOther && now === lineage) return mark;
    if (lineage !== null) await writeMark(tx, 'lineage', lineage);
    return markRestored(tx, steadyNow());
  });
}

function complete(opened: OpenedStore, restored: Restored | null, lineage: string | null): Store {
  const isLongAgo = restored !== null && restored.at + FORGOTTEN_FOR_MS < Date.now();
  return {
    ...opened,
    restored: isLongAgo ? null : restored,
    async changedBeneath() {
      if (!opened.isShared) return null;
      const newer = await tooNew(opened.db);
      if (newer) return `The store of DATABASE_URL is in use by a newer version: ${newer}.`;
      const now = lineage === null ? null : await opened.lineage();
      if (now === null || now === lineage) return null;
      return 'Another server has taken over the database of DATABASE_URL, perhaps without what was committed last. This process ends, so that the next one reads back what was sent meanwhile.';
    },
  };
}
