import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { DiscordGuild } from '../src/discord/index.ts';
import { startFeedServer } from '../src/feed-server.ts';
import { community } from '../src/tour/community.ts';
import { until } from '../src/tour/until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

const WAIT = { timeoutMs: 20_000 };
const ADMINISTRATOR = 8n;
const MANAGE_MESSAGES = 1n << 13n;

const feed = startFeedServer();
feed.publish({ id: 'old', title: 'Long ago', summary: 'Nobody should hear of this.' });

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ routing: 'bridge', env: { FEEDS: feed.url, FEED_INTERVAL_MS: '100' } });
  // The story has an agent of its own.
  harness.kim.setAvailable(false);
});
afterAll(async () => {
  await closeHarnesses();
  await feed.stop();
});

/** Somebody on a server, with a role that gives these permissions. */
function somebody(guild: DiscordGuild, username: string, permissions = 0n, locale = 'en-US') {
  const user = harness.discord.createUser({ username, globalName: username, locale });
  guild.join(user);
  if (permissions) guild.giveRole(user, guild.createRole({ name: username, permissions }));
  return user;
}
type Person = ReturnType<typeof somebody>;

/** Uses a command and reads the answer. */
async function use(who: Person, guild: DiscordGuild, ...[path, options = {}]: Parameters<Person['slash']>) {
  const view = who.slash(path, options, { guild });
  await view.waitFor(undefined, WAIT);
  return view;
}

const said = (view: Awaited<ReturnType<typeof use>>) => view.response?.content ?? '';

test('/setup builds, repairs and names the permission that it lacks; what moderators do, others do not', async () => {
  const { guild, discord, ada } = harness;
  const mina = somebody(guild, 'mina', ADMINISTRATOR, 'ja');
  expect(said(await use(mina, guild, 'announce'))).toContain('お知らせ用のチャンネルがまだありません');
  expect(said(await use(mina, guild, 'setup')).match(/作成しました/g)).toHaveLength(6);
  const names = guild.channels.map(({ name }) => name);
  expect(said(await use(mina, guild, 'setup')).match(/すでにありました/g)).toHaveLength(6);
  expect(guild.channels.map(({ name }) => name)).toEqual(names);
  expect(discord.messages(guild.channel('support'))).toHaveLength(1);
  expect(() => ada.say(guild.channel('announcements'), 'me too')).toThrow();

  const lacking = discord.createGuild({ name: 'Closed', botPermissions: 0x0000_0000_0008_4c00n });
  lacking.join(mina);
  lacking.giveRole(mina, lacking.createRole({ name: 'Admin', permissions: ADMINISTRATOR }));
  const refused = mina.slash('setup', {}, { guild: lacking });
  await refused.waitFor(undefined, WAIT);
  expect(said(refused)).toContain('「チャンネルの管理」の権限がありません');
  expect(lacking.channels).toHaveLength(1);

  // Moderators announce, once and with a preview, and open cases from messages; others do not.
  const bo = somebody(guild, 'bo', MANAGE_MESSAGES);
  expect(said(await use(bo, guild, 'announce'))).toBe('This is for the moderators of this server.');
  const role = guild.roles.find(({ name }) => name === 'Support Moderator');
  if (!role) throw new Error('no role for moderators');
  guild.giveRole(bo, role);

  const form = await use(bo, guild, 'announce');
  const preview = bo.submitModal(form, { title: 'Open sea', text: '**Sail** @everyone', link: 'no link' });
  await preview.waitFor(undefined, WAIT);
  expect(said(preview)).toContain('The link is not a web address and was left out.');
  expect(preview.response?.embeds[0]).toMatchObject({ title: 'Open sea', description: '**Sail** @everyone' });
  const shown = preview.response;
  if (!shown) throw new Error('no preview');
  const clicks = [bo.click(shown, 'flexcord:announce-publish'), bo.click(shown, 'flexcord:announce-publish')];
  for (const click of clicks) await click.waitFor(undefined, WAIT);
  const news = () => discord.messages(guild.channel('announcements'));
  await until(() => ((news()[0]?.flags ?? 0) & 1) === 1);
  expect(news()).toHaveLength(1);
  expect(news()[0]?.mention_everyone).toBe(false);

  const cry = ada.say(guild.channel('general'), 'My *lantern* is gone!');
  const opened = bo.contextMenu(cry, 'Open a case from this message');
  await opened.waitFor(undefined, WAIT);
  expect(said(opened)).toBe('Case **#1** is open for Ada.');
  const again = bo.contextMenu(cry, 'Open a case from this message');
  await again.waitFor(undefined, WAIT);
  expect(said(again)).toBe('This message is case **#1** already.');
  const seen = (await use(ada, guild, 'case view', { number: 1 })).response?.embeds[0];
  expect(seen?.title).toContain('My \\*lantern\\* is gone!');
  expect(seen?.description).toContain(cry.id);
});

test('what nobody should be able to do has a clear answer in their language, and nothing half-done', async () => {
  const { discord } = harness;
  const guild = discord.createGuild({ name: 'Lagoon' });
  const ada = somebody(guild, 'ada');
  await use(somebody(guild, 'mina', ADMINISTRATOR), guild, 'setup');
  const bo = somebody(guild, 'bo', 0n, 'ja');

  expect(said(await use(ada, guild, 'bug', { description: ' \n ' }))).toContain('There was nothing in it.');
  const form = await use(ada, guild, 'bug');
  const sent = ada.submitModal(form, {
    title: '@everyone **hi** <@1> https://x.example',
    text: 'a_b https://x.example/a_b',
  });
  await sent.waitFor(undefined, WAIT);
  const card = await until(() => discord.messages(guild.channel('bug-report')).at(-1));
  expect(card.mention_everyone).toBe(false);
  const number = Number(/#(\d+)/.exec(card.embeds[0]?.title ?? '')?.[1]);
  expect(card.embeds[0]?.title).toBe(`🐞 #${number} · \\*\\*hi\\*\\* https:\\//x.example`);
  expect(card.embeds[0]?.description).toBe('a\\_b https://x.example/a_b');

  expect(said(await use(bo, guild, 'case view', { number }))).toContain(`#${number} はありません`);
  expect(said(await use(bo, guild, 'case comment', { number, text: 'mine' }))).toContain(
    `#${number} はありません`,
  );
  expect(said(await use(bo, guild, 'case close', { number }))).toContain(`#${number} はありません`);
  expect(said(await use(bo, guild, 'case list'))).toContain('まだありません');
  expect(said(await use(ada, guild, 'case comment', { number, text: 'Still.' }))).toBe(
    `Your comment is with case #${number}.`,
  );
  expect(said(await use(ada, guild, 'case close', { number }))).toContain('is closed');
  expect(said(await use(ada, guild, 'case close', { number }))).toBe(
    `Case #${number} is closed already; there is nothing to close.`,
  );
  await until(
    () => discord.messages(guild.channel('bug-report'))[0]?.embeds[0]?.fields?.[0]?.value === 'closed',
  );

  for (let n = 0; n < 9; n += 1) await use(ada, guild, 'new_feature', { description: `Idea ${n}` });
  const list = await use(ada, guild, 'case list');
  expect(list.response?.embeds[0]?.description?.split('\n')).toHaveLength(8);
  if (!list.response) throw new Error('no list');
  const older = ada.click(list.response, 'flexcord:case-page:older:1');
  await older.waitFor(undefined, WAIT);
  expect(older.response?.embeds[0]?.description?.split('\n')).toHaveLength(2);

  // Who cannot be written to is not told, and the team reads that.
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
  for (let tries = 0; tries < 200 && !(await noted()); tries += 1) await Bun.sleep(25);
  expect(await noted()).toBe(true);
  ada.openDms();

  // A hundred and fifty clicks on a vote are a vote each and a handful of edits.
  const idea = await until(() => discord.messages(guild.channel('feature-request'))[0]);
  const crowd = Array.from({ length: 30 }, (_, n) => somebody(guild, `voter${n}`));
  const vote =
    idea.components?.[0] && 'components' in idea.components[0] ? idea.components[0].components[0] : null;
  const voteId = vote && 'custom_id' in vote ? String(vote.custom_id) : '';
  const views = Array.from({ length: 5 }, () => crowd.map((each) => each.click(idea, voteId))).flat();
  const votes = () => discord.messages(guild.channel('feature-request'))[0]?.embeds[0]?.fields?.[1]?.value;
  await until(() => votes() === '30', { timeoutMs: 30_000, what: 'thirty votes' });
  for (const view of views) await view.waitFor(undefined, WAIT);
  const edits = discord.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(idea.id));
  expect(edits.length).toBeLessThanOrEqual(10);
}, 60_000);

test('the story of a server: set-up, bug, idea, news', async () => {
  await community(harness, feed, () => {});
  expect(feed.served.unchanged).toBeGreaterThan(0);
});
