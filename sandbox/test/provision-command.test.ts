import { afterEach, expect, test } from 'bun:test';
import { runScript } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { Faults } from '../src/core/faults.ts';
import { startDiscord } from '../src/discord/index.ts';
import { startTwilio } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';
import { accountTools } from './foreign-account.ts';

const PUBLIC_URL = 'http://127.0.0.1:19999';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A Flex account on which nobody has worked, and `bun run provision` for it. */
async function newAccount() {
  const faults = new Faults();
  const discord = await startDiscord();
  const twilio = await startTwilio({ faults });
  attachStudio(twilio);
  closing.push(discord.stop, twilio.stop);
  const settings: Record<string, string> = bridgeSettings({ discord, twilio }, PUBLIC_URL);
  const { TWILIO_WORKSPACE_SID: _w, TWILIO_WORKFLOW_SID: _f, ...env } = settings;
  Object.assign(env, { STUDIO_SECRET: 'a-secret-for-the-tests-only' });
  const run = (args: string[], changes: Record<string, string> = {}) =>
    runScript('provision', args, { ...env, ...changes });
  return { discord, twilio, faults, env, run, ...accountTools(twilio, discord) };
}

const writes = (twilio: Awaited<ReturnType<typeof startTwilio>>) =>
  twilio.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/Validate'));

test('from an account where Flex was opened once: a plan first, then all of it, then nothing more', async () => {
  const { twilio, client, run } = await newAccount();
  const dry = await run(['--dry-run']);
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toContain('+ TaskRouter workflow    "Flexcord: Discord"');
  expect(dry.out).toContain('+ channel == "discord" → queue ');
  expect(dry.out).toContain('+ Studio flow            "Flexcord: Discord support", published');
  expect(dry.out).toContain(`+ ${PUBLIC_URL}`);
  expect(dry.out).toContain('+ .ogg');
  expect(dry.out).toContain('Nothing was changed (--dry-run).');
  const unasked = await run([]);
  expect(unasked.code).toBe(1);
  expect(unasked.out).toContain('Give --yes to do it.');
  expect(writes(twilio)).toEqual([]);

  const done = await run(['--yes']);
  expect(done).toMatchObject({ code: 0, err: '' });
  const printed = Object.fromEntries(
    [...done.out.matchAll(/^ {2}(TWILIO_\w+)=(\w+)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(Object.keys(printed)).toEqual([
    'TWILIO_WORKSPACE_SID',
    'TWILIO_WORKFLOW_SID',
    'TWILIO_STUDIO_FLOW_SID',
  ]);
  expect(printed.TWILIO_WORKSPACE_SID).toBe(twilio.workspaceSid);
  const flow = await client.studio.v2.flows(printed.TWILIO_STUDIO_FLOW_SID).fetch();
  expect(JSON.stringify(flow.definition)).toContain(printed.TWILIO_WORKFLOW_SID);
  expect(flow.status).toBe('published');

  const before = writes(twilio).length;
  const again = await run(['--yes'], printed);
  expect(again).toMatchObject({ code: 0, err: '' });
  expect(again.out).toContain('Nothing is to be done.');
  expect(again.out).not.toContain('Put this into .env');
  expect(writes(twilio)).toHaveLength(before);
});

test('on a foreign account: everything that is not ours is named and stays, and --destroy leaves it as it was', async () => {
  const account = await newAccount();
  const { client, run, makeForeign, discordApi, content } = account;
  await makeForeign();
  const before = await content();

  const done = await run(['--yes'], { TWILIO_TASK_CHANNEL: 'discord' });
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toContain('o Interaction webhook    https://crm.harbour.test/hooks, ');
  const { uiAttributes, channelConfigs } = await client.flexApi.v1.configuration().fetch();
  expect(uiAttributes).toMatchObject({
    version_compatibility: 'yes',
    colours: { dark: true },
    flexcord_like: { a: [1] },
    flexcord: { bridgeUrl: PUBLIC_URL },
  });
  expect(done.out).toContain('o Interaction webhook    https://two.harbour.test/twilio/interactions, ');
  expect(done.out).not.toContain('hidden');
  expect(done.out).toContain('o Discord commands       "roll" is not ours and stays');
  expect((await discordApi('GET')).map(({ name }) => name)).toEqual(
    expect.arrayContaining(['roll', 'helpme']),
  );
  expect(channelConfigs).toHaveLength(2);
  expect(channelConfigs[0]).toEqual(before.channelConfigs[0]);
  expect(channelConfigs[1].cbm_attachments).toMatchObject({ number_of_attachments: 3 });
  expect(channelConfigs[1].cbm_attachments.accepted_extensions).toEqual(
    expect.arrayContaining(['png', 'zip', 'ogg', 'webp']),
  );

  const gone = await run(['--destroy', '--yes'], { TWILIO_TASK_CHANNEL: 'discord' });
  expect(gone).toMatchObject({ code: 0, err: '' });
  expect(gone.out).toContain('o Studio flow          "Our voice menu"');
  expect(await content()).toEqual(before);
  expect((await run(['--destroy', '--yes'])).out).toContain('Nothing is to be done.');
});

test('goes on after a failure in the middle, and makes nothing twice', async () => {
  const { run, faults, content } = await newAccount();
  faults.add({
    on: 'api',
    method: 'POST',
    match: /InteractionWebhooks/,
    times: 1,
    effect: { kind: 'status', status: 503 },
  });
  const failed = await run(['--yes']);
  expect(failed.code).toBe(1);
  expect(failed.err).toContain('Interaction webhook could not be done: HTTP 503');
  expect(failed.err).toContain('2 of 6 are done and stay. Run the command again to go on.');
  expect(failed.err).not.toContain('    at ');
  expect((await run(['--yes'])).code).toBe(0);
  const { flows, webhooks, workflows } = await content();
  expect(flows).toHaveLength(1);
  expect(webhooks.data).toHaveLength(1);
  expect(workflows).toHaveLength(2);
});

test('repairs what has drifted, and shows how', async () => {
  const { client, run, addWebhook, content } = await newAccount();
  await run(['--yes']);
  const clean = await content();
  const [flow] = await client.studio.v2.flows.list();
  const { definition } = await client.studio.v2.flows(flow?.sid ?? '').fetch();
  const states = definition.states.map((state: { name: string; properties: object }) =>
    state.name === 'ask_bridge' ? { ...state, properties: { ...state.properties, method: 'GET' } } : state,
  );
  await client.studio.v2
    .flows(flow?.sid ?? '')
    .update({ status: 'draft', definition: { ...definition, states } });
  await addWebhook(`${PUBLIC_URL}/twilio/interactions`, ['onParticipantJoined']);

  const moved = 'http://127.0.0.1:19998';
  const plan = (await run(['--dry-run'], { PUBLIC_URL: moved })).out;
  expect(plan).toContain('- widget ask_bridge, edited');
  expect(plan).toContain('- draft');
  expect(plan).toContain(`- ${PUBLIC_URL}/twilio/interactions`);
  expect(plan).toContain(`+ ${moved}/twilio/interactions`);
  expect((await run(['--yes'], { PUBLIC_URL: moved })).code).toBe(0);
  expect((await run(['--yes'])).code).toBe(0);
  expect((await content()).webhooks.data).toEqual(clean.webhooks.data);
  expect((await content()).definitions).toEqual(clean.definitions);
});

test('gives the webhook of an earlier version the token that proves Flex, and shows it to nobody', async () => {
  const { run, addWebhook, content } = await newAccount();
  const address = `${PUBLIC_URL}/twilio/interactions`;
  await addWebhook(address, [
    'onParticipantJoined',
    'onParticipantLeft',
    'onChannelStatusUpdated',
    'onChannelCreateFailed',
  ]);
  const [before] = (await content()).webhooks.data;
  const { out } = await run(['--yes']);
  expect(out).toContain(`~ the token in ${address}`);
  const { data } = (await content()).webhooks;
  expect(data).toHaveLength(1);
  const [own] = data;
  expect(own.ttid).toBe(before.ttid);
  const token = new URL(own.webhook_url).searchParams.get('token') ?? '';
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(out + (await run(['--destroy', '--dry-run'])).out).not.toContain(token);
});

test('writes a command that differs, and no other, also in one server', async () => {
  const { run, discord, discordApi } = await newAccount();
  const guild = discord.createGuild({ name: 'Harbour' });
  const here = { DISCORD_GUILD_ID: guild.id };
  expect((await run(['--yes'], here)).out).toContain(`+ Discord commands       in the server ${guild.id}`);
  expect((await run(['--yes'], here)).out).toContain('Nothing is to be done.');
  const versions = async () =>
    new Map((await discordApi('GET', undefined, guild.id)).map(({ name, version }) => [name, version]));
  await discordApi('POST', { name: 'helpme', description: 'Something else' }, guild.id);
  const before = await versions();
  expect((await run(['--yes'], here)).out).toContain('- helpme, as it was');
  const after = await versions();
  expect([...after.keys()].filter((name) => after.get(name) !== before.get(name))).toEqual(['helpme']);
});

test('says that Flex was never opened, and what only the operator can mend, without changing anything', async () => {
  const { twilio, run, configure } = await newAccount();
  const wrong = await run(['--dry-run'], {
    TWILIO_WORKSPACE_SID: `WS${'1'.repeat(32)}`,
    TWILIO_WORKFLOW_SID: `WW${'1'.repeat(32)}`,
  });
  expect(wrong.code).toBe(1);
  expect(wrong.out).toContain(`but Flex uses ${twilio.workspaceSid}. Put that into .env.`);
  expect(wrong.out).toContain('! TaskRouter workflow ');
  await configure({ flex_instance_sid: null, status: 'notstarted' });
  const { code, err } = await run(['--yes']);
  expect(code).toBe(1);
  expect(err.trim()).toBe(
    'Flex was never opened in this account (it is notstarted). Open Flex once in the Twilio console, as its owner, and run this again; or name its instance (GO…) in TWILIO_FLEX_INSTANCE_SID.',
  );
});
