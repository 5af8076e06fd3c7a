import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { ImportMapping } from '@flexcord/shared/panel/library';
import { decodeText, UndecodableText } from '../../formats/decode.ts';
import { readCsv } from './csv.ts';
import { ENDINGS } from './endings.ts';
import { ImportError, type ImportSource } from './records.ts';
import type { SitemapOptions } from './sitemap.ts';
import { getPage } from './web.ts';
import { readXlsx } from './xlsx.ts';

const MAX_FILE_BYTES = 200 * 1024 * 1024;
const MAX_PAGES = 1_000;

/**
 * What a folder, a file or an address has to import.
 * @throws ImportError where it cannot be read or is nothing that can be imported
 */
export async function openImportSource(
  what: string,
  { mapping = {}, ...options }: SitemapOptions & { mapping?: ImportMapping },
): Promise<ImportSource> {
  if (/^https?:\/\//i.test(what)) return openAddress(what, options);
  const found = await stat(what).catch(() => null);
  if (!found) throw new ImportError(`${what} does not exist.`);
  if (found.isDirectory() || ENDINGS.test(what)) {
    const { readMarkdown } = await import('./markdown.ts');
    return readMarkdown(what, mapping);
  }
  if (found.size > MAX_FILE_BYTES)
    throw new ImportError(`${what} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Split it.`);
  const bytes = await readFile(what);
  if (extname(what).toLowerCase() === '.json') return readHelpCenter(basename(what), textOf(what, bytes));
  return openSpreadsheet(what, bytes, mapping);
}

/** A CSV or XLSX file, by the ending of its name; `mapping` says what its columns are where their headings do not. */
export function openSpreadsheet(name: string, bytes: Uint8Array, mapping: ImportMapping = {}): ImportSource {
  switch (extname(name).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return readCsv(basename(name), bytes, mapping);
    case '.xls':
    case '.ods':
    case '.numbers':
      throw new ImportError(
        `${name} is a spreadsheet of another program. Save it as .xlsx, then import it again.`,
      );
    case '.xlsx':
      return readXlsx(basename(name), bytes, mapping);
    default:
      throw new ImportError(
        `${name} is of no kind that can be imported: a folder of Markdown or HTML, .md, .mdx, .html, .csv, .tsv, .xlsx, .json (Zendesk, Intercom), or the address of a sitemap or of Zendesk's articles API.`,
      );
  }
}

async function openAddress(address: string, options: SitemapOptions): Promise<ImportSource> {
  if (!URL.canParse(address)) throw new ImportError(`${address} is not an address.`);
  const fetched = async (url: string) => {
    const answer = await getPage(url, options).catch((error: Error) => {
      throw error instanceof ImportError ? new ImportError(`${url}: ${error.message}`) : error;
    });
    if (answer.status !== 200) throw new ImportError(`${url} answers with status ${answer.status}.`);
    return answer;
  };
  const first = await fetched(address);
  if (!/json/.test(first.contentType)) {
    const { readSitemap } = await import('./sitemap.ts');
    return readSitemap(first.url, first.bytes, options);
  }
  // Zendesk's articles API names its next page.
  const { nextPageOf } = await import('./help-centers.ts');
  const pages: unknown[] = [];
  const asked = new Set([address]);
  for (let answer = first; ; ) {
    const page = jsonOf(answer.url, textOf(answer.url, answer.bytes, answer.contentType));
    pages.push(page);
    const next = nextPageOf(page, answer.url);
    // Only on the same host; what leads in a circle ends there.
    if (next?.host !== new URL(address).host) break;
    if (asked.has(next.href) || pages.length === MAX_PAGES) break;
    asked.add(next.href);
    answer = await fetched(next.href);
  }
  return readHelpCenter(address, JSON.stringify(pages));
}

/** What reads HTML is loaded when there is some: a bridge that starts needs none of it. */
async function readHelpCenter(name: string, text: string): Promise<ImportSource> {
  const { readHelpCenter: read } = await import('./help-centers.ts');
  return read(name, text);
}

function jsonOf(url: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ImportError(`${url} says that it is JSON, and is not.`);
  }
}

function textOf(name: string, bytes: Uint8Array, contentType?: string): string {
  try {
    return decodeText(bytes, { kind: 'plain', contentType });
  } catch (error) {
    throw error instanceof UndecodableText ? new ImportError(`${name} ${error.message}`) : error;
  }
}
