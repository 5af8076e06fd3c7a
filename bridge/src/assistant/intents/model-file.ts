import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { trainLinearModel } from '../../knowledge/learning/linear-model.ts';
import { vectorizerOf } from '../../knowledge/learning/vectorizer.ts';
import { expandPattern, linesOf } from './expand-pattern.ts';
import { BUCKETS, type IntentExamples, type IntentWeights, trainIntentModel } from './intent-model.ts';

/** Between two sentences that a key is made from. */
const PROBE_EVERY = 40;
const DIGEST_BYTES = 32;

/** A file of `folder` for what this very program learns from `examples`. */
export function modelFile(folder: string, examples: IntentExamples) {
  const path = join(folder, nameOf(examples));
  return {
    /** What `write` left. Null where there is nothing, or it is damaged, or of another version. */
    read(): IntentWeights | null {
      let file: Uint8Array<ArrayBuffer>;
      try {
        file = new Uint8Array(readFileSync(path));
      } catch {
        return null;
      }
      const numbers = file.slice(0, -DIGEST_BYTES);
      const digest = file.subarray(-DIGEST_BYTES);
      if (digest.length !== DIGEST_BYTES || numbers.length % Float32Array.BYTES_PER_ELEMENT !== 0)
        return null;
      if (!timingSafeEqual(digest, digestOf(numbers))) return null;
      const learned = new Float32Array(numbers.buffer);
      return { rarity: learned.slice(0, BUCKETS), weights: learned.slice(BUCKETS) };
    },

    /** Rejects where the folder cannot be written to; what was learned is then learned again at the next start. */
    async write({ rarity, weights }: IntentWeights): Promise<void> {
      const learned = new Float32Array(rarity.length + weights.length);
      learned.set(rarity);
      learned.set(weights, rarity.length);
      const numbers = new Uint8Array(learned.buffer);
      await mkdir(folder, { recursive: true });
      // Several processes may keep the same at once; none reads half of it.
      const half = `${path}.${process.pid}`;
      await writeFile(half, Buffer.concat([numbers, digestOf(numbers)]), { mode: 0o600 });
      await rename(half, path);
    },
  };
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/**
 * Named after the examples, how they are learned, and what some of them are made of: with another way to take a text
 * apart, or another dictionary to segment Japanese, what was learned would mean something else.
 */
function nameOf(examples: IntentExamples): string {
  const hash = createHash('sha256').update(JSON.stringify(examples));
  hash.update(String(trainIntentModel)).update(String(trainLinearModel));
  const { vectorize } = vectorizerOf(new Float32Array(BUCKETS).fill(1));
  const sentences = examples
    .flatMap((set) => Object.values(set).flatMap(linesOf))
    .filter((_, number) => number % PROBE_EVERY === 0)
    .flatMap((line) => expandPattern(line).slice(0, 1));
  for (const sentence of sentences) {
    const { buckets, weights } = vectorize(sentence);
    hash.update(buckets).update(weights);
  }
  return `intents-${hash.digest('hex').slice(0, 32)}.bin`;
}
