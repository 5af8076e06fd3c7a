import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { APIMessage } from 'discord-api-types/v10';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import type { DiscordUser } from '../src/discord/index.ts';
import { fitting } from './fitting.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { panelBodies, panelQueries } from './panel-requests.ts';

/** Inputs in all, and which ones; see CONTRIBUTING.md. */
const INPUTS = Number(process.env.FLEXCORD_FUZZ ?? 450);
const SEED = process.env.FLEXCORD_FUZZ_SEED ? Number(process.env.FLEXCORD_FUZZ_SEED) : undefined;
/**
 * How long the bridge's event loop may stand still, by its own metric, in milliseconds. An input is only blamed where it does
 * that each time that it comes alone.
 */
const MAX_STALL_MS = Number(process.env.FLEXCORD_FUZZ_STALL_MS ?? Number.POSITIVE_INFINITY);
const TIMES_ALONE = 3;
/** What members do takes both clouds the longest. */
const SHARES = { panel: 0.4, webhooks: 0.4, members: 0.2 };
/** Requests under way at once. */
const AT_ONCE = 20;
/** No agent makes more requests than this in ten seconds, so the fuzz is spread over several. */
const REQUESTS_EACH = 200;
const MAX_AGENTS = 40;
/** No member uses more commands than a person can, so they are spread over several. */
const MEMBERS = 8;
const FUZZ_TIMEOUT_MS = 60_000 + INPUTS * 50;
const METRICS_TOKEN = 'a-token-for-the-fuzz-only';
const RUNS = { endOnFailure: true, ...(SEED === undefined ? {} : { seed: SEED }) };

let harness: Harness;
let conversationSid: string;
/** Those who write are apart from Ada, whom the panel's fuzz may block. */
let writers: DiscordUser[];
beforeAll(async () => {
  harness = await startHarness({ env: { METRICS_TOKEN, KNOWLEDGE_SAMPLE: 'true' } });
  ({ conversationSid } = await harness.startChatWithAgent());
  // Before there are agents who would be offered this chat, too.
  writers = Array.from({ length: MEMBERS }, (_, n) => harness.newMember(`Bo ${n}`));
  // The others write to the virtual agent.
  await Promise.all(writers.slice(0, MEMBERS - 2).map((member) => harness.startChatWithAgent(member)));
  // The runner's own limit is short on a busy machine.
}, 60_000);
afterAll(closeHarnesses, 60_000);

const piece = fc.constantFrom(
  ...[
    '[',
    ']',
    '{"a":',
    '"',
    '\\',
    '\0',
    '\ud800',
    '\u202e',
    '>',
    '**',
    '||',
    '`',
    '<@1>',
    '%00',
    '../',
    "'",
  ],
  ...['null', '1e999', '-1', '__proto__', '漢字', '👨‍👩‍👧‍👦', '\n', ' ', '=', '&', 'x'.repeat(3000)],
);
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc
    .tuple(piece, fc.integer({ min: 1, max: 3000 }))
    .map(([one, times]) => one.repeat(Math.min(times, 30_000 / one.length))),
);
const json = fc.oneof(fc.json({ maxDepth: 40 }), text);

interface Input {
  path: string;
  init: RequestInit;
}

let cpuBefore = 0;

/**
 * The longest time for which the bridge's event loop stood still since this was asked last, in milliseconds. Never more than
 * the processor time that the bridge took meanwhile: on a busy machine it stands still while others have the processor.
 */
async function longestStall(): Promise<number> {
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const metrics = await (await fetch(`${harness.bridge.url}/metrics`, { headers })).text();
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]) * 1000;
  const cpu = read('process_cpu_seconds_total');
  const taken = cpu - cpuBefore;
  cpuBefore = cpu;
  return Math.min(read('nodejs_eventloop_lag_max_seconds'), taken);
}

/** The longest stall of all inputs so far. */
let longest = 0;

/** Throws where one of the inputs keeps the event loop busy for longer than it may, whenever `give` gives it alone. */
async function checkStalls<Given>(inputs: readonly Given[], give: (input: Given) => Promise<unknown>) {
  const stall = await longestStall();
  longest = Math.max(longest, stall);
  if (stall <= MAX_STALL_MS) return;
  for (const input of inputs) {
    let shortest = Number.POSITIVE_INFINITY;
    for (let times = 0; times < TIMES_ALONE && shortest > MAX_STALL_MS; times += 1) {
      await give(input);
      shortest = Math.min(shortest, await longestStall());
    }
    if (shortest > MAX_STALL_MS)
      throw new Error(
        `stood still for ${Math.round(shortest)} ms by ${JSON.stringify(input).slice(0, 2000)}`,
      );
  }
}

function tell(what: string, inputs: number, began: number): void {
  if (!process.env.FLEXCORD_FUZZ) return;
  const seconds = Math.round((performance.now() - began) / 1000);
  console.info(`${inputs} ${what} in ${seconds} s; the longest stall so far: ${Math.round(longest)} ms`);
}

async function ask({ path, init }: Input): Promise<void> {
  const response = await fetch(`${harness.bridge.url}${path}`, init);
  await response.body?.cancel();
  if (response.status >= 500)
    throw new Error(`HTTP ${response.status} for ${JSON.stringify({ path, init }).slice(0, 2000)}`);
}

async function fuzz(what: string, inputs: fc.Arbitrary<Input>, runs: number): Promise<void> {
  const began = performance.now();
  const numRuns = Math.max(1, Math.ceil(runs / AT_ONCE));
  await longestStall();
  await fc.assert(
    fc.asyncProperty(fc.array(inputs, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (some) => {
      await Promise.all(some.map(ask));
      await checkStalls(some, ask);
    }),
    { ...RUNS, numRuns },
  );
  tell(what, numRuns * AT_ONCE, began);
  expect((await fetch(`${harness.bridge.url}/ready`)).status).toBe(200);
}

test(
  'no answer to the panel is a 5xx, whatever is asked',
  async () => {
    const agents = Math.min(Math.ceil(INPUTS / REQUESTS_EACH), MAX_AGENTS);
    const tokens = Array.from({ length: agents }, (_, n) =>
      harness.twilio.issueToken(harness.twilio.createAgent({ identity: `fuzz${n}`, fullName: `Fuzz ${n}` }), {
        roles: ['supervisor', 'admin'],
      }),
    );
    const known = [
      harness.ada.id,
      conversationSid,
      'kim',
      'en-refund',
      '1',
      '2',
      'en',
      'open',
      'UTC',
      '2026-11-29',
    ];
    const id = fc.oneof(
      fc.constantFrom(...known),
      text.map((given) => encodeURIComponent(given.toWellFormed()).slice(0, 300)),
    );
    const bodyOf = (name: keyof typeof panelRoutes): fc.Arbitrary<string> => {
      const schema = panelBodies[name];
      const fits = schema && fitting(schema, text, known).map((body) => JSON.stringify(body) ?? '');
      return fits ? fc.oneof({ weight: 5, arbitrary: fits }, { weight: 1, arbitrary: json }) : json;
    };
    const queryOf = (name: keyof typeof panelRoutes) => {
      const schema = panelQueries[name];
      const any = fc.record({ q: text, conversation: fc.constant(conversationSid) }, { requiredKeys: [] });
      return (schema ? fc.oneof(fitting(schema, text, known), any) : any).map((given) =>
        new URLSearchParams(
          Object.entries(given ?? {}).map(([key, value]) => [
            key,
            (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed(),
          ]),
        )
          .toString()
          .slice(0, 4000),
      );
    };
    let count = 0;
    const request = fc
      .constantFrom(...(Object.keys(panelRoutes) as (keyof typeof panelRoutes)[]))
      .filter((name) => name !== 'events')
      .chain((name) => {
        const of = panelRoutes[name] as string | ((...ids: string[]) => string);
        return fc.record({
          path:
            typeof of === 'string'
              ? fc.constant(of)
              : fc.tuple(id, id).map(([one, other]) =>
                  of(':id', ':other')
                    .replace(':id', () => one)
                    .replace(':other', () => other),
                ),
          body: fc.option(bodyOf(name)),
          query: fc.option(queryOf(name)),
          type: fc.oneof(
            { weight: 5, arbitrary: fc.constant('application/json') },
            { weight: 1, arbitrary: fc.constantFrom('text/plain', 'multipart/form-data', 'text/csv', '') },
          ),
        });
      })
      .map(({ path, body, query, type }): Input => {
        count += 1;
        return {
          path: path + (query === null ? '' : `?${query}`),
          init: {
            method: body === null ? 'GET' : 'POST',
            headers: { authorization: `Bearer ${tokens[count % tokens.length]}`, 'content-type': type },
            ...(body === null ? {} : { body }),
          },
        };
      });
    await fuzz('requests to the panel', request, INPUTS * SHARES.panel);
  },
  FUZZ_TIMEOUT_MS,
);

test(
  'no answer to a signed webhook is a 5xx, whatever it says',
  async () => {
    const sid = (prefix: string) => fc.uuid().map((uuid) => `${prefix}${uuid.replaceAll('-', '')}`);
    const fields = fc.record(
      {
        EventType: fc.constantFrom(
          ...['onMessageAdded', 'onMessageUpdated', 'onMessageRemoved', 'onConversationUpdated', 'x'],
          ...['onParticipantJoined', 'onParticipantLeft', 'onChannelStatusUpdated', 'onChannelCreateFailed'],
        ),
        ConversationSid: fc.oneof(fc.constant(conversationSid), text),
        MessageSid: fc.oneof(sid('IM'), text),
        Index: fc.oneof(fc.integer({ min: 0, max: 5 }).map(String), text),
        Author: fc.oneof(fc.constant('kim'), text),
        Body: text,
        Media: fc.oneof(json, fc.constant('[null]')),
        Attributes: json,
        DateCreated: fc.oneof(fc.constant(new Date().toISOString()), text),
        DateUpdated: fc.oneof(fc.constant(new Date().toISOString()), text),
        ParticipantType: fc.constantFrom('agent', 'customer'),
        ParticipantSid: fc.oneof(sid('UT'), text),
        TaskSid: fc.oneof(sid('WT'), text),
        ChannelSid: fc.oneof(sid('UO'), text),
        ChannelStatus: fc.constantFrom('active', 'inactive', 'pause', 'x'),
        MediaChannelSid: fc.oneof(fc.constant(conversationSid), text),
      },
      { requiredKeys: ['EventType'] },
    );
    const webhook = fc
      .tuple(fc.constantFrom('/twilio/conversations', '/twilio/interactions'), fields)
      .map(([path, given]): Input => {
        const wellFormed = Object.fromEntries(
          Object.entries(given).map(([name, value]) => [name, value.toWellFormed()]),
        );
        const signature = getExpectedTwilioSignature(
          harness.twilio.authToken,
          `${harness.bridge.url}${path}`,
          wellFormed,
        );
        return {
          path,
          init: {
            method: 'POST',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              'x-twilio-signature': signature,
            },
            body: new URLSearchParams(wellFormed).toString(),
          },
        };
      });
    const turn = fc
      .oneof(
        fc
          .record({
            secret: fc.constant(harness.env.STUDIO_SECRET),
            conversationSid: fc.oneof(fc.constant(conversationSid), text),
          })
          .map((body) => JSON.stringify(body)),
        json,
      )
      .map((body): Input => ({ path: '/twilio/studio/turn', init: { method: 'POST', body } }));
    await fuzz(
      'webhooks',
      fc.oneof({ weight: 9, arbitrary: webhook }, { weight: 1, arbitrary: turn }),
      INPUTS * SHARES.webhooks,
    );
  },
  FUZZ_TIMEOUT_MS,
);

/** What a member does, and with which words. */
const DEEDS = [
  'write',
  'write',
  'write',
  'edit',
  'delete',
  'react',
  'ask',
  'report',
  'comment',
  'search',
] as const;
const deed = fc.record({ does: fc.constantFrom(...DEEDS), words: text, by: fc.nat({ max: MEMBERS - 1 }) });

/** By member, what they wrote last, and by channel, what the bot said last there. */
const latest = new Map<string, APIMessage>();
const said = new Map<string, APIMessage>();

function act({ does, words: given, by }: { does: (typeof DEEDS)[number]; words: string; by: number }): void {
  const member = writers[by] as DiscordUser;
  const words = given.toWellFormed().replaceAll('\0', '').slice(0, 1900);
  if (!words.trim()) return member.typing();
  const { guild } = harness;
  switch (does) {
    case 'write':
      return void latest.set(member.id, member.dm(words));
    case 'edit': {
      const message = latest.get(member.id);
      return void (message && member.edit(message, words));
    }
    case 'delete': {
      const message = latest.get(member.id);
      latest.delete(member.id);
      return void (message && member.delete(message));
    }
    case 'react': {
      const message = said.get(member.dmChannelId);
      return void (message && member.react(message, '👍'));
    }
    case 'ask':
      return void member.slash('helpme', { question: words.slice(0, 500) }, { guild });
    case 'report':
      return void member.slash('bug', { description: words.slice(0, 1000) }, { guild });
    case 'comment':
      return void member.slash('case comment', { number: 1, text: words.slice(0, 1000) }, { guild });
    case 'search':
      return void member.slash('case view', { number: words.length }, { guild });
  }
}

test(
  'the bridge goes on, whatever members write and do',
  async () => {
    const began = performance.now();
    const numRuns = Math.max(1, Math.ceil((INPUTS * SHARES.members) / AT_ONCE));
    harness.discord.on('message', ({ message }) => {
      if (message.author.bot) said.set(message.channel_id, message);
    });
    let count = 0;
    /** Everything before it was heard, where it is read in the chat that was there all along. */
    async function heard(): Promise<void> {
      count += 1;
      const last = `the ${count}th after what came before`;
      const arrived = Promise.withResolvers<void>();
      const forget = harness.twilio.on('message', ({ body }) => {
        if (body === last) arrived.resolve();
      });
      writers[0]?.dm(last);
      await arrived.promise;
      forget();
    }
    await longestStall();
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (some) => {
        for (const one of some) act(one);
        await heard();
        await checkStalls(some, async (one) => {
          act(one);
          await heard();
        });
      }),
      { ...RUNS, numRuns },
    );
    tell('deeds of members', numRuns * AT_ONCE, began);
    expect((await fetch(`${harness.bridge.url}/ready`)).status).toBe(200);
  },
  FUZZ_TIMEOUT_MS,
);
