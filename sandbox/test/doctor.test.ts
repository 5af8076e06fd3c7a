import { afterEach, beforeAll, expect, test } from 'bun:test';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GatewayIntentBits, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { loadConfig } from '../../bridge/src/config/config.ts';
import { checkPlugin } from '../../bridge/src/doctor/plugin-checks.ts';
import { createTwilio } from '../../bridge/src/twilio/client.ts';
import { bridgeProcess, freePort, runProvision, runScript } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { startDiscord } from '../src/discord/index.ts';
import { newDataDir } from '../src/sandbox.ts';
import { startTwilio } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';
import { releasePlugin } from '../src/twilio/testing.ts';

const PLUGIN = join(import.meta.dir, '../../flex-plugin');

// What the bridge serves of the plugin; a run of all tests has built it.
beforeAll(async () => {
  if (!existsSync(join(PLUGIN, 'build/flexcord-views.js')))
    await Bun.spawn([process.execPath, 'build-views.ts'], { cwd: PLUGIN, stdout: 'ignore' }).exited;
});

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Both clouds, provisioned, with a channel for private threads, and `bun run doctor` between them. */
async function newPlace() {
  const discord = await startDiscord({ privilegedIntents: GatewayIntentBits.MessageContent });
  const twilio = await startTwilio();
  attachStudio(twilio);
  const dataDir = newDataDir();
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }), discord.stop, twilio.stop);
  const guild = discord.createGuild({ name: 'Harbour', channels: [{ name: 'support' }] });
  const env: Record<string, string> = {
    ...bridgeSettings({ discord, twilio }, `http://127.0.0.1:${await freePort()}`),
    STUDIO_SECRET: 'a-secret-for-the-tests-only',
    DISCORD_SUPPORT_CHANNEL_ID: guild.channel('support'),
    DATA_DIR: dataDir,
  };
  Object.assign(env, await runProvision(env));
  await releasePlugin(twilio);

  const doctor = (changes: Record<string, string> = {}, ...args: string[]) =>
    runScript('doctor', args, { ...env, ...changes });
  /** Each finding that is not good, as `check: says → mend`. */
  async function complaints(changes: Record<string, string> = {}): Promise<string[]> {
    const { out, code } = await doctor(changes, '--json');
    const { ok, findings } = JSON.parse(out) as {
      ok: boolean;
      findings: { check: string; is: string; says: string; mend?: string; unanswered?: true }[];
    };
    const expected = findings.some(({ is }) => is === 'bad')
      ? 1
      : findings.some((each) => each.unanswered)
        ? 3
        : 0;
    expect({ code, ok }).toEqual({ code: expected, ok: expected === 0 });
    return findings
      .filter(({ is }) => is !== 'good')
      .map(({ check, says, mend }) => `${check}: ${says} → ${mend ?? ''}`);
  }
  return { discord, twilio, guild, env, doctor, complaints };
}

test('all is well after provisioning, without a bridge and beside one, and nothing is changed', async () => {
  const { doctor, env, twilio } = await newPlace();
  const before = twilio.requests.length;
  const first = await doctor();
  expect(first.out).not.toMatch(/^[✗?]/m);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toContain(`a signed call to ${env.PUBLIC_URL}/twilio/conversations came back`);
  expect(first.out).toContain('Nothing has to be mended.');
  const bridge = bridgeProcess(env);
  closing.push(() => bridge.kill().catch(() => {}));
  await bridge.start();
  const beside = await doctor();
  expect(beside.out).not.toMatch(/^[✗?]/m);
  expect(beside.out).toMatch(/^✓ Queue +0 waiting, 0 given up$/m);
  expect(beside.code).toBe(0);
  const asked = twilio.requests.slice(before).filter(({ method }) => method !== 'GET');
  expect(asked).toEqual([]);
});

test('names the URL that the signature was made for when another bridge, or something else, answers there', async () => {
  const { complaints, env } = await newPlace();
  const bridge = bridgeProcess(env);
  closing.push(() => bridge.kill().catch(() => {}));
  await bridge.start();
  // As a proxy that passes the path on to a bridge that was started with another address.
  const proxy = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const { pathname } = new URL(request.url);
      const path = pathname.replace(/^\/lost/, '/nowhere').replace(/^\/kept/, '');
      const { method, headers } = request;
      return fetch(`${env.PUBLIC_URL}${path}`, { method, headers, body: await request.text() });
    },
  });
  closing.push(() => proxy.stop(true));
  const at = (path: string) =>
    complaints({ PUBLIC_URL: `${proxy.url.origin}${path}`, FLEX_ROUTING: 'bridge' }).then((all) =>
      all.find((line) => line.startsWith('PUBLIC_URL')),
    );
  expect(await at('/kept')).toContain(
    `the signature for ${proxy.url.origin}/kept/twilio/conversations was refused → `,
  );
  expect(await at('/lost')).toContain(`${proxy.url.origin}/lost/twilio/conversations answers HTTP 404`);
  const nowhere = await complaints({ PUBLIC_URL: 'http://127.0.0.1:1' });
  expect(nowhere.find((line) => line.startsWith('PUBLIC_URL'))).toContain(
    'nothing answers at http://127.0.0.1:1/twilio/conversations',
  );
});

test('names credentials that are not good, on both sides, with what to do', async () => {
  const { complaints, discord, doctor, twilio } = await newPlace();
  const wrong = await complaints({ DISCORD_TOKEN: 'not.the.token', TWILIO_AUTH_TOKEN: 'f'.repeat(32) });
  expect(wrong[0]).toStartWith('Discord token: Discord does not accept DISCORD_TOKEN → Copy it anew');
  expect(wrong[1]).toStartWith('Twilio account: Twilio does not accept TWILIO_AUTH_TOKEN → Copy it anew');
  expect(wrong).toHaveLength(2);
  expect(await complaints({ DISCORD_APPLICATION_ID: '223344556677889900' })).toEqual([
    `Discord application id: DISCORD_APPLICATION_ID is 223344556677889900, but the token belongs to ${discord.applicationId} → Set DISCORD_APPLICATION_ID=${discord.applicationId}, or take the other application's token.`,
  ]);
  await discord.stop();
  await twilio.stop();
  const away = await complaints();
  expect(away.map((line) => line.split(':')[0])).toEqual(['Discord token', 'Twilio account', 'Clock']);
  const silent = await doctor();
  expect(silent.code).toBe(3);
  expect(silent.out).toEndWith(
    'Nothing that could be looked at has to be mended, 3 with ?.\nRun it again when what did not answer is back.\n',
  );
});

test('names an Interactions Endpoint URL, permissions, a server and an intent that the bot lacks', async () => {
  const { complaints, discord, guild } = await newPlace();
  await fetch(`${discord.apiBase}/v10/applications/@me`, {
    method: 'PATCH',
    headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ interactions_endpoint_url: 'https://elsewhere.test/x' }),
  });
  const deny = String(PermissionFlagsBits.CreatePrivateThreads | PermissionFlagsBits.ManageThreads);
  const closed = guild.createChannel({
    name: 'closed',
    overwrites: [{ id: discord.applicationId, type: OverwriteType.Member, allow: '0', deny }],
  });
  expect(await complaints({ DISCORD_SUPPORT_CHANNEL_ID: closed.id })).toEqual([
    'Interactions Endpoint URL: https://elsewhere.test/x gets every command and button instead of the bridge → Empty it on the General Information page in the developer portal.',
    'Channel #closed: the bot lacks Create Private Threads, Manage Threads → Give them to its role in the settings of that channel.',
  ]);
  const gone = await complaints({ DISCORD_SUPPORT_CHANNEL_ID: '223344556677889900' });
  expect(gone[1]).toStartWith('Channel 223344556677889900: is gone, or the bot may not see it');
  expect(await complaints({ DISCORD_GUILD_ID: '223344556677889900' })).toContainEqual(
    expect.stringMatching(
      /^Discord commands: the bot is not in the server of DISCORD_GUILD_ID \(223344556677889900\), .*Invite it, or name another server: https:\/\/discord\.com\/oauth2\/authorize\?.* → $/,
    ),
  );
  const file = join(newDataDir(), 'a-file');
  closing.push(() => rmSync(dirname(file), { recursive: true, force: true }));
  await Bun.write(file, '');
  expect(await complaints({ DATA_DIR: file })).toContainEqual(
    expect.stringMatching(
      /^Store: DATA_DIR .*a-file cannot be used: .* → Name a folder that this user may write to\.$/,
    ),
  );
  const without = await startDiscord();
  closing.push(without.stop);
  const there = bridgeSettings({ discord: without, twilio: (await newPlace()).twilio }, 'http://127.0.0.1:1');
  const { DISCORD_TOKEN = '', DISCORD_APPLICATION_ID = '', DISCORD_API_URL = '' } = there;
  const intents = await complaints({ DISCORD_TOKEN, DISCORD_APPLICATION_ID, DISCORD_API_URL });
  expect(intents.join('\n')).toContain('Discord intents: Message Content is off');
  expect(intents.join('\n')).toContain(
    `Discord servers: the bot is in no server, so that nobody can write to it → Add it to yours: https://discord.com/oauth2/authorize?client_id=${without.applicationId}&`,
  );
});

test('names what was changed in Flex since it was provisioned', async () => {
  const { complaints, twilio, env } = await newPlace();
  const { accountSid, authToken, url: apiUrl } = twilio;
  const client = createTwilio({ accountSid, authToken, apiUrl });
  await client.flexApi.v1
    .configuration()
    .update({ account_sid: accountSid, ui_attributes: { flexcord: {} } } as never);
  const flow = env.TWILIO_STUDIO_FLOW_SID ?? '';
  await client.studio.v2.flows(flow).update({ status: 'draft' });
  expect(await complaints()).toEqual([
    `Studio flow: differs: "Flexcord: Discord support", ${flow}; what was edited stays in the revision before; - draft; + published → Run bun run provision.`,
    'Flex UI attributes: is missing → Run bun run provision.',
  ]);
  expect(await complaints({ TWILIO_STUDIO_FLOW_SID: '', FLEX_ROUTING: 'studio' })).toContain(
    'SIDs in .env: TWILIO_STUDIO_FLOW_SID missing → Run bun run provision and write down what it prints.',
  );
  expect(await complaints({ TWILIO_WORKFLOW_SID: `WW${'0'.repeat(32)}` })).toContain(
    `SIDs in .env: TWILIO_WORKFLOW_SID still holds the placeholder "WW${'0'.repeat(32)}". Put your own value in: WW and 32 hexadecimal digits, as bun run provision prints it. → Run bun run provision and write down what it prints.`,
  );
});

test('names a plugin that is of another version than this checkout or than the views, and one that is missing', async () => {
  const twilio = await startTwilio();
  closing.push(twilio.stop);
  let views = Response.json({ error: 'none' }, { status: 404 });
  let bundle = '';
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url }) => (url.endsWith('/panel/views.js') ? views.clone() : new Response(bundle)),
  });
  closing.push(() => server.stop(true));
  const discord = { botToken: 'a.b.c', applicationId: '1'.repeat(18), apiBase: twilio.url, url: twilio.url };
  const env = { ...bridgeSettings({ discord, twilio }, server.url.origin), FLEX_ROUTING: 'bridge' };
  const { config } = loadConfig(env);
  const found = async () => (await checkPlugin(config)).at(-1);

  expect(await found()).toMatchObject({ is: 'unknown', says: expect.stringContaining('is not released') });
  await releasePlugin(twilio, { url: `${server.url.origin}/bundle.js` });
  expect(await found()).toMatchObject({ is: 'bad', mend: 'Run bun run build:plugin where the bridge runs.' });
  const own = await Bun.file(join(PLUGIN, 'build/flexcord-views.js')).bytes();
  const integrityOf = (bytes: Uint8Array | string) =>
    `"sha256-${new Bun.CryptoHasher('sha256').update(bytes).digest('base64')}"`;
  const script = { headers: { 'content-type': 'text/javascript' } };
  views = new Response(own, script);
  bundle = integrityOf(own);
  expect(await found()).toMatchObject({ is: 'good', says: 'those of the plugin that is released' });
  bundle = integrityOf('other');
  expect(await found()).toMatchObject({ is: 'bad', says: expect.stringContaining('of another build') });
  views = new Response('other', script);
  expect(await found()).toMatchObject({ is: 'bad', says: expect.stringContaining('than this checkout') });
  await releasePlugin(twilio, { version: '99.0.0' });
  expect(await found()).toMatchObject({
    is: 'bad',
    says: expect.stringContaining('agents load version 99.0.0, this checkout is version '),
  });
});
