import { DAY_MS } from '@flexcord/shared/time';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { runInSlices } from '../knowledge/learning/time-slices.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store } from '../store/open.ts';
import type { Incidents } from './incidents.ts';
import { likenessTo, MIN_LIKENESS, type Signature, termsOf } from './likeness.ts';
import type { Question, Questions } from './questions.ts';
import { type Asked, createRadar, MAX_ASKED, type RadarSettings } from './radar.ts';

export interface IncidentWatchOptions {
  store: Store;
  logger: Logger;
  questions: Questions;
  incidents: Pick<Incidents, 'open' | 'join' | 'known'>;
  settings: RadarSettings;
}

type Heard = Question & Asked;

/** After an incident was dismissed, what is like it is none again for so long. */
const DISMISSED_MS = DAY_MS;

/** Looks, again and again, whether much the same is asked by more members than usual. For one process of all that share the store. */
export function createIncidentWatch({ store, logger, questions, incidents, settings }: IncidentWatchOptions) {
  const radar = createRadar(settings);
  /** What questions said when they were heard, by its hash. */
  const said = new LRUCache<string, bigint | number>({ max: 2 * MAX_ASKED });
  /** The questions that an incident can be made of. */
  let recent = new Map<string, Heard>();

  /** Reading Japanese takes time, and after a start there is much to be read. */
  const heardOf = (asked: readonly Question[]): Promise<Heard[]> =>
    runInSlices(
      (function* () {
        const heard: Heard[] = [];
        for (const question of asked) {
          heard.push({ ...question, terms: termsOf(question.text) });
          yield;
        }
        return heard;
      })(),
    );

  /** Questions that are like one of these belong to it, or are known to be none. */
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
  async function joined(asked: readonly Heard[]): Promise<Heard[]> {
    const each = (await signatures()).map(
      ({ case_number: number, state, signature, opened_at, within_ms }) => ({
        number,
        isOpen: state === 'open',
        // What was asked long before an incident is none of it.
        since: Number(opened_at) - Number(within_ms),
        like: likenessTo(JSON.parse(signature) as Signature),
        own: [] as Heard[],
      }),
    );
    if (each.length === 0) return [...asked];
    const others: Heard[] = [];
    for (const question of asked) {
      const [best] = each
        .filter(({ since }) => question.at > since)
        .map((incident) => ({ incident, score: incident.like(question.terms) }))
        .filter(({ score }) => score >= MIN_LIKENESS)
        .sort((one, other) => other.score - one.score);
      (best?.incident.own ?? others).push(question);
    }
    for (const { number, isOpen, own } of each) {
      if (own.length === 0) continue;
      radar.hear(own);
      radar.take(own.map(({ id }) => id));
      if (isOpen) await incidents.join(number, own);
    }
    return others;
  }

  return {
    /** One look. */
    async look(): Promise<void> {
      const now = steadyNow();
      const asked = await questions.next(now);
      const unheard = await heardOf(asked.filter(({ id, text }) => said.get(id) !== Bun.hash(text)));
      if (unheard.length === 0) return;
      const others = await joined(unheard);
      const taken = await incidents.known(store.db, others);
      radar.hear(others);
      radar.take(taken);
      recent = new Map(
        [...recent, ...unheard.map((question) => [question.id, question] as const)].filter(
          ([, { at }]) => at > now - settings.windowMs,
        ),
      );
      for (const rise of await runInSlices(radar.rises(now))) {
        const own = rise.ids.flatMap((id) => recent.get(id) ?? []);
        const number = await incidents.open(rise, own, settings.windowMs);
        if (number === null)
          logger.warn(
            { members: rise.members },
            'much the same is asked by more members than usual, but too many incidents are open to open one more: resolve or dismiss some',
          );
      }
      // What failed is looked at again.
      for (const { id, text } of unheard) said.set(id, Bun.hash(text));
    },
  };
}
