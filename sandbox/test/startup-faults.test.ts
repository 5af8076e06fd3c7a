import { afterEach, expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { bridgeProcess, freePort, runScript } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { Faults } from '../src/core/faults.ts';
import { startDiscord } from '../src/discord/index.ts';
import { newDataDir } from '../src/sandbox.ts';
import { startTwilio } from '../src/twilio/index.ts';
import { waitUntil } from '../src/wait-until.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Both clouds, and what a bridge between them that was never started needs. */
async function newPlace() {
  const faults = new Faults();
  const discord = await startDiscord({ faults });
  const twilio = await startTwilio({ faults });
  const dataDir = newDataDir();
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }), discord.stop, twilio.stop);
  const env: Record<string, string> = {
    ...bridgeSettings({ discord, twilio }, `http://127.0.0.1:${await freePort()}`),
    FLEX_ROUTING: 'bridge',
    DATA_DIR: dataDir,
  };
  const bridge = (changes: Record<string, string> = {}) => {
    const made = bridgeProcess({ ...env, ...changes });
    closing.push(() => made.kill().catch(() => {}));
    return made;
  };
  const ready = async (): Promise<unknown> => {
    const answer = await fetch(`${env.PUBLIC_URL}/ready`).catch(() => null);
    return answer?.json();
  };
  return { discord, twilio, faults, env, bridge, ready };
}

/** What it says to the operator beside its log. */
const sentences = (output: string[]) => output.filter((line) => line && !line.startsWith('{'));

async function refusal(bridge: ReturnType<typeof bridgeProcess>): Promise<string> {
  await expect(bridge.start()).rejects.toThrow('ended with code 1');
  // Its last words may still be in the pipe.
  await waitUntil(() => sentences(bridge.output()).length > 0, { what: 'a word to the operator' });
  const said = sentences(bridge.output());
  expect(said).toHaveLength(1);
  return said[0] ?? '';
}

test('a wrong Twilio token, or API key, ends the start with what to do', async () => {
  const { bridge, twilio } = await newPlace();
  const wrong = 'f'.repeat(32);
  expect(await refusal(bridge({ TWILIO_AUTH_TOKEN: wrong }))).toStartWith(
    'Twilio does not accept TWILIO_AUTH_TOKEN. Copy it anew',
  );
  const key = { TWILIO_API_KEY: twilio.apiKey, TWILIO_API_SECRET: twilio.apiSecret };
  expect(await refusal(bridge({ ...key, TWILIO_API_SECRET: wrong }))).toStartWith(
    'Twilio does not accept TWILIO_API_KEY with TWILIO_API_SECRET.',
  );
  // The key is good, but webhooks are checked against the token.
  expect(await refusal(bridge({ ...key, TWILIO_AUTH_TOKEN: wrong }))).toStartWith(
    'Twilio does not accept TWILIO_AUTH_TOKEN.',
  );
});

test('makes its requests with the API key where there is one', async () => {
  const { bridge, twilio, discord } = await newPlace();
  const own = bridge({ TWILIO_API_KEY: twilio.apiKey, TWILIO_API_SECRET: twilio.apiSecret });
  await own.start();
  const guild = discord.createGuild({ name: 'Harbour' });
  const ada = discord.createUser({ username: 'ada' });
  guild.join(ada);
  ada.dm('hello');
  await twilio.waitFor(() => twilio.conversations().length === 1);
  expect(twilio.requests.filter(({ status }) => status === 401)).toEqual([]);
});

test('a port that is taken ends the start with what to do, also when another bridge has it', async () => {
  const [first, second] = [await newPlace(), await newPlace()];
  await first.bridge().start();
  const taken = { PORT: first.env.PORT ?? '', PUBLIC_URL: 'http://127.0.0.1:1' };
  // Not as a bridge that is waited for: the first would answer for it.
  const { err, code } = await runScript('main', [], { ...second.env, ...taken });
  expect(code).toBe(1);
  expect(err).toContain('PORT is in use by another program');
});

test('waits for Discord when it cannot be reached, says so without a stack trace, and goes on when it is there', async () => {
  const { bridge, faults, ready } = await newPlace();
  faults.add({ on: 'api', match: /^\/api\/v10\//, effect: { kind: 'reset-before' } });
  const own = bridge();
  const starting = own.start();
  await waitUntil(() => own.output().some((line) => line.includes('Discord cannot be reached')), {
    what: 'a word about Discord',
  });
  expect(await ready()).toMatchObject({ store: true, gateway: false, twilio: true });
  expect(own.output().join('\n')).not.toContain('    at ');
  expect(own.output().join('\n')).not.toContain('bridge ready');
  faults.clear();
  await starting;
  expect(await ready()).toMatchObject({ store: true, gateway: true, twilio: true });
});

test('starts while Twilio cannot be reached, says so, and /ready tells which part is missing until it is back', async () => {
  const { bridge, faults, ready } = await newPlace();
  faults.add({ on: 'api', match: /^\/flex-api\//, effect: { kind: 'status', status: 503 } });
  const own = bridge();
  const starting = own.start();
  await waitUntil(() => own.output().some((line) => line.includes('bridge ready')), { what: 'the start' });
  expect(own.output().join('\n')).toContain('Twilio cannot be reached (HTTP 503).');
  expect(await ready()).toMatchObject({ store: true, gateway: true, twilio: false });
  faults.clear();
  await starting;
  expect(await ready()).toMatchObject({ store: true, gateway: true, twilio: true });
});
