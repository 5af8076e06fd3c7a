import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/** Inputs in all; `FLEXCORD_FUZZ=100000 bun test sandbox/test/fuzz.test.ts` takes its time. */
const INPUTS = Number(process.env.FLEXCORD_FUZZ ?? 450);
/** Repeats a run: it is printed with a failure. */
const SEED = process.env.FLEXCORD_FUZZ_SEED ? Number(process.env.FLEXCORD_FUZZ_SEED) : undefined;
/** Requests under way at once. */
const AT_ONCE = 20;
/** No agent makes more requests than this in ten seconds, so the fuzz is spread over several. */
const REQUESTS_EACH = 200;
const FUZZ_TIMEOUT_MS = 60_000 + INPUTS * 50;

let harness: Harness;
let conversationSid: string;
let bo: ReturnType<Harness['newMember']>;
let chatWithBo: { conversationSid: string };
beforeAll(async () => {
  harness = await startHarness();
  ({ conversationSid } = await harness.startChatWithAgent());
  // Before there are agents who would be offered this chat, too.
  bo = harness.newMember('Bo');
  chatWithBo = await harness.startChatWithAgent(bo);
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

/** The outcome of requests, a number of them at a time. */
async function statusesOf(inputs: Input[]): Promise<{ input: Input; status: number }[]> {
  return Promise.all(
    inputs.map(async (input) => {
      const response = await fetch(`${harness.bridge.url}${input.path}`, input.init);
      await response.body?.cancel();
      return { input, status: response.status };
    }),
  );
}

async function fuzz(inputs: fc.Arbitrary<Input>, runs: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.array(inputs, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (some) => {
      for (const { input, status } of await statusesOf(some))
        if (status >= 500) throw new Error(`HTTP ${status} for ${JSON.stringify(input).slice(0, 2000)}`);
    }),
    {
      numRuns: Math.max(1, Math.ceil(runs / AT_ONCE)),
      endOnFailure: true,
      ...(SEED === undefined ? {} : { seed: SEED }),
    },
  );
  expect((await fetch(`${harness.bridge.url}/ready`)).status).toBe(200);
}

const idOrNonsense = (id: string) =>
  fc.oneof(
    fc.constant(id),
    text.map((given) => encodeURIComponent(given.toWellFormed()).slice(0, 300)),
  );

test(
  'no answer to the panel is a 5xx, whatever is asked',
  async () => {
    const tokens = Array.from({ length: Math.ceil(INPUTS / REQUESTS_EACH) }, (_, n) =>
      harness.twilio.issueToken(harness.twilio.createAgent({ identity: `fuzz${n}`, fullName: `Fuzz ${n}` }), {
        roles: ['supervisor'],
      }),
    );
    const route = fc
      .constantFrom(...Object.entries(panelRoutes).filter(([name]) => name !== 'events'))
      .chain(([name, of]) => {
        if (typeof of === 'string') return fc.constant(of);
        const about = /conversation|transcript|typing|prefill|suggestions/i.test(name)
          ? conversationSid
          : harness.ada.id;
        return idOrNonsense(about).map((id) =>
          (of as (...ids: string[]) => string)(':id', ':id').replaceAll(':id', () => id),
        );
      });
    let count = 0;
    const request = fc
      .record({
        path: route,
        body: fc.option(json),
        query: fc.option(text),
        type: fc.constantFrom('application/json', 'text/plain', 'multipart/form-data'),
      })
      .map(({ path, body, query, type }): Input => {
        count += 1;
        const search = query === null ? '' : `?q=${encodeURIComponent(query.toWellFormed()).slice(0, 2000)}`;
        return {
          path: path + search,
          init: {
            method: body === null ? 'GET' : 'POST',
            headers: { authorization: `Bearer ${tokens[count % tokens.length]}`, 'content-type': type },
            ...(body === null ? {} : { body }),
          },
        };
      });
    await fuzz(request, INPUTS / 3);
  },
  FUZZ_TIMEOUT_MS,
);

test(
  'no answer to a signed webhook is a 5xx, whatever it says',
  async () => {
    const fields = fc.record({
      EventType: fc.constantFrom(
        'onMessageAdded',
        'onMessageUpdated',
        'onMessageRemoved',
        'onParticipantJoined',
        'x',
      ),
      ConversationSid: fc.oneof(fc.constant(conversationSid), text),
      MessageSid: fc.oneof(
        fc.uuid().map((id) => `IM${id.replaceAll('-', '')}`),
        text,
      ),
      Index: fc.oneof(fc.integer({ min: 0, max: 5 }).map(String), text),
      Author: fc.oneof(fc.constant('kim'), text),
      Body: text,
      Attributes: json,
      ParticipantType: fc.constantFrom('agent', 'customer'),
      MediaChannelSid: fc.oneof(fc.constant(conversationSid), text),
    });
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
    await fuzz(webhook, INPUTS / 3);
  },
  FUZZ_TIMEOUT_MS,
);

test(
  'the bridge goes on, whatever members write',
  async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (some) => {
        for (const given of some) {
          const words = given.toWellFormed().replaceAll('\0', '').slice(0, 1900);
          if (words.trim()) bo.dm(words);
        }
        count += 1;
        const last = `the ${count}th after what came before`;
        bo.dm(last);
        await harness.waitForTranscript(chatWithBo.conversationSid, (body) => body === last);
      }),
      {
        numRuns: Math.max(1, Math.ceil(INPUTS / 3 / AT_ONCE)),
        endOnFailure: true,
        ...(SEED === undefined ? {} : { seed: SEED }),
      },
    );
  },
  FUZZ_TIMEOUT_MS,
);
