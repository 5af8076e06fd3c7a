import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Store } from '../../store/open.ts';
import { contentOf } from '../articles/content.ts';
import { articleBatches } from '../articles/queries.ts';
import { writeCsv } from './csv.ts';
import { toMarkdown } from './markdown-file.ts';
import { ImportError } from './records.ts';
import type { ArticleToWrite } from './table.ts';
import { writeXlsx } from './xlsx.ts';

/** Every article that is not deleted, drafts too. */
export async function* articlesToWrite(store: Store): AsyncGenerator<ArticleToWrite> {
  for await (const rows of articleBatches(store, (query) => query.where('deleted_at', 'is', null)))
    yield* rows.map((row) => ({ id: row.id, status: row.status, content: contentOf(row) }));
}

/**
 * Writes every article into a `.csv` or `.xlsx` file, or, for a path without ending, into a folder, one Markdown file
 * each; how many. What is written can be imported again and changes nothing then.
 */
export async function exportArticles(store: Store, path: string): Promise<number> {
  let count = 0;
  async function* counted() {
    for await (const article of articlesToWrite(store)) {
      count += 1;
      yield article;
    }
  }
  switch (extname(path).toLowerCase()) {
    case '.csv':
      await pipeline(Readable.from(writeCsv(counted())), createWriteStream(path));
      return count;
    case '.xlsx':
      await writeFile(path, await writeXlsx(counted()));
      return count;
    case '': {
      await mkdir(path, { recursive: true });
      for await (const { id, status, content } of counted())
        await writeFile(join(path, `${fileNameOf(id)}.md`), toMarkdown(id, status, content));
      return count;
    }
    default:
      throw new ImportError(`${path} is no .csv, no .xlsx and no folder: name one of these.`);
  }
}

/** A name that every file system takes, different for different ids whatever the case of letters; the id itself stands in the file. */
function fileNameOf(id: string): string {
  const plain = id.replace(/[^a-z0-9_-]/g, '_').slice(0, 100);
  return plain === id && !/^(con|prn|aux|nul|com\d|lpt\d)$/i.test(id)
    ? plain
    : `${plain}-${Bun.hash(id).toString(36)}`;
}
