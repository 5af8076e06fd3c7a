import { ImportError, type ImportRecord } from '../import/records.ts';
import type { Collected, CollectJob } from './collect.ts';

/** A source that takes longer is given up until the next time, in milliseconds. */
const READ_TIMEOUT_MS = 3600_000;

/**
 * As `collect`, in a thread of its own, which ends with the answer or with `signal`.
 * @throws ImportError
 */
export async function collectAside(job: CollectJob, signal: AbortSignal): Promise<Collected> {
  const worker = new Worker(new URL('./collect-worker.ts', import.meta.url));
  const ended = AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]);
  try {
    const records: ImportRecord[] = [];
    const answer = await new Promise<{ rest: Omit<Collected, 'records'> } | { fault: string }>(
      (resolve, reject) => {
        worker.onmessage = ({ data }) => {
          if ('part' in data) records.push(...data.part);
          else resolve(data);
        };
        worker.onerror = ({ message }) => reject(new ImportError(message));
        ended.addEventListener('abort', () => reject(new ImportError('It takes too long to read.')), {
          once: true,
        });
        if (ended.aborted) reject(new ImportError('It is not read any more.'));
        worker.postMessage(job);
      },
    );
    if ('fault' in answer) throw new ImportError(answer.fault);
    return { ...answer.rest, records };
  } finally {
    worker.terminate();
  }
}
