import { mkdir, open, readdir, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file is: a hash of the rest, the length of a JSON text, that text, and the typed arrays of which it says where they are.
 * They are read as they stand there: taking megabytes apart would hold the event loop.
 */
const HEAD_BYTES = 16;
/** Read or hashed at once. */
const STEP_BYTES = 2 ** 20;
const KINDS = { Float32Array, Float64Array, Uint16Array, Uint32Array };
type Kind = keyof typeof KINDS;
/** Of one kind; several bridges may have their articles in one folder. */
const MAX_KEPT_BYTES = 128 * 2 ** 20;

/** What `writeLearned` left there. Null where there is nothing, or it is damaged. */
export async function readLearned<T>(path: string): Promise<T | null> {
  try {
    const file = await readInSteps(path);
    const head = new DataView(file);
    if (head.getBigUint64(0, true) !== (await hashInSteps(new Uint8Array(file, HEAD_BYTES)))) return null;
    const text = new Uint8Array(file, HEAD_BYTES, head.getUint32(8, true));
    return JSON.parse(new TextDecoder().decode(text), (_, value) =>
      isPlace(value) ? new KINDS[value.kind](file, value.at, value.length) : value,
    ) as T;
  } catch {
    return null;
  }
}

/** Memory that is touched for the first time takes longest, and this lets the thread pool touch it. */
async function readInSteps(path: string): Promise<ArrayBuffer> {
  const file = await open(path);
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    for (let from = 0; from < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, from, Math.min(STEP_BYTES, bytes.length - from), from);
      if (bytesRead === 0) break;
      from += bytesRead;
    }
    return bytes.buffer;
  } finally {
    await file.close();
  }
}

async function hashInSteps(bytes: Uint8Array): Promise<bigint> {
  let hash = 0n;
  for (let from = 0; from < bytes.length; from += STEP_BYTES) {
    hash = BigInt(Bun.hash(bytes.subarray(from, from + STEP_BYTES), hash));
    await Bun.sleep(0);
  }
  return hash;
}

/** Where an array begins in the file, in bytes, and how many numbers it has. */
interface Place {
  kind: Kind;
  at: number;
  length: number;
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'object' && value !== null && 'kind' in value && 'at' in value;

/**
 * Keeps what was learned for the next start: JSON and typed arrays. `path` ends with `-<key>.bin`; of those that differ in the
 * key alone the oldest are let go. Rejects where the folder cannot be written to.
 */
export async function writeLearned(path: string, learned: unknown): Promise<void> {
  const arrays: { place: Place; bytes: Uint8Array }[] = [];
  const textWith = () =>
    JSON.stringify(learned, (_, value) => {
      if (!ArrayBuffer.isView(value)) return value;
      const known = arrays.find(({ bytes }) => bytes.buffer === value.buffer);
      if (known) return known.place;
      const kind = value.constructor.name as Kind;
      const length = value.byteLength / KINDS[kind].BYTES_PER_ELEMENT;
      // As long as the greatest place would be written.
      const place = { kind, at: Number.MAX_SAFE_INTEGER, length };
      arrays.push({ place, bytes: new Uint8Array(value.buffer, value.byteOffset, value.byteLength) });
      return place;
    });
  const most = Buffer.byteLength(textWith());
  let end = aligned(HEAD_BYTES + most);
  for (const { place, bytes } of arrays) {
    place.at = end;
    end = aligned(end + bytes.length);
  }
  const text = Buffer.from(textWith());
  const file = Buffer.alloc(end);
  file.set(text, HEAD_BYTES);
  for (const { place, bytes } of arrays) file.set(bytes, place.at);
  file.writeUInt32LE(text.length, 8);
  file.writeBigUInt64LE(await hashInSteps(file.subarray(HEAD_BYTES)));
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Several processes may keep the same at once; none reads half of it.
  const half = `${path}.${process.pid}`;
  await writeFile(half, file, { mode: 0o600 });
  await rename(half, path);
  await letGoOfOldest(folder, basename(path).replace(/[^-]+$/, ''));
}

/** Numbers of eight bytes begin at a multiple of eight. */
const aligned = (at: number) => Math.ceil(at / 8) * 8;

async function letGoOfOldest(folder: string, beginning: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning) && name.endsWith('.bin'));
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const { mtimeMs = 0, size = 0 } = (await stat(path).catch(() => null)) ?? {};
      return { path, size, at: mtimeMs };
    }),
  );
  let bytes = 0;
  for (const { path, size } of found.sort((a, b) => b.at - a.at)) {
    // Another process may have let go of it already. What was just written stays, however large.
    if (bytes > 0 && bytes + size > MAX_KEPT_BYTES) await unlink(path).catch(() => {});
    bytes += size;
  }
}
