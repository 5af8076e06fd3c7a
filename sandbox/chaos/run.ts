import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAdversary } from './adversary.ts';
import { createBook } from './book.ts';
import { type Bridges, startBridges } from './bridges.ts';
import type { ChaosOptions } from './chaos-options.ts';
import { type Clouds, startClouds } from './clouds.ts';
import { createDatabase } from './database.ts';
import { mountSmallDisk } from './disk.ts';
import { createReader, type Holdings } from './held.ts';
import { isClean, judge, type Verdict } from './ledger.ts';
import { createPeople } from './people.ts';
import { seeded } from './random.ts';
import { type ChaosReport, createReport } from './report.ts';
import { createStory, IDENTICAL } from './story.ts';

const WARM_UP_TIMEOUT_MS = 180_000;
const READY_TIMEOUT_MS = 60_000;
/** The clean state must last, because what comes twice comes late. */
const CLEAN_MS = 3000;
/** After this much of healthy time those whose first words nobody has write again, as people do. */
const REMIND_MS = 8000;
const MAX_REMINDERS = 4;
/** Nothing has arrived for so long: what is left waits for better times. */
const STILL_MS = 2000;
/** Longer than a request that takes effect late. */
const SLOWEST_MS = 22_000;

/** One whole attack, from the start of both clouds to the verdict. Throws where no attack could be made. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const closing: (() => unknown)[] = [];
  try {
    return await Promise.race([attackAndJudge(options, closing), abortOf(options.signal)]);
  } finally {
    for (const close of closing.reverse())
      await Promise.resolve(close()).catch((error) => console.error(error));
  }
}

function abortOf(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
}

/** Pushes onto `closing` how what it starts is ended. */
async function attackAndJudge(options: ChaosOptions, closing: (() => unknown)[]): Promise<ChaosReport> {
  const random = seeded(options.seed);
  const { rates, onProgress } = options;
  const folder = options.keep ?? mkdtempSync(join(tmpdir(), 'flexcord-chaos-'));
  if (!options.keep) closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const clouds = await startClouds(random.fork('faults'));
  closing.push(() => clouds.stop());
  const database = options.store === 'postgres' ? await createDatabase(options.databaseUrl) : undefined;
  if (database) closing.push(() => database.drop());
  const disk = rates['disk-full'] > 0 ? mountSmallDisk() : undefined;
  if (disk === null) {
    rates['disk-full'] = 0;
    options.onWarning('disk-full is SKIPPED: this user may not mount a file system.');
  }
  if (disk) closing.push(() => disk.remove());
  const bridges = await startBridges({
    clouds,
    databaseUrl: database?.url,
    routing: options.routing,
    processes: options.processes,
    leaseMs: options.leaseMs,
    folder,
    storeFolder: disk?.folder,
    keepLogs: options.keep !== undefined,
  });
  closing.push(() => bridges.stop());
  if (!(await bridges.ready(READY_TIMEOUT_MS))) throw new Error('The bridges were not ready in time.');

  const book = createBook();
  const people = createPeople(clouds, book, random.fork('people'));
  const story = createStory(people, book, rates, random.fork('story'));
  const adversary = createAdversary({
    clouds,
    bridges: bridges.all,
    leaseMs: options.leaseMs,
    rates,
    random: random.fork('adversary'),
    database,
    disk: disk ?? undefined,
    onAway: () => story.arrive(rates['first-words'] > 0 ? 2 : 0),
  });
  const during = async <T>(what: () => string, work: Promise<T>): Promise<T> => {
    const ticking = setInterval(() => onProgress(what()), 500);
    return work.finally(() => clearInterval(ticking));
  };
  const met = () => people.pairs.filter(({ chat }) => chat).length;
  const wanted = options.conversations + options.threads;

  story.arrive(options.conversations);
  story.post(options.threads);
  await during(() => `${met()} of ${wanted} conversations have an agent`, meetAll(clouds, met, wanted));
  clouds.trace.event('the attack begins');
  const began = performance.now();
  const attackLine = () => {
    const seconds = Math.round((performance.now() - began) / 1000);
    const events = Object.values(adversary.done()).reduce((sum, count) => sum + count, 0);
    return `attack: ${seconds} of ${Math.round(options.seconds)} s, ${book.size()} messages, ${people.pairs.length} members, ${events} events`;
  };
  await during(
    attackLine,
    Promise.all([adversary.attack(options.seconds), story.play(options.messages, options.seconds)]),
  );
  await during(attackLine, stillArriving(clouds, options.seconds));
  adversary.heal();
  const healedAt = performance.now();

  const read = createReader(clouds, IDENTICAL);
  const look = async () => {
    const holdings = await read();
    return { holdings, verdict: judge(book.all(), holdings, clouds.trace) };
  };
  const settled = await settle(options, look, {
    ready: bridges,
    leastMs: rates.slow > 0 ? SLOWEST_MS : 0,
    remind(holdings) {
      const heard = new Set(holdings.messages.flatMap(({ marks }) => marks.map(({ token }) => token)));
      const unheard = new Set(
        [...book.all()].flatMap(({ isFirst, token, memberId }) =>
          isFirst && !heard.has(token) ? memberId : [],
        ),
      );
      story.remind(({ member }) => unheard.has(member.id));
    },
  });
  return createReport({
    options,
    ...settled,
    book,
    trace: clouds.trace,
    faultsDone: adversary.done(),
    endedByThemselves: bridges.all.reduce((sum, bridge) => sum + bridge.ended(), 0),
    members: people.pairs.map(({ member }) => member),
    settledMs: performance.now() - healedAt,
  });
}

async function meetAll({ trace }: Clouds, met: () => number, wanted: number): Promise<void> {
  const deadline = performance.now() + WARM_UP_TIMEOUT_MS;
  while (met() < wanted) {
    if (performance.now() > deadline)
      throw new Error(
        `Before any fault, ${met()} of ${wanted} conversations had an agent after ${WARM_UP_TIMEOUT_MS / 1000} s.`,
      );
    await Bun.sleep(50);
  }
  trace.event('every member has met an agent');
}

/**
 * On a machine that cannot keep up, most of what was written is still on its way when the writing ends, and would meet
 * none of the faults: what hits a share of all requests goes on until next to nothing arrives any more.
 */
async function stillArriving({ trace }: Clouds, seconds: number): Promise<void> {
  const deadline = performance.now() + Math.max(STILL_MS * 2, seconds * 2000);
  for (let before = -1; before < trace.arrived() && performance.now() < deadline; ) {
    before = trace.arrived();
    await Bun.sleep(STILL_MS);
  }
}

type Looked = { holdings: Holdings; verdict: Verdict };

/** Looks again and again until nothing is wrong any more, and stays so; for as long as is allowed. */
async function settle(
  { settleSeconds, onProgress }: ChaosOptions,
  look: () => Promise<Looked>,
  how: { ready: Bridges; leastMs: number; remind(holdings: Holdings): void },
): Promise<Looked> {
  const began = performance.now();
  const passed = () => performance.now() - began;
  await how.ready.ready(Math.min(READY_TIMEOUT_MS, settleSeconds * 1000));
  let reminders = 0;
  let cleanSince: number | undefined;
  for (;;) {
    const lookedAt = performance.now();
    const looked = await look();
    const took = performance.now() - lookedAt;
    cleanSince = isClean(looked.verdict) ? (cleanSince ?? passed()) : undefined;
    onProgress(`settling: ${Math.round(passed() / 1000)} s, ${looked.verdict.failures.length} not right yet`);
    const isQuiet = cleanSince !== undefined && passed() - cleanSince >= CLEAN_MS && passed() >= how.leastMs;
    if (isQuiet || passed() > settleSeconds * 1000) return looked;
    if (reminders < MAX_REMINDERS && passed() > REMIND_MS * (reminders + 1)) {
      reminders += 1;
      how.remind(looked.holdings);
    }
    await Bun.sleep(Math.max(500, took * 3));
  }
}
