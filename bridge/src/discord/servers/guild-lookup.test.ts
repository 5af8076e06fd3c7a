import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Client, Events, GatewayIntentBits, REST, Routes } from 'discord.js';
import { startDiscord } from '../../../testing/sandbox.ts';
import { createGuildLookup } from './guild-lookup.ts';

const MIB = 1024 * 1024;
let discord: Awaited<ReturnType<typeof startDiscord>>;
let client: Client;
let rest: REST;
beforeAll(async () => {
  discord = await startDiscord();
  rest = new REST({ api: discord.apiBase, version: '10', retries: 0 }).setToken(discord.botToken);
  client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: discord.apiBase, version: '10', retries: 0 },
  });
});
afterAll(async () => {
  await client.destroy();
  await discord.stop();
});

const guildOf = (premiumTier: 0 | 1 | 2 | 3) => {
  const guild = discord.createGuild({
    name: `Tier ${premiumTier}`,
    premiumTier,
    channels: [{ name: 'help' }],
  });
  return { guild, channelId: guild.channel('help') };
};
const upload = (channelId: string, bytes: number) =>
  rest.post(Routes.channelMessages(channelId), { files: [{ name: 'a.bin', data: Buffer.alloc(bytes) }] });

test('a server takes files by its boosts, a direct message and a server that is not known what every one takes', async () => {
  const places = ([0, 1, 2, 3] as const).map(guildOf);
  const ada = discord.createUser({ username: 'ada' });
  places[0]?.guild.join(ada);
  const { id: direct } = (await rest.post(Routes.userChannels(), { body: { recipient_id: ada.id } })) as {
    id: string;
  };
  const asked = createGuildLookup(rest);
  const told = createGuildLookup(rest);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.botToken);
  await ready;
  told.attach(client);
  for (const lookup of [asked, told]) {
    const limits = [...places.map(({ channelId }) => channelId), direct, '1'].map(lookup.uploadLimitOf);
    expect((await Promise.all(limits)).map((limit) => limit / MIB)).toEqual([10, 10, 50, 100, 10, 10]);
  }
  // Discord takes what it was said to take, and no more.
  const [unboosted, , boosted] = places;
  await upload(boosted?.channelId ?? '', 11 * MIB);
  await expect(upload(unboosted?.channelId ?? '', 11 * MIB)).rejects.toThrow(/too large/);
  const changed = new Promise((resolve) => client.once(Events.GuildUpdate, resolve));
  boosted?.guild.setPremiumTier(0);
  await changed;
  expect(await told.uploadLimitOf(boosted?.channelId ?? '')).toBe(10 * MIB);
});
