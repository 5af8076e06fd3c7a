import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { AttachmentFlags, ChannelType, OverwriteType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser, InteractionView } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

let harness: Harness;
let admin: DiscordUser;
beforeAll(async () => {
  harness = await startHarness({ routing: 'bridge' });
  admin = harness.discord.createUser({ username: 'mina' });
});
afterAll(closeHarnesses);

const everyone = (guild: { id: string }, allow: bigint, deny: bigint) => ({
  id: guild.id,
  type: OverwriteType.Role,
  allow: String(allow),
  deny: String(deny),
});

/** A server with the administrator in it. */
function createServer(name: string, options: { botPermissions?: bigint } = {}): DiscordGuild {
  const guild = harness.discord.createGuild({ name, ...options });
  guild.join(admin);
  guild.giveRole(admin, guild.createRole({ name: 'Admin', permissions: P.Administrator }));
  return guild;
}

async function setUp(guild: DiscordGuild): Promise<InteractionView> {
  const view = admin.slash('setup', {}, { guild });
  return view.waitFor();
}

const said = (view: InteractionView) => view.response?.content ?? '';
const lineOf = (view: InteractionView, id: string) =>
  said(view)
    .split('\n')
    .filter((line, at, all) => line.includes(id) || (all[at - 1]?.includes(id) && line.startsWith('-#')))
    .join('\n');

async function fix(view: InteractionView): Promise<void> {
  if (!view.response) throw new Error('no answer');
  const before = said(view);
  admin.click(view.response, 'flexcord:setup-mend');
  await waitUntil(() => said(view) !== before);
}

test('/setup says of every channel that was there what does not work in it, mends it on request, and then changes nothing', async () => {
  const { discord, ada } = harness;
  const guild = createServer('Old town');
  guild.join(ada);
  const member = guild.createRole({ name: 'Member' });
  const news = guild.createChannel({
    name: 'announcements',
    type: ChannelType.GuildAnnouncement,
    overwrites: [
      everyone(guild, 0n, P.SendMessages),
      { id: member.id, type: OverwriteType.Role, allow: String(P.SendMessages), deny: '0' },
    ],
  });
  const bugs = guild.createChannel({
    name: 'bug-report',
    overwrites: [
      everyone(guild, 0n, P.ViewChannel),
      {
        id: discord.applicationId,
        type: OverwriteType.Member,
        allow: String(P.ViewChannel),
        deny: String(P.EmbedLinks),
      },
    ],
  });
  const ideas = guild.createChannel({
    name: 'feature-request',
    overwrites: [
      everyone(guild, 0n, P.ViewChannel),
      { id: member.id, type: OverwriteType.Role, allow: String(P.ViewChannel), deny: '0' },
      { id: discord.applicationId, type: OverwriteType.Member, allow: String(P.ViewChannel), deny: '0' },
    ],
  });
  guild.createRole({ name: 'Support Moderator' });

  const view = await setUp(guild);
  expect(said(view)).toContain('not completely set up');
  expect(lineOf(view, news.id)).toContain('I lack *Send Messages*. *Fix permissions* changes that.');
  expect(lineOf(view, news.id)).toStartWith('❌');
  expect(said(view)).toContain(`<@&${member.id}> can write there, where only moderators should.`);
  expect(lineOf(view, bugs.id)).toContain('I lack *Embed Links*.');
  expect(said(view)).toContain('Members do not see it. *Fix permissions* shows it to everybody');
  expect(lineOf(view, ideas.id)).toBe(`✅ <#${ideas.id}>: was there\n-# Only <@&${member.id}> see it.`);
  expect(said(view)).toContain('Its holders lack *Manage Messages*');
  expect(() => ada.read(bugs.id)).toThrow();

  await fix(view);
  expect(said(view)).toContain('This server is set up.');
  expect(said(view)).not.toContain('❌');
  expect(view.response?.components).toEqual([]);
  ada.read(bugs.id);
  guild.giveRole(ada, member);
  expect(() => ada.say(news.id, 'me too')).toThrow();

  const changes = () =>
    discord.requests.filter(
      ({ method, path }) => method !== 'GET' && /channels|roles/.test(path) && !/messages/.test(path),
    ).length;
  const before = changes();
  const again = await setUp(guild);
  expect(said(again)).toBe(said(view));
  expect(changes()).toBe(before);
});

test('/setup says what an administrator must do where the bot may not', async () => {
  const guild = createServer('Locked town', {
    botPermissions:
      P.ViewChannel | P.SendMessages | P.EmbedLinks | P.ReadMessageHistory | P.ManageChannels | P.ManageRoles,
  });
  const support = guild.createChannel({ name: 'support', overwrites: [everyone(guild, 0n, P.ViewChannel)] });
  const news = guild.createChannel({
    name: 'announcements',
    overwrites: [everyone(guild, 0n, P.ViewChannel)],
  });
  const view = await setUp(guild);
  for (const id of [support.id, news.id]) {
    expect(lineOf(view, id)).toStartWith('❌');
    expect(lineOf(view, id)).toContain('I lack *View Channels*');
    expect(lineOf(view, id)).toContain('Please do it in the settings of the channel');
  }
});

test('/setup says that a server is full', async () => {
  const guild = createServer('Full town');
  while (guild.channels.length < 500) guild.createChannel({ name: `c${guild.channels.length}` });
  const view = await setUp(guild);
  expect(said(view)).toContain('❌ #support: this server has 500 channels');
});

test('an announcement that cannot be posted is told to the moderator, and posted once that is mended', async () => {
  const { discord } = harness;
  const guild = createServer('New town');
  await setUp(guild);
  const channelId = guild.channel('announcements');
  const form = admin.slash('announce', {}, { guild });
  await form.waitFor();
  const preview = admin.submitModal(form, { title: 'Open sea', text: 'Sail' });
  await preview.waitFor();
  if (!preview.response) throw new Error('no preview');
  // Nobody tells the bridge before Discord refuses.
  const repair = harness.faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`channels/${channelId}/messages`),
    effect: { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } },
  });
  const click = admin.click(preview.response, 'flexcord:announce-publish');
  await click.waitFor();
  expect(preview.response?.content).toContain('It is on its way');
  await waitUntil(() => preview.response?.content.includes('It is not lost') ?? false);
  expect(preview.response?.content).toContain('I may not write there');
  repair();
  await waitUntil(() => discord.messages(channelId)[0]?.embeds[0]?.title === 'Open sea');
});

test('the form of a bug takes several places, and pictures and films alone', async () => {
  const { discord, ada } = harness;
  const guild = createServer('Bug town');
  guild.join(ada);
  await setUp(guild);
  const form = await ada.slash('bug', {}, { guild }).waitFor();
  const fields = { title: 'Dark', text: 'My lantern is dark.', platform: ['ios', 'android'] };
  const log = { name: 'crash.log', contentType: 'text/plain', data: 'a secret' };
  expect(() => ada.submitModal(form, { ...fields, screenshot: [log] })).toThrow('none of image, video');
  const picture = { name: 'dark.png', contentType: 'image/png', data: new Uint8Array([1]), spoiler: true };
  await ada.submitModal(form, { ...fields, screenshot: [picture] }).waitFor();
  const card = await waitUntil(() => discord.messages(guild.channel('bug-report')).at(-1));
  expect(JSON.stringify(card.embeds)).toContain('iPhone or iPad, Android');
  // What its sender hid is hidden there.
  expect(card.attachments[0]?.flags).toBe(AttachmentFlags.IsSpoiler);

  // A member's own limit may be lower than the server's, or higher: the form says what arrives, and nothing is lost silently.
  const before = discord.limits.attachmentMaxBytes;
  discord.limits.attachmentMaxBytes = 3 * 1024 * 1024;
  const small = await ada.slash('bug', {}, { guild }).waitFor();
  expect(JSON.stringify(small.modal)).toContain('At most 3 MB');
  discord.limits.attachmentMaxBytes = 50 * 1024 * 1024;
  const large = await ada.slash('bug', {}, { guild }).waitFor();
  expect(JSON.stringify(large.modal)).toContain('At most 10 MB');
  const film = { name: 'film.mp4', contentType: 'video/mp4', data: new Uint8Array(11 * 1024 * 1024) };
  const told = await ada.submitModal(large, { ...fields, platform: [], screenshot: [film] }).waitFor();
  expect(said(told)).toContain('Everybody can see it');
  expect(said(told)).toContain('more than the 10 MB that this server takes');
  discord.limits.attachmentMaxBytes = before;

  // A card that a moderator removes is noted on its case when the case goes on.
  const number = Number(/#(\d+)/.exec(card.embeds[0]?.title ?? '')?.[1]);
  guild.moderate.remove(guild.channel('bug-report'), card);
  await ada.slash('case comment', { number, text: 'Still dark.' }, { guild }).waitFor();
  await ada.slash('case close', { number }, { guild }).waitFor();
  const { bridge, twilio, kim } = harness;
  const url = `${bridge.url}${panelRoutes.case(String(number))}`;
  const headers = { authorization: `Bearer ${twilio.issueToken(kim, { roles: ['supervisor'] })}` };
  await waitUntil(
    async () => (await (await fetch(url, { headers })).text()).includes('was removed from its channel'),
    { timeoutMs: 20_000 },
  );
});
