import { existsSync, readFileSync } from 'node:fs';
import { NO_ENV_FILE, processEnv } from '@flexcord/sandbox/src/bridge-process.ts';

/** A relay as a process of its own. */
export interface RelayProcess {
  pid: number;
  /** From its start until `/ready` said yes. */
  startup: { ms: number; cpuMs: number };
  stop(): Promise<void>;
}

export interface ProcessOptions {
  script: string;
  /** Loaded before the script. */
  preload?: string;
  env: Record<string, string>;
  /** Where its output goes. */
  logFile: string;
}

const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;
/** How often a process that starts is asked whether it is ready: the precision of start-up times. */
const LOOK_MS = 5;

/** Starts a relay and resolves when it is ready. */
export async function startProcess(options: ProcessOptions): Promise<RelayProcess> {
  const { script, preload, env, logFile } = options;
  const began = performance.now();
  const child = Bun.spawn(
    [process.execPath, ...NO_ENV_FILE, ...(preload ? ['--preload', preload] : []), script],
    {
      env: processEnv(env),
      stdin: 'ignore',
      stdout: Bun.file(logFile),
      stderr: Bun.file(logFile),
    },
  );
  const fail = (what: string) => {
    child.kill('SIGKILL');
    const words = existsSync(logFile) ? readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n') : '';
    return new Error(`${script} ${what}:\n${words}`);
  };
  for (;;) {
    if (child.exitCode !== null) throw fail(`ended with code ${child.exitCode}`);
    const answer = await fetch(`${env.PUBLIC_URL}/ready`).catch(() => null);
    if (answer?.ok) break;
    if (performance.now() - began > START_TIMEOUT_MS) throw fail('was not ready in time');
    await Bun.sleep(LOOK_MS);
  }
  return {
    pid: child.pid,
    startup: { ms: performance.now() - began, cpuMs: cpuMs(child.pid) ?? 0 },
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await child.exited;
      clearTimeout(timer);
    },
  };
}

/** What the kernel's clock ticks in: 100 a second on every Linux that Bun runs on. */
const TICK_MS = 10;

/** Processor time of a process and of its ended children so far, user and system, all threads; undefined once it ended. */
export function cpuMs(pid: number): number | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The second field is the program's name in brackets and may hold spaces.
  const fields = stat.split(') ')[1]?.split(' ') ?? [];
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * TICK_MS;
}

/** Memory that a process occupies now, in MB. */
export function rssMb(pid: number): number {
  const kb = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1];
  return Number(kb) / 1024;
}

/** Bytes that a process has caused to be written to disks so far. */
export function bytesWritten(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/io`, 'utf8').match(/^write_bytes: (\d+)/m)?.[1] ?? 0);
}
