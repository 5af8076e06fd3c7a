import type { Article } from '@flexcord/bridge/knowledge/article';
import { MIN_ANSWER_SCORE, MIN_SHOWN_SCORE } from '@flexcord/bridge/knowledge/knowledge';
import { questionModelOf, trainQuestionModel } from '@flexcord/bridge/knowledge/learning/question-model';
import { runToEnd } from '@flexcord/bridge/knowledge/learning/time-slices';
import { confidenceOf } from '@flexcord/bridge/knowledge/search/confidence';
import { rank } from '@flexcord/bridge/knowledge/search/ranking';
import { createVectorIndex } from '@flexcord/bridge/knowledge/search/semantic/vector-index';
import { createWordIndex } from '@flexcord/bridge/knowledge/search/word-index';
import { type Prediction, type Reliability, reliabilityOf } from '@flexcord/bridge/testing/reliability';
import { hitsOf, type Prepare } from './searchers.ts';
import { type Split, withUnanswerable } from './splits.ts';

/** The first hit and the chance that it is right; undefined where nothing is found. */
type ConfidenceOf = (query: string) => Promise<{ id: string; confidence: number } | undefined>;

const calibrated =
  (prepare: Prepare) =>
  async (articles: readonly Article[]): Promise<ConfidenceOf> => {
    const knowledge = await prepare(articles);
    return async (query) => {
      const [hit] = await hitsOf(knowledge, query);
      return hit && { id: hit.article.id, confidence: hit.score };
    };
  };

/** What is found is the same as without a model for meaning; its signals are weighed as if nothing had been measured. */
async function fixedWeights(articles: readonly Article[]): Promise<ConfidenceOf> {
  const words = createWordIndex();
  for (const article of articles) words.put(article.id, { article, learnedQuestions: [] });
  const trainingQuestions = articles.flatMap(({ id, title, questions }) =>
    [title, ...questions].map((text) => ({ id, text, weight: 1 })),
  );
  const learned = runToEnd(trainQuestionModel(trainingQuestions));
  const model = learned && questionModelOf(learned);
  const sources = { words, model, meaning: createVectorIndex(), meaningShare: 0 };
  return async (query) => {
    const [hit] = rank([{ text: query, weight: 1 }], sources, 1);
    return hit && { id: hit.id, confidence: confidenceOf(null)(hit.signals) };
  };
}

const COLUMNS: Record<string, (reliability: Reliability) => number | null> = {
  right: ({ base }) => base,
  ECE: ({ ece }) => ece,
  Brier: ({ brier }) => brier,
  skill: ({ skill }) => skill,
  AUROC: ({ auroc }) => auroc,
  answered: ({ answered }) => answered,
  'of which right': ({ answeredRight }) => answeredRight,
  'right but lost': ({ lost }) => lost,
};

/** Prints how far the confidence of first hits can be relied on, as means over `splits`. */
export async function printCalibration(
  ours: Readonly<Record<string, Prepare>>,
  splits: readonly Split[],
): Promise<void> {
  const confidences = [
    ...Object.entries(ours).map(([name, prepare]) => [name, calibrated(prepare)] as const),
    ['fixed weights', fixedWeights] as const,
  ];
  console.log(
    `\nConfidence; answered from ${MIN_ANSWER_SCORE}, lost below ${MIN_SHOWN_SCORE}\n${''.padEnd(34)} ${Object.keys(COLUMNS).join('  ')}`,
  );
  for (const [what, asked] of [
    ['every question answerable', splits],
    ['a fifth without an article', splits.map(withUnanswerable)],
  ] as const) {
    console.log(what);
    for (const [name, prepare] of confidences) {
      const found: Reliability[] = [];
      for (const { articles, queries } of asked) {
        const tell = await prepare(articles);
        const judged: Prediction[] = [];
        for (const { text, category } of queries) {
          const hit = await tell(text);
          judged.push({ confidence: hit?.confidence ?? 0, right: hit?.id === category });
        }
        found.push(reliabilityOf(judged, { sure: MIN_ANSWER_SCORE, unsure: MIN_SHOWN_SCORE }));
      }
      console.log(`  ${name.padEnd(32)}${row(found)}`);
    }
  }
}

function row(found: readonly Reliability[]): string {
  return Object.entries(COLUMNS)
    .map(([head, of]) => {
      const figures = found.map(of).filter((figure) => figure !== null);
      const mean = figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
      return (figures.length === 0 ? '–' : mean.toFixed(3)).padStart(Math.max(head.length, 5) + 1);
    })
    .join(' ');
}
