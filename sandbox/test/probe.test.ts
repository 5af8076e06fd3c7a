import { afterEach, expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfig } from '../../bridge/src/config/config.ts';
import { keptFindings } from '../../bridge/src/doctor/probe/kept.ts';
import { runProbe } from '../../bridge/src/doctor/probe/probe.ts';
import { openStore } from '../../bridge/src/store/open.ts';
import { keepAnswers } from '../../bridge/src/twilio/probe/kept-answers.ts';
import { MARK, PROBE_IDENTITY } from '../../bridge/src/twilio/probe/place.ts';
import { questionNames } from '../../bridge/src/twilio/probe/questions.ts';
import { createRedactor } from '../../bridge/src/twilio/probe/redact.ts';
import { bridgeScript } from '../src/bridge-bundle.ts';
import { freePort, NO_ENV_FILE, processEnv } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { Faults } from '../src/core/faults.ts';
import { startDiscord } from '../src/discord/index.ts';
import { newDataDir } from '../src/sandbox.ts';
import { startTwilio } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';
import { sdkFor } from '../src/twilio/testing.ts';
import { type Variants, variants } from '../src/variants.ts';
import { conformance } from './harness.ts';

const most = Math.max(...Object.values(variants).map(({ values }) => values.length));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** An account, a server with Ada, and what a bridge would be started with; no bridge. */
async function newPlace(chosen: Partial<Variants> = {}) {
  const discord = await startDiscord({ variants: chosen });
  const violations: string[] = [];
  const faults = new Faults();
  const twilio = await startTwilio({
    faults,
    variants: chosen,
    onExchange(exchange) {
      for (const { operation, where, what } of conformance?.check(exchange) ?? [])
        violations.push(`${operation} ${where}: ${what}`);
    },
  });
  attachStudio(twilio, chosen);
  const folder = newDataDir();
  closing.push(() => rmSync(folder, { recursive: true, force: true }), discord.stop, twilio.stop);
  const ada = discord.createUser({ username: 'ada' });
  discord.createGuild({ name: 'Harbour' }).join(ada);
  const env = {
    ...bridgeSettings({ discord, twilio }, `http://127.0.0.1:${await freePort()}`),
    FLEX_ROUTING: 'bridge',
    DATA_DIR: folder,
  };
  const out = join(folder, 'report.json');
  /** What the account has that a probe could leave behind. */
  async function content() {
    const sdk = sdkFor(twilio);
    const workspace = sdk.taskrouter.v1.workspaces(twilio.workspaceSid);
    const instance = `https://flex-api.twilio.com/v1/Instances/${twilio.flexInstanceSid}/InteractionWebhooks`;
    const { body } = await sdk.request({ method: 'get', uri: instance });
    const lists = await Promise.all([
      workspace.taskQueues.list(),
      workspace.workflows.list(),
      sdk.studio.v2.flows.list(),
      sdk.conversations.v1.conversations.list(),
      sdk.conversations.v1.users.list(),
    ]);
    const open = twilio.tasks().filter(({ status }) => status !== 'canceled' && status !== 'completed');
    return JSON.parse(JSON.stringify([...lists, body.data, open]));
  }
  return { discord, twilio, ada, env, out, content, faults, violations };
}

/** What the doctor says of earlier probes. */
async function kept(env: Record<string, string>, answers?: Parameters<typeof keepAnswers>[2]) {
  const store = await openStore({ dataDir: env.DATA_DIR ?? '', beside: true });
  const { TWILIO_ACCOUNT_SID: accountSid = '' } = env;
  try {
    if (answers) await keepAnswers(store, accountSid, answers);
    return (await keptFindings(store, accountSid)).map(({ says }) => says);
  } finally {
    await store.close();
  }
}

/** Each value of every variant once, in as few accounts as have them all. */
const accounts = Array.from(
  { length: most },
  (_, run) =>
    Object.fromEntries(
      Object.entries(variants).map(([name, { values }]) => [name, values[run % values.length]]),
    ) as Partial<Variants>,
);

test('names the value of every variant, leaves nothing behind, and the doctor shows what was found', async () => {
  await Promise.all(
    accounts.map(async (chosen, run) => {
      const { discord, twilio, ada, env, out, content, violations } = await newPlace(chosen);
      const before = await content();
      const { config } = loadConfig(env, []);
      const said: string[] = [];
      const answers = await runProbe({
        config,
        waitMs: 2000,
        out,
        memberId: run < 2 ? ada.id : null,
        skip: () => new AbortController().signal,
        signal: new AbortController().signal,
        say(line) {
          said.push(line);
          if (line.startsWith('Write "hi"')) ada.dm('hi, my number is 0170 1234567');
        },
      });
      const found = Object.fromEntries(Object.entries(answers).map(([name, { value }]) => [name, value]));
      const { previewUpdates: _preview, attachmentSizeLimitMib: _limit, ...settled } = chosen;
      // Two accounts have every value of what a member is needed for.
      if (run === 2) delete settled.fileNames;
      expect(found).toMatchObject(settled);
      expect(found.nonceInHistory).toBe(run < 2 ? false : null);
      expect(said.join('\n')).not.toContain('could not be taken away');
      expect(await content()).toEqual(before);
      expect(twilio.unsupportedRequests).toEqual(new Set());
      expect(violations).toEqual([]);
      expect(said.join('\n')).toContain('Checked by the plugin');

      const shown = (await kept(env)).join('\n');
      for (const [name, value] of Object.entries(settled)) expect(shown, name).toContain(`${value}: `);

      const report = await Bun.file(out).text();
      for (const secret of [twilio.authToken, discord.botToken, twilio.accountSid.slice(2), ada.id, '0170'])
        expect(report).not.toContain(secret);
      expect(report).not.toMatch(/[A-Z]{2}[0-9a-f]{32}|127\.0\.0\.1|[?&]token=|my number/);
      expect(report).toContain('onChannelStatusUpdated');
    }),
  );
}, 120_000);

test('every variant of the sandbox is a question', () => {
  expect(questionNames).toEqual(expect.arrayContaining(Object.keys(variants)));
});

test('reports what was found before a refusal, and the refusal, cleans up, and keeps what an earlier one has found', async () => {
  const { env, out, content, faults } = await newPlace();
  const before = await content();
  const known = await kept(env, { templatedAttributes: { value: 'taken' }, indexGaps: { value: true } });
  const body = { code: 81022, message: 'Flow definition validation failed', status: 400 };
  faults.add({ on: 'api', method: 'POST', match: /Flows$/, effect: { kind: 'status', status: 400, body } });
  const { config } = loadConfig(env, []);
  const { signal } = new AbortController();
  const options = { config, waitMs: 2000, out, memberId: null, skip: () => signal, signal, say() {} };
  await expect(runProbe(options)).rejects.toThrow('The probe could not go on: make a flow: HTTP 400, 81022.');
  const report = (await Bun.file(out).json()) as { answers: object; failure: string };
  expect(report.failure).toBe('make a flow: HTTP 400, 81022');
  expect(report.answers).toMatchObject({
    templatedAttributes: { value: 'refused' },
    indexGaps: { value: null, note: 'not reached: make a flow: HTTP 400, 81022' },
  });
  expect(JSON.stringify(report)).toContain('Flow definition validation failed');
  expect(await content()).toEqual(before);
  expect(await kept(env)).toEqual(known);
});

test('says what it costs and asks; killed in the middle, the next one takes away what was left', async () => {
  const { env, content, out, twilio } = await newPlace({ studioWebhookSurvives: true });
  const before = await content();
  const asked = twilio.requests.length;
  const spawn = (...args: string[]) =>
    Bun.spawn([process.execPath, ...NO_ENV_FILE, bridgeScript('doctor'), '--probe', '--out', out, ...args], {
      env: processEnv(env),
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
  const unasked = spawn();
  const words = await new Response(unasked.stdout).text();
  expect(words).toContain('one active user of Conversations');
  expect(words).toContain('Nothing was done.');
  expect(await unasked.exited).toBe(1);
  expect(twilio.requests).toHaveLength(asked);

  const killed = spawn('--yes', '--wait', '60');
  await twilio.waitFor(() => twilio.tasks().length > 0);
  killed.kill('SIGKILL');
  await killed.exited;
  expect(await content()).not.toEqual(before);

  // The second is interrupted, too, but can clean up itself.
  const second = spawn('--yes', '--wait', '60');
  await twilio.waitFor(() => twilio.tasks().length > 1);
  second.kill('SIGINT');
  const told = await new Response(second.stdout).text();
  expect(await second.exited).toBe(1);
  expect(told).toContain('An earlier probe was interrupted; its task, conversation, ');
  expect(await content()).toEqual(before);
}, 120_000);

test('a second probe at once is refused with a sentence, and takes nothing of the first away', async () => {
  const { env, out, content, twilio } = await newPlace();
  const { config } = loadConfig(env, []);
  const ending = new AbortController();
  const probe = (signal: AbortSignal) =>
    runProbe({ config, waitMs: 60_000, out, memberId: null, skip: () => signal, signal, say() {} });
  const before = await content();
  const first = probe(ending.signal);
  await twilio.waitFor(() => twilio.tasks().length > 0);
  const during = await content();
  await expect(probe(new AbortController().signal)).rejects.toThrow(
    'Another probe of this account is running',
  );
  expect(await content()).toEqual(during);
  ending.abort();
  await expect(first).rejects.toThrow();
  expect(await content()).toEqual(before);
}, 120_000);

test('what is reported holds nobody’s words, names, numbers, addresses, ids or secrets', () => {
  const { redact } = createRedactor([MARK, PROBE_IDENTITY]);
  const sid = `CH${'0a'.repeat(16)}`;
  const payload = {
    ConversationSid: sid,
    url: `https://conversations.twilio.com/v1/Conversations/${sid}?token=abc`,
    Author: 'ada',
    body: 'my cat is ill',
    CustomerName: 'Ada',
    note: 'Call +49 170 1234567 or ada@harbour.test',
    attributes: `{"text":"my cat","sid":"${sid}","channelType":"web","code":"${'f'.repeat(32)}"}`,
    'x-twilio-signature': 'c2lnbmF0dXJl',
    message: `The requested resource /Conversations/${sid} was not found for ada@harbour.test`,
    owner: '223344556677889900',
    date_created: '2026-11-29T10:00:00Z',
    EventType: 'onMessageAdded',
    Index: '12',
    code: 50416,
    [`links ${sid}`]: ['https://harbour.test/private/ada'],
  };
  expect(redact(payload)).toEqual({
    ConversationSid: '(CH 1)',
    url: 'https://conversations.twilio.com/v1/Conversations/(CH 1)?(query)',
    Author: '(3 characters)',
    body: '(13 characters)',
    CustomerName: '(3 characters)',
    note: '(40 characters)',
    attributes: '{"text":"(6 characters)","sid":"(CH 1)","channelType":"web","code":"(32 characters)"}',
    'x-twilio-signature': '(secret)',
    message: 'The requested resource /Conversations/(CH 1) was not found for (mail)',
    owner: '(id 1)',
    date_created: '2026-11-29T10:00:00Z',
    EventType: 'onMessageAdded',
    Index: '12',
    code: 50416,
    'links (CH 1)': ['(address)'],
  });
});
