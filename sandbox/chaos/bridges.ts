import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runProvision } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import type { Clouds } from './clouds.ts';
import { type SupervisedBridge, supervise } from './supervisor.ts';
import { startTcpProxy } from './tcp-proxy.ts';

export interface BridgesOptions {
  clouds: Clouds;
  /** The embedded store is used where there is none. */
  databaseUrl?: string;
  routing: 'studio' | 'bridge';
  processes: number;
  leaseMs: number;
  /** Holds stores, clocks and logs. */
  folder: string;
  /** Holds the embedded store, where it is another. */
  storeFolder?: string;
  keepLogs: boolean;
}

export interface Bridges {
  all: SupervisedBridge[];
  /** Resolves once all answer and one is ready, since only one of several holds the gateway; false after `limitMs`. */
  ready(limitMs: number): Promise<boolean>;
  stop(): Promise<void>;
}

const STUDIO_SECRET = 'a-secret-for-the-sandbox-only';

/** Provisions the account as an operator does, and starts the bridges behind one address. */
export async function startBridges(options: BridgesOptions): Promise<Bridges> {
  const { clouds, folder } = options;
  const all: SupervisedBridge[] = [];
  const edge = await startTcpProxy(() => all.map(({ port }) => ({ host: '127.0.0.1', port })));
  const env: Record<string, string> = {
    ...bridgeSettings(clouds, `http://127.0.0.1:${edge.port}`),
    FLEX_ROUTING: options.routing,
    LEASE_MS: String(options.leaseMs),
    CHECK_QUIET_MS: '2000',
    AFTERWORDS: 'open',
    DISCORD_PUBLIC_CHANNELS: `${clouds.forumId}=person`,
    LOG_LEVEL: options.keepLogs ? 'info' : 'warn',
    ...(options.routing === 'studio' ? { STUDIO_SECRET } : {}),
    ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
  };
  Object.assign(env, await runProvision(env));
  for (let number = 1; number <= options.processes; number += 1) {
    const name = `bridge-${number}`;
    const dataDir = join(options.storeFolder ?? folder, name);
    mkdirSync(dataDir, { recursive: true });
    all.push(
      await supervise({
        name,
        env: { ...env, DATA_DIR: dataDir },
        folder,
        keepLogs: options.keepLogs,
        onEvent: clouds.trace.event,
      }),
    );
  }
  for (const bridge of all) bridge.start();
  return {
    all,
    async ready(limitMs) {
      const deadline = performance.now() + limitMs;
      for (;;) {
        const [live, ready] = await Promise.all(
          (['health', 'ready'] as const).map((what) => Promise.all(all.map((bridge) => bridge.says(what)))),
        );
        if (!live?.includes(false) && ready?.includes(true)) return true;
        if (performance.now() > deadline) return false;
        await Bun.sleep(50);
      }
    },
    async stop() {
      await Promise.all(all.map((bridge) => bridge.stop()));
      edge.stop();
    },
  };
}
