import { type TrainingQuestion, trainQuestionModel } from '../learning/question-model.ts';
import type { CalibrationSample } from './confidence.ts';
import { type QueryPart, type RankingSources, type RelevanceSignals, rank } from './ranking.ts';
import { textsToEmbed } from './semantic/texts-to-embed.ts';
import type { Vector } from './semantic/vector.ts';
import { createVectorIndex } from './semantic/vector-index.ts';
import { createWordIndex, type SearchDocument } from './word-index.ts';

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

/** Of this many articles at most are questions held out: measuring takes as long as learning, for each fold. */
const MAX_ARTICLES = 120;
/** Where an article has few questions, several folds are measured; where it has more than `MANY_QUESTIONS`, one is enough. */
const FOLDS = 3;
const MANY_QUESTIONS = 13;
/** Of an article's questions, one in this many is held out in a fold, but not more than `MAX_HELD`. */
const HELD_ONE_IN = 3;
const MAX_HELD = 6;
/** In each fold, one in this many articles is missing: members also ask what no article answers. */
const MISSING_ONE_IN = 5;
/** Questions that no article answers, for each that one does: a fifth of all. */
const UNANSWERED_SHARE = 0.25;
/** Candidates of a held-out question that count as samples. */
const MAX_CANDIDATES = 3;
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

interface HeldOutQuestion {
  id: string;
  part: QueryPart;
  /** No article answers it. */
  missing: boolean;
}

interface Fold {
  sources: RankingSources;
  asked: HeldOutQuestion[];
}

/**
 * Asks sample questions of an index and a model that never saw them, nor some of the articles. To learn those and only
 * pass them over would not do: the model then knows that the others are not semantic.
 */
export function* crossValidate(
  documents: readonly TrainingDocument[],
  vectors: Vectors = new Map(),
): Generator<void, CrossValidation> {
  if (documents.length > MAX_ARTICLES) return { lexical: [], semantic: [], meaningShare: undefined };
  const questions = documents.reduce((sum, document) => sum + document.trainingQuestions.length, 0);
  const count = questions > MANY_QUESTIONS * documents.length ? 1 : FOLDS;
  const folds: Fold[] = [];
  for (let fold = 0; fold < count; fold++) folds.push(yield* withoutSome(documents, vectors, fold));
  const meaningShare = vectors.size > 0 ? yield* bestShare(folds) : undefined;
  const lexical = yield* samplesOf(folds, documents.length, null);
  const semantic =
    vectors.size > 0 ? yield* samplesOf(folds, documents.length, meaningShare ?? DEFAULT_MEANING_SHARE) : [];
  return { lexical, semantic, meaningShare };
}

/** All samples, by meaning too where it has a share. */
function* samplesOf(
  folds: readonly Fold[],
  articles: number,
  meaningShare: number | null,
): Generator<void, CalibrationSample[]> {
  const samples: CalibrationSample[] = [];
  const missed: Omit<CalibrationSample, 'weight'>[] = [];
  let answered = 0;
  for (const { sources, asked } of folds) {
    for (const { id, part, missing } of asked) {
      if (meaningShare !== null && !part.vector) continue;
      const parts = [meaningShare === null ? { ...part, vector: null } : part];
      const ranked = rank(
        parts,
        { ...sources, meaningShare: meaningShare ?? 0 },
        missing ? 1 : MAX_CANDIDATES,
      );
      const found = ranked.map((one) => ({
        right: one.id === id,
        signals: amongMore(one.signals, articles / sources.words.size),
      }));
      if (missing) missed.push(...found);
      else {
        answered++;
        samples.push(...found.map((one) => ({ ...one, weight: 1 })));
      }
      yield;
    }
  }
  const weight = (UNANSWERED_SHARE * answered) / missed.length;
  return [...samples, ...missed.map((one) => ({ ...one, weight }))];
}

/** The signals as they are with `times` as many articles: by chance, each of them is as much less likely. */
function amongMore(signals: RelevanceSignals, times: number): RelevanceSignals {
  const { likelihood } = signals;
  return { ...signals, likelihood: likelihood === null ? null : likelihood + Math.log(times) };
}

/**
 * The smallest share that does as well as the best, within one standard error of the difference: what a model seems to
 * gain may be chance (the rule is Breiman's, https://hastie.su.domains/ElemStatLearn/, 7.10).
 */
function* bestShare(folds: readonly Fold[]): Generator<void, number | undefined> {
  const questions = folds.flatMap(({ sources, asked }) =>
    asked
      .filter(({ missing, part }) => !missing && part.vector)
      .map((question) => ({ sources, ...question })),
  );
  if (questions.length < MIN_QUESTIONS) return undefined;
  const tried: { share: number; gains: number[]; whole: number }[] = [];
  for (const share of MEANING_SHARES) {
    const gains: number[] = [];
    for (const { sources, id, part } of questions) {
      const found = rank([part], { ...sources, meaningShare: share }, MAX_RANK);
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

function* withoutSome(
  documents: readonly TrainingDocument[],
  vectors: Vectors,
  fold: number,
): Generator<void, Fold> {
  const words = createWordIndex();
  const meaning = createVectorIndex();
  const asked: HeldOutQuestion[] = [];
  const kept: TrainingQuestion[] = [];
  for (const [number, { article, learnedQuestions, trainingQuestions }] of documents.entries()) {
    const { id, questions } = article;
    const missing = number % MISSING_ONE_IN === fold;
    const held = heldOf(questions, fold);
    for (const text of held)
      asked.push({ id, missing, part: { text, weight: 1, vector: vectors.get(text) ?? null } });
    if (!missing) {
      const others = (texts: readonly string[]) => texts.filter((text) => !held.has(text));
      const document = {
        article: { ...article, questions: others(questions) },
        learnedQuestions: others(learnedQuestions),
      };
      words.put(id, document);
      meaning.put(id, vectorsOf(document, vectors));
      kept.push(...trainingQuestions.filter(({ text }) => !held.has(text)));
    }
    yield;
  }
  const model = yield* trainQuestionModel(kept);
  return { sources: { words, model, meaning, meaningShare: 0 }, asked };
}

function heldOf(questions: readonly string[], fold: number): Set<string> {
  const oneIn = Math.max(HELD_ONE_IN, Math.ceil(questions.length / MAX_HELD));
  return new Set(questions.filter((_, number) => number % oneIn === fold));
}

/** What the texts of an article mean, as far as it is known. */
export function vectorsOf(document: SearchDocument, vectors: Vectors): Vector[] {
  if (vectors.size === 0) return [];
  return textsToEmbed(document).flatMap((text) => vectors.get(text) ?? []);
}
