import type { Article } from '@flexcord/bridge/knowledge/article';
import { usualConfidence } from '@flexcord/bridge/knowledge/confidence';
import { createKnowledge, SURE, UNSURE } from '@flexcord/bridge/knowledge/knowledge';
import { trainQuestionModel } from '@flexcord/bridge/knowledge/question-model';
import { rank } from '@flexcord/bridge/knowledge/ranking';
import { type Reliability, reliabilityOf } from '@flexcord/bridge/knowledge/reliability';
import { runWhole } from '@flexcord/bridge/knowledge/slices';
import { createWordIndex } from '@flexcord/bridge/knowledge/word-index';
import { type Split, withUnanswerable } from './splits.ts';

/** The first hit and the chance that it is right; undefined where nothing is found. */
type Teller = (query: string) => { id: string; confidence: number } | undefined;

const TELLERS: Record<string, (articles: readonly Article[]) => Promise<Teller>> = {
  calibrated: async (articles) => {
    const knowledge = createKnowledge();
    knowledge.put(articles);
    await knowledge.ready();
    return (query) => {
      const [hit] = knowledge.search(query, { language: 'en' });
      return hit && { id: hit.article.id, confidence: hit.score };
    };
  },
  /** What is found is the same; its signals are weighed as if nothing had been measured. */
  'fixed weights': async (articles) => {
    const index = createWordIndex();
    for (const article of articles) index.put(article.id, { article, taught: [] });
    const lessons = articles.flatMap(({ id, title, questions }) =>
      [title, ...questions].map((text) => ({ id, text, weight: 1 })),
    );
    const model = runWhole(trainQuestionModel(lessons));
    return (query) => {
      const [hit] = rank([{ text: query, weight: 1 }], index, model, 1);
      return hit && { id: hit.id, confidence: usualConfidence(hit.signals) };
    };
  },
};

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
export async function printCalibration(splits: readonly Split[]): Promise<void> {
  console.log(
    `\nConfidence; answered from ${SURE}, lost below ${UNSURE}\n${''.padEnd(34)} ${Object.keys(COLUMNS).join('  ')}`,
  );
  for (const [what, asked] of [
    ['every question answerable', splits],
    ['a fifth without an article', splits.map(withUnanswerable)],
  ] as const) {
    console.log(what);
    for (const [name, prepare] of Object.entries(TELLERS)) {
      const found: Reliability[] = [];
      for (const { articles, queries } of asked) {
        const tell = await prepare(articles);
        const judged = queries.map(({ text, category }) => {
          const hit = tell(text);
          return { confidence: hit?.confidence ?? 0, right: hit?.id === category };
        });
        found.push(reliabilityOf(judged, { sure: SURE, unsure: UNSURE }));
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
