import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A small file system of its own. */
export interface SmallDisk {
  folder: string;
  /** Takes all the space that is left. */
  fill(): void;
  /** Gives it back. */
  release(): void;
  remove(): void;
}

const SIZE_MB = 1024;
const BLOCK = new Uint8Array(64 * 1024);

/** Mounts one in memory; null where this user may not. */
export function mountSmallDisk(): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-chaos-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'flexcord-chaos', folder]);
  if (mounted.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    return null;
  }
  const ballast = join(folder, 'ballast');
  const release = () => {
    try {
      unlinkSync(ballast);
    } catch {
      // There is none.
    }
  };
  return {
    folder,
    release,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      spawnSync('fallocate', ['-l', String(Math.max(1, bavail * bsize - BLOCK.byteLength)), ballast]);
      const file = openSync(ballast, 'a');
      let size = BLOCK.byteLength;
      // Smaller and smaller pieces, so that not a page is left.
      while (size >= 1) {
        try {
          if (writeSync(file, BLOCK, 0, size) < size) size = Math.floor(size / 2);
        } catch {
          size = Math.floor(size / 2);
        }
      }
      closeSync(file);
    },
    remove() {
      release();
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
