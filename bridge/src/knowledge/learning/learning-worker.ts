/** Learns articles in a thread of its own: thousands take seconds, and the event loop of the bridge goes on meanwhile. */
import type { TrainingDocument } from '../search/cross-validation.ts';
import type { Vector } from '../search/semantic/vector.ts';
import { loadJapaneseDictionary } from '../text/japanese.ts';
import { type LearnedLanguage, learnLanguage } from './learn-language.ts';
import { writeLearned } from './learned-file.ts';
import type { FromThread, ToThread } from './learning-thread.ts';
import { runToEnd } from './time-slices.ts';

declare const self: Worker;

let documents: TrainingDocument[] = [];
let vectors = new Map<string, Vector>();

self.onmessage = async ({ data }: MessageEvent<ToThread>) => {
  if ('documents' in data) {
    documents.push(...data.documents);
    for (const [text, vector] of data.vectors) vectors.set(text, vector);
    return;
  }
  const { path, dictionary } = data.learn;
  const [learning, meaning] = [documents, vectors];
  documents = [];
  vectors = new Map();
  if (dictionary) await loadJapaneseDictionary();
  const tell = (message: FromThread, transfer: ArrayBuffer[] = []) => self.postMessage(message, transfer);
  const learned = runToEnd(learnLanguage(learning, meaning, (words) => tell({ words })));
  const kept = await writeLearned(path, learned).then(
    () => true,
    () => false,
  );
  tell({ learned, kept }, buffersOf(learned));
};

/** They are handed over, not copied. */
function buffersOf({ words, questions }: LearnedLanguage): ArrayBuffer[] {
  const arrays = [
    ...words.fields.flatMap(({ starts, slots, times, lengths }) => [starts, slots, times, lengths]),
    ...(questions ? [questions.rarity, questions.shares, ...Object.values(questions.examples)] : []),
    ...(questions?.weights ? [questions.weights] : []),
  ] as { buffer: ArrayBuffer }[];
  return [...new Set(arrays.map(({ buffer }) => buffer))];
}
