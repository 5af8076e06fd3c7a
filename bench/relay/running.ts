import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@flexcord/sandbox/src/bridge-process.ts';
import { bridgeSettings } from '@flexcord/sandbox/src/bridge-settings.ts';
import { Arrivals } from './arrivals.ts';
import { type Clouds, startClouds } from './clouds.ts';
import type { FsyncCounters, FsyncShim } from './fsync-shim.ts';
import type { Place, RelayKind } from './kinds.ts';
import type { PostgresServer } from './postgres-server.ts';
import { type RelayProcess, startProcess } from './process.ts';
import { type Chat, Traffic } from './traffic.ts';

/** What relays are started on. */
export interface Ground {
  /** A folder on a real disk, gone after the run. */
  folder: string;
  shim: FsyncShim | null;
  postgres: PostgresServer | null;
}

/** A relay between two clouds of its own. */
export interface Running {
  kind: RelayKind;
  /** Where Twilio reaches it. */
  url: string;
  clouds: Clouds;
  process: RelayProcess;
  traffic: Traffic;
  chats: Chat[];
  /** Counts what it makes durable, and slows that down; null where it keeps nothing or nobody can count. */
  disk: FsyncCounters | null;
  /** Lets the process end and starts it again on what it kept. */
  restart(): Promise<void>;
  /** Brings members to the agent until there are `count` chats. */
  openChats(count: number): Promise<void>;
  /** Safe to call twice. */
  stop(): Promise<void>;
}

export interface RunningOptions {
  /** Whether the relay keeps to the 50 requests a second of discord.js. Default false. */
  limited?: boolean;
}

const UNLIMITED = join(import.meta.dir, 'unlimited.ts');
/** Members who are brought to the agent at the same time. */
const OPENED_AT_ONCE = 16;
const OPENING_TIMEOUT_MS = 60_000;

let places = 0;

export async function startRelay(
  kind: RelayKind,
  { folder, shim, postgres }: Ground,
  { limited = false }: RunningOptions = {},
): Promise<Running> {
  places += 1;
  const name = `${places}-${kind.name.replace(/\W+/g, '-')}`;
  const dataDir = join(folder, name);
  mkdirSync(dataDir);
  const clouds = await startClouds();
  const url = `http://127.0.0.1:${await freePort()}`;
  const place: Place = { url, dataDir };
  if (kind.store === 'postgres') place.databaseUrl = await postgres?.createDatabase();
  const own = kind.store === 'none' ? null : (shim?.counters(name) ?? null);
  const env = { ...bridgeSettings(clouds, place.url), ...(await kind.settings(clouds, place)), ...own?.env };
  const start = () =>
    startProcess({
      script: kind.script,
      preload: limited ? undefined : UNLIMITED,
      env,
      logFile: join(folder, `${name}.log`),
    });

  const saidToMember = new Arrivals<true>();
  clouds.discord.on('message', ({ message }) => {
    if (kind.agentIsThere && message.author.bot && message.content.includes(kind.agentIsThere))
      saidToMember.arrive(message.channel_id, true);
  });

  async function openChat(number: number): Promise<Chat> {
    const member = clouds.newMember(`Member ${number}`);
    await kind.arrange?.(clouds, member, url);
    member.dm(kind.askForAgent);
    const conversationSid = await clouds.taken.wait(member.globalName ?? '', OPENING_TIMEOUT_MS);
    if (kind.agentIsThere) await saidToMember.wait(member.dmChannelId, OPENING_TIMEOUT_MS);
    // The agent may be there before the member's first words, whose requests would be counted as those of a later message.
    else await clouds.wordsAt(conversationSid, kind.askForAgent, OPENING_TIMEOUT_MS);
    return { member, conversationSid };
  }

  let stopped = false;
  const running: Running = {
    kind,
    url,
    clouds,
    process: await start(),
    traffic: new Traffic(clouds),
    chats: [],
    disk: kind.store === 'postgres' ? (postgres?.counters ?? null) : own,
    async restart() {
      await running.process.stop();
      running.process = await start();
    },
    async openChats(count) {
      const { chats } = running;
      let begun = chats.length;
      const opener = async () => {
        while (begun < count) {
          begun += 1;
          chats.push(await openChat(begun));
        }
      };
      await Promise.all(Array.from({ length: OPENED_AT_ONCE }, opener));
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      await running.process.stop();
      await clouds.stop();
      own?.close();
    },
  };
  return running;
}
