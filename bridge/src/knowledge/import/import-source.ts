import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { readCsv } from './csv.ts';
import { readMarkdown } from './markdown.ts';
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
export async function openImportSource(what: string, options: SitemapOptions): Promise<ImportSource> {
  if (/^https?:\/\//i.test(what)) return openAddress(what, options);
  const found = await stat(what).catch(() => null);
  if (!found) throw new ImportError(`${what} does not exist.`);
  if (found.isDirectory() || extname(what).toLowerCase() === '.md') return readMarkdown(what);
  if (found.size > MAX_FILE_BYTES)
    throw new ImportError(`${what} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Split it.`);
  const bytes = await readFile(what);
  if (extname(what).toLowerCase() === '.json') return readHelpCenter(basename(what), bytes.toString('utf8'));
  return openSpreadsheet(what, bytes);
}

/** A CSV or XLSX file, by the ending of its name. */
export function openSpreadsheet(name: string, bytes: Uint8Array): ImportSource {
  switch (extname(name).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return readCsv(basename(name), bytes);
    case '.xlsx':
      return readXlsx(basename(name), bytes);
    default:
      throw new ImportError(
        `${name} is of no kind that can be imported: a folder of Markdown, .md, .csv, .xlsx, .json (Zendesk, Intercom), or the address of a sitemap or of Zendesk's articles API.`,
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
  const pages: unknown[] = [];
  for (let answer = first; ; ) {
    const page = jsonOf(answer.url, answer.bytes);
    pages.push(page);
    const next = nextPage(page, address);
    if (!next || pages.length === MAX_PAGES) break;
    answer = await fetched(next);
  }
  return readHelpCenter(address, JSON.stringify(pages));
}

/** What reads HTML is loaded when there is some: a bridge that starts needs none of it. */
async function readHelpCenter(name: string, text: string): Promise<ImportSource> {
  const { readHelpCenter: read } = await import('./help-centers.ts');
  return read(name, text);
}

function jsonOf(url: string, bytes: Uint8Array): { next_page?: unknown } | null {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new ImportError(`${url} says that it is JSON, and is not.`);
  }
}

/** Only on the same host. */
function nextPage(page: { next_page?: unknown } | null, address: string): string | null {
  const next = URL.parse(String(page?.next_page ?? ''));
  return next?.host === new URL(address).host ? next.href : null;
}
