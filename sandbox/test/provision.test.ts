import { afterEach, expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { bridgeProcess, freePort, runProvision, runScript } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { newDataDir } from '../src/sandbox.ts';
import { manualClock, startTwilio, type TwilioOptions } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';
import { openConversation, openInteraction, request, sdkFor } from '../src/twilio/testing.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** An account with Studio, and `bun run provision` for it. */
async function account(options: TwilioOptions = {}) {
  const twilio = await startTwilio(options);
  stops.push(twilio.stop);
  attachStudio(twilio, options.variants);
  const publicUrl = `http://127.0.0.1:${await freePort()}`;
  const discord = { botToken: 'a.b.c', applicationId: '1'.repeat(18), apiBase: publicUrl, url: publicUrl };
  const env = { ...bridgeSettings({ discord, twilio }, publicUrl), STUDIO_SECRET: 's'.repeat(20) };
  const read = async (address: string, init?: RequestInit) =>
    (await request(twilio, `https://flex-api.twilio.com/v1/${address}`, init)).json();
  const webhooks = `Instances/${twilio.flexInstanceSid}/InteractionWebhooks`;
  return { twilio, env, publicUrl, read, webhooks };
}

test('keeps what the plugin has beside the address of the bridge, and adds no extension twice', async () => {
  const { env, publicUrl, read } = await account({
    preload(state) {
      state.flexConfiguration = {
        ui_attributes: { flexcord: { language: 'ja' } },
        channel_configs: [
          { address_type: 'web', cbm_attachments: { max_file_size: 5, accepted_extensions: ['dwg', 'zip'] } },
        ],
      };
    },
  });
  for (const _ of ['once', 'again']) {
    await runProvision(env);
    const configuration = await read('Configuration');
    expect(configuration.ui_attributes.flexcord).toMatchObject({ language: 'ja', bridgeUrl: publicUrl });
    const [web] = configuration.channel_configs;
    expect(web.cbm_attachments.max_file_size).toBe(5);
    const extensions: string[] = web.cbm_attachments.accepted_extensions;
    expect(extensions).toEqual([...new Set(extensions)]);
    expect(extensions).toEqual(expect.arrayContaining(['dwg', 'zip', 'ogg', 'webp', 'mov']));
  }
});

test('switches attachments on where the configuration for web says nothing of them', async () => {
  const { env, read } = await account({
    preload(state) {
      state.flexConfiguration = { channel_configs: [{ address_type: 'web' }] };
    },
  });
  await runProvision(env);
  const [web] = (await read('Configuration')).channel_configs;
  expect(web.cbm_attachments.enabled).toBe(true);
  expect(web.cbm_attachments.accepted_extensions).toEqual(expect.arrayContaining(['png', 'ogg']));
});

test('takes out of the configuration just what it has put in, in the order that was there', async () => {
  const before = {
    ui_attributes: { flexcord: { language: 'ja' } },
    channel_configs: [{ address_type: 'web' }, { address_type: 'sms' }],
  };
  const { env, read } = await account({
    preload(state) {
      state.flexConfiguration = structuredClone(before);
    },
  });
  await runProvision(env);
  const types = (await read('Configuration')).channel_configs;
  expect(types).toMatchObject([{ address_type: 'web', cbm_attachments: {} }, { address_type: 'sms' }]);
  expect(await runScript('provision', ['--destroy', '--yes'], env)).toMatchObject({ code: 0, err: '' });
  expect(await read('Configuration')).toMatchObject(before);
  expect((await read('Configuration')).channel_configs).toEqual(before.channel_configs);
});

test('says how long this account lets a conversation stand open, and conversations end so', async () => {
  const clock = manualClock();
  const { env, twilio } = await account({ clock });
  const configuration = sdkFor(twilio).conversations.v1.configuration();
  const plan = async () => (await runScript('provision', ['--dry-run'], env)).out;
  expect(await plan()).toContain('= Conversations timers   none closes a conversation');
  await configuration.update({ defaultClosedTimer: 'PT10M' });
  expect(await plan()).toContain(
    'o Conversations timers   this account closes every conversation after PT10M without a message',
  );
  await openConversation(twilio, 'http://127.0.0.1:1/');
  clock.advance(10 * 60_000);
  expect(twilio.conversations()).toMatchObject([{ state: 'closed' }]);
});

test('lets agents open the voice messages that an account as it comes refuses', async () => {
  const { env, twilio } = await account();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const sid = await openConversation(twilio, 'http://127.0.0.1:1/');
  await openInteraction(twilio, sid);
  await kim.accept(await kim.waitForReservation());
  const media = { filename: 'voice.ogg', contentType: 'audio/ogg', bytes: new Uint8Array([1]) };
  const voice = kim.send(sid, '', { media });
  expect(() => kim.openFiles(voice)).toThrow('DownloadFileInvalidType');
  await runProvision(env);
  expect(kim.openFiles(voice)).toHaveLength(1);
});

test('takes the Flex instance from a variable where the configuration names nothing', async () => {
  const { env, twilio, publicUrl, read, webhooks } = await account({
    preload(state) {
      state.flexConfiguration = { flex_instance_sid: null, ui_attributes: null, channel_configs: null };
    },
  });
  await runProvision({ ...env, TWILIO_FLEX_INSTANCE_SID: twilio.flexInstanceSid });
  expect((await read(webhooks)).data).toHaveLength(1);
  expect(await read('Configuration')).toMatchObject({
    ui_attributes: { flexcord: { bridgeUrl: publicUrl } },
    channel_configs: [{ address_type: 'web', cbm_attachments: { enabled: true } }],
  });
});

test('refuses an account whose conversations Flex would never see, and names the mend', async () => {
  const { env, twilio } = await account({ variants: { defaultServiceIsFlex: false } });
  await expect(runProvision(env)).rejects.toThrow(`Make ${twilio.serviceSid} the default`);
  // Whoever does not provision hears it when the bridge starts.
  const dataDir = newDataDir();
  stops.push(async () => rmSync(dataDir, { recursive: true }));
  const bridge = bridgeProcess({ ...env, FLEX_ROUTING: 'bridge', DATA_DIR: dataDir });
  stops.unshift(() => bridge.kill().catch(() => {}));
  await expect(bridge.start()).rejects.toThrow(`Make ${twilio.serviceSid} the default`);
});
