import { afterEach, expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { loadConfig } from '../../bridge/src/config/config.ts';
import { createLogger } from '../../bridge/src/ops/logger.ts';
import { createTwilio } from '../../bridge/src/twilio/client.ts';
import { findFaults } from '../../bridge/src/wiring/first-checks.ts';
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

test('what the settings name and Twilio does not have ends the start, each variable with what to do', async () => {
  const { env, twilio } = await newPlace();
  const wrong = { TWILIO_WORKFLOW_SID: `WW${'1'.repeat(32)}`, TWILIO_TASK_CHANNEL: 'discrod' };
  const { err, code } = await runScript('main', [], { ...env, ...wrong });
  expect({ code, err: err.trim().split('\n') }).toEqual({
    code: 1,
    err: [
      `TWILIO_WORKFLOW_SID is ${wrong.TWILIO_WORKFLOW_SID}, which the workspace of Flex does not have. Leave it empty in .env, run bun run provision, and put in what that prints.`,
      'TWILIO_TASK_CHANNEL is "discrod", which the workspace of Flex does not have. Run bun run provision, which makes it.',
    ],
  });
  expect(twilio.requests.filter(({ status }) => status >= 500)).toEqual([]);
});

test('a wrong workspace, instance or flow is told from a Twilio that does not answer', async () => {
  const { env, twilio, faults } = await newPlace();
  const client = createTwilio({
    accountSid: twilio.accountSid,
    authToken: twilio.authToken,
    apiUrl: twilio.url,
  });
  const faultsOf = (changes: Record<string, string>) =>
    findFaults(client, loadConfig({ ...env, ...changes }).config, createLogger({ level: 'silent' }));
  const other = (prefix: string) => `${prefix}${'1'.repeat(32)}`;
  const studio = { FLEX_ROUTING: 'studio', STUDIO_SECRET: 'a-secret-for-the-tests-only' };
  expect(await faultsOf({})).toEqual([]);
  expect(await faultsOf({ TWILIO_WORKSPACE_SID: other('WS') })).toEqual([
    `TWILIO_WORKSPACE_SID is ${other('WS')}, but Flex uses ${twilio.workspaceSid}. Put that into .env.`,
  ]);
  expect(await faultsOf({ TWILIO_FLEX_INSTANCE_SID: other('GO') })).toEqual([
    expect.stringContaining(
      `but the instance of this account is ${twilio.flexInstanceSid}. Put that into .env`,
    ),
  ]);
  const flow = { ...studio, TWILIO_STUDIO_FLOW_SID: other('FW') };
  expect(await faultsOf(flow)).toEqual([
    expect.stringContaining(`TWILIO_STUDIO_FLOW_SID is ${other('FW')}, which is not there.`),
  ]);
  // Not found by a proxy, or no answer: nothing is known.
  faults.add({ on: 'api', match: /^\/(studio|taskrouter)\//, effect: { kind: 'status', status: 503 } });
  expect(await faultsOf({ ...flow, TWILIO_WORKFLOW_SID: other('WW') })).toEqual([]);
  faults.clear();
  faults.add({ on: 'api', match: /^\/(studio|taskrouter)\//, effect: { kind: 'status', status: 404 } });
  expect(await faultsOf({ ...flow, TWILIO_WORKFLOW_SID: other('WW') })).toEqual([]);
});

test('a Discord that refuses the log-in is a sentence on a terminal, and nothing else that is wrong', async () => {
  const { env } = await newPlace();
  for (const [changes, sentence] of [
    [{ DISCORD_TOKEN: 'not.the.token' }, 'Discord does not accept DISCORD_TOKEN. Copy it anew'],
    [
      { DISCORD_APPLICATION_ID: '223344556677889900' },
      'Discord does not know the application and server whose commands are to be written (read commands: Discord 10002 (HTTP 404)). Check DISCORD_APPLICATION_ID and DISCORD_GUILD_ID.',
    ],
  ] as const) {
    const { out, err, code } = await runScript('main', [], { ...env, ...changes, LOG_FORMAT: 'pretty' });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(sentence) });
    expect(out + err).not.toMatch(/ERROR|\n +at |"stack"/);
  }
});

test('a bot that was taken out of DISCORD_GUILD_ID serves everybody else, says so, and writes the commands when it is back', async () => {
  const { bridge, discord } = await newPlace();
  const guild = discord.createGuild({ name: 'Harbour' });
  const ada = discord.createUser({ username: 'ada' });
  discord.createGuild({ name: 'Bay' }).join(ada);
  guild.removeBot();
  const own = bridge({ DISCORD_GUILD_ID: guild.id });
  await own.start();
  const absent = () => own.output().filter((line) => line.includes('Members have no commands')).length;
  expect(own.output().join('\n')).toContain(
    `the bot is not in the server of DISCORD_GUILD_ID (${guild.id}), or may have no commands there. Invite it, or name another server: https://discord.com/oauth2/authorize?client_id=${discord.applicationId}&scope=bot+applications.commands`,
  );
  ada.dm('hello');
  await waitUntil(() => ada.inbox().length > 1, { what: 'an answer' });
  const commands = () =>
    fetch(`${discord.apiBase}/v10/applications/${discord.applicationId}/guilds/${guild.id}/commands`, {
      headers: { authorization: `Bot ${discord.botToken}` },
    }).then(async (answer) => ((await answer.json()) as { name: string }[]).map(({ name }) => name));
  guild.addBot();
  await waitUntil(async () => (await commands()).includes('helpme'), { what: 'the commands' });
  expect(absent()).toBe(1);
  guild.removeBot();
  await waitUntil(() => absent() === 2, { what: 'a word about the server' });
});

test('makes its requests with the API key where there is one, and stops without a warning', async () => {
  const { bridge, twilio, discord } = await newPlace();
  const own = bridge({ TWILIO_API_KEY: twilio.apiKey, TWILIO_API_SECRET: twilio.apiSecret });
  await own.start();
  const guild = discord.createGuild({ name: 'Harbour' });
  const ada = discord.createUser({ username: 'ada' });
  guild.join(ada);
  ada.dm('hello');
  await twilio.waitFor(() => twilio.conversations().length === 1);
  expect(twilio.requests.filter(({ status }) => status === 401)).toEqual([]);
  // A stop on request is no trouble.
  await own.stop();
  expect(own.output().filter((line) => /"level":[45]0/.test(line))).toEqual([]);
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
