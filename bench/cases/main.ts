/**
 * How long lists, filters and searches take among 100,000 cases, on the embedded store and on PostgreSQL:
 * `bun run bench:cases`. PostgreSQL is FLEXCORD_TEST_DATABASE_URL or this machine's own programs. The baseline is the
 * search that needs no index, `like '%word%'`, in the same run. `bun run bench:cases sqlite` measures that store alone.
 */

import { createTiles } from '@flexcord/bridge/cases/counts';
import { listCases } from '@flexcord/bridge/cases/list';
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import type { Store } from '@flexcord/bridge/store/open';
import type { CaseListQuery } from '@flexcord/shared/panel/case-list';
import { aSentence, memberIdOf } from '../src/panel-data.ts';
import { AGENTS, fill, japanese, TAGS } from './data.ts';

const ASKED = 300;
const WARM_UP = 30;
const BASELINE_ASKED = 20;
/** What p99 of every kind is held to, in milliseconds. */
const MAX_P99_MS = 50;

const any = (below: number) => Math.floor(Math.random() * below);
const word = () => aSentence(any(100_000)).split(' ')[any(6)] ?? '';
const day = () => new Date(Date.now() - any(365) * 86_400_000).toISOString();

const asked: Record<string, () => CaseListQuery> = {
  'list, newest first': () => ({}),
  'list, latest change first': () => ({ sort: 'updated' }),
  'list, most votes first': () => ({ sort: 'votes', type: 'feature' }),
  'list, any page': () => ({ sort: 'updated', cursor: `${Date.parse(day())}.${any(100_000)}` }),
  'filter by status': () => ({ status: ['open', 'elevated', 'open,elevated,waiting'][any(3)] }),
  'filter by status, sorted': () => ({ status: 'elevated', sort: 'updated', order: 'asc' }),
  'filter by assignee': () => ({ assignee: `agent-${any(AGENTS)}`, sort: 'updated' }),
  'filter by tag': () => ({ tag: `tag-${any(TAGS)}`, sort: 'updated' }),
  'filter by member': () => ({ memberId: memberIdOf(any(20_000)) }),
  'filter by dates': () => ({ createdFrom: day(), createdTo: day(), sort: 'votes' }),
  'every filter at once': () => ({
    status: 'elevated',
    type: 'bug',
    priority: 'high',
    assignee: `agent-${any(AGENTS)}`,
    tag: `tag-${any(TAGS)}`,
    updatedFrom: day(),
    sort: 'updated',
  }),
  'a filter that nothing fits': () => ({ status: 'waiting', priority: 'low', assignee: 'agent-none' }),
  'search, one word': () => ({ q: word() }),
  'search, half a word': () => ({ q: word().slice(0, 3), sort: 'updated' }),
  'search, two letters': () => ({ q: word().slice(0, 2), sort: 'votes' }),
  'search, two words': () => ({ q: `${word()} ${word()}` }),
  'search, in most cases': () => ({ q: 'update', sort: 'updated' }),
  'search, Japanese': () => ({ q: japanese(any(100_000), 5), sort: 'updated' }),
  'search, one kanji': () => ({ q: '島', sort: 'updated' }),
  'search, a number': () => ({ q: `#${any(100_000) + 1}` }),
  'search and filters': () => ({
    q: word().slice(0, 3),
    status: 'open,elevated',
    type: 'bug',
    sort: 'updated',
  }),
  'common word and rare filter': () => ({
    q: 'update',
    status: 'waiting',
    priority: 'low',
    assignee: 'agent-3',
  }),
};

async function measure(work: () => Promise<unknown>, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b);
}

const at = (times: number[], share: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
const ms = (value: number) => value.toFixed(1).padStart(8);

async function run(store: Store): Promise<number> {
  const baseline = at(
    await measure(async () => {
      const like = `%${word()}%`;
      await store.db
        .selectFrom('cases')
        .select((eb) => eb.fn.countAll().as('count'))
        .where((eb) => eb.or([eb('title', 'like', like), eb('description', 'like', like)]))
        .execute();
    }, BASELINE_ASKED),
    0.5,
  );
  console.log(`${'baseline: like %word%'.padEnd(30)}${ms(baseline)}`);
  let worst = 0;
  const kinds: [string, () => Promise<unknown>][] = Object.entries(asked).map(([name, query]) => [
    name,
    () => listCases(store, query()),
  ]);
  // Counted anew each time; the API keeps the answer for a second.
  kinds.push(['tiles', () => createTiles(store)()]);
  for (const [name, work] of kinds) {
    await measure(work, WARM_UP);
    const times = await measure(work, ASKED);
    const p99 = at(times, 0.99);
    worst = Math.max(worst, p99);
    console.log(
      `${name.padEnd(30)}${ms(at(times, 0.5))}${ms(p99)}${`${(baseline / at(times, 0.5)).toFixed(1)}x`.padStart(10)}`,
    );
  }
  return worst;
}

let failed = false;
const { positionals } = argumentsOrExit(
  `Usage:
  bun run bench:cases [sqlite | postgres]
      how long lists, filters and searches take among 100,000 cases, on both stores or on one

Exit codes:
  0  measured
  1  one took longer than it may
  2  wrong options`,
  { options: {}, words: 1 },
);
const only = positionals[0];
// Looks for a server as it is loaded.
const { storeKinds } = await import('@flexcord/bridge/testing/stores');
if (only !== undefined && !storeKinds.some(({ name }) => name === only)) {
  console.error(`There is no store "${only}" here: ${storeKinds.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
for (const kind of storeKinds.filter(({ name }) => only === undefined || name === only)) {
  const place = await kind.make();
  try {
    const store = await place.open();
    const began = performance.now();
    await fill(store);
    console.log(
      `\n${kind.name}: 100000 cases, filled in ${((performance.now() - began) / 1000).toFixed(0)} s\n${''.padEnd(30)}  p50 ms  p99 ms  baseline`,
    );
    const worst = await run(store);
    failed ||= worst > MAX_P99_MS;
    console.log(
      `worst p99 ${worst.toFixed(1)} ms, ${worst > MAX_P99_MS ? 'OVER' : 'within'} ${MAX_P99_MS} ms`,
    );
  } finally {
    await place.drop();
  }
}
process.exit(failed ? 1 : 0);
