import { afterAll, expect, test } from 'bun:test';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../../knowledge/learning/time-slices.ts';
import { type IntentExamples, restoreIntentModel, trainIntentModel } from './intent-model.ts';
import { modelFile } from './model-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'flexcord-learned-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const examples: IntentExamples = [
  { handoff: '(talk|speak) to (a person|an agent|somebody)', other: 'where is my (order|parcel|lantern)' },
];
const trained = runToEnd(trainIntentModel(examples));
const sentences = ['may I speak to an agent', 'where is it', 'my parcel talks', ''];

test('a model read from its file detects the same as the trained one', async () => {
  await modelFile(folder, examples).write(trained.learned);
  const kept = modelFile(folder, examples).read();
  const recalled = kept && restoreIntentModel(examples, kept);
  expect(sentences.map((sentence) => recalled?.detect(sentence))).toEqual(
    sentences.map((sentence) => trained.detect(sentence)),
  );
});

test('does not read the model of other examples', async () => {
  await modelFile(folder, examples).write(trained.learned);
  expect(modelFile(folder, [{ ...examples[0], other: 'where is my boat' }]).read()).toBeNull();
  expect(restoreIntentModel([{ ...examples[0], thanks: 'thank you' }], trained.learned)).toBeNull();
});

test.each([
  ['cut off', (bytes: Uint8Array) => bytes.slice(0, 1000)],
  ['empty', () => new Uint8Array()],
  ['changed in one byte', (bytes: Uint8Array) => bytes.with(100, (bytes[100] ?? 0) ^ 1)],
])('a file that is %s is as good as none', async (_, damage) => {
  await modelFile(folder, examples).write(trained.learned);
  const [name = ''] = readdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, damage(new Uint8Array(readFileSync(path))));
  expect(modelFile(folder, examples).read()).toBeNull();
});

test('rejects when the folder cannot be written to', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(modelFile(join(folder, 'file/below'), examples).write(trained.learned)).rejects.toThrow();
});
