import { words } from '../../knowledge/text/terms.ts';

export interface GroundedAnswer {
  /** With `[1]`, `[2]` … for the passages in `cited`, in that order. */
  text: string;
  /** Places of the passages, from 0. */
  cited: number[];
}

const MAX_ANSWER_LENGTH = 1_500;
/** Shares of an answer's telling words that its passages must have: of all of it, and of each sentence. */
const MIN_SUPPORT = 0.6;
const MIN_IN_SENTENCE = 0.34;
/** A sentence with fewer telling words says too little to be judged by them. */
const MIN_WORDS_TO_JUDGE = 4;
const CITATION = /\[(\d{1,2})\]/g;
const ADDRESS = /\b(?:https?:\/\/|www\.|discord\.gg\/)\S+/gi;

/**
 * Whether an answer rests on the passages that it cites; null when it does not. A model may invent, or say what a
 * member told it to say: what it cites must exist, its words, numbers and addresses must be there. That proves no
 * meaning, and it refuses what has no ground at all.
 */
export function checkGrounding(answer: string, passages: readonly string[]): GroundedAnswer | null {
  const text = answer.trim();
  if (text === '' || text.length > MAX_ANSWER_LENGTH) return null;
  const numbers = [...text.matchAll(CITATION)].map(([, number]) => Number(number) - 1);
  const cited = [...new Set(numbers)];
  if (cited.length === 0 || cited.some((place) => passages[place] === undefined)) return null;
  const ground = cited.map((place) => passages[place] ?? '').join('\n');
  const bare = text.replace(CITATION, ' ');
  if (!everyFound(bare.match(ADDRESS), ground) || !everyFound(bare.match(/\d+/g), ground)) return null;
  const known = new Set(words(ground));
  if (supportOf(bare, known) < MIN_SUPPORT) return null;
  for (const sentence of bare.split(/[.!?。！？\n]+/)) {
    if (words(sentence).length >= MIN_WORDS_TO_JUDGE && supportOf(sentence, known) < MIN_IN_SENTENCE)
      return null;
  }
  return {
    text: text.replace(CITATION, (_, number) => `[${cited.indexOf(Number(number) - 1) + 1}]`),
    cited,
  };
}

function everyFound(parts: readonly string[] | null, ground: string): boolean {
  return (parts ?? []).every((part) => ground.includes(part.replace(/[.,)。、）]+$/, '')));
}

function supportOf(text: string, known: ReadonlySet<string>): number {
  const own = words(text);
  return own.length === 0 ? 0 : own.filter((word) => known.has(word)).length / own.length;
}
