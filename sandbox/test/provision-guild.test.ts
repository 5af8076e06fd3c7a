import { afterEach, expect, test } from 'bun:test';
import { rmSync } from 'node:fs';
import { ChannelType, EmbedType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { createReadBack, likenessOf } from '../../bridge/src/discord/conversation/read-back.ts';
import { createRest } from '../../bridge/src/discord/gateway/gateway.ts';
import { createOwnId } from '../../bridge/src/discord/own-id.ts';
import { runScript } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { Faults } from '../src/core/faults.ts';
import { startDiscord, usualBotPermissions } from '../src/discord/index.ts';
import type { DiscordState } from '../src/discord/state/state.ts';
import { newDataDir } from '../src/sandbox.ts';
import { startTwilio } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';

/** Of an application from before August 2016. */
const OLD_BOT = '1000000000000000002';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function newPlace() {
  const faults = new Faults();
  const discord = await startDiscord({ faults, botUserId: OLD_BOT });
  const twilio = await startTwilio();
  attachStudio(twilio);
  const dataDir = newDataDir();
  closing.push(() => rmSync(dataDir, { recursive: true, force: true }), discord.stop, twilio.stop);
  const env = {
    ...bridgeSettings({ discord, twilio }, 'http://127.0.0.1:19999'),
    FLEX_ROUTING: 'bridge',
    DATA_DIR: dataDir,
  };
  const run = (...args: string[]) => runScript('provision', args, env);
  return { discord, faults, run };
}

test('--guild shows what a server lacks, does it, goes on after a failure, and changes nothing the second time', async () => {
  const { discord, faults, run } = await newPlace();
  const guild = discord.createGuild({
    name: 'Harbour',
    channels: [{ name: 'support' }, { name: 'general' }],
  });
  const dry = await run('--guild', guild.id, '--dry-run');
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out).toMatch(/^\+ Discord server "Harbour" +\d+; channels that are there already are taken$/m);
  for (const line of [
    '+ #announcements, which other servers can follow',
    '+ #bug-report',
    '+ role "Support Moderator"',
  ])
    expect(dry.out).toContain(line);
  expect(dry.out).not.toContain('+ #support');
  expect(guild.channels).toHaveLength(2);

  const sends = { on: 'api', method: 'POST', match: /\/channels\/\d+\/messages/ } as const;
  faults.add({ ...sends, effect: { kind: 'status', status: 403, body: { code: 50013, message: 'No' } } });
  const failed = await run('--guild', guild.id, '--yes');
  expect(failed.code).toBe(1);
  expect(failed.err).toContain(
    'Discord server "Harbour" could not be done: message with the buttons: the bot lacks',
  );
  expect(failed.err).toContain('Run the command again to go on.');
  faults.clear();
  expect(await run('--guild', guild.id, '--yes')).toMatchObject({ code: 0, err: '' });
  const after = guild.channels.map(({ name }) => name);
  expect(after).toEqual(['support', 'general', 'announcements', 'bug-report', 'feature-request']);
  expect(discord.messages(guild.channel('support'))).toHaveLength(1);

  const again = await run('--guild', guild.id, '--yes');
  expect(again.out).toContain('Nothing is to be done.');
  expect(again.out).toContain('= Discord server "Harbour"');

  const gone = await run('--destroy', '--yes');
  expect(gone).toMatchObject({ code: 0, err: '' });
  expect(gone.out).toContain(`the channels ${guild.channel('announcements')}, `);
  expect(gone.out).toContain(
    'stay, because members have written there, and some may be older than the set-up; where you want them gone, delete them in Discord',
  );
  expect(discord.messages(guild.channel('support'))).toEqual([]);
  expect(guild.channels.map(({ name }) => name)).toEqual(after);
});

test('--guild says of what is there already what does not work in it, mends that, and shows nobody what they did not see', async () => {
  const { discord, run } = await newPlace();
  const guild = discord.createGuild({ name: 'Old town' });
  const everyone = (allow: bigint, deny: bigint) => ({
    id: guild.id,
    type: OverwriteType.Role,
    allow: String(allow),
    deny: String(deny),
  });
  const bot = { id: OLD_BOT, type: OverwriteType.Member, deny: '0' };
  const news = guild.createChannel({
    name: 'announcements',
    type: ChannelType.GuildAnnouncement,
    overwrites: [everyone(0n, P.SendMessages), { ...bot, allow: '0', deny: String(P.EmbedLinks) }],
  });
  guild.createChannel({
    name: 'bug-report',
    overwrites: [everyone(0n, P.ViewChannel), { ...bot, allow: String(P.ViewChannel) }],
  });
  const crew = guild.createRole({ name: 'Crew' });
  guild.createChannel({
    name: 'feature-request',
    overwrites: [
      everyone(0n, P.ViewChannel),
      { id: crew.id, type: OverwriteType.Role, allow: String(P.ViewChannel), deny: '0' },
      { ...bot, allow: String(P.ViewChannel) },
    ],
  });
  const support = guild.createChannel({
    name: 'support',
    overwrites: [{ id: crew.id, type: OverwriteType.Role, allow: '0', deny: '0' }],
  });
  guild.createRole({ name: 'Support Moderator' });

  const first = await run('--guild', guild.id, '--yes');
  expect(first.err).toBe('');
  expect(first.out).toMatch(
    /~ #announcements: the bot cannot do its work there: it lacks Send Messages, Embed Links\. With this change the bot gives itself that there\.$/m,
  );
  expect(first.out).toContain('~ role "Support Moderator": its holders lack Manage Messages');
  expect(first.out).toMatch(
    /^! Discord server "Old town" #bug-report +members do not see it\. Show it to them/m,
  );
  expect(first.code).toBe(1);
  expect(discord.messages(support.id)).toHaveLength(1);

  const again = await run('--guild', guild.id, '--yes');
  expect(again.out).toContain('Nothing is to be done.');
  expect(again.out).not.toContain(news.id);
  expect(again.out).not.toMatch(/#announcements|Support Moderator/);
  expect(again.out).toMatch(/^! Discord server "Old town" #bug-report/m);
  expect(again.code).toBe(1);
});

test('--guild names a permission that is missing, a server without the bot, and an id that is none', async () => {
  const { discord, run } = await newPlace();
  const lacking = discord.createGuild({
    name: 'Bay',
    botPermissions: usualBotPermissions & ~P.ManageChannels,
  });
  const refused = await run('--guild', lacking.id, '--yes');
  expect(refused.code).toBe(1);
  expect(refused.out).toMatch(/^! Discord server "Bay" +the bot lacks Manage Channels\./m);
  const nowhere = await run('--guild', '223344556677889900', '--dry-run');
  expect(nowhere.code).toBe(1);
  expect(nowhere.out).toContain(`oauth2/authorize?client_id=${discord.applicationId}&scope=bot`);
  expect((await run('--guild', 'Harbour')).code).toBe(2);
});

test('knows its own message by the bot’s user id and its own embed, beside a preview that Discord has put before it', async () => {
  let state: DiscordState | undefined;
  const discord = await startDiscord({
    botUserId: OLD_BOT,
    preload(fresh) {
      state = fresh;
    },
  });
  closing.push(discord.stop);
  const guild = discord.createGuild({ name: 'Harbour' });
  const channelId = guild.channel('general');
  const rest = createRest({ apiUrl: discord.apiBase, token: discord.botToken, threads: false });
  const body = {
    content: 'See https://harbour.test  ',
    embeds: [{ title: 'Case 7', description: ' Open ' }],
  };
  const { id } = (await rest.post(`/channels/${channelId}/messages`, { body })) as { id: string };
  const message = state?.messages.get(channelId)?.get(id);
  message?.embeds.unshift({ type: EmbedType.Link, url: 'https://harbour.test', title: 'Harbour' });
  const readBack = createReadBack({ rest, ownId: createOwnId(rest) });
  expect(await readBack.alike(channelId, channelId, likenessOf(body))).toEqual([id]);
});
