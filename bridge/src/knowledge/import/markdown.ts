import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { label } from '@flexcord/shared/messages/label';
import type { ImportMapping } from '@flexcord/shared/panel/library';
import { decodeText, UndecodableText } from '../../formats/decode.ts';
import { ENDINGS, HTML_ENDINGS } from './endings.ts';
import { MarkdownError } from './front-matter.ts';
import { isContents, type MarkdownFile, parseMarkdown } from './markdown-file.ts';
import { foldersOf, languageOfFolder, languageOfPath } from './page-language.ts';
import { type ImportColumn, ImportError, type ImportRecord, type ImportSource } from './records.ts';

const MAX_FILES = 20_000;
const MAX_COLUMNS = 200;
const EXAMPLE_LENGTH = 80;

/** The files of Markdown, MDX and HTML of a folder, or one of them; `mapping` says what fields of front matter are. */
export function readMarkdown(path: string, mapping: ImportMapping = {}): ImportSource {
  const columns = new Map<string, ImportColumn>();
  return {
    source: 'markdown',
    origin: resolve(path),
    keepsEdits: true,
    records: filesOf(path, mapping, columns),
    columns: () => [...columns.values()],
  };
}

async function* filesOf(
  path: string,
  mapping: ImportMapping,
  columns: Map<string, ImportColumn>,
): AsyncGenerator<ImportRecord> {
  const isFolder = (await stat(path)).isDirectory();
  const all = isFolder ? (await readdir(path, { recursive: true })).filter(isPage).sort() : [basename(path)];
  const files = isFolder ? all.filter((name) => !isHidden(name)) : all;
  if (files.length === 0) throw new ImportError(`${path} has no file that ends with .md, .mdx or .html.`);
  if (files.length > MAX_FILES)
    throw new ImportError(
      `${path} has ${files.length} articles; at most ${MAX_FILES} can be imported at once.`,
    );
  const folders = foldersOf(files);
  const ofFolder = isFolder ? languageOfFolder(resolve(path), await foldersBeside(path)) : undefined;
  for (const name of isFolder ? all.filter(isHidden) : [])
    yield {
      is: 'skipped',
      where: join(path, name),
      reason: 'is kept for programs: its name, or that of its folder, begins with a dot.',
    };
  for (const name of files) {
    const where = isFolder ? join(path, name) : path;
    if (PART.test(name)) {
      yield {
        is: 'skipped',
        where,
        reason: 'is a part of other pages: its name, or that of its folder, begins with "_".',
      };
      continue;
    }
    try {
      const isHtml = HTML_ENDINGS.test(name);
      const text = decodeText(await readFile(where), { kind: isHtml ? 'html' : 'plain' });
      if (isHtml && TEMPLATE.test(text)) {
        yield { is: 'skipped', where, reason: 'is a template that other pages are made of.' };
        continue;
      }
      const language = languageOfPath(name, folders) ?? ofFolder;
      const file = await parseMarkdown(text, name, { mapping, language });
      keepColumns(columns, file.given);
      yield recordOf(where, file);
    } catch (error) {
      if (error instanceof MarkdownError || error instanceof ImportError || error instanceof UndecodableText)
        yield { is: 'broken', where, reason: error.message };
      else if ((error as { code?: string }).code)
        yield { is: 'broken', where, reason: `cannot be read: ${(error as Error).message}.` };
      else throw error;
    }
  }
}

async function foldersBeside(path: string): Promise<string[]> {
  const found = await readdir(dirname(resolve(path)), { withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

/** Generators put collections of pages into folders such as `_posts`, too. */
const PART =
  /(?:^|[\\/])(?:_(?!index\.)[^\\/]*|_(?:includes?|layouts?|partials?|snippets?|components?|templates?)[\\/].*)$/;

/** Marks of template languages where a page has its address, title or what surrounds its text. */
const TEMPLATE =
  /^\s*(?:\{[{%]|<%)|<title\b[^>]*>[^<]*(?:\{[{%]|<%)|<(?:html|meta|link|script|body)\b[^>]*(?:\{[{%]|<%)/i;

/** Not what is installed there. */
const isPage = (name: string): boolean =>
  ENDINGS.test(name) && !name.split(sep).some((part) => part === 'node_modules' || part === '.git');

const isHidden = (name: string): boolean => name.split(sep).some((part) => part.startsWith('.'));

function recordOf(where: string, { given: _, ...found }: MarkdownFile): ImportRecord {
  const { withheld, ...file } = found;
  // https://jekyllrb.com/docs/posts/#drafts
  const reason = /(?:^|[\\/])_drafts[\\/]/.test(file.sourceId) ? 'is a draft there.' : withheld;
  if (reason) return { is: 'withdrawn', where, id: file.id, reason };
  if (file.fields.text === '' && !file.fields.url)
    return { is: 'skipped', where, reason: 'has nothing to read.' };
  if (isContents(file.sourceId, file.fields.text))
    return { is: 'skipped', where, reason: 'is the table of contents of the other pages.' };
  return { is: 'article', where, ...file };
}

function keepColumns(columns: Map<string, ImportColumn>, given: MarkdownFile['given']): void {
  for (const { name, field, value } of given) {
    if (columns.has(name) || columns.size >= MAX_COLUMNS) continue;
    const example = typeof value === 'object' ? JSON.stringify(value) : String(value);
    columns.set(name, {
      name: label(name, EXAMPLE_LENGTH),
      field,
      example: label(example, EXAMPLE_LENGTH),
    });
  }
}
