import { chmodSync, closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A way into what processes make durable: counts it, and slows it down on demand. */
export interface FsyncShim {
  /** For processes that are to be counted together. */
  counters(name: string): FsyncCounters;
}

export interface FsyncCounters {
  /** What the processes are to be started with. */
  env: Record<string, string>;
  read(): { fsyncs: number; walCommits: number };
  /** Makes every fsync from now on last this much longer. */
  delay(ms: number): void;
  close(): void;
}

const SOURCE = join(import.meta.dir, 'fsync-shim.c');

/** Compiles the shim into `folder`; null, with the reason said loudly, where that cannot be done. */
export function buildFsyncShim(folder: string): FsyncShim | null {
  const library = join(folder, 'fsync-shim.so');
  const compiler = Bun.which('gcc') ?? Bun.which('cc');
  const missing = compiler ? compile(compiler, library) : 'there is no C compiler (gcc or cc)';
  if (missing) {
    console.warn(`\n*** fsyncs are NOT counted and a slow disk is NOT played: ${missing}. ***\n`);
    return null;
  }
  chmodSync(library, 0o755);
  return { counters: (name) => openCounters(library, join(folder, `${name}.counters`)) };
}

function compile(compiler: string, library: string): string | null {
  const result = Bun.spawnSync([compiler, '-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl']);
  return result.success ? null : `${compiler} failed: ${result.stderr}`;
}

function openCounters(library: string, file: string): FsyncCounters {
  writeFileSync(file, Buffer.alloc(24));
  // A PostgreSQL server counts as another user.
  chmodSync(file, 0o666);
  const fd = openSync(file, 'r+');
  const words = Buffer.alloc(24);
  return {
    env: { LD_PRELOAD: library, FSYNC_COUNTERS: file },
    read() {
      readSync(fd, words, 0, 24, 0);
      return {
        fsyncs: Number(words.readBigUInt64LE(8)),
        walCommits: Number(words.readBigUInt64LE(16)),
      };
    },
    delay(ms) {
      const delay = Buffer.alloc(8);
      delay.writeBigUInt64LE(BigInt(Math.round(ms * 1000)));
      writeSync(fd, delay, 0, 8, 0);
    },
    close: () => closeSync(fd),
  };
}
