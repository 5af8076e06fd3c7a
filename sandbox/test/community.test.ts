import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { DiscordGuild } from '../src/discord/index.ts';
import { startFeedServer } from '../src/feed-server.ts';
import { playCommunity } from '../src/tour/community.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, INTERACTION_RESPONSE_MS, startHarness } from './harness.ts';

const ADMINISTRATOR = 8n;
const MANAGE_MESSAGES = 1n << 13n;

const feed = startFeedServer();
feed.publish({ id: 'old', title: 'Long ago', summary: 'This must not be announced.' });

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ routing: 'bridge', env: { FEEDS: feed.url, FEED_INTERVAL_MS: '100' } });
  // The tour creates its own agent.
  harness.kim.setAvailable(false);
});
afterAll(async () => {
  await closeHarnesses();
  await feed.stop();
});

/** Creates a member of the server, with a role that has these permissions. */
function createMember(guild: DiscordGuild, username: string, permissions = 0n, locale = 'en-US') {
  const user = harness.discord.createUser({ username, globalName: username, locale });
  guild.join(user);
  if (permissions) guild.giveRole(user, guild.createRole({ name: username, permissions }));
  return user;
}
type Person = ReturnType<typeof createMember>;

/** Uses a slash command and waits for the response. */
async function runCommand(
  who: Person,
  guild: DiscordGuild,
  ...[path, options = {}]: Parameters<Person['slash']>
) {
  const view = who.slash(path, options, { guild });
  await view.waitFor();
  return view;
}

const contentOf = (view: Awaited<ReturnType<typeof runCommand>>) => view.response?.content ?? '';

test('/setup creates and repairs the server and names missing permissions; only moderators can announce and open cases from messages', async () => {
  const { guild, discord, ada } = harness;
  const mina = createMember(guild, 'mina', ADMINISTRATOR, 'ja');
  expect(contentOf(await runCommand(mina, guild, 'announce'))).toContain(
    'お知らせ用のチャンネルがまだありません',
  );
  expect(contentOf(await runCommand(mina, guild, 'setup')).match(/作成しました/g)).toHaveLength(6);
  const names = guild.channels.map(({ name }) => name);
  expect(contentOf(await runCommand(mina, guild, 'setup')).match(/すでにありました/g)).toHaveLength(6);
  expect(guild.channels.map(({ name }) => name)).toEqual(names);
  expect(discord.messages(guild.channel('support'))).toHaveLength(1);
  expect(() => ada.say(guild.channel('announcements'), 'me too')).toThrow();

  const lacking = discord.createGuild({ name: 'Closed', botPermissions: 0x0000_0000_0008_4c00n });
  lacking.join(mina);
  lacking.giveRole(mina, lacking.createRole({ name: 'Admin', permissions: ADMINISTRATOR }));
  const refused = mina.slash('setup', {}, { guild: lacking });
  await refused.waitFor();
  expect(contentOf(refused)).toContain('「チャンネルの管理」の権限がありません');
  expect(lacking.channels).toHaveLength(1);

  // Moderators announce, once and with a preview, and open cases from messages; others cannot.
  const bo = createMember(guild, 'bo', MANAGE_MESSAGES);
  expect(contentOf(await runCommand(bo, guild, 'announce'))).toBe(
    'This is for the moderators of this server.',
  );
  const role = guild.roles.find(({ name }) => name === 'Support Moderator');
  if (!role) throw new Error('no role for moderators');
  guild.giveRole(bo, role);

  const form = await runCommand(bo, guild, 'announce');
  const preview = bo.submitModal(form, { title: 'Open sea', text: '**Sail** @everyone', link: 'no link' });
  await preview.waitFor();
  expect(contentOf(preview)).toContain('The link is not a web address and was left out.');
  expect(preview.response?.embeds[0]).toMatchObject({ title: 'Open sea', description: '**Sail** @everyone' });
  const shown = preview.response;
  if (!shown) throw new Error('no preview');
  const clicks = [bo.click(shown, 'flexcord:announce-publish'), bo.click(shown, 'flexcord:announce-publish')];
  for (const click of clicks) await click.waitFor();
  const news = () => discord.messages(guild.channel('announcements'));
  await waitUntil(() => ((news()[0]?.flags ?? 0) & 1) === 1);
  expect(news()).toHaveLength(1);
  expect(news()[0]?.mention_everyone).toBe(false);

  const cry = ada.say(guild.channel('general'), 'My *lantern* is gone!');
  const opened = bo.contextMenu(cry, 'Open a case from this message');
  await opened.waitFor();
  expect(contentOf(opened)).toBe('Case **#1** is open for Ada.');
  const again = bo.contextMenu(cry, 'Open a case from this message');
  await again.waitFor();
  expect(contentOf(again)).toBe('This message is case **#1** already.');
  const seen = (await runCommand(ada, guild, 'case view', { number: 1 })).response?.embeds[0];
  expect(seen?.title).toContain('My \\*lantern\\* is gone!');
  expect(seen?.description).toContain(cry.id);
});

test('refuses what members may not do in their language, without side effects', async () => {
  const { discord } = harness;
  const guild = discord.createGuild({ name: 'Lagoon' });
  const ada = createMember(guild, 'ada');
  await runCommand(createMember(guild, 'mina', ADMINISTRATOR), guild, 'setup');
  const bo = createMember(guild, 'bo', 0n, 'ja');

  expect(contentOf(await runCommand(ada, guild, 'bug', { description: ' \n ' }))).toContain(
    'There was nothing in it.',
  );
  const form = await runCommand(ada, guild, 'bug');
  const sent = ada.submitModal(form, {
    title: '@everyone **hi** <@1> https://x.example',
    text: 'a_b https://x.example/a_b',
  });
  await sent.waitFor();
  const card = await waitUntil(() => discord.messages(guild.channel('bug-report')).at(-1));
  expect(card.mention_everyone).toBe(false);
  const number = Number(/#(\d+)/.exec(card.embeds[0]?.title ?? '')?.[1]);
  expect(card.embeds[0]?.title).toBe(`🐞 #${number} · \\*\\*hi\\*\\* https:\\//x.example`);
  expect(card.embeds[0]?.description).toBe('a_b https://x.example/a_b');

  expect(contentOf(await runCommand(bo, guild, 'case view', { number }))).toContain(
    `#${number} はありません`,
  );
  expect(contentOf(await runCommand(bo, guild, 'case comment', { number, text: 'mine' }))).toContain(
    `#${number} はありません`,
  );
  expect(contentOf(await runCommand(bo, guild, 'case close', { number }))).toContain(
    `#${number} はありません`,
  );
  expect(contentOf(await runCommand(bo, guild, 'case list'))).toContain('まだありません');
  expect(contentOf(await runCommand(ada, guild, 'case comment', { number, text: 'Still.' }))).toBe(
    `Your comment is with case #${number}.`,
  );
  expect(contentOf(await runCommand(ada, guild, 'case close', { number }))).toContain('is closed');
  expect(contentOf(await runCommand(ada, guild, 'case close', { number }))).toBe(
    `Case #${number} is closed already; there is nothing to close.`,
  );
  await waitUntil(
    () => discord.messages(guild.channel('bug-report'))[0]?.embeds[0]?.fields?.[0]?.value === 'closed',
  );

  for (let n = 0; n < 9; n += 1) await runCommand(ada, guild, 'new_feature', { description: `Idea ${n}` });
  const list = await runCommand(ada, guild, 'case list');
  expect(list.response?.embeds[0]?.description?.split('\n')).toHaveLength(8);
  if (!list.response) throw new Error('no list');
  const older = ada.click(list.response, 'flexcord:case-page:older:1');
  await older.waitFor();
  expect(older.response?.embeds[0]?.description?.split('\n')).toHaveLength(2);

  // A member who accepts no direct messages is not notified, and the timeline says so.
  ada.closeDms();
  const panel = async (path: string, body?: unknown) => {
    const response = await fetch(`${harness.bridge.url}/panel/cases/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await response.json()) as { timeline: { text: string }[] };
  };
  const token = harness.twilio.issueToken(harness.kim);
  const elevated = number + 1;
  await panel(`${elevated}/transitions`, { to: 'elevated', version: 1 });
  const noted = async () =>
    (await panel(`${elevated}`)).timeline.some(({ text }) => text.includes('direct messages'));
  await waitUntil(noted, { what: 'the entry in the timeline' });
  ada.openDms();

  // Many clicks on a vote button are one vote for each member and few edits of the card.
  const idea = await waitUntil(() => discord.messages(guild.channel('feature-request'))[0]);
  const crowd = Array.from({ length: 30 }, (_, n) => createMember(guild, `voter${n}`));
  const vote =
    idea.components?.[0] && 'components' in idea.components[0] ? idea.components[0].components[0] : null;
  const voteId = vote && 'custom_id' in vote ? String(vote.custom_id) : '';
  const views = Array.from({ length: 5 }, () => crowd.map((each) => each.click(idea, voteId))).flat();
  const votes = () => discord.messages(guild.channel('feature-request'))[0]?.embeds[0]?.fields?.[1]?.value;
  await waitUntil(() => votes() === '30', { what: 'thirty votes' });
  for (const view of views) await view.waitFor();
  const edits = discord.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(idea.id));
  expect(edits.length).toBeLessThanOrEqual(10);
});

test('the community tour: set-up, bug, feature request, announcements', async () => {
  await playCommunity(harness, feed, () => {});
  expect(feed.served.unchanged).toBeGreaterThan(0);
});

test('a server that the bot was taken out of is left alone, and looked after again once it is back', async () => {
  const { discord } = harness;
  const guild = discord.createGuild({ name: 'Cove' });
  const ada = createMember(guild, 'coral');
  harness.guild.join(ada);
  for (const each of [guild, harness.guild])
    await runCommand(createMember(each, `admin-${each.name}`, ADMINISTRATOR), each, 'setup');
  await runCommand(ada, guild, 'bug', { description: 'It is dark' });
  const cards = () => discord.messages(guild.channel('bug-report'));
  const card = await waitUntil(() => cards().at(-1), { what: 'a card' });
  const number = Number(/#(\d+)/.exec(card.embeds[0]?.title ?? '')?.[1]);

  guild.removeBot();
  await waitUntil(() => harness.bridge.output().some((line) => line.includes('taken out of a server')));
  const before = discord.requests.length;
  expect(contentOf(await runCommand(ada, harness.guild, 'case close', { number }))).toContain('is closed');
  feed.publish({ id: 'away', title: 'While away', summary: 'Elsewhere only.' });
  const told = () =>
    discord
      .messages(harness.guild.channel('announcements'))
      .filter(({ embeds }) => embeds[0]?.title === 'While away');
  await waitUntil(() => told().length > 0, { what: 'the announcement elsewhere' });
  const announcements = guild.channel('announcements');
  const asked = discord.requests.slice(before).filter(({ path }) => path.includes(announcements));
  expect(asked).toEqual([]);
  expect(harness.bridge.output().filter((line) => /"discord\.card-edit".*was parked/.test(line))).toEqual([]);

  guild.addBot();
  await waitUntil(() => JSON.stringify(cards().at(-1)?.embeds).includes('"closed"'), {
    what: 'the card as it is',
  });
  expect(cards().at(-1)?.id).toBe(card.id);
});

test('a command is answered in time while both clouds take long over everything else', async () => {
  const member = createMember(harness.guild, 'patient');
  harness.faults.add({
    on: 'api',
    match: /^(?!.*\/(interactions|webhooks|gateway)\b)/,
    effect: { kind: 'latency', ms: INTERACTION_RESPONSE_MS + 5_000 },
  });
  const views = ['helpme', 'bug', 'case list'].map((command) =>
    member.slash(command, {}, { guild: harness.guild }),
  );
  await waitUntil(() => views.every(({ status }) => status !== 'pending'), { what: 'first responses' });
  expect(views.map(({ status }) => status)).not.toContain('failed');
  harness.faults.clear();
});
