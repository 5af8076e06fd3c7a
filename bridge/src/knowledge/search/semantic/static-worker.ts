/** Embeds texts in a thread of its own: reading a tokenizer takes seconds, and thousands of texts do. */
import { openStaticModel, type StaticModel, StaticModelError } from './static-model.ts';

export interface ToEmbed {
  number: number;
  folder: string;
  texts: readonly string[];
}
export type Embedded = { number: number } & ({ vectors: number[][] } | { fault: string });

declare const self: Worker;

let model: StaticModel | undefined;

self.onmessage = ({ data: { number, folder, texts } }: MessageEvent<ToEmbed>) => {
  let answer: Embedded;
  try {
    model ??= openStaticModel(folder);
    const { embed } = model;
    answer = { number, vectors: texts.map((text) => embed(text)) };
  } catch (error) {
    const fault = error instanceof StaticModelError ? error.message : 'a text could not be taken apart';
    answer = { number, fault };
  }
  self.postMessage(answer);
};
