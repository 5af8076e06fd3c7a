import { afterAll, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createKnowledge } from '../../knowledge.ts';
import { createEmbeddings } from './embeddings.ts';
import { createStaticEmbedder } from './static-embedder.ts';
import { fingerprintOf } from './static-model.ts';

const folder = await mkdtemp(join(tmpdir(), 'flexcord-static-'));
const embedders: { stop(): void }[] = [];
afterAll(async () => {
  for (const embedder of embedders) embedder.stop();
  await rm(folder, { recursive: true });
});

const VECTORS: Record<string, number[]> = {
  '[UNK]': [9, 9, 9],
  friend: [1, 0, 0],
  pals: [0.9, 0.1, 0],
  invite: [0.8, 0, 0.2],
  bring: [0.9, 0, 0.1],
  refund: [0, 1, 0],
  money: [0, 0.9, 0.1],
  sound: [0, 0, 1],
};

/** A model of a few words, as model2vec writes them. */
async function writeModel(name: string, dtype: 'F32' | 'F16' = 'F32', matrix = 'embeddings') {
  const path = join(folder, name);
  const words = Object.keys(VECTORS);
  const numbers = Object.values(VECTORS).flat();
  const data = new Uint8Array(
    (dtype === 'F32' ? Float32Array.from(numbers) : Float16Array.from(numbers)).buffer,
  );
  const header = Buffer.from(
    JSON.stringify({ [matrix]: { dtype, shape: [words.length, 3], data_offsets: [0, data.length] } }),
  );
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  await Bun.write(join(path, 'model.safetensors'), Buffer.concat([length, header, data]));
  await Bun.write(
    join(path, 'tokenizer.json'),
    JSON.stringify({
      version: '1.0',
      added_tokens: [],
      normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
      pre_tokenizer: { type: 'BertPreTokenizer' },
      post_processor: null,
      decoder: null,
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(words.map((word, id) => [word, id])),
      },
    }),
  );
  return path;
}

function embedderOf(path: string) {
  const embedder = createStaticEmbedder(path);
  embedders.push(embedder);
  return embedder;
}

test.each(['F32', 'F16'] as const)(
  'a text is the mean of its tokens in %s, without unknown ones',
  async (dtype) => {
    const { embed } = embedderOf(await writeModel(dtype, dtype));
    const [one = [], none] = await embed(['Refund, friend xyz!', 'xyz'], 30_000);
    expect(one.map((value) => value.toFixed(2))).toEqual(['0.50', '0.50', '0.00']);
    expect(none).toEqual([]);
  },
);

test('finds an article by a question in other words, in this process alone', async () => {
  const { embed } = embedderOf(await writeModel('fused'));
  const kept = new Map();
  const meaning = createEmbeddings({
    embed,
    kept: {
      read: async () => new Map(),
      async write(vectors) {
        for (const [text, vector] of vectors) kept.set(text, vector);
      },
    },
    queryPrefix: '',
    textPrefix: '',
    timeoutMs: 30_000,
    logger: pino({ level: 'silent' }),
  });
  const article = (id: string, title: string) => ({ id, title, questions: [], text: '', language: 'en' });
  const knowledge = createKnowledge(meaning);
  knowledge.put([article('a', 'Refund'), article('b', 'Invite a friend'), article('c', 'Sound')]);
  await knowledge.ready();
  expect(knowledge.ask('bring pals', { language: 'en' }).is).toBe('none');
  expect(await knowledge.prepare?.(['bring pals'])).toBe(true);
  expect(knowledge.search('bring pals', { language: 'en' })[0]?.article.id).toBe('b');
  expect(kept.size).toBeGreaterThan(2);
});

test('says what is wrong with a folder that holds no such model', async () => {
  await expect(embedderOf(join(folder, 'nothing')).embed(['a'], 30_000)).rejects.toThrow('cannot be read');
  const other = await writeModel('other', 'F32', 'weights');
  await expect(embedderOf(other).embed(['a'], 30_000)).rejects.toThrow('it has weights');
  expect(() => fingerprintOf(join(folder, 'nothing'))).toThrow('there is no model.safetensors');
  expect(fingerprintOf(other)).toMatch(/^static \d+ \d+$/);
});
