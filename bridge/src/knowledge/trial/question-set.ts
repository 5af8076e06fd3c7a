import { CsvError, parse } from 'csv-parse/sync';
import { withoutGuard } from '../../formats/csv.ts';
import { decodeText } from '../../formats/decode.ts';
import type { Answer, Knowledge } from '../knowledge.ts';
import { askedLanguage } from '../text/terms.ts';

/** A question of the operator's own, and the articles that answer it; none where there is to be no answer. */
export interface TestQuestion {
  question: string;
  articles: string[];
}

/** How a question fared: `certain-wrong` is the worst, `certain` the best. */
export type Outcome = (typeof OUTCOMES)[number];
const OUTCOMES = ['certain-wrong', 'wrong', 'missed', 'shown', 'certain'] as const;

export interface TestedQuestion extends TestQuestion {
  outcome: Outcome;
  /** Ids of what is shown, best first. */
  shown: string[];
}

/** A test set that cannot be used; the message is a sentence. */
export class QuestionSetError extends Error {
  override readonly name = 'QuestionSetError';
}

/**
 * Reads a test set: CSV with the columns `question` and `articles`, ids parted by spaces, none where nothing is to be shown.
 * @throws QuestionSetError
 */
export function readQuestionSet(file: string, bytes: Uint8Array): TestQuestion[] {
  let rows: Record<string, string>[];
  try {
    rows = parse(decodeText(bytes, { kind: 'plain' }), {
      columns: (names: string[]) => names.map((name) => withoutGuard(name).trim().toLowerCase()),
      delimiter: [',', ';', '\t'],
      skip_empty_lines: true,
      trim: true,
      bom: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new QuestionSetError(`${file} cannot be read as CSV: ${error.message}.`);
  }
  const [first] = rows;
  if (!first) throw new QuestionSetError(`${file} has no questions.`);
  for (const column of ['question', 'articles'])
    if (!(column in first)) throw new QuestionSetError(`${file} has no column "${column}".`);
  return rows
    .map(({ question = '', articles = '' }) => ({
      question: withoutGuard(question),
      articles: withoutGuard(articles).split(/\s+/).filter(Boolean),
    }))
    .filter(({ question }) => question !== '');
}

/** Asks every question as a member would, who is given no more than is shown. */
export async function testQuestions(
  knowledge: Knowledge,
  questions: readonly TestQuestion[],
): Promise<TestedQuestion[]> {
  const tested: TestedQuestion[] = [];
  for (const one of questions) {
    await knowledge.prepare?.([one.question]);
    const answer = knowledge.ask(one.question, { language: askedLanguage(one.question, null) });
    const shown = answer.hits.map(({ article }) => article.id);
    tested.push({ ...one, shown, outcome: outcomeOf(one, answer.is, shown) });
  }
  return tested;
}

function outcomeOf({ articles }: TestQuestion, is: Answer['is'], shown: readonly string[]): Outcome {
  if (is === 'none') return articles.length === 0 ? 'certain' : 'missed';
  const isRight =
    is === 'answer' ? articles.includes(shown[0] ?? '') : shown.some((id) => articles.includes(id));
  if (isRight) return is === 'answer' ? 'certain' : 'shown';
  return is === 'answer' ? 'certain-wrong' : 'wrong';
}

/** Above 0: it fares better than before; below: worse. */
export const gainOf = (before: Outcome, now: Outcome): number =>
  OUTCOMES.indexOf(now) - OUTCOMES.indexOf(before);

/** How many questions fared in which way. */
export const countsOf = (tested: readonly TestedQuestion[]): Record<Outcome, number> =>
  Object.fromEntries(
    OUTCOMES.map((outcome) => [outcome, tested.filter((one) => one.outcome === outcome).length]),
  ) as Record<Outcome, number>;
