import { afterEach, expect, test } from 'bun:test';
import { ChannelType, Events, PermissionFlagsBits as P, TextChannel } from 'discord.js';
import { type SetUp, setUp } from './testing.ts';

let it: SetUp;
afterEach(() => it.tearDown());

test('a bot creates channels, overwrites and roles, which apply to members', async () => {
  it = await setUp();
  const client = await it.login();
  const guild = await client.guilds.fetch(it.guild.id);
  const role = await guild.roles.create({ name: 'Moderators', permissions: [P.ManageMessages] });
  await (await guild.members.fetch(it.ada.id)).roles.add(role);
  expect((await guild.members.fetch({ user: it.ada.id, force: true })).roles.cache.has(role.id)).toBe(true);
  const channel = await guild.channels.create({
    name: 'Staff Only',
    permissionOverwrites: [
      { id: guild.id, deny: [P.ViewChannel] },
      { id: role.id, allow: [P.ViewChannel] },
      { id: client.user.id, allow: [P.ViewChannel] },
    ],
  });
  expect(channel.name).toBe('staff-only');
  expect(it.ada.say(channel.id, 'in').content).toBe('in');
  expect(() => it.ben.say(channel.id, 'out')).toThrow('Missing Access');
  await channel.permissionOverwrites.edit(await guild.members.fetch(it.ben.id), {
    ViewChannel: true,
    SendMessages: false,
  });
  expect(() => it.ben.say(channel.id, 'out')).toThrow('Missing Permissions');
  await channel.delete();
  expect(it.guild.channels.map((c) => c.name)).toEqual(['general', 'news']);
});

test('missing permissions answer 50013, a hidden channel 50001', async () => {
  it = await setUp();
  const client = await it.login();
  const bare = it.discord.createGuild({
    name: 'Bare',
    channels: [{ name: 'lobby' }],
    botPermissions: 0n,
    everyonePermissions: P.ViewChannel,
  });
  const lobby = bare.channel('lobby');
  expect((await it.call('POST', `/channels/${lobby}/messages`, { content: 'x' })).body.code).toBe(50013);
  expect((await it.call('POST', `/guilds/${bare.id}/roles`, { name: 'x' })).body.code).toBe(50013);
  const hidden = bare.createChannel({
    name: 'hidden',
    overwrites: [{ id: bare.id, type: 0, allow: '0', deny: P.ViewChannel.toString() }],
  });
  expect((await it.call('GET', `/channels/${hidden.id}`)).body.code).toBe(50001);
  bare.removeBot();
  expect((await it.call('GET', `/guilds/${bare.id}`)).body.code).toBe(10004);
  const back = new Promise((resolve) => client.once(Events.GuildCreate, (guild) => resolve(guild.name)));
  bare.addBot();
  expect(await back).toBe('Bare');
});

test('a private thread is visible only to its members and the bot', async () => {
  it = await setUp();
  const client = await it.login();
  const general = await client.channels.fetch(it.general);
  if (!(general instanceof TextChannel)) throw new Error('no text channel');
  const thread = await general.threads.create({
    name: 'Ada and us',
    type: ChannelType.PrivateThread,
    invitable: false,
  });
  expect(() => it.ada.say(thread.id, 'x')).toThrow('Missing Access');
  await thread.members.add(it.ada.id);
  expect(it.ada.say(thread.id, 'thanks').content).toBe('thanks');
  expect(() => it.ben.read(thread.id)).toThrow('Missing Access');
  await thread.setArchived(true);
  const active = await general.threads.fetchActive();
  expect(active.threads.has(thread.id)).toBe(false);
});

test('an announcement is crossposted once, messages are pinned and bulk-deleted, and threads start from messages', async () => {
  it = await setUp();
  const client = await it.login();
  const news = await client.channels.fetch(it.guild.channel('news'));
  if (!news?.isSendable() || news.type !== ChannelType.GuildAnnouncement) throw new Error('no news channel');
  const message = await news.send({ embeds: [{ title: 'Release', url: 'https://example.com/1' }] });
  await message.crosspost();
  await expect(message.crosspost()).rejects.toMatchObject({ code: 40033 });
  await message.pin();
  expect((await news.messages.fetchPins()).items).toHaveLength(1);
  const thread = await message.startThread({ name: 'Talk' });
  expect(thread.id).toBe(message.id);
  await message.react('🎉');
  expect((await message.reactions.cache.first()?.users.fetch())?.has(client.user.id)).toBe(true);
  const more = [await news.send('a'), await news.send('b')];
  await news.bulkDelete(more);
  expect(it.discord.messages(news.id).map((m) => m.content)).not.toContain('a');
});

test('a rate limit answers with the time to wait, and discord.js obeys it', async () => {
  // Stopped for the second part: all six requests are then in one window, however slow the machine.
  let stoppedAt: number | undefined;
  const clock = { now: () => stoppedAt ?? Date.now() };
  it = await setUp({ clock, limits: { rateWindowFactor: 0.1 } });
  const client = await it.login();
  const dm = await (await client.users.fetch(it.ada.id)).createDM();
  await Promise.all(Array.from({ length: 12 }, (_, i) => dm.send(`${i}`)));
  expect(it.ada.inbox().map((m) => m.content)).toEqual(Array.from({ length: 12 }, (_, i) => `${i}`));
  expect(it.discord.requests.some((r) => r.status === 429)).toBe(false);

  stoppedAt = Date.now();
  const path = `/channels/${it.general}/messages`;
  const answers = await Promise.all(Array.from({ length: 6 }, () => it.call('POST', path, { content: 'x' })));
  const refused = answers.find((a) => a.status === 429);
  expect(refused?.body).toMatchObject({ message: 'You are being rate limited.', global: false });
  expect(refused?.body.retry_after).toBeGreaterThan(0);
  expect(refused?.headers.get('x-ratelimit-scope')).toBe('user');
  expect(refused?.headers.get('retry-after')).toBe('1');
  expect(answers[0]?.headers.get('x-ratelimit-limit')).toBe('5');
});

test('more than fifty requests a second over all routes answer a global 429', async () => {
  const now = Date.now();
  it = await setUp({ clock: { now: () => now } });
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, i) => it.call('GET', i % 2 ? '/gateway/bot' : '/users/@me')),
  );
  const refused = answers.filter((a) => a.status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.body.global).toBe(true);
  expect(refused[0]?.headers.get('x-ratelimit-scope')).toBe('global');
});
