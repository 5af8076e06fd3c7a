import { DAY_MS } from '@flexcord/shared/time';
import {
  digestOf,
  likeness,
  likenessTo,
  MIN_LIKENESS,
  type Signature,
  signatureOf,
  type Vector,
  weightOf,
} from './likeness.ts';

/** A question as the radar has it. */
export interface Asked {
  /** Names it among all; heard twice, it is one. */
  id: string;
  memberId: string;
  /** When it was asked, in milliseconds since the epoch. */
  at: number;
  terms: readonly string[];
  /** Whether the account of who asks was made a short time before. */
  isNewAccount: boolean;
}

export interface RadarSettings {
  /** How many members must ask much the same. */
  members: number;
  /** Within how long, in milliseconds. */
  windowMs: number;
  /** How many times as many as usual. */
  rise: number;
}

/** Much the same was asked by more members than usual. */
export interface Rise {
  /** Those of the questions that are heard. */
  ids: string[];
  /** The question that is most like the others. */
  centre: string;
  /** Copies by new accounts count once. */
  members: number;
  /** Members within such a time before; 0 where nothing is known of before. */
  usual: number;
  signature: Signature;
}

/** Questions that are known at once: the latest. */
export const MAX_ASKED = 5_000;
/** Of those within the window that are compared: the latest. */
const MAX_COMPARED = 2_000;
/** New questions that are looked at in one look: the latest. */
const MAX_CENTRES = 200;

/** How many members count: all copies of a text by new accounts are one, so that a raid is no crowd. */
export function countMembers(asked: readonly Asked[]): number {
  const first = new Map<string, Asked>();
  for (const one of asked) if (!first.has(one.memberId)) first.set(one.memberId, one);
  return new Set(
    [...first.values()].map((one) => (one.isNewAccount ? `text ${digestOf([...one.terms])}` : one.memberId)),
  ).size;
}

/**
 * Notices where much the same is asked by more members than usual, out of the latest questions. It knows nothing of where
 * they come from.
 */
export function createRadar({ members, windowMs, rise }: RadarSettings) {
  const asked = new Map<string, Asked>();
  let fresh: Asked[] = [];
  /** Questions that belong to an incident, or did: they count no second time, and are not what is usual. */
  const taken = new Set<string>();

  function* vectorsOf(now: number) {
    const having = new Map<string, number>();
    const before: Asked[] = [];
    for (const one of asked.values()) {
      if (one.at > now - windowMs || taken.has(one.id)) continue;
      before.push(one);
      for (const term of one.terms) having.set(term, (having.get(term) ?? 0) + 1);
      yield;
    }
    const vectorOf = (one: Asked): Vector =>
      new Map(one.terms.map((term) => [term, weightOf(term, having.get(term) ?? 0, before.length)]));
    return { before, vectorOf };
  }

  /** Members who asked much the same within such a time before, on average: of all that is known, or of the day before where it is more. */
  function usualOf(before: readonly Asked[], isAlike: (one: Asked) => boolean, now: number): number {
    const end = now - windowMs;
    const since = before.reduce((first, { at }) => Math.min(first, at), end);
    const alike = before.filter(isAlike);
    const from = (start: number): number => {
      const windows = (end - start) / windowMs;
      if (windows < 1) return 0;
      const asking = alike.filter(({ at }) => at >= start);
      return (
        new Set(asking.map((one) => `${Math.floor((one.at - start) / windowMs)} ${one.memberId}`)).size /
        windows
      );
    };
    return Math.max(from(since), from(Math.max(since, end - DAY_MS)));
  }

  return {
    /** Hears questions. One that is heard again is what it says now. */
    hear(questions: readonly Asked[]): void {
      for (const one of questions) {
        if (one.terms.length === 0) continue;
        if (!asked.has(one.id)) fresh.push(one);
        asked.set(one.id, one);
      }
      for (const id of asked.keys()) {
        if (asked.size <= MAX_ASKED) break;
        asked.delete(id);
        taken.delete(id);
      }
      fresh = fresh.slice(-MAX_CENTRES);
    },

    /** What belongs to an incident counts no more. */
    take(ids: Iterable<string>): void {
      for (const id of ids) if (asked.has(id)) taken.add(id);
    },

    /** Looks at what was heard since the last look. A step of the generator takes little time. */
    *rises(now: number): Generator<void, Rise[]> {
      const centres = fresh.filter(({ id, at }) => at > now - windowMs && !taken.has(id));
      fresh = [];
      if (centres.length === 0) return [];
      const { before, vectorOf } = yield* vectorsOf(now);
      const recent = [...asked.values()]
        .filter(({ id, at }) => at > now - windowMs && !taken.has(id))
        .slice(-MAX_COMPARED)
        .map((one) => ({ ...one, vector: vectorOf(one) }));
      const looked = new Set<string>();
      const found: Rise[] = [];
      for (const centre of centres.reverse()) {
        if (looked.has(centre.id)) continue;
        const own = vectorOf(centre);
        const near = recent.filter(({ vector }) => likeness(own, vector) >= MIN_LIKENESS);
        yield;
        for (const { id } of near) looked.add(id);
        if (countMembers(near) < 2) continue;
        const first = signatureOf(near);
        const isLikeFirst = likenessTo(first);
        const group = recent.filter(({ id, terms }) => !taken.has(id) && isLikeFirst(terms) >= MIN_LIKENESS);
        yield;
        const count = countMembers(group);
        if (count < members) continue;
        const signature = signatureOf(group);
        const like = likenessTo(signature);
        const usual = usualOf(before, ({ terms }) => like(terms) >= MIN_LIKENESS, now);
        yield;
        if (count < rise * usual) continue;
        const [best] = [...group].sort((one, other) => like(other.terms) - like(one.terms));
        for (const { id } of group) taken.add(id);
        found.push({
          ids: group.map(({ id }) => id),
          centre: best?.id ?? centre.id,
          members: count,
          usual,
          signature,
        });
      }
      return found;
    },
  };
}
