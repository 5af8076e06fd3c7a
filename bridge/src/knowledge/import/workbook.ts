import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';

interface Sheet {
  '@_id'?: string;
  /** ECMA-376, 18.2.19: `hidden` and `veryHidden` are not shown. */
  '@_state'?: string;
}

/** Cells that are shown as one, which holds what the first of them does; rows and columns from 0. */
export interface MergedCells {
  column: number;
  from: number;
  to: number;
}

export interface ShownSheet {
  /** From 1. */
  number: number;
  merged: MergedCells[];
}

const xml = new XMLParser({
  ignoreAttributes: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (name) => name === 'sheet' || name === 'Relationship',
});

/** The first sheet of a workbook that people see: files hide lists and settings in the first. */
export function shownSheet(bytes: Uint8Array): ShownSheet {
  try {
    const read = (wanted: string) =>
      strFromU8(unzipSync(bytes, { filter: ({ name }) => name === wanted })[wanted] ?? new Uint8Array());
    const sheets: Sheet[] = xml.parse(read(WORKBOOK)).workbook?.sheets?.sheet ?? [];
    const place = Math.max(
      0,
      sheets.findIndex((sheet) => !/hidden/i.test(sheet['@_state'] ?? '')),
    );
    const relations: Record<string, string>[] = xml.parse(read(RELATIONS)).Relationships?.Relationship ?? [];
    const target = relations.find((one) => one['@_Id'] === sheets[place]?.['@_id'])?.['@_Target'] ?? '';
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    return { number: place + 1, merged: mergedIn(read(part)) };
  } catch {
    // What is wrong with the file is said when it is read.
    return { number: 1, merged: [] };
  }
}

/** ECMA-376, 18.3.1.54. What is merged across columns alone is a heading over them, or one cell. */
const mergedIn = (sheet: string): MergedCells[] =>
  [...sheet.matchAll(/<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"/g)]
    .map(([, letters = '', from, to]) => ({
      column: columnOf(letters) - 1,
      from: Number(from) - 1,
      to: Number(to) - 1,
    }))
    .filter(({ from, to }) => to > from);

/** The number of a column, from 1. */
export const columnOf = (letters: string): number =>
  [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
