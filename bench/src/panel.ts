/**
 * How long reads of the panel API take with 10,000 members, 50,000 cases and 2,000 articles stored:
 * `bun run bench:panel`. Uses PostgreSQL where `DATABASE_URL` names an empty database, else the embedded store.
 */
import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { aSentence, conversationSidOf, memberIdOf, size } from './panel-data.ts';

/** Requests begin at this rate whether or not earlier ones are answered: what several hundred busy agents ask for. */
const PER_SECOND = 100;
const REQUESTS = 500;
const WARM_UP = 50;
/** What p99 of every read is held to, in milliseconds. */
const LIMIT_MS = 50;

const child = Bun.spawn([process.execPath, join(import.meta.dir, 'panel-server.ts')], {
  stdout: 'pipe',
  stderr: 'inherit',
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

let worst = 0;
const ms = (value: number) => value.toFixed(1).padStart(8);
console.log(
  `${Object.entries(size)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ')}; ${PER_SECOND} requests a second`,
);
console.log(`${'read'.padEnd(22)}  p50 ms  p99 ms  max ms`);
try {
  for (const [name, path] of Object.entries(reads)) {
    await measure(path, WARM_UP);
    const times = await measure(path, REQUESTS);
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    worst = Math.max(worst, at(0.99));
    console.log(`${name.padEnd(20)}${ms(at(0.5))}${ms(at(0.99))}${ms(at(1))}`);
  }
  console.log(`worst p99 ${worst.toFixed(1)} ms, ${worst < LIMIT_MS ? 'within' : 'OVER'} ${LIMIT_MS} ms`);
} finally {
  child.kill();
  await child.exited;
}
