import { createHash } from 'node:crypto';
import { DAY_MS } from '@flexcord/shared/time';
import type { Store } from '../../../store/open.ts';
import { fromSteps, type Vector } from './vector.ts';

/** Keys in one question to the store, and rows in one writing. */
const BATCH_SIZE = 200;
/** How fresh `used_at` is kept, in milliseconds: a start does not write what it only reads. */
const USE_NOTED_MS = DAY_MS;

/** Vectors of articles' texts in the store, so that a text is sent to the model once and not at each start. */
export function createVectorStore(store: Store, model: string) {
  /** The text itself is not kept a second time. */
  const keyOf = (text: string) => createHash('sha256').update(`${model}\n${text}`).digest('hex');

  return {
    async read(texts: readonly string[]): Promise<Map<string, Vector>> {
      const byKey = new Map(texts.map((text) => [keyOf(text), text]));
      const keys = [...byKey.keys()];
      const found = new Map<string, Vector>();
      const now = Date.now();
      for (let from = 0; from < keys.length; from += BATCH_SIZE) {
        const some = keys.slice(from, from + BATCH_SIZE);
        const rows = await store.db
          .selectFrom('text_vectors')
          .select(['key', 'steps', 'used_at'])
          .where('key', 'in', some)
          .execute();
        for (const { key, steps } of rows) {
          const text = byKey.get(key);
          // Copied: a row may be a view of a larger buffer, which would live as long as the vector.
          if (text !== undefined) found.set(text, fromSteps(Int8Array.from(new Int8Array(steps))));
        }
        const old = rows.filter(({ used_at }) => used_at < now - USE_NOTED_MS).map(({ key }) => key);
        if (old.length > 0)
          await store.db.updateTable('text_vectors').set({ used_at: now }).where('key', 'in', old).execute();
      }
      return found;
    },

    async write(vectors: ReadonlyMap<string, Vector>): Promise<void> {
      const rows = [...vectors].map(([text, { steps }]) => ({
        key: keyOf(text),
        steps: new Uint8Array(steps.buffer, steps.byteOffset, steps.byteLength),
        used_at: Date.now(),
      }));
      for (let from = 0; from < rows.length; from += BATCH_SIZE) {
        await store.db
          .insertInto('text_vectors')
          .values(rows.slice(from, from + BATCH_SIZE))
          .onConflict((conflict) => conflict.column('key').doNothing())
          .execute();
      }
    },
  };
}

export type VectorStore = ReturnType<typeof createVectorStore>;

/** Lets go what no article used since `before` (milliseconds since 1970), whatever model it is from. */
export async function deleteUnusedVectors(store: Store, before: number): Promise<void> {
  await store.db.deleteFrom('text_vectors').where('used_at', '<', before).execute();
}
