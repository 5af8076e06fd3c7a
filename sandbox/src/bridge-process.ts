import { createServer } from 'node:net';
import { join } from 'node:path';

/** The repository's bridge as a process of its own, exactly as an operator runs it. */
export interface BridgeProcess {
  url: string;
  pid(): number;
  /** Resolves when the bridge says that it can do its work. Throws with its last words when it ends before. */
  start(): Promise<void>;
  /** Asks it to stop as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number>;
  /** kill -9: no chance to put anything in order. */
  kill(): Promise<void>;
  /** Everything that it printed, newest last, bounded. */
  output(): string[];
}

/** What an operator starts. */
export const BRIDGE_MAIN = join(import.meta.dir, '../../bridge/src/main.ts');
const KEPT_LINES = 2000;
const START_LIMIT_MS = 20_000;

export function bridgeProcess(
  env: Record<string, string>,
  options: { onLine?: (line: string) => void } = {},
): BridgeProcess {
  const lines: string[] = [];
  let child: Bun.Subprocess<'ignore', 'pipe', 'pipe'> | undefined;
  const url = env.PUBLIC_URL ?? '';

  async function read(stream: ReadableStream<Uint8Array>): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = pieces.pop() ?? '';
      for (const line of pieces) {
        lines.push(line);
        if (lines.length > KEPT_LINES) lines.shift();
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
    async start() {
      const own = Bun.spawn([process.execPath, BRIDGE_MAIN], {
        env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env },
        stdin: 'ignore',
        stdout: 'pipe',
        stderr: 'pipe',
      });
      child = own;
      void read(own.stdout);
      void read(own.stderr);
      const deadline = Date.now() + START_LIMIT_MS;
      for (;;) {
        if (own.exitCode !== null) {
          throw new Error(`The bridge ended with code ${own.exitCode}:\n${lines.slice(-20).join('\n')}`);
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
    output: () => lines,
  };
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
