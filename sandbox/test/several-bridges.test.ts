import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openEvents } from '@flexcord/bridge/testing/event-stream';
import { storeKinds, type TestPlace } from '@flexcord/bridge/testing/stores';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import type { MemberProfile } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { SQL } from 'bun';
import { startTcpProxy, type TcpProxy } from '../chaos/tcp-proxy.ts';
import { type BridgeProcess, bridgeProcess, freePort } from '../src/bridge-process.ts';
import type { Agent } from '../src/twilio/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts, receivedByAgent, receivedByMember } from './numbered-messages.ts';

const GLOBAL_PER_SECOND = 50;
const LEASE_MS = 2_000;

/** Two bridges on one PostgreSQL behind one address, with Discord's global limit on; the first holds the gateway. */
for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  describe('two bridges on one store', () => {
    let place: TestPlace;
    let edge: TcpProxy;
    let harness: Harness;
    let first: BridgeProcess;
    let second: BridgeProcess;
    let supervisor: string;
    /** Id of a member who has written. */
    let cleo: string;
    /** Whom work is offered to. */
    const agents: Agent[] = [];
    /** Where the address leads: one that does not answer a look at its health is left out. */
    const ports: number[] = [];
    const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-second-'));

    beforeAll(async () => {
      place = await kind.make();
      edge = await startTcpProxy(() => ports.map((port) => ({ host: '127.0.0.1', port })));
      harness = await startHarness({
        databaseUrl: place.options.databaseUrl,
        routing: 'bridge',
        globalPerSecond: GLOBAL_PER_SECOND,
        env: {
          PUBLIC_URL: `http://127.0.0.1:${edge.port}`,
          LEASE_MS: String(LEASE_MS),
          TRANSCRIPT_CHECK_MS: '1000',
          LOG_LEVEL: 'info',
        },
      });
      first = harness.bridge;
      agents.push(harness.kim);
      const port = await freePort();
      second = bridgeProcess({ ...harness.env, PORT: String(port), DATA_DIR: dataDir });
      await second.start();
      ports.push(Number(new URL(first.url).port), port);
      supervisor = harness.twilio.issueToken(
        harness.twilio.createAgent({ identity: 'sue', fullName: 'Sue', roles: ['supervisor'], capacity: 0 }),
      );
    });
    afterEach(() => harness.faults.clear());
    afterAll(async () => {
      await second?.stop().catch(() => {});
      await closeHarnesses();
      edge?.stop();
      await place?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    });

    async function call<T>(bridge: BridgeProcess, path: string, body?: unknown): Promise<T> {
      const response = await fetch(bridge.url + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${supervisor}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path}: HTTP ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    }

    /** Starts chats with so many new members at once, and has agents accept them all. */
    async function startChats(count: number, name: string) {
      agents.push(harness.twilio.createAgent({ identity: name, fullName: name, capacity: count }));
      const members = Array.from({ length: count }, (_, n) => harness.newMember(`${name}${n}`));
      for (const member of members) member.dm('I want to talk to a person');
      return Promise.all(
        members.map(async (member) => {
          const offer = await waitUntil(() =>
            agents
              .flatMap((each) => each.reservations().map((reservation) => ({ each, reservation })))
              .find(
                ({ reservation: { status, task } }) =>
                  status === 'pending' && task.attributes.customerName === member.globalName,
              ),
          );
          const task = await offer.each.accept(offer.reservation);
          await harness.waitForBotMessage('joined the chat.', member);
          return { member, agent: offer.each, conversationSid: task.conversationSid ?? '' };
        }),
      );
    }

    /** Requests that count for Discord's global limit since `since`. */
    const countedRequests = (since: number) =>
      harness.discord.requests.filter(
        ({ at, path }) => at >= since && !/^\/(interactions|webhooks)\//.test(path),
      );

    const refusedForLimits = () =>
      [...harness.discord.requests, ...harness.twilio.requests].filter(({ status }) => status === 429);

    test('one of them alone deletes what is old', () => {
      expect([first, second].map(retains)).toEqual([true, false]);
    });

    test('both are ready, whoever holds the gateway', async () => {
      for (const bridge of [first, second])
        expect(await (await fetch(`${bridge.url}/ready`)).json()).toMatchObject({ gateway: true });
    });

    test('keep the limits of both clouds together', async () => {
      const began = performance.now();
      // The stand-ins run in this process: while it is busy, requests wait to be counted and seem to come at once.
      const busy = monitorEventLoopDelay({ resolution: 5 });
      busy.enable();
      const chats = await startChats(20, 'lee');
      for (const text of numberedTexts('reply', 6))
        for (const { agent, conversationSid } of chats) agent.send(conversationSid, text);
      for (const text of numberedTexts('word', 2)) for (const { member } of chats) member.dm(text);
      for (const { member, conversationSid } of chats) {
        await harness.waitForBotMessage('reply 5', member);
        await harness.waitForTranscript(conversationSid, (body) => body === 'word 1');
        expect(receivedByMember(harness, 'reply', member)).toEqual(numberedTexts('reply', 6));
        expect(receivedByAgent(harness, conversationSid, 'word')).toEqual(numberedTexts('word', 2));
      }
      const interactions = harness.twilio.requests.filter(
        ({ method, path }) => method === 'POST' && path === '/flex-api/v1/Interactions',
      );
      busy.disable();
      const windowMs = Math.max(1_000 - busy.max / 1e6, 500);
      expect(interactions.length).toBeGreaterThanOrEqual(chats.length);
      expect(mostWithin(windowMs, interactions)).toBeLessThanOrEqual(20);
      expect(mostWithin(windowMs, countedRequests(began))).toBeLessThanOrEqual(GLOBAL_PER_SECOND);
      expect(refusedForLimits()).toEqual([]);
    });

    test('an agent hears at one what the other decided, and goes on there after one has gone', async () => {
      const [{ member } = fail()] = await startChats(1, 'cleo');
      const memberId = member.id;
      cleo = memberId;
      const note = (text: string) => call(second, panelRoutes.notes(memberId), { text });
      const here = await openEvents(first.url, supervisor);
      await note('one');
      const { id, event } = await here.until('notes-changed');
      expect(event).toEqual({ type: 'notes-changed', memberId });
      here.close();
      await note('two');
      await note('three');
      const there = await openEvents(second.url, supervisor, id);
      const missed = [await there.next(), await there.next()];
      expect(missed.map((heard) => heard?.event)).toEqual([event, event]);
      there.close();
    });

    test('what one may have missed has its agents start afresh', async () => {
      const here = await openEvents(first.url, supervisor);
      const database = new SQL(place.options.databaseUrl ?? '', { max: 1 });
      await database`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`;
      await database.end();
      await here.until('resync');
      await call(second, panelRoutes.notes(cleo), { text: 'four' });
      await here.until('notes-changed');
      here.close();
      // The other process, too, before the next test listens there.
      const there = await openEvents(second.url, supervisor, 'gone');
      await there.until('resync');
      there.close();
    });

    test('an article that is published at one is found at the other within seconds', async () => {
      const content = {
        title: 'Dye your sails',
        questions: ['how do I dye my sails'],
        text: 'Open Harbour and choose a colour.',
        url: null,
        language: 'en',
        labels: [],
        responseTemplate: null,
      };
      const [{ conversationSid } = fail()] = await startChats(1, 'ann');
      await call(second, panelRoutes.library, { content, status: 'published' });
      const search = `${panelRoutes.knowledgeSearch}?q=${encodeURIComponent('dye my sails')}&conversation=${conversationSid}`;
      await waitUntil(async () => (await call<ArticleMatches>(first, search)).matches.length > 0, {
        timeoutMs: 10_000,
        what: 'finding the article',
      });
    });

    test('a member who is blocked at one is heard no more at the other', async () => {
      const [{ member, conversationSid } = fail()] = await startChats(1, 'bo');
      await call(second, panelRoutes.blockMember(member.id), {});
      member.dm('blocked words');
      await harness.waitForBotMessage('Our team does not take messages', member);
      await call(second, panelRoutes.unblockMember(member.id), {});
      member.dm('words again');
      await harness.waitForTranscript(conversationSid, (body) => body === 'words again');
      expect(receivedByAgent(harness, conversationSid, 'blocked')).toEqual([]);
    });

    test('the one without the gateway knows the servers of a member, too', async () => {
      const profile = () => call<MemberProfile>(second, panelRoutes.member(cleo));
      await waitUntil(async () => (await profile()).joinedServerAt !== null, {
        timeoutMs: 10_000,
        what: 'knowing when Cleo joined',
      });
    });

    test('one that was frozen sends nothing again, adds nothing, and joins in again', async () => {
      const chats = await startChats(10, 'kay');
      const send = (prefix: string, count: number) => {
        for (const text of numberedTexts(prefix, count)) {
          for (const { agent, conversationSid } of chats) agent.send(conversationSid, text);
          for (const { member } of chats) member.dm(`words ${text}`);
        }
      };
      const heldByFirst = first.output().filter(isTerm).length;
      send('before', 3);
      // In the middle of it.
      await harness.waitForBotMessage('before 0', chats[0]?.member);
      const pid = first.pid();
      process.kill(pid, 'SIGSTOP');
      ports.shift();
      try {
        await waitUntil(() => second.output().some(isGateway), { what: 'taking over' });
        await waitUntil(() => retains(second), { what: 'deleting what is old in place of the first' });
        send('during', 3);
        for (const { member, conversationSid } of chats) {
          await harness.waitForBotMessage('during 2', member);
          await harness.waitForTranscript(conversationSid, (body) => body === 'words during 2');
        }
      } finally {
        // Frozen, it would never end.
        process.kill(pid, 'SIGCONT');
      }
      ports.unshift(Number(new URL(first.url).port));
      await waitUntil(async () => (await fetch(`${first.url}/ready`)).ok, { what: 'being ready again' });
      send('after', 2);
      for (const { member, conversationSid } of chats) {
        await harness.waitForBotMessage('after 1', member);
        await harness.waitForTranscript(conversationSid, (body) => body === 'words after 1');
        for (const [prefix, count] of [
          ['before', 3],
          ['during', 3],
          ['after', 2],
        ] as const) {
          expect(receivedByMember(harness, prefix, member)).toEqual(numberedTexts(prefix, count));
          const words = `words ${prefix}`;
          expect(receivedByAgent(harness, conversationSid, words)).toEqual(numberedTexts(words, count));
        }
      }
      expect(first.output().filter(isTerm)).toHaveLength(heldByFirst);
      expect(refusedForLimits()).toEqual([]);

      // And the other way round: what it held before, it holds anew.
      const other = second.pid();
      process.kill(other, 'SIGSTOP');
      ports.pop();
      try {
        await waitUntil(() => first.output().filter(isTerm).length > heldByFirst, {
          what: 'taking over again',
        });
        send('again', 2);
        for (const { member, conversationSid } of chats) {
          await harness.waitForBotMessage('again 1', member);
          await harness.waitForTranscript(conversationSid, (body) => body === 'words again 1');
        }
      } finally {
        process.kill(other, 'SIGCONT');
      }
      ports.push(Number(new URL(second.url).port));
    });
  });
}

/** A line of the log that says that something is held from now on that one process does. */
const isTerm = (line: string) => line.includes('this process holds the lease');

const isGateway = (line: string) => isTerm(line) && line.includes('"lease":"gateway"');
const retains = (bridge: BridgeProcess) =>
  bridge.output().some((line) => isTerm(line) && line.includes('"lease":"retention"'));

function fail(): never {
  throw new Error('there is none');
}

interface Stamped {
  at: number;
}

/** The most requests within any `windowMs`. */
function mostWithin(windowMs: number, requests: readonly Stamped[]): number {
  let most = 0;
  let from = 0;
  for (const [index, { at }] of requests.entries()) {
    while ((requests[from]?.at ?? at) <= at - windowMs) from += 1;
    most = Math.max(most, index - from + 1);
  }
  return most;
}
