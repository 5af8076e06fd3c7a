/**
 * `bun run bench:assist`: how long after a member's message the articles for it are at the agent's, with the matched
 * words marked. From the moment that the message is written on Discord's side (a stand-in on this machine) to the
 * answered request that the bridge's live event asks for, so more than the bridge's own share.
 */

import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import { startSandbox } from '@flexcord/sandbox/src/sandbox.ts';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { panelRoutes } from '@flexcord/shared/panel/routes';

const MESSAGES = 60;
const WARM_UP = 10;
const MAX_P99_MS = 150;
const QUESTIONS = [
  'I bought gems but they did not arrive',
  'how do I move my game to a new phone',
  'the game keeps crashing when I open it',
  'my account was suspended for no reason',
  'where do I enter a gift code',
];

argumentsOrExit(
  `Usage:
  bun run bench:assist
      how long after a member's message the articles for it are at the agent's

Exit codes:
  0  measured
  1  it took longer than it may
  2  wrong options`,
  { options: {} },
);
const sandbox = await startSandbox({
  routing: 'bridge',
  messageRate: { limit: 1000, windowMs: 1000 },
});
try {
  const { discord, twilio, bridge } = sandbox;
  const guild = discord.createGuild({ name: 'Bench' });
  const ada = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(ada);
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const token = twilio.issueToken(kim);
  const headers = { authorization: `Bearer ${token}` };
  ada.dm('I want to talk to a person');
  const reservation = await kim.waitForReservation(undefined, { timeoutMs: 30_000 });
  await kim.accept(reservation);
  const sid = String(reservation.task.attributes.conversationSid);

  const events = await fetch(`${bridge.url}${panelRoutes.events}`, { headers });
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('the bridge streams no events');
  async function nextEvent(): Promise<void> {
    for (;;) {
      const { value, done } = await (reader as NonNullable<typeof reader>).read();
      if (done) throw new Error('the stream of events ended');
      if (value.includes('suggestions-changed')) return;
    }
  }

  /** What a request that does nothing takes meanwhile: the machine's share. */
  const idle: number[] = [];
  const times: number[] = [];
  const pushed: number[] = [];
  for (let n = 0; n < MESSAGES + WARM_UP; n += 1) {
    const text = QUESTIONS[n % QUESTIONS.length] ?? '';
    const begin = performance.now();
    ada.dm(text);
    await nextEvent();
    const event = performance.now() - begin;
    const response = await fetch(`${bridge.url}${panelRoutes.suggestions(sid)}`, { headers });
    const { query, matches } = (await response.json()) as ArticleMatches;
    const all = performance.now() - begin;
    const marked = matches.some(({ extract, title }) =>
      [...extract, ...title].some(({ matched }) => matched),
    );
    if (query !== text || !marked) throw new Error(`no suggestion with marked words for: ${text}`);
    const empty = performance.now();
    await (await fetch(`${bridge.url}/health`)).text();
    if (n < WARM_UP) continue;
    idle.push(performance.now() - empty);
    pushed.push(event);
    times.push(all);
  }
  const at = (list: number[], share: number) =>
    list.toSorted((a, b) => a - b)[Math.floor(list.length * share)] ?? 0;
  console.log(`${MESSAGES} messages, milliseconds`.padEnd(44), '     p50      p99');
  for (const [name, list] of Object.entries({
    'event at the agent': pushed,
    'suggestions at the agent': times,
    'a request that does nothing': idle,
  }))
    console.log(name.padEnd(44), at(list, 0.5).toFixed(1).padStart(8), at(list, 0.99).toFixed(1).padStart(8));
  console.log(at(times, 0.99) <= MAX_P99_MS ? `within ${MAX_P99_MS} ms` : `NOT within ${MAX_P99_MS} ms`);
} finally {
  await sandbox.stop();
}
