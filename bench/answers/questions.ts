import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseCsv } from 'csv-parse/sync';
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
  "Give a folder with data_full.json (CLINC150, https://github.com/clinc/oos-eval, folder data, CC BY 3.0) and banking77's train.csv and test.csv (https://github.com/PolyAI-LDN/task-specific-datasets, folder banking_data, CC BY 4.0), or some of them; and *_train.csv and *_test.csv of HINT3 (https://github.com/hellohaptik/HINT3, folder dataset/v1, ODbL 1.0).";

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
  return [...sets, ...readHint3(folder)];
}

/** What CLINC150 has as a no, in the part named. */
export function readNoes(folder: string, part: string): string[] {
  const rows = clincRows(folder)?.[part] ?? [];
  return rows.flatMap(([text, category]) => (category === 'no' ? [text] : []));
}

/** What customers of three shops really wrote; half of it none of the shop's answers fits. */
function readHint3(folder: string): Questions[] {
  const read = (name: string) =>
    (
      parseCsv(readFileSync(join(folder, name), 'utf8'), { columns: true }) as {
        sentence: string;
        label: string;
      }[]
    ).map(({ sentence, label }): Labelled => ({ text: sentence, category: label }));
  return readdirSync(folder)
    .filter((name) => name.endsWith('_train.csv'))
    .sort()
    .map((train) => {
      const test = read(train.replace('_train', '_test'));
      const isForeign = ({ category }: Labelled) => category === 'NO_NODES_DETECTED';
      return {
        name: train.replace('_train.csv', ''),
        articles: byCategory(read(train), SEED),
        test: test.filter((asked) => !isForeign(asked)),
        foreign: test.filter(isForeign).map(({ text }) => text),
      };
    });
}

function clincRows(folder: string): Record<string, [text: string, category: string][]> | null {
  const path = join(folder, 'data_full.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
}

function readClinc(folder: string): Questions | null {
  const rows = clincRows(folder);
  if (!rows) return null;
  const { train = [], test = [], oos_test = [] } = rows;
  const labelled = (rows: [string, string][]): Labelled[] =>
    rows.map(([text, category]) => ({ text, category }));
  return {
    name: 'CLINC150',
    articles: byCategory(labelled(train), SEED),
    test: labelled(test),
    foreign: oos_test.map(([text]) => text),
  };
}
