import type { Store } from '../../store/open.ts';
import { readMarkdown } from '../import/markdown.ts';
import { importArticles } from '../import/run.ts';
import { sampleFolder } from '../sample.ts';

/** Puts the sample articles into a store that has no article yet, and never had one. */
export async function addSample(store: Store): Promise<void> {
  const any = await store.db.selectFrom('articles').select('id').limit(1).executeTakeFirst();
  if (any) return;
  await importArticles(
    store,
    { ...readMarkdown(sampleFolder), source: 'sample' },
    {},
    { identity: null, name: 'Flexcord' },
  );
}
