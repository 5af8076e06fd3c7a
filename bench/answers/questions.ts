import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byCategory, type Labelled, readBanking77 } from '../knowledge/dataset.ts';

/** Articles by category, with the questions that they are learned from, and what is asked of them. */
export interface Questions {
  name: string;
  articles: Map<string, string[]>;
  test: Labelled[];
  /** What none of the articles answers. */
  foreign: string[];
}

export const HOW_TO_GET =
  "Give a folder with data_full.json (CLINC150, https://github.com/clinc/oos-eval, folder data, CC BY 3.0) and banking77's train.csv and test.csv (https://github.com/PolyAI-LDN/task-specific-datasets, folder banking_data, CC BY 4.0), or one of the two.";

const SEED = 1;

export function readQuestions(folder: string | undefined): Questions[] {
  if (folder === undefined) return [];
  const banking = readBanking77(folder);
  const clinc = readClinc(folder);
  const sets: Questions[] = [];
  if (banking) {
    const foreign = clinc?.test.map(({ text }) => text) ?? [];
    sets.push({ name: 'banking77', articles: byCategory(banking.train, SEED), test: banking.test, foreign });
  }
  if (clinc) sets.push(clinc);
  return sets;
}

function readClinc(folder: string): Questions | null {
  const path = join(folder, 'data_full.json');
  if (!existsSync(path)) return null;
  const {
    train = [],
    test = [],
    oos_test = [],
  } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, [text: string, category: string][]>;
  const labelled = (rows: [string, string][]): Labelled[] =>
    rows.map(([text, category]) => ({ text, category }));
  return {
    name: 'CLINC150',
    articles: byCategory(labelled(train), SEED),
    test: labelled(test),
    foreign: oos_test.map(([text]) => text),
  };
}
