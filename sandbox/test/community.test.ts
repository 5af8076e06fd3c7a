import { afterEach, expect, test } from 'bun:test';
import { startFeedServer } from '../src/feed-server.ts';
import { community } from '../src/tour/community.ts';
import { until } from '../src/tour/until.ts';
import { closeScenes, openScene, type Scene } from './scene.ts';

afterEach(closeScenes);

const PATIENCE = { timeoutMs: 20_000 };
const ADMINISTRATOR = 8n;
const MANAGE_MESSAGES = 1n << 13n;

/** Somebody in the scene's server, with a role that gives these permissions. */
function somebody(scene: Scene, username: string, permissions = 0n, locale = 'en-US') {
  const user = scene.discord.createUser({ username, globalName: username, locale });
  scene.guild.join(user);
  if (permissions) scene.guild.giveRole(user, scene.guild.createRole({ name: username, permissions }));
  return user;
}
type Person = ReturnType<typeof somebody>;

/** Uses a command and reads the answer. */
async function use(who: Person, scene: Scene, ...[path, options = {}]: Parameters<Person['slash']>) {
  const view = who.slash(path, options, { guild: scene.guild });
  await view.waitFor(undefined, PATIENCE);
  return view;
}

const said = (view: Awaited<ReturnType<typeof use>>) => view.response?.content ?? '';

test('the story of a server: set-up, bug, idea, news', async () => {
  const feed = startFeedServer();
  feed.publish({ id: 'old', title: 'Long ago', summary: 'Nobody should hear of this.' });
  const scene = await openScene({ routing: 'bridge', env: { FEEDS: feed.url, FEED_INTERVAL_MS: '100' } });
  scene.kim.setAvailable(false);
  await community(scene, feed, () => {});
  expect(feed.served.unchanged).toBeGreaterThan(0);
  await feed.stop();
});

test('/setup builds, repairs and names the permission that it lacks; what moderators do, others do not', async () => {
  const scene = await openScene();
  const { guild, discord, ada } = scene;
  const mina = somebody(scene, 'mina', ADMINISTRATOR, 'ja');
  expect(said(await use(mina, scene, 'announce'))).toContain('お知らせ用のチャンネルがまだありません');
  expect(said(await use(mina, scene, 'setup')).match(/作成しました/g)).toHaveLength(6);
  const names = guild.channels.map(({ name }) => name);
  expect(said(await use(mina, scene, 'setup')).match(/すでにありました/g)).toHaveLength(6);
  expect(guild.channels.map(({ name }) => name)).toEqual(names);
  expect(discord.messages(guild.channel('support'))).toHaveLength(1);
  expect(() => scene.ada.say(guild.channel('announcements'), 'me too')).toThrow();

  const lacking = discord.createGuild({ name: 'Closed', botPermissions: 0x0000_0000_0008_4c00n });
  lacking.join(mina);
  lacking.giveRole(mina, lacking.createRole({ name: 'Admin', permissions: ADMINISTRATOR }));
  const refused = mina.slash('setup', {}, { guild: lacking });
  await refused.waitFor(undefined, PATIENCE);
  expect(said(refused)).toContain('「チャンネルの管理」の権限がありません');
  expect(lacking.channels).toHaveLength(1);

  // Moderators announce, once and with a preview, and open cases from messages; others do not.
  const bo = somebody(scene, 'bo', MANAGE_MESSAGES);
  expect(said(await use(bo, scene, 'announce'))).toBe('This is for the moderators of this server.');
  const role = guild.roles.find(({ name }) => name === 'Support Moderator');
  if (!role) throw new Error('no role for moderators');
  guild.giveRole(bo, role);

  const form = await use(bo, scene, 'announce');
  const preview = bo.submitModal(form, { title: 'Open sea', text: '**Sail** @everyone', link: 'no link' });
  await preview.waitFor(undefined, PATIENCE);
  expect(said(preview)).toContain('The link is not a web address and was left out.');
  expect(preview.response?.embeds[0]).toMatchObject({ title: 'Open sea', description: '**Sail** @everyone' });
  const shown = preview.response;
  if (!shown) throw new Error('no preview');
  const clicks = [bo.click(shown, 'flexcord:announce-publish'), bo.click(shown, 'flexcord:announce-publish')];
  for (const click of clicks) await click.waitFor(undefined, PATIENCE);
  const news = () => discord.messages(guild.channel('announcements'));
  await until(() => ((news()[0]?.flags ?? 0) & 1) === 1);
  expect(news()).toHaveLength(1);
  expect(news()[0]?.mention_everyone).toBe(false);

  const cry = ada.say(guild.channel('general'), 'My *lantern* is gone!');
  const opened = bo.contextMenu(cry, 'Open a case from this message');
  await opened.waitFor(undefined, PATIENCE);
  expect(said(opened)).toBe('Case **#1** is open for Ada.');
  const again = bo.contextMenu(cry, 'Open a case from this message');
  await again.waitFor(undefined, PATIENCE);
  expect(said(again)).toBe('This message is case **#1** already.');
  const seen = (await use(ada, scene, 'case view', { number: 1 })).response?.embeds[0];
  expect(seen?.title).toContain('My \\*lantern\\* is gone!');
  expect(seen?.description).toContain(cry.id);
});

test('what nobody should be able to do has a clear answer in their language, and nothing half-done', async () => {
  const scene = await openScene();
  const { guild, discord, ada } = scene;
  await use(somebody(scene, 'mina', ADMINISTRATOR), scene, 'setup');
  const bo = somebody(scene, 'bo', 0n, 'ja');

  expect(said(await use(ada, scene, 'bug', { description: ' \n ' }))).toContain('There was nothing in it.');
  const form = await use(ada, scene, 'bug');
  const sent = ada.submitModal(form, {
    title: '@everyone **hi** <@1> https://x.example',
    text: 'a_b https://x.example/a_b',
  });
  await sent.waitFor(undefined, PATIENCE);
  const card = await until(() => discord.messages(guild.channel('bug-report')).at(-1));
  expect(card.mention_everyone).toBe(false);
  expect(card.embeds[0]?.title).toBe('🐞 #1 · \\*\\*hi\\*\\* https:\\//x.example');
  expect(card.embeds[0]?.description).toBe('a\\_b https://x.example/a_b');

  expect(said(await use(bo, scene, 'case view', { number: 1 }))).toContain('#1 はありません');
  expect(said(await use(bo, scene, 'case comment', { number: 1, text: 'mine' }))).toContain(
    '#1 はありません',
  );
  expect(said(await use(bo, scene, 'case close', { number: 1 }))).toContain('#1 はありません');
  expect(said(await use(bo, scene, 'case list'))).toContain('まだありません');
  expect(said(await use(ada, scene, 'case comment', { number: 1, text: 'Still.' }))).toBe(
    'Your comment is with case #1.',
  );
  expect(said(await use(ada, scene, 'case close', { number: 1 }))).toContain('is closed');
  expect(said(await use(ada, scene, 'case close', { number: 1 }))).toBe(
    'Case #1 is closed already; there is nothing to close.',
  );
  await until(
    () => discord.messages(guild.channel('bug-report'))[0]?.embeds[0]?.fields?.[0]?.value === 'closed',
  );

  for (let n = 0; n < 9; n += 1) await use(ada, scene, 'new_feature', { description: `Idea ${n}` });
  const list = await use(ada, scene, 'case list');
  expect(list.response?.embeds[0]?.description?.split('\n')).toHaveLength(8);
  if (!list.response) throw new Error('no list');
  const older = ada.click(list.response, 'flexcord:case-page:older:1');
  await older.waitFor(undefined, PATIENCE);
  expect(older.response?.embeds[0]?.description?.split('\n')).toHaveLength(2);

  // Who cannot be written to is not told, and the team reads that.
  ada.closeDms();
  const panel = async (path: string, body?: unknown) => {
    const response = await fetch(`${scene.bridge.url}/panel/cases/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return (await response.json()) as { timeline: { text: string }[] };
  };
  const token = scene.twilio.issueToken(scene.kim);
  await panel('2/transitions', { to: 'elevated', version: 1 });
  const noted = async () => (await panel('2')).timeline.some(({ text }) => text.includes('direct messages'));
  for (let tries = 0; tries < 200 && !(await noted()); tries += 1) await Bun.sleep(25);
  expect(await noted()).toBe(true);
  ada.openDms();

  // A hundred and fifty clicks on a vote are a vote each and a handful of edits.
  const idea = await until(() => discord.messages(guild.channel('feature-request'))[0]);
  const crowd = Array.from({ length: 30 }, (_, n) => somebody(scene, `voter${n}`));
  const vote =
    idea.components?.[0] && 'components' in idea.components[0] ? idea.components[0].components[0] : null;
  const voteId = vote && 'custom_id' in vote ? String(vote.custom_id) : '';
  const views = Array.from({ length: 5 }, () => crowd.map((each) => each.click(idea, voteId))).flat();
  const votes = () => discord.messages(guild.channel('feature-request'))[0]?.embeds[0]?.fields?.[1]?.value;
  await until(() => votes() === '30', { timeoutMs: 30_000, what: 'thirty votes' });
  for (const view of views) await view.waitFor(undefined, PATIENCE);
  const edits = discord.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(idea.id));
  expect(edits.length).toBeLessThanOrEqual(10);
}, 60_000);
