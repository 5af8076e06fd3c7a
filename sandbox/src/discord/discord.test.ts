import { afterEach, expect, test } from 'bun:test';
import {
  type ChatInputCommandInteraction,
  Client,
  Events,
  GatewayIntentBits,
  type Message,
  MessageFlags,
  Partials,
  Routes,
} from 'discord.js';
import { Faults } from '../core/faults.ts';
import { type DiscordOptions, type DiscordStandIn, setAttachmentLife, startDiscord } from './index.ts';

let discord: DiscordStandIn;
let client: Client;
afterEach(async () => {
  await client?.destroy();
  await discord?.stop();
});

/** The real discord.js, logged in to a Discord of its own. */
async function login(
  options: DiscordOptions = {},
  intents = [GatewayIntentBits.Guilds, GatewayIntentBits.DirectMessages],
) {
  discord = await startDiscord(options);
  client = new Client({
    intents,
    partials: [Partials.Channel, Partials.Message],
    rest: { api: discord.apiBase, version: '10' },
  });
  const guild = discord.createGuild({ name: 'Harbour' });
  const ada = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(ada);
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.botToken);
  await ready;
  return { guild, ada };
}

const next = <T>(event: string) => new Promise<T>((resolve) => client.once(event as never, resolve as never));

test('a bot logs in, hears a direct message, and answers', async () => {
  const { ada } = await login();
  const heard = next<Message>(Events.MessageCreate);
  await ada.dm('ahoy');
  const message = await heard;
  expect(message.content).toBe('ahoy');
  await message.reply('ahoy yourself');
  const [first, second] = ada.inbox();
  expect(second?.content).toBe('ahoy yourself');
  expect(second?.message_reference?.message_id).toBe(first?.id);
});

test('a wrong token is refused by REST and by the gateway', async () => {
  discord = await startDiscord();
  client = new Client({ intents: [], rest: { api: discord.apiBase, version: '10' } });
  await expect(client.login('not.a.token')).rejects.toThrow(/token/i);
});

test('a privileged intent that was not granted closes the connection', async () => {
  await expect(login({}, [GatewayIntentBits.MessageContent])).rejects.toThrow(/disallowed intents/i);
});

test('commands: registered, used, deferred, answered, followed up', async () => {
  const { ada, guild } = await login();
  await client.application?.commands.set([{ name: 'helpme', description: 'help' }]);
  client.once(Events.InteractionCreate, async (interaction) => {
    const command = interaction as ChatInputCommandInteraction;
    await command.deferReply({ flags: MessageFlags.Ephemeral });
    await command.editReply('in private');
    await command.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
  });
  const view = await ada.slash('helpme', {}, { guild });
  await view.settled({ until: () => view.followUps().length === 1 });
  expect(view.response()?.content).toBe('in private');
  expect(
    discord.requests.filter(({ path }) => path.includes('/messages') && path.startsWith('/channels')),
  ).toEqual([]);
});

test('an application that is late has failed, and may not answer any more', async () => {
  const { ada, guild } = await login({ interactionLimits: { firstAnswerMs: 50 } });
  await client.application?.commands.set([{ name: 'slow', description: 'slow' }]);
  const arrived = next<ChatInputCommandInteraction>(Events.InteractionCreate);
  const view = await ada.slash('slow', {}, { guild });
  expect(view.status()).toBe('failed');
  await expect((await arrived).reply('too late')).rejects.toMatchObject({ code: 10062 });
});

test('buttons and modals', async () => {
  const { ada } = await login();
  const heard = next<Message>(Events.MessageCreate);
  await ada.dm('x');
  await (await heard).reply({
    content: 'press',
    components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
  });
  client.once(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isButton()) return;
    await interaction.showModal({
      title: 'A bug',
      custom_id: 'bug',
      components: [{ type: 18, label: 'What', component: { type: 4, custom_id: 'what', style: 1 } }] as never,
    });
  });
  const button = ada.inbox().at(-1);
  if (!button) throw new Error('no button');
  const view = await ada.click(button, 'go');
  expect(view.modal()?.title).toBe('A bug');
  const submitted = next<{
    fields: { getTextInputValue(id: string): string };
    reply(text: string): Promise<unknown>;
  }>(Events.InteractionCreate);
  const answered = ada.submitModal(view, { what: 'it sinks' });
  const modal = await submitted;
  expect(modal.fields.getTextInputValue('what')).toBe('it sinks');
  await modal.reply('thanks');
  expect((await answered).response()?.content).toBe('thanks');
});

test('what happens while the connection is down is replayed into a resumed session', async () => {
  const { ada } = await login();
  const resumed = next(Events.ShardResume);
  const heard = next<Message>(Events.MessageCreate);
  discord.gateway.dropConnections();
  await ada.dm('in between');
  expect((await heard).content).toBe('in between');
  await resumed;
  expect(discord.gateway.identified()).toBe(1);
});

test('a session that was forgotten is begun anew, and nothing is replayed into it', async () => {
  const { ada } = await login();
  const ready = next(Events.ShardReady);
  let heard = 0;
  client.on(Events.MessageCreate, () => {
    heard += 1;
  });
  discord.gateway.dropConnections({ resumable: false });
  await ada.dm('lost in between');
  await ready;
  const later = next<Message>(Events.MessageCreate);
  await ada.dm('and after');
  expect((await later).content).toBe('and after');
  expect(heard).toBe(1);
  expect(discord.gateway.identified()).toBe(2);
});

test('the same nonce within minutes creates nothing new', async () => {
  const { ada } = await login();
  const { channel_id } = await ada.dm('x');
  const send = () =>
    client.rest.post(Routes.channelMessages(channel_id), {
      body: { content: 'once', nonce: 'n1', enforce_nonce: true },
    });
  const [first, second] = [await send(), await send()] as { id: string }[];
  expect(second?.id).toBe(first?.id as string);
  expect(ada.inbox().filter(({ content }) => content === 'once')).toHaveLength(1);
});

test('the answer to a write that took effect can get lost', async () => {
  const faults = new Faults();
  const { ada } = await login({ faults });
  const { channel_id } = await ada.dm('x');
  faults.add({ on: 'api', method: 'POST', match: /messages$/, effect: { kind: 'reset-after' }, times: 1 });
  client.rest.options.retries = 0;
  await expect(
    client.rest.post(Routes.channelMessages(channel_id), { body: { content: 'lost' } }),
  ).rejects.toThrow();
  expect(ada.inbox().at(-1)?.content).toBe('lost');
});

test('discord.js waits for its bucket instead of meeting a 429', async () => {
  const { ada } = await login({ limits: { messages: { limit: 3, windowMs: 200 } } });
  const { channel_id } = await ada.dm('x');
  await Promise.all(
    Array.from({ length: 7 }, (_, n) =>
      client.rest.post(Routes.channelMessages(channel_id), { body: { content: `${n}` } }),
    ),
  );
  expect(
    ada
      .inbox()
      .slice(1)
      .map(({ content }) => content),
  ).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  expect(discord.requests.filter(({ status }) => status === 429)).toEqual([]);
});

test('whoever does not wait meets one', async () => {
  const { ada } = await login({ limits: { messages: { limit: 1, windowMs: 5000 } } });
  const { channel_id } = await ada.dm('x');
  const send = () =>
    fetch(`${discord.apiBase}/v10${Routes.channelMessages(channel_id)}`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'x' }),
    });
  expect((await send()).status).toBe(200);
  const refused = await send();
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ratelimit-scope')).toBe('user');
  expect(await refused.json()).toMatchObject({ global: false });
});

test('closed direct messages, strangers and bad forms have their own codes', async () => {
  const { ada, guild } = await login();
  const { channel_id } = await ada.dm('x');
  const send = (body: object) => client.rest.post(Routes.channelMessages(channel_id), { body });
  await expect(send({ content: '' })).rejects.toMatchObject({ code: 50006 });
  await expect(send({ content: 'x'.repeat(2001) })).rejects.toMatchObject({ code: 50035 });
  await expect(send({ embeds: [{ title: 'x'.repeat(257) }] })).rejects.toMatchObject({ code: 50035 });
  ada.closeDms();
  await expect(send({ content: 'x' })).rejects.toMatchObject({ code: 50007 });
  ada.openDms();
  guild.leave(ada);
  await expect(send({ content: 'x' })).rejects.toMatchObject({ code: 50278 });
});

test('attachments come with signed links that expire, and a fetched message has fresh ones', async () => {
  const { ada } = await login();
  const heard = next<Message>(Events.MessageCreate);
  const bytes = new TextEncoder().encode('a map');
  const sent = await ada.dm('', { attachments: [{ name: 'map.txt', contentType: 'text/plain', bytes }] });
  await heard;
  const read = async () =>
    (await client.rest.get(Routes.channelMessage(sent.channel_id, sent.id))) as typeof sent;
  const good = (await read()).attachments[0]?.url ?? '';
  expect(await (await fetch(good)).text()).toBe('a map');
  expect((await fetch(good.replace(/hm=./, 'hm=_'))).status).toBe(404);
  setAttachmentLife(-1000);
  expect((await fetch((await read()).attachments[0]?.url ?? '')).status).toBe(404);
  setAttachmentLife(24 * 3600_000);
  expect((await fetch((await read()).attachments[0]?.url ?? '')).status).toBe(200);
});
