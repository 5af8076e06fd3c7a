import type { ArticleContent } from '@flexcord/shared/panel/library';
import type { Tx } from '../../store/open.ts';
import { type ArticleRow, contentOf, hashOf } from '../articles/content.ts';
import type { Proposing } from './records.ts';

/** What a source wants of an article, and a person has to decide. */
export interface Proposal {
  articleId: string;
  kind: 'changed' | 'withdrawn';
  /** See `KnowledgeProposalsTable.why`. */
  why: 'edited' | 'rule' | 'many';
  content: ArticleContent | null;
  hash: string | null;
}

/** Why what a source wants of an article waits for a person; null where it may be done. */
export function whyWait(
  row: ArticleRow,
  { rule, hold }: Pick<Proposing, 'rule' | 'hold'>,
  kind: Proposal['kind'] = 'changed',
): Proposal['why'] | null {
  // Who changed it here would lose what they wrote. What was written here, and never came from a source, is theirs as well.
  if (hashOf(contentOf(row)) !== row.import_hash) return 'edited';
  if (kind === 'withdrawn' && hold) return 'many';
  return rule === 'propose' && row.status === 'published' ? 'rule' : null;
}

/** Puts it before a person, in place of what the source wanted before. */
export async function propose(tx: Tx, sourceId: number, proposal: Proposal): Promise<void> {
  const { articleId, kind, why, content, hash } = proposal;
  const values = {
    source_id: sourceId,
    kind,
    why,
    content: content && JSON.stringify(content),
    hash,
  };
  await tx
    .insertInto('knowledge_proposals')
    .values({ article_id: articleId, at: Date.now(), ...values })
    .onConflict((conflict) => conflict.column('article_id').doUpdateSet(values))
    .execute();
}
