import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BridgeProcess, bridgeProcess, freePort, runProvision } from './bridge-process.ts';
import { bridgeSettings } from './bridge-settings.ts';
import { Faults } from './core/faults.ts';
import type { Exchange } from './core/serve.ts';
import { type Discord, startDiscord } from './discord/index.ts';
import { startTwilio, type Twilio } from './twilio/index.ts';
import { attachStudio } from './twilio/studio/attach.ts';
import type { Variants } from './variants.ts';

export interface SandboxOptions {
  routing?: 'studio' | 'bridge';
  /** What is open about the real clouds; see variants.ts. */
  variants?: Partial<Variants>;
  /** Discord's message bucket; 5 in 5 seconds when absent, as members of the real one see it. */
  messageRate?: { limit: number; windowMs: number };
  /** Until when an interaction must have its first response, in milliseconds. Default 3,000, as Discord has it. */
  interactionResponseMs?: number;
  /** Discord's requests a second over all routes, where `messageRate` is given. Default 1,000; the real one has 50. */
  globalPerSecond?: number;
  /** For how long Discord takes nothing twice under one nonce, in milliseconds; some minutes when absent. */
  nonceWindowMs?: number;
  /** PostgreSQL for the bridge; its embedded store in a temporary folder when absent. */
  databaseUrl?: string;
  /** Starts the bridge from its source also where there is a bundle. */
  fromSource?: boolean;
  /** Called with the folder of the embedded store before the bridge starts. */
  fillDataDir?: (folder: string) => void;
  /** Further variables of the bridge. */
  env?: Record<string, string>;
  /** Called before the bridge starts; returns further variables that depend on this Discord. */
  prepare?: (discord: Discord) => Record<string, string>;
  /** Privileged intents that the application was granted; none by default. */
  grantedIntents?: number;
  onExchange?: (exchange: Exchange) => void;
  onBridgeLine?: (line: string) => void;
}

/** Stand-ins for Discord and Twilio and a bridge between them, on free ports of this machine. */
export interface Sandbox {
  discord: Discord;
  twilio: Twilio;
  bridge: BridgeProcess;
  /** What the bridge was started with. */
  env: Record<string, string>;
  faults: Faults;
  stop(): Promise<void>;
}

/** Shared by the bridges of all sandboxes of this checkout: a model that one has trained need not be trained again. */
const LEARNED_CACHE = join(import.meta.dir, '../node_modules/.cache/flexcord-learned');
/** A folder for DATA_DIR of this checkout's bridge, which then need not learn what others have learned. The caller removes it. */
export function newDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-sandbox-'));
  mkdirSync(LEARNED_CACHE, { recursive: true });
  symlinkSync(LEARNED_CACHE, join(folder, 'learned'));
  return folder;
}

const STUDIO_SECRET = 'a-secret-for-the-sandbox-only';

/** Starts everything and resolves when the bridge is ready. What it started is stopped again when something fails. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const routing = options.routing ?? 'studio';
  const faults = new Faults();
  const dataDir = newDataDir();
  if (!options.databaseUrl) options.fillDataDir?.(dataDir);
  const closing: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const stop = async () => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const { onExchange } = options;
    const discord = await startDiscord({
      faults,
      onExchange,
      privilegedIntents: options.grantedIntents,
      variants: options.variants,
      limits: {
        ...(options.messageRate && {
          globalPerSecond: options.globalPerSecond ?? 1000,
          routes: { 'POST /channels/:channel/messages': options.messageRate },
        }),
        ...(options.interactionResponseMs !== undefined && {
          interactionResponseMs: options.interactionResponseMs,
        }),
        ...(options.nonceWindowMs !== undefined && { nonceWindowMs: options.nonceWindowMs }),
      },
    });
    closing.push(() => discord.stop());
    const twilio = await startTwilio({
      faults,
      onExchange,
      variants: options.variants,
    });
    closing.push(() => twilio.stop());
    attachStudio(twilio, options.variants);

    const publicUrl = `http://127.0.0.1:${await freePort()}`;
    const env: Record<string, string> = {
      ...bridgeSettings({ discord, twilio }, publicUrl),
      FLEX_ROUTING: routing,
      ...(routing === 'studio' ? { STUDIO_SECRET } : {}),
      DATA_DIR: dataDir,
      KNOWLEDGE_SAMPLE: 'true',
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      ...options.env,
      ...options.prepare?.(discord),
    };
    Object.assign(env, await runProvision(env));
    const bridge = bridgeProcess(env, { onLine: options.onBridgeLine, fromSource: options.fromSource });
    closing.push(() => bridge.stop().catch(() => {}));
    await bridge.start();
    return { discord, twilio, bridge, env, faults, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
