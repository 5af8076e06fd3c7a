import { XMLParser } from 'fast-xml-parser';
import { strFromU8, unzipSync } from 'fflate';

const WORKBOOK = 'xl/workbook.xml';

interface Sheet {
  '@_name'?: string;
  /** ECMA-376, 18.2.19: `hidden` and `veryHidden` are not shown. */
  '@_state'?: string;
}

const xml = new XMLParser({
  ignoreAttributes: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  isArray: (name) => name === 'sheet',
});

/** The first sheet of a workbook that people see, by its number from 1: files hide lists and settings in the first. */
export function shownSheet(bytes: Uint8Array): number {
  try {
    const part = unzipSync(bytes, { filter: ({ name }) => name === WORKBOOK })[WORKBOOK];
    const sheets: Sheet[] = xml.parse(strFromU8(part ?? new Uint8Array())).workbook?.sheets?.sheet ?? [];
    return (
      Math.max(
        0,
        sheets.findIndex((sheet) => !/hidden/i.test(sheet['@_state'] ?? '')),
      ) + 1
    );
  } catch {
    // What is wrong with the file is said when it is read.
    return 1;
  }
}
