import type { RelayKind } from './kinds.ts';
import type { Outcome } from './load.ts';
import type { Options } from './options.ts';
import { bytesWritten, cpuMs } from './process.ts';
import type { Results } from './results.ts';
import type { Ground, Running } from './running.ts';

/** What every measurement is given. */
export interface Bench {
  options: Options;
  ground: Ground;
  kinds: RelayKind[];
  results: Results;
  /** Tells whoever waits what is being measured. */
  progress(what: string): void;
}

/** What a load has cost a relay, for each message. */
export interface Cost extends Outcome {
  cpuMs: number;
  /** Of the database server's processes, where there is one of ours. */
  serverCpuMs?: number;
  fsyncs?: number;
  /** Transactions that wrote something. */
  commits?: number;
  diskKb: number;
}

/** How long after the last delivery a relay still works on a load: it notes what was sent. */
const AFTERWORK_MS = 300;

/** Runs a load and tells what it has cost; says it loudly when messages did not arrive. */
export async function costOf(bench: Bench, running: Running, load: () => Promise<Outcome>): Promise<Cost> {
  const { postgres } = bench.ground;
  const server = running.kind.store === 'postgres' ? postgres : null;
  const read = async () => ({
    cpuMs: cpuMs(running.process.pid) ?? 0,
    serverCpuMs: server?.cpuMs() ?? undefined,
    fsyncs: running.disk?.read().fsyncs,
    commits: server ? await server.writes() : running.disk?.read().walCommits,
    diskKb: bytesWritten(running.process.pid) / 1024,
  });
  const before = await read();
  const outcome = await load();
  await Bun.sleep(AFTERWORK_MS);
  const after = await read();
  if (outcome.missing > 0)
    console.warn(
      `*** ${running.kind.name}: ${outcome.missing} of ${outcome.sent} messages did not arrive. ***`,
    );
  const each = (from: number | undefined, to: number | undefined) =>
    from === undefined || to === undefined ? undefined : (to - from) / outcome.sent;
  return {
    ...outcome,
    cpuMs: (after.cpuMs - before.cpuMs) / outcome.sent,
    serverCpuMs: each(before.serverCpuMs, after.serverCpuMs),
    fsyncs: each(before.fsyncs, after.fsyncs),
    commits: each(before.commits, after.commits),
    diskKb: (after.diskKb - before.diskKb) / outcome.sent,
  };
}
