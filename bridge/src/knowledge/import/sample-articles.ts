import { join } from 'node:path';
import type { Store } from '../../store/open.ts';
import { importArticles } from './import-articles.ts';
import { readMarkdown } from './markdown.ts';

/** The help centre of a game that does not exist, so that there is something to ask before a brand has put in its own. */
export const sampleFolder = join(import.meta.dir, '../sample');

/** Puts the sample articles into a store that has no article yet, and never had one. */
export async function addSampleArticles(store: Store): Promise<void> {
  const any = await store.db.selectFrom('articles').select('id').limit(1).executeTakeFirst();
  if (any) return;
  await importArticles(
    store,
    { ...readMarkdown(sampleFolder), source: 'sample' },
    {},
    { identity: null, name: 'Flexcord' },
  );
}
