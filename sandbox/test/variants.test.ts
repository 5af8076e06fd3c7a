import { afterEach, expect, test } from 'bun:test';
import { playConversation } from '../src/tour/conversation.ts';
import { type Variants, variants } from '../src/variants.ts';
import { closeHarnesses, startHarness } from './harness.ts';

afterEach(closeHarnesses);

/** Random combinations that are played beside those that have each value once; more by FLEXCORD_VARIANT_RUNS. */
const RANDOM_RUNS = Number(process.env.FLEXCORD_VARIANT_RUNS ?? 1);
/** A run that failed is repeated by its seed. */
const SEED = Number(process.env.FLEXCORD_VARIANT_SEED ?? Date.now() % 2 ** 31);

/** What the bridge refuses to start with is not played. */
const played = Object.entries(variants).filter(([name]) => name !== 'defaultServiceIsFlex');
const most = Math.max(...played.map(([, { values }]) => values.length));

function choose(pick: (count: number) => number): Partial<Variants> {
  return Object.fromEntries(played.map(([name, { values }]) => [name, values[pick(values.length)]]));
}

/** Mulberry32: enough to choose by, and the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every value of every variant, in as few accounts as have it. */
const accounts = Array.from({ length: most }, (_, run) => ({
  title: `account ${run + 1} of ${most}`,
  chosen: choose((count) => (most - 1 - run) % count),
  routing: 'studio' as 'studio' | 'bridge',
}));
for (let run = 0; run < RANDOM_RUNS; run += 1) {
  const random = randomOf(SEED + run);
  accounts.push({
    title: `seed ${SEED + run}`,
    chosen: choose((count) => Math.floor(random() * count)),
    routing: random() < 0.5 ? 'studio' : 'bridge',
  });
}

test('the accounts have every value of every variant', () => {
  for (const [name, { values }] of played) {
    const seen = new Set(accounts.slice(0, most).map(({ chosen }) => chosen[name as keyof Variants]));
    expect(seen).toEqual(new Set<unknown>(values) as typeof seen);
  }
});

for (const { title, chosen, routing } of accounts) {
  test(`a conversation from first message to the next conversation: ${title}, ${routing} ${JSON.stringify(chosen)}`, async () => {
    const harness = await startHarness({
      routing,
      variants: chosen,
      env: { KNOWLEDGE_SAMPLE: 'true', STUDIO_DEADLINE_MS: '3000', TRANSCRIPT_CHECK_MS: '3000' },
    });
    harness.kim.setAvailable(false);
    await playConversation(harness, () => {}).catch((cause) => {
      throw new Error(`${cause}\n${harness.bridge.output().slice(-20).join('\n')}`, { cause });
    });
  });
}
