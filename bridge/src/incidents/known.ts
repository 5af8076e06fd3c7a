import type { IncidentNotice } from '@flexcord/shared/panel/incident';
import type { Logger } from 'pino';
import type { Store } from '../store/open.ts';
import { likenessTo, MIN_KNOWN, type Signature, termsOf } from './likeness.ts';

/** An open incident whose notice answers questions that are alike. */
export interface KnownIncident {
  number: number;
  notice: IncidentNotice;
}

/** Which questions are answered with what is said of an incident. */
export interface KnownIncidents {
  /** The incident that a question is about; null for none. Quick, by what is in memory. */
  find(question: string): KnownIncident | null;
  /** Reads them again, whichever process has changed them. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Should it not be heard that an incident has changed, in milliseconds. */
const EVERY_MS = 30_000;

/** Keeps in memory what is said of the incidents that are open. */
export async function watchKnown(store: Store, logger: Logger): Promise<KnownIncidents> {
  let known: (KnownIncident & { like(terms: readonly string[]): number })[] = [];
  let reading: Promise<void> = Promise.resolve();

  async function read(): Promise<void> {
    const rows = await store.db
      .selectFrom('incidents')
      .select(['case_number', 'notice', 'signature'])
      .where('state', '=', 'open')
      .where('answers', '=', 1)
      .execute();
    known = rows.flatMap(({ case_number: number, notice, signature }) =>
      notice === null
        ? []
        : [
            {
              number,
              notice: JSON.parse(notice) as IncidentNotice,
              like: likenessTo(JSON.parse(signature) as Signature),
            },
          ],
    );
  }

  function refresh(): Promise<void> {
    const next = reading.then(read);
    reading = next.catch(() => {});
    return next;
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((err) => logger.warn({ err }, 'incidents could not be read; they are read again'));
  }, EVERY_MS);
  return {
    find(question) {
      if (known.length === 0) return null;
      const terms = termsOf(question);
      let best: { incident: KnownIncident; score: number } | null = null;
      for (const incident of known) {
        const score = incident.like(terms);
        if (score >= MIN_KNOWN && score > (best?.score ?? 0)) best = { incident, score };
      }
      return best?.incident ?? null;
    },
    refresh,
    async stop() {
      clearInterval(timer);
      await reading;
    },
  };
}
