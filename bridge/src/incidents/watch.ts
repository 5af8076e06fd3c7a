import type { Logger } from 'pino';
import { runInSlices } from '../knowledge/learning/time-slices.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store } from '../store/open.ts';
import type { Incidents } from './incidents.ts';
import { likenessTo, MIN_LIKENESS, type Signature } from './likeness.ts';
import type { Question, Questions } from './questions.ts';
import { createRadar, type RadarSettings } from './radar.ts';

export interface IncidentWatchOptions {
  store: Store;
  logger: Logger;
  questions: Questions;
  incidents: Pick<Incidents, 'open' | 'join' | 'known'>;
  settings: RadarSettings;
}

/** After an incident was dismissed, what is like it is none again for so long, in milliseconds. */
export const DISMISSED_MS = 24 * 3_600_000;

/** Looks, again and again, whether much the same is asked by more members than usual. For one process of all that share the store. */
export function createIncidentWatch({ store, logger, questions, incidents, settings }: IncidentWatchOptions) {
  const radar = createRadar(settings);
  /** Words of the questions that an incident can be made of. */
  let recent = new Map<string, Question>();

  /** Questions that are like an incident that is open, or was dismissed a short time ago. */
  const signatures = () =>
    store.db
      .selectFrom('incidents')
      .select(['case_number', 'state', 'signature', 'opened_at', 'within_ms'])
      .where((eb) =>
        eb.or([
          eb('state', '=', 'open'),
          eb.and([eb('state', '=', 'dismissed'), eb('ended_at', '>', steadyNow() - DISMISSED_MS)]),
        ]),
      )
      .execute();

  /** Gives questions to the incidents that they are like. Returns the others. */
  async function joined(asked: readonly Question[]): Promise<Question[]> {
    const rows = await signatures();
    if (rows.length === 0) return [...asked];
    const each = rows.map((row) => ({
      row,
      like: likenessTo(JSON.parse(row.signature) as Signature),
      own: [] as Question[],
    }));
    const others: Question[] = [];
    for (const question of asked) {
      const [best] = each
        .map((one) => ({ one, score: one.like(question.terms) }))
        // What was asked long before an incident is none of it.
        .filter(
          ({ one, score }) =>
            score >= MIN_LIKENESS && question.at > Number(one.row.opened_at) - Number(one.row.within_ms),
        )
        .sort((one, other) => other.score - one.score);
      if (best) best.one.own.push(question);
      else others.push(question);
    }
    for (const { row, own } of each) {
      if (own.length === 0) continue;
      radar.hear(own);
      radar.take(own.map(({ id }) => id));
      if (row.state === 'open') await incidents.join(row.case_number, own);
    }
    return others;
  }

  return {
    /** One look. */
    async look(): Promise<void> {
      const now = steadyNow();
      const asked = await questions.next(now);
      const unheard = asked.filter(({ id, text }) => recent.get(id)?.text !== text);
      if (unheard.length === 0) return;
      const others = await joined(unheard);
      const taken = await incidents.known(store.db, others);
      radar.hear(others);
      radar.take(taken);
      for (const question of unheard) recent.set(question.id, question);
      recent = new Map([...recent].filter(([, { at }]) => at > now - 2 * settings.windowMs));
      for (const rise of await runInSlices(radar.rises(now))) {
        const members = rise.ids.flatMap((id) => recent.get(id) ?? []);
        const number = await incidents.open(rise, members, settings.windowMs);
        if (number === null)
          logger.warn(
            { members: rise.members },
            'much the same is asked by more members than usual, but too many incidents are open to open one more: resolve or dismiss some',
          );
      }
    },
  };
}
