import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generator, shuffle } from '@flexcord/bridge/knowledge/learning/linear-model';

/** A question and the category it belongs to. */
export interface Labelled {
  text: string;
  category: string;
}

export interface Banking77 {
  train: Labelled[];
  test: Labelled[];
}

export const HOW_TO_GET =
  "Give the folder with banking77's train.csv and test.csv: download both from https://github.com/PolyAI-LDN/task-specific-datasets (folder banking_data, CC BY 4.0) and run `bun run bench:kb <folder>`.";

/** Null when a file is missing. */
export function readBanking77(folder: string): Banking77 | null {
  try {
    return { train: readLabelled(join(folder, 'train.csv')), test: readLabelled(join(folder, 'test.csv')) };
  } catch {
    return null;
  }
}

/** The questions of each category in a shuffled order, the categories in the order of their names. */
export function byCategory(questions: readonly Labelled[], seed: number): Map<string, string[]> {
  const random = generator(seed);
  const groups = new Map<string, string[]>();
  for (const { text, category } of questions) groups.set(category, [...(groups.get(category) ?? []), text]);
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, texts] of sorted) shuffle(texts, random);
  return new Map(sorted);
}

function readLabelled(path: string): Labelled[] {
  const [, ...rows] = parseCsv(readFileSync(path, 'utf8'));
  return rows.flatMap(([text, category]) => (text && category ? [{ text: text.trim(), category }] : []));
}

/** RFC 4180: quoted fields, doubled quotes, line breaks in quotes. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}
