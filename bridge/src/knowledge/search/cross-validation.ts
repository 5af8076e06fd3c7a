import type { TrainingQuestion } from '../learning/question-model.ts';
import type { CalibrationSample } from './confidence.ts';
import { type HeldOut, type RankingSources, rank } from './ranking.ts';
import { textsToEmbed } from './semantic/texts-to-embed.ts';
import type { Vector } from './semantic/vector.ts';
import type { SearchDocument } from './word-index.ts';

export interface TrainingDocument extends SearchDocument {
  trainingQuestions: TrainingQuestion[];
}

/** What texts of articles mean, by the text; empty without a model for it. */
export type Vectors = ReadonlyMap<string, Vector>;

/** What sample questions told of the articles that they were held out from. */
export interface CrossValidation {
  /** How questions fared by words and the model of questions alone, and with what a model made of their meaning. */
  lexical: CalibrationSample[];
  semantic: CalibrationSample[];
  /** How much meaning is worth; undefined where too few questions tell. */
  meaningShare: number | undefined;
}

/** Questions that are asked, spread over all there are. */
const MAX_ASKED = 300;
/** Of more articles fewer are asked, as each takes longer: measuring never takes longer than learning. */
const MAX_SEARCHED = 300_000;
const MIN_ASKED = 90;
/**
 * Questions that no article answers, for each that one does: fewer than members ask, as those of articles that are left out are
 * more like the others than what members ask besides. Fewer still with much experience, where what was trained finds more than
 * is found here without it. Chosen on training questions of banking77 and CLINC150.
 */
const UNANSWERED_SHARE = { new: 0.17, experienced: 0.1 };
/**
 * How much what a model makes of a question may count. A weak model is worth little and a strong one much, so it is
 * measured on the operator's own questions; the usual share is for where that cannot be.
 */
const MEANING_SHARES = [0, 0.25, 0.5, 0.75];
export const DEFAULT_MEANING_SHARE = 0.4;
/** Fewer questions than this tell no share from another. */
const MIN_QUESTIONS = 40;
/** A right article further down is as good as none. */
const MAX_RANK = 10;

/** A question of an article, to be asked as if it had not been learned. */
interface AskedQuestion {
  id: string;
  text: string;
  vector: Vector | null;
  held: HeldOut;
}

/**
 * Asks sample questions of `sources`, each as if it had not been learned, or its article were not there. What stands in
 * `sources` may be newer than `documents` or older; a few questions that are gone change nothing.
 */
export function* crossValidate(
  documents: readonly TrainingDocument[],
  sources: Omit<RankingSources, 'meaningShare'>,
  vectors: Vectors = new Map(),
): Generator<void, CrossValidation> {
  const asked = yield* questionsOf(documents, vectors);
  const meaningShare = vectors.size > 0 ? yield* bestShare(asked, sources) : undefined;
  const lexical = yield* samplesOf(asked, sources, null);
  const semantic =
    vectors.size > 0 ? yield* samplesOf(asked, sources, meaningShare ?? DEFAULT_MEANING_SHARE) : [];
  return { lexical, semantic, meaningShare };
}

function* questionsOf(
  documents: readonly TrainingDocument[],
  vectors: Vectors,
): Generator<void, AskedQuestion[]> {
  const all = documents.reduce((sum, { article }) => sum + article.questions.length, 0);
  const most = Math.min(MAX_ASKED, Math.max(MIN_ASKED, MAX_SEARCHED / documents.length));
  const step = Math.max(1, all / most);
  const asked: AskedQuestion[] = [];
  let number = 0;
  let first = 0;
  for (const document of documents) {
    const { id, questions } = document.article;
    for (const [place, text] of questions.entries()) {
      if (number++ < asked.length * step) continue;
      asked.push({
        id,
        text,
        vector: vectors.get(text) ?? null,
        held: {
          id,
          question: text,
          // The title was learned before the questions.
          example: first + 1 + place,
          vectors: vectorsOf(without(document, text), vectors),
        },
      });
    }
    first += document.trainingQuestions.length;
    yield;
  }
  return asked;
}

function without({ article, learnedQuestions }: SearchDocument, text: string): SearchDocument {
  return {
    article: { ...article, questions: article.questions.filter((other) => other !== text) },
    learnedQuestions,
  };
}

/** All samples, by meaning too where it has a share. */
function* samplesOf(
  asked: readonly AskedQuestion[],
  sources: Omit<RankingSources, 'meaningShare'>,
  meaningShare: number | null,
): Generator<void, CalibrationSample[]> {
  const samples: CalibrationSample[] = [];
  const weight =
    UNANSWERED_SHARE.new +
    (UNANSWERED_SHARE.experienced - UNANSWERED_SHARE.new) * (sources.model?.experience ?? 0);
  for (const { id, text, vector, held } of asked) {
    if (meaningShare !== null && !vector) continue;
    const part = { text, weight: 1, vector: meaningShare === null ? null : vector };
    const find = (held: HeldOut) => rank([part], { ...sources, meaningShare: meaningShare ?? 0 }, 1, held);
    for (const one of find(held)) samples.push({ right: one.id === id, signals: one.signals, weight: 1 });
    yield;
    for (const { signals } of find({ id, vectors: [] })) samples.push({ right: false, signals, weight });
    yield;
  }
  return samples;
}

/**
 * The smallest share that does as well as the best, within one standard error of the difference: what a model seems to
 * gain may be chance (the rule is Breiman's, https://hastie.su.domains/ElemStatLearn/, 7.10).
 */
function* bestShare(
  asked: readonly AskedQuestion[],
  sources: Omit<RankingSources, 'meaningShare'>,
): Generator<void, number | undefined> {
  const questions = asked.filter(({ vector }) => vector);
  if (questions.length < MIN_QUESTIONS) return undefined;
  const tried: { share: number; gains: number[]; whole: number }[] = [];
  for (const share of MEANING_SHARES) {
    const gains: number[] = [];
    for (const { id, text, vector, held } of questions) {
      const found = rank([{ text, weight: 1, vector }], { ...sources, meaningShare: share }, MAX_RANK, held);
      const place = found.findIndex((ranked) => ranked.id === id);
      gains.push(place < 0 ? 0 : 1 / Math.log2(place + 2));
      yield;
    }
    tried.push({ share, gains, whole: sum(gains) });
  }
  const best = tried.reduce((one, other) => (other.whole > one.whole ? other : one));
  return tried.find(({ gains }) => {
    const lost = gains.map((gain, number) => (best.gains[number] ?? 0) - gain);
    const mean = sum(lost) / lost.length;
    const variance = sum(lost.map((value) => (value - mean) ** 2)) / lost.length;
    return mean <= Math.sqrt(variance / lost.length);
  })?.share;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** What the texts of an article mean, as far as it is known. */
export function vectorsOf(document: SearchDocument, vectors: Vectors): Vector[] {
  if (vectors.size === 0) return [];
  return textsToEmbed(document).flatMap((text) => vectors.get(text) ?? []);
}
