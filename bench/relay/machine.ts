import { closeSync, fsyncSync, openSync, readFileSync, statfsSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Ground } from './running.ts';
import { median, percentile } from './statistics.ts';

/** As the kernel numbers it: files there are in memory only, where an fsync costs nothing. */
const TMPFS = 0x01021994;
const FSYNCS = 200;

/** Says loudly when `folder` is in memory. */
export function checkFolder(folder: string): void {
  if (statfsSync(folder).type === TMPFS)
    console.warn(
      `\n*** ${folder} is in memory: an fsync costs nothing there. Name a disk with --folder. ***\n`,
    );
}

/** What a reader must know of where the figures come from. */
export function circumstances({ folder, shim, postgres }: Ground, root: string): [string, string][] {
  const version = (name: string) =>
    JSON.parse(readFileSync(join(root, `bench/node_modules/${name}/package.json`), 'utf8')).version as string;
  const git = (...args: string[]) =>
    Bun.spawnSync(['git', ...args], { cwd: root })
      .stdout.toString()
      .trim();
  const cores = cpus();
  const syncs = fsyncTimes(folder);
  return [
    ['date', new Date().toISOString().slice(0, 16).replace('T', ' ')],
    [
      'commit',
      `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') ? ', with changes' : ''}`,
    ],
    [
      'machine',
      `${cores.length} cores (${cores[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${release()}`,
    ],
    [
      'disk',
      `an fsync takes ${median(syncs).toFixed(1)} ms (p50), ${percentile(syncs, 0.99).toFixed(1)} ms (p99) at the start`,
    ],
    [
      'versions',
      `Bun ${Bun.version}, discord.js ${version('discord.js')}, twilio ${version('twilio')}, ` +
        (postgres ? `PostgreSQL ${postgres.version}` : 'PostgreSQL **skipped**, there was none'),
    ],
    ...(shim ? [] : [['fsyncs', '**not counted**, there was no C compiler'] as [string, string]]),
  ];
}

/** Processes that wanted a core in the last quarter of an hour, this run's own among them. */
export const load = () => `${loadavg()[2]?.toFixed(1)} in the last 15 minutes, the run itself included`;

/** Milliseconds for each of some fsyncs of a small file. */
function fsyncTimes(folder: string): number[] {
  const fd = openSync(join(folder, 'fsync-probe'), 'w');
  const times = Array.from({ length: FSYNCS }, () => {
    writeSync(fd, Buffer.alloc(4096));
    const began = performance.now();
    fsyncSync(fd);
    return performance.now() - began;
  });
  closeSync(fd);
  return times;
}
