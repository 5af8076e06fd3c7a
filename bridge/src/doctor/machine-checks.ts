import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config/config.ts';
import { type Guild, guildQueries } from '../guilds/guilds.ts';
import { openStore, type Store } from '../store/open.ts';
import { bad, type Finding, good, looking, unknown } from './finding.ts';
import { keptFindings } from './probe/kept.ts';

/** Less free space than this, and the store may soon not be able to write. */
const MIN_FREE_BYTES = 512 * 1024 * 1024;
/** How long an entry may wait before something is wrong, in milliseconds. */
const MAX_WAIT_MS = 10 * 60_000;
/** How far the clock may be off: tokens and signatures of other systems are good for minutes, in milliseconds. */
const MAX_SKEW_MS = 30_000;
const ANSWER_TIMEOUT_MS = 5000;
const STORE = 'Store';

export interface StoreFindings {
  findings: Finding[];
  /** The servers that it knows, for the checks of their channels. */
  guilds: Guild[];
  /** What probes have found out about the account. */
  probe: Finding[];
}

/** The store, its disk and its queue. */
export async function checkStore(config: Config): Promise<StoreFindings> {
  const databaseUrl = config.DATABASE_URL || undefined;
  if (!databaseUrl && !existsSync(join(config.DATA_DIR, 'flexcord.sqlite')))
    return { findings: [checkFolder(config.DATA_DIR)], guilds: [], probe: [] };
  let store: Store;
  try {
    store = await openStore({ databaseUrl, dataDir: config.DATA_DIR, beside: true, asIs: true });
  } catch (error) {
    return { findings: [bad(STORE, (error as Error).message, '')], guilds: [], probe: [] };
  }
  try {
    let guilds: Guild[] = [];
    const findings = [
      ...(await looking(STORE, async () => {
        guilds = await guildQueries(store).all();
        return good(STORE, databaseUrl ? 'PostgreSQL' : `embedded, in ${config.DATA_DIR}`);
      })),
      ...(databaseUrl ? [] : await looking('Disk', () => checkDisk(config.DATA_DIR))),
      ...(await looking('Queue', () => checkQueue(store))),
    ];
    const probe = await looking('Probe', () => keptFindings(store, config.TWILIO_ACCOUNT_SID));
    return { findings, guilds, probe };
  } finally {
    await store.close();
  }
}

/** Whether a store can be made in a folder that may not be there yet. */
function checkFolder(folder: string): Finding {
  let nearest = resolve(folder);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    if (!statSync(nearest).isDirectory()) throw new Error(`${nearest} is no folder`);
    accessSync(nearest, constants.W_OK);
    return good(STORE, `${folder}: the first start makes it`);
  } catch (error) {
    return bad(
      STORE,
      `DATA_DIR ${folder} cannot be used: ${(error as Error).message}`,
      'Name a folder that this user may write to.',
    );
  }
}

async function checkDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const said = `${(free / 2 ** 30).toFixed(1)} GiB free in ${folder}`;
  return free < MIN_FREE_BYTES
    ? bad('Disk', said, 'Make room, or move DATA_DIR to another disk.')
    : good('Disk', said);
}

async function checkQueue(store: Store): Promise<Finding> {
  const rows = await store.db
    .selectFrom('journal')
    .select(({ fn }) => ['status', fn.countAll<number>().as('count'), fn.min('created_at').as('oldest')])
    .where('status', 'in', ['pending', 'parked'])
    .groupBy('status')
    .execute();
  const of = (status: string) => rows.find((row) => row.status === status);
  const [pending, parked] = [of('pending'), of('parked')];
  const waitedMs = pending ? Date.now() - Number(pending.oldest) : 0;
  const said = `${Number(pending?.count ?? 0)} waiting, ${Number(parked?.count ?? 0)} given up`;
  if (waitedMs > MAX_WAIT_MS) {
    return bad(
      'Queue',
      `${said}; the oldest has waited ${Math.round(waitedMs / 60_000)} minutes`,
      'Start the bridge, or see in its log which side refuses it.',
    );
  }
  if (parked)
    return unknown('Queue', said, 'What was given up is in the log, with its reason; its sender was told.');
  return good('Queue', said);
}

/** Compares this machine's clock with Discord's, as its answers give it in whole seconds. */
export async function checkClock(config: Config): Promise<Finding> {
  const before = Date.now();
  const response = await fetch(`${config.DISCORD_API_URL}/v10/gateway`, {
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  await response.body?.cancel();
  const theirs = Date.parse(response.headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return unknown('Clock', 'Discord did not say what time it is');
  const skewMs = (before + Date.now()) / 2 - theirs - 500;
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) > MAX_SKEW_MS) {
    return bad(
      'Clock',
      `${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}`,
      'Let the machine set its clock by NTP (timedatectl set-ntp true).',
    );
  }
  return good('Clock', seconds <= 2 ? 'right' : `${seconds} s off, which does no harm`);
}

export async function checkVersions(): Promise<Finding> {
  const versionOf = async (name: string, from: string) =>
    ((await Bun.file(Bun.resolveSync(`${name}/package.json`, from)).json()) as { version: string }).version;
  const [twilio, discord] = await Promise.all([
    versionOf('twilio', import.meta.dir),
    versionOf('discord.js', import.meta.dir),
  ]);
  const root = (await Bun.file(join(import.meta.dir, '../../../package.json')).json()) as {
    version: string;
    engines: { bun: string };
  };
  const said = `Flexcord ${root.version}, Bun ${Bun.version}, twilio ${twilio}, discord.js ${discord}`;
  return Bun.semver.satisfies(Bun.version, root.engines.bun)
    ? good('Versions', said)
    : bad('Versions', said, `Flexcord wants Bun ${root.engines.bun}.`);
}
