import { truncate } from '@flexcord/shared/messages/truncate';
import { words } from '../knowledge/text/terms.ts';

/** What a question is about: how much each of its telling words weighs, 0 to 1, in the forms of the article search. */
export type Vector = ReadonlyMap<string, number>;

/** How much of a question is looked at, in UTF-16 units: what it is about is said at its beginning. */
const MAX_LENGTH = 400;
const MAX_TERMS = 60;
/** Words that say that something is wrong, or when, and not what. */
const TROUBLE = new Set(
  words(
    `problem issue error bug broken work working fail failed trouble wrong happen happening stuck since today yesterday now
    suddenly anyone anybody everyone somebody again update yet try tried fix solve solved app game server 問題 エラー 不具合
    バグ 障害 今日 昨日 今 急 突然 皆 誰 アプリ ゲーム 直る 解決`,
  ),
);
const TROUBLE_WEIGHT = 0.25;
/** Pairs of letters, of which a word in Japanese has many, and pairs of how it is read, which are grammar; see `words`. */
const LETTERS = '字';
const READING = '音';
const LETTERS_WEIGHT = 0.3;
/** As if so many other questions had been asked before: with few, every word is rare. */
const UNSEEN = 10;
const LEAST_WEIGHT = 0.05;
/** From here on two questions, or a question and what others have in common, are about the same. */
export const MIN_LIKENESS = 0.4;
/** From here on a question is answered with what is said of an incident. */
export const MIN_KNOWN = 0.45;
const MAX_SIGNATURE_TERMS = 30;

/** The telling words of a question, each once. */
export const termsOf = (text: string): string[] =>
  [...new Set(words(truncate(text, MAX_LENGTH)).filter((term) => !term.startsWith(READING)))].slice(
    0,
    MAX_TERMS,
  );

/** The same for texts that differ in order, signs, numbers or small words alone. */
export const digestOf = (terms: readonly string[]): string =>
  terms
    .filter((term) => !/\d/.test(term))
    .sort()
    .join(' ');

/** How much a word tells by its kind. */
const kindOf = (term: string): number =>
  TROUBLE.has(term) ? TROUBLE_WEIGHT : term.startsWith(LETTERS) ? LETTERS_WEIGHT : 1;

/** How much a word tells where `having` of so many questions have it: less the more they are. */
export function weightOf(term: string, having: number, questions: number): number {
  const all = questions + UNSEEN;
  return Math.max(LEAST_WEIGHT, Math.log(all / (having + 1)) / Math.log(all)) * kindOf(term);
}

/** The cosine of two vectors, 0 to 1. */
export function likeness(one: Vector, other: Vector): number {
  const [few, many] = one.size <= other.size ? [one, other] : [other, one];
  let product = 0;
  for (const [term, weight] of few) product += weight * (many.get(term) ?? 0);
  return product === 0 ? 0 : product / (lengthOf(one) * lengthOf(other));
}

function lengthOf(vector: Vector): number {
  let square = 0;
  for (const weight of vector.values()) square += weight * weight;
  return Math.sqrt(square);
}

/**
 * What questions of several members have in common: by word, the share of the members who use it, and how much it tells. No word
 * that one member alone uses is in it.
 */
export type Signature = Readonly<Record<string, readonly [share: number, weight: number]>>;

/** The signature of questions, each by its member and its vector. */
export function signatureOf(asked: readonly { memberId: string; vector: Vector }[]): Signature {
  const members = new Set(asked.map(({ memberId }) => memberId));
  const using = new Map<string, { weight: number; by: Set<string> }>();
  for (const { memberId, vector } of asked)
    for (const [term, weight] of vector) {
      const known = using.get(term) ?? { weight, by: new Set() };
      known.by.add(memberId);
      using.set(term, known);
    }
  return Object.fromEntries(
    [...using]
      .filter(([, { by }]) => by.size > 1)
      .map(([term, { weight, by }]) => [term, [round(by.size / members.size), round(weight)]] as const)
      .sort(([, one], [, other]) => other[0] * other[1] - one[0] * one[1])
      .slice(0, MAX_SIGNATURE_TERMS),
  );
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** How like a question is to what others have in common, 0 to 1. */
export function likenessTo(signature: Signature): (terms: readonly string[]) => number {
  const common = new Map(Object.entries(signature).map(([term, [share, weight]]) => [term, share * weight]));
  return (terms) =>
    likeness(new Map(terms.map((term) => [term, signature[term]?.[1] ?? kindOf(term)])), common);
}
