// biome-ignore-all lint/style/noNonNullAssertion: sums over typed arrays, within their bounds
import { openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokenizer } from '@huggingface/tokenizers';

/** Why a folder is no model. The message is a sentence for the operator. */
export class StaticModelError extends Error {
  override readonly name = 'StaticModelError';
}

export interface StaticModel {
  /** The mean of the vectors of a text's tokens; empty where it has none. */
  embed(text: string): number[];
}

interface Tensor {
  dtype: string;
  shape: number[];
  /** Of its data, from the end of the header. */
  data_offsets: [from: number, to: number];
}

const ARRAYS = { F32: Float32Array, F16: Float16Array, F64: Float64Array } as const;
const MAX_HEADER_BYTES = 2 ** 20;
const MAX_TOKENS = 512;
const MATRIX = 'embeddings';

/** Only the thread that embeds needs it. */
const tokenizerOf = (given: object): Tokenizer =>
  new (require('@huggingface/tokenizers') as typeof import('@huggingface/tokenizers')).Tokenizer(given, {});

/**
 * Static token embeddings, as model2vec writes them: `model.safetensors` with one matrix, a row a token, and `tokenizer.json`.
 * Rows are read from the file when they are wanted: a matrix of several languages has hundreds of megabytes.
 * https://github.com/MinishLab/model2vec https://huggingface.co/docs/safetensors/index#format
 * @throws StaticModelError
 */
export function openStaticModel(folder: string): StaticModel {
  const { file, from, rows, dimensions, kind } = openMatrix(join(folder, 'model.safetensors'));
  const given = readJson(join(folder, 'tokenizer.json'));
  const tokenizer = tokenizerOf(given);
  const unknown = tokenizer.encode((given as { model?: { unk_token?: string } }).model?.unk_token ?? '', {
    add_special_tokens: false,
  }).ids[0];
  const bytes = new Uint8Array(dimensions * kind.BYTES_PER_ELEMENT);
  const row = new kind(bytes.buffer);
  return {
    embed(text) {
      const { ids } = tokenizer.encode(text, { add_special_tokens: false });
      const sum = new Float64Array(dimensions);
      let count = 0;
      for (const id of ids.slice(0, MAX_TOKENS)) {
        if (id === unknown || id >= rows) continue;
        readSync(file, bytes, 0, bytes.length, from + id * bytes.length);
        for (let index = 0; index < dimensions; index++) sum[index]! += row[index]!;
        count++;
      }
      return count === 0 ? [] : Array.from(sum, (value) => value / count);
    },
  };
}

/** Changes when the operator puts another model there. */
export function fingerprintOf(folder: string): string {
  try {
    const { size, mtimeMs } = statSync(join(folder, 'model.safetensors'));
    return `static ${size} ${Math.round(mtimeMs)}`;
  } catch {
    throw new StaticModelError(`there is no model.safetensors in ${folder} that can be read`);
  }
}

function openMatrix(path: string) {
  const file = open(path);
  const length = new DataView(new ArrayBuffer(8));
  readSync(file, length, 0, 8, 0);
  const headerBytes = Number(length.getBigUint64(0, true));
  if (headerBytes > MAX_HEADER_BYTES) throw new StaticModelError(`${path} is no file of safetensors`);
  const header = Buffer.alloc(headerBytes);
  readSync(file, header, 0, headerBytes, 8);
  const { __metadata__, ...tensors } = parsed(header.toString(), path) as Record<string, Tensor>;
  const tensor = tensors[MATRIX];
  const [rows = 0, dimensions = 0] = tensor?.shape ?? [];
  const kind = Object.hasOwn(ARRAYS, tensor?.dtype ?? '')
    ? ARRAYS[tensor?.dtype as keyof typeof ARRAYS]
    : undefined;
  if (tensor?.shape.length !== 2 || !kind || Object.keys(tensors).length > 1)
    throw new StaticModelError(
      `${path} should have one matrix, "${MATRIX}", of F16, F32 or F64; it has ${Object.keys(tensors).join(', ') || 'none'}`,
    );
  const from = 8 + headerBytes + tensor.data_offsets[0];
  if (statSync(path).size < from + rows * dimensions * kind.BYTES_PER_ELEMENT)
    throw new StaticModelError(`${path} is shorter than its header says`);
  return { file, from, rows, dimensions, kind };
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch {
    throw new StaticModelError(`${path} cannot be read`);
  }
}

function readJson(path: string): object {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new StaticModelError(`${path} cannot be read`);
  }
  return parsed(text, path);
}

function parsed(text: string, path: string): object {
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new StaticModelError(`${path} is damaged: it has no JSON where there should be some`);
  }
}
