import { deserialize, serialize } from 'bun:jsc';
import { mkdir, readdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const HASH_BYTES = 8;
/** Files of one kind that are kept; several bridges may have their articles in one folder. */
const MAX_KEPT = 4;

/** What `writeLearned` left there. Null where there is nothing, or it is damaged. */
export async function readLearned<T>(path: string): Promise<T | null> {
  try {
    const file = await readFile(path);
    const content = file.subarray(HASH_BYTES);
    if (file.length < HASH_BYTES || file.readBigUInt64LE() !== Bun.hash(content)) return null;
    return deserialize(content.slice().buffer) as T;
  } catch {
    return null;
  }
}

/**
 * Keeps what was learned for the next start. `path` ends with `-<key>.bin`; of those that differ in the key alone the oldest
 * are let go. Rejects where the folder cannot be written to.
 */
export async function writeLearned(path: string, learned: unknown): Promise<void> {
  const content = new Uint8Array(serialize(learned) as unknown as ArrayBuffer);
  const file = Buffer.alloc(HASH_BYTES + content.length);
  file.writeBigUInt64LE(BigInt(Bun.hash(content)));
  file.set(content, HASH_BYTES);
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  // Several processes may keep the same at once; none reads half of it.
  const half = `${path}.${process.pid}`;
  await writeFile(half, file, { mode: 0o600 });
  await rename(half, path);
  await letGoOfOldest(folder, basename(path).replace(/[^-]+$/, ''));
}

async function letGoOfOldest(folder: string, beginning: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning) && name.endsWith('.bin'));
  if (names.length <= MAX_KEPT) return;
  const found = await Promise.all(
    names.map(async (name) => ({
      path: join(folder, name),
      at: (await stat(join(folder, name)).catch(() => null))?.mtimeMs ?? 0,
    })),
  );
  const old = found.sort((a, b) => b.at - a.at).slice(MAX_KEPT);
  // Another process may have let go of it already.
  await Promise.all(old.map(({ path }) => unlink(path).catch(() => {})));
}
