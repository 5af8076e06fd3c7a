import { writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bridgeScript } from '../src/bridge-bundle.ts';
import { freePort, NO_ENV_FILE, processEnv } from '../src/bridge-process.ts';

/** A bridge under a supervisor that starts it anew whenever it ends by itself, as systemd or a container's host does. */
export interface SupervisedBridge {
  name: string;
  port: number;
  /** Times that it ended by itself. */
  ended(): number;
  isRunning(): boolean;
  /** Whether it answers `/health`, or `/ready`, with yes. */
  says(what: 'health' | 'ready'): Promise<boolean>;
  start(): void;
  /** kill -9; it stays down until `start`. */
  kill(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Sets its wall clock off by milliseconds. */
  setClock(offsetMs: number): void;
  /** Ends it as Ctrl-C does, by force where that takes longer than 15 s. */
  stop(): Promise<void>;
}

export interface SuperviseOptions {
  name: string;
  env: Record<string, string>;
  /** Where its clock's offset lies, and its output with `keepLogs`. */
  folder: string;
  keepLogs: boolean;
  onEvent(what: string): void;
}

const PRELOAD = join(import.meta.dir, 'clock-preload.ts');
const RESTART_MS = 500;
const STOP_TIMEOUT_MS = 15_000;
const LAST_WORDS = 12;

export async function supervise(options: SuperviseOptions): Promise<SupervisedBridge> {
  const { name, onEvent } = options;
  const port = await freePort();
  const clockFile = join(options.folder, `${name}.clock`);
  const logFile = join(options.folder, `${name}.log`);
  const setClock = (offsetMs: number) =>
    writeFileSync(clockFile, new Uint8Array(Float64Array.of(offsetMs).buffer), { flag: 'r+' });
  writeFileSync(clockFile, new Uint8Array(8));
  let child: Bun.Subprocess<'ignore', 'pipe', 'pipe'> | undefined;
  let wanted = false;
  /** Those that were ended on purpose. */
  const endedByUs = new WeakSet<Bun.Subprocess>();
  let ended = 0;

  async function read(stream: ReadableStream<Uint8Array>, words: string[]): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const text = decoder.decode(chunk, { stream: true });
      words.push(...text.split('\n').filter(Boolean));
      words.splice(0, words.length - LAST_WORDS);
      if (options.keepLogs) await appendFile(logFile, text);
    }
  }

  function start(): void {
    wanted = true;
    if (child) return;
    const words: string[] = [];
    const own = Bun.spawn([process.execPath, ...NO_ENV_FILE, '--preload', PRELOAD, bridgeScript('main')], {
      env: processEnv({ ...options.env, PORT: String(port), FLEXCORD_CHAOS_CLOCK: clockFile }),
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
      onExit(_, code) {
        if (child === own) child = undefined;
        if (endedByUs.has(own)) return;
        ended += 1;
        onEvent(`${name} ended by itself with code ${code}: ${words.at(-1)?.slice(0, 300) ?? ''}`);
        setTimeout(() => {
          if (wanted) start();
        }, RESTART_MS);
      },
    });
    child = own;
    void read(own.stdout, words);
    void read(own.stderr, words);
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    wanted = false;
    const own = child;
    if (!own) return;
    endedByUs.add(own);
    // A frozen process takes no other signal until it goes on; SIGKILL needs no answer.
    if (signal !== 'SIGKILL') own.kill('SIGCONT');
    own.kill(signal);
    const force = setTimeout(() => own.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await own.exited;
    clearTimeout(force);
    child = undefined;
  }

  return {
    name,
    port,
    ended: () => ended,
    isRunning: () => child !== undefined,
    async says(what) {
      const signal = AbortSignal.timeout(1000);
      const answer = await fetch(`http://127.0.0.1:${port}/${what}`, { signal }).catch(() => null);
      return answer?.ok ?? false;
    },
    start,
    kill: () => end('SIGKILL'),
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    setClock,
    stop: () => end('SIGTERM'),
  };
}
