/**
 * How long reads of the panel API take with 10,000 members, 50,000 cases and 2,000 articles stored:
 * `bun run bench:panel`. Uses PostgreSQL where `DATABASE_URL` names an empty database, else the embedded store.
 *
 * Before each read a route that does nothing is measured in the same way: what it takes is the machine's share, and a
 * busy machine shows there. `CPU ms` is the server's processor time for one request, which other programs do not change.
 *
 * Then a supervisor uses the Cases view over the same cases in a real browser: from each event to the paint that answers it.
 */

import { join } from 'node:path';
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { MAX_PAINT_MS, startViewPage } from './interaction.ts';
import { aSentence, conversationSidOf, memberIdOf, size } from './panel-data.ts';

/** Requests begin at this rate whether or not earlier ones are answered: what several hundred busy agents ask for. */
const PER_SECOND = 100;
const REQUESTS = 500;
const WARM_UP = 50;
/** What p99 of every read is held to, in milliseconds. */
const MAX_P99_MS = 50;

const { values } = argumentsOrExit(
  `Usage:
  bun run bench:panel
      how long reads of the panel take with 10,000 members, 50,000 cases and 2,000 articles stored, and how long the Cases
      view takes to paint what a supervisor does; in PostgreSQL where DATABASE_URL names an empty database, else in the
      embedded store
  bun run bench:panel --only-view
      the Cases view alone

Exit codes:
  0  measured
  1  a read took longer than it may
  2  wrong options`,
  { options: { 'only-view': { type: 'boolean' } } },
);
const view = await startViewPage();
const child = Bun.spawn([process.execPath, join(import.meta.dir, 'panel-server.ts')], {
  stdout: 'pipe',
  stderr: 'inherit',
  env: { ...process.env, BENCH_ORIGIN: view?.origin },
});
const { value } = await child.stdout.getReader().read();
const { port, token } = JSON.parse(new TextDecoder().decode(value)) as { port: number; token: string };

const any = (below: number) => Math.floor(Math.random() * below);
const aMember = () => memberIdOf(any(size.members));
const aConversation = () => conversationSidOf(any(size.conversations));
const text = () => encodeURIComponent(aSentence(any(5000)));
const reads: Record<string, () => string> = {
  'member profile': () => panelRoutes.member(aMember()),
  'past conversations': () => panelRoutes.conversations(aMember()),
  notes: () => panelRoutes.notes(aMember()),
  'cases of a member': () => `${panelRoutes.cases}?memberId=${aMember()}`,
  'all cases, any page': () => `${panelRoutes.cases}?cursor=${Date.now()}.${any(size.cases) + 1}`,
  'case with timeline': () => panelRoutes.case(String(any(size.cases) + 1)),
  'case duplicates': () => `${panelRoutes.caseDuplicates}?memberId=${aMember()}&title=${text()}`,
  suggestions: () => panelRoutes.suggestions(aConversation()),
  'article search': () => `${panelRoutes.knowledgeSearch}?q=${text()}`,
  article: () => panelRoutes.article(`en-${any(size.articles)}`),
};

/** The server's processor time so far, in milliseconds. */
async function cpu(): Promise<number> {
  const { user, system } = (await (await fetch(`http://127.0.0.1:${port}/cpu`)).json()) as NodeJS.CpuUsage;
  return (user + system) / 1000;
}

async function timed(path: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return performance.now() - began;
}

async function measure(path: () => string, count: number): Promise<number[]> {
  const under: Promise<number>[] = [];
  const began = performance.now();
  for (let n = 0; n < count; n += 1) {
    under.push(timed(path()));
    await Bun.sleep(Math.max(0, began + ((n + 1) * 1000) / PER_SECOND - performance.now()));
  }
  return (await Promise.all(under)).sort((a, b) => a - b);
}

function printPaints(times: ReadonlyMap<string, number[]>): void {
  console.log(`\n${'in the Cases view'.padEnd(26)}   p50 ms   p75 ms   max ms, from the event to the paint`);
  let slowest = 0;
  for (const [name, all] of times) {
    const sorted = all.sort((a, b) => a - b);
    const p75 = sorted[Math.floor(sorted.length * 0.75)] ?? 0;
    slowest = Math.max(slowest, p75);
    const [p50, max] = [sorted[sorted.length >> 1], sorted.at(-1)];
    console.log(`${name.padEnd(26)}${paint(p50)}${paint(p75)}${paint(max)}`);
  }
  // As https://web.dev/articles/inp judges a page; a busy machine, and the first time of each, show in the maximum.
  console.log(`slowest p75 ${slowest} ms, ${slowest <= MAX_PAINT_MS ? 'within' : 'OVER'} ${MAX_PAINT_MS} ms`);
}

/** The browser tells nothing of what took less than 16 ms. */
const paint = (ms = 0) => (ms === 0 ? '< 16' : ms.toFixed(0)).padStart(9);

let worst = 0;
let worstRatio = 0;
const column = (value: number, digits = 1) => value.toFixed(digits).padStart(9);
const p99 = (times: number[]) => times[Math.floor(times.length * 0.99)] ?? 0;
console.log(
  `${Object.entries(size)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')}; ${PER_SECOND} requests a second`,
);
if (!values['only-view'])
  console.log(`${'read'.padEnd(20)}   p50 ms   p99 ms   max ms   CPU ms  p99 of empty  ratio`);
try {
  for (const [name, path] of values['only-view'] ? [] : Object.entries(reads)) {
    await measure(path, WARM_UP);
    const empty = p99(await measure(() => '/empty', REQUESTS));
    const before = await cpu();
    const times = await measure(path, REQUESTS);
    const each = ((await cpu()) - before) / REQUESTS;
    const slow = p99(times);
    worst = Math.max(worst, slow);
    worstRatio = Math.max(worstRatio, slow / empty);
    console.log(
      `${name.padEnd(20)}${column(times[times.length >> 1] ?? 0)}${column(slow)}${column(times.at(-1) ?? 0)}` +
        `${column(each, 2)}${column(empty).padStart(14)}${column(slow / empty).slice(2)}`,
    );
  }
  if (!values['only-view'])
    console.log(
      `worst p99 ${worst.toFixed(1)} ms, ${worst < MAX_P99_MS ? 'within' : 'OVER'} ${MAX_P99_MS} ms; ` +
        `at most ${worstRatio.toFixed(1)} times what an empty route took`,
    );
  if (view) printPaints(await view.measure(`http://127.0.0.1:${port}`, token));
} finally {
  await view?.stop();
  child.kill();
  await child.exited;
}
