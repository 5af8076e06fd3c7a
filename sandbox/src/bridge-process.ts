import { createServer } from 'node:net';
import { type BridgeScript, bridgeScript, bridgeSource } from './bridge-bundle.ts';

/** The repository's bridge as a separate process, as an operator runs it, or from a bundle; see bridge-bundle.ts. */
export interface BridgeProcess {
  url: string;
  pid(): number;
  /**
   * Resolves when the bridge is ready. Throws with its last lines when it ends before that. `changes` are variables that
   * an operator has changed since the process was described; they hold for this start only.
   */
  start(changes?: Record<string, string>): Promise<void>;
  /** Asks it to stop as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number>;
  /** kill -9: the bridge cannot clean up. */
  kill(): Promise<void>;
  /** Resolves with its exit code once it has ended by itself; null where a signal ended it. */
  ended(): Promise<number | null>;
  /** What it printed, oldest first; at most MAX_OUTPUT_LINES lines. */
  output(): string[];
}

/** Bun reads the `.env` of its folder by itself, where an operator may keep the settings of a real account. */
export const NO_ENV_FILE = ['--no-env-file'] as const;
const MAX_OUTPUT_LINES = 2000;
const MIN_PORT = 10_000;
const MAX_PORT = 32_000;
/** Generous: a start takes some seconds of processor time, and the machine may be busy. */
const START_TIMEOUT_MS = 100_000;

export function bridgeProcess(
  env: Record<string, string>,
  options: { onLine?: (line: string) => void; fromSource?: boolean } = {},
): BridgeProcess {
  const lines: string[] = [];
  let child: Bun.Subprocess<'ignore', 'pipe', 'pipe'> | undefined;
  // Its own address, not that of what may be in front of it.
  const url = env.HOST && env.PORT ? `http://${env.HOST}:${env.PORT}` : (env.PUBLIC_URL ?? '');
  const script = options.fromSource ? bridgeSource('main') : bridgeScript('main');

  async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) {
        lines.push(line);
        if (lines.length > MAX_OUTPUT_LINES) lines.shift();
        options.onLine?.(line);
      }
    }
  }

  const running = () => {
    if (!child || child.exitCode !== null || child.signalCode !== null)
      throw new Error('the bridge is not running');
    return child;
  };

  return {
    url,
    pid: () => running().pid,
    async start(changes = {}) {
      const own = Bun.spawn([process.execPath, ...NO_ENV_FILE, script], {
        env: processEnv({ ...env, ...changes }),
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      });
      child = own;
      void read(own.stdout);
      void read(own.stderr);
      const deadline = Date.now() + START_TIMEOUT_MS;
      for (;;) {
        // A killed process has a signal instead of a code; polling on would reach the next server on its port.
        if (own.exitCode !== null || own.signalCode !== null) {
          throw new Error(
            `The bridge ended with code ${own.exitCode ?? own.signalCode}:\n${lines.slice(-20).join('\n')}`,
          );
        }
        const answer = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(1000) }).catch(() => null);
        if (answer?.ok) return;
        if (Date.now() > deadline)
          throw new Error(`The bridge was not ready in time:\n${lines.slice(-20).join('\n')}`);
        await Bun.sleep(25);
      }
    },
    async stop() {
      const own = running();
      own.kill('SIGTERM');
      return own.exited;
    },
    async kill() {
      const own = running();
      own.kill('SIGKILL');
      await own.exited;
    },
    async ended() {
      const own = running();
      await own.exited;
      return own.exitCode;
    },
    output: () => lines,
  };
}

/**
 * Runs `bun run provision` as an operator does before the first start. Returns the variables that it prints for the
 * bridge, such as TWILIO_STUDIO_FLOW_SID. Throws with its output when it fails.
 */
export async function runProvision(env: Record<string, string>): Promise<Record<string, string>> {
  const { out, err, code } = await runScript('provision', ['--yes'], env);
  if (code !== 0) throw new Error(`bun run provision failed:\n${out}${err}`);
  return Object.fromEntries(
    [...out.matchAll(/^\s*([A-Z_]+)=(\S+)$/gm)].map(([, name, value]) => [name, value]),
  );
}

/** Runs a script to its end as an operator does, without a terminal; resolves with what it printed and its exit code. */
export async function runScript(
  script: BridgeScript,
  args: readonly string[],
  env: Record<string, string>,
): Promise<{ out: string; err: string; code: number }> {
  const child = Bun.spawn([process.execPath, ...NO_ENV_FILE, bridgeScript(script), ...args], {
    env: processEnv(env),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, err, code };
}

/** The variables of a process that runs in a sandbox: nothing of this process's own configuration. */
export const processEnv = (env: Record<string, string>) => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  ...env,
});

/**
 * A port of 127.0.0.1 that nobody listens on. Taken from below the range that systems give to outgoing connections and
 * to servers on port 0 (32768 and up on Linux, 49152 and up elsewhere), so that none of those takes it before the bridge.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = MIN_PORT + Math.floor(Math.random() * (MAX_PORT - MIN_PORT));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
