import type { Logger } from 'pino';
import { counted } from '../../telemetry/metrics.ts';
import { type ReadingOptions, readSource } from './read-source.ts';
import { sourceStore } from './source-store.ts';

export interface ScheduleOptions extends ReadingOptions {
  logger: Logger;
  /** How often is looked for sources that are due, in milliseconds. */
  everyMs: number;
  /** Called after a reading: articles may have changed. */
  onRead(): void;
}

/** From so many failures in a row on, operators are told by an error in the log and the operations view. */
const MANY_FAILURES = 3;

/** Reads sources when they are due, one after the other, until it is stopped. Each is read by one process of all that share the store. */
export function startSourceSchedule(options: ScheduleOptions) {
  const { store, logger, everyMs, onRead } = options;
  const sources = sourceStore(store);
  const stopped = new AbortController();
  let working: Promise<void> | null = null;

  async function readDue(): Promise<void> {
    for (const id of await sources.due()) {
      if (stopped.signal.aborted) return;
      await read(id).catch((err) =>
        logger.error({ err, source: id }, 'a knowledge source could not be read'),
      );
    }
  }

  async function read(id: number): Promise<void> {
    const reading = await readSource(id, options, {}, stopped.signal);
    if (reading.is === 'busy') return;
    counted.sourceReadings.inc({ result: reading.is });
    if (reading.is === 'failed') {
      const about = { source: id, failures: reading.failures };
      if (reading.failures >= MANY_FAILURES)
        logger.error(about, `a knowledge source fails again and again: ${reading.reason}`);
      else logger.warn(about, `a knowledge source could not be read, and is tried again: ${reading.reason}`);
    } else {
      const { created, updated, withdrawn, proposed } = reading.report;
      const counts = { created, updated, withdrawn: withdrawn.length, proposed: proposed.length };
      logger.info({ source: id, ...counts }, 'a knowledge source was read');
    }
    onRead();
  }

  /** Looks now; what is due while it looks is found by another look. */
  function look(): Promise<void> {
    working ??= readDue()
      .catch((err) => logger.warn({ err }, 'knowledge sources could not be looked for; it is tried again'))
      .finally(() => {
        working = null;
      });
    return working;
  }

  const timer = setInterval(look, everyMs);
  void look();
  return {
    look(): void {
      void Promise.resolve(working).then(() => (stopped.signal.aborted ? undefined : look()));
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      stopped.abort();
      await working;
    },
  };
}
