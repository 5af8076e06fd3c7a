import { afterEach, expect, test } from 'bun:test';
import { startFeedServer } from '../src/feed-server.ts';
import { until } from '../src/tour/until.ts';
import { closeScenes, openScene, type Scene } from './scene.ts';

afterEach(closeScenes);

/** An administrator of the scene's server. */
function administrator(scene: Scene, locale = 'en-US') {
  const mina = scene.discord.createUser({ username: 'mina', globalName: 'Mina', locale });
  scene.guild.join(mina);
  scene.guild.giveRole(mina, scene.guild.createRole({ name: 'Admin', permissions: 8n }));
  return mina;
}

async function setUp(scene: Scene) {
  const mina = administrator(scene);
  const view = mina.slash('setup', {}, { guild: scene.guild });
  await view.waitFor();
  return { mina, said: view.response?.content ?? '' };
}

test('/setup builds a server, says what it did, and changes nothing the second time', async () => {
  const scene = await openScene();
  const { mina, said } = await setUp(scene);
  expect(said).toContain('This server is set up.');
  expect(said.match(/: made/g)).toHaveLength(6);
  const names = scene.guild.channels.map(({ name }) => name);
  const again = mina.slash('setup', {}, { guild: scene.guild });
  await again.waitFor();
  expect(again.response?.content.match(/: was there/g)).toHaveLength(6);
  expect(scene.guild.channels.map(({ name }) => name)).toEqual(names);
  expect(() => scene.ada.say(scene.guild.channel('announcements'), 'me too')).toThrow();
});

test('a feed’s news is announced and crossposted once, its old items never', async () => {
  const feed = startFeedServer();
  feed.publish({ id: 'old', title: 'Long ago', summary: 'Nobody cares.' });
  const scene = await openScene({ env: { FEEDS: feed.url, FEED_INTERVAL_MS: '100' } });
  await setUp(scene);
  await until(() => feed.served.whole > 0);
  feed.publish({ id: 'v2', title: 'Version *2* for @everyone', summary: '<p>Better &amp; faster.</p>' });
  const news = scene.guild.channel('announcements');
  await until(() => scene.discord.messages(news).some(({ flags }) => (flags ?? 0) & 1), {
    timeoutMs: 10_000,
  });
  const [first, ...more] = scene.discord.messages(news);
  expect(more).toEqual([]);
  expect(first?.embeds[0]).toMatchObject({ description: 'Better & faster.', url: 'https://lantern.example/news/v2' });
  await feed.stop();
});

const latest = (scene: Scene, channel: string) => {
  const message = scene.discord.messages(scene.guild.channel(channel)).at(-1);
  if (!message) throw new Error(`nothing in #${channel}`);
  return message;
};

test('a bug with a screenshot: form, card, statuses, reopening', async () => {
  const scene = await openScene();
  await setUp(scene);
  const { ada } = scene;
  const form = ada.slash('bug', {}, { guild: scene.guild });
  await form.waitFor();
  const sent = ada.submitModal(form, {
    title: '@everyone **Lantern** <@1> goes out',
    text: 'It goes out at night.\nSee https://lantern.example/a_b_c',
    steps: '1. Wait',
    platform: ['linux'],
    screenshot: [{ name: 'night.png', data: 'png', contentType: 'image/png' }],
  });
  await sent.waitFor();
  expect(sent.response?.content).toContain('case **#1**');
  const card = await until(() => scene.discord.messages(scene.guild.channel('bug-report')).at(-1));
  expect(card.attachments).toHaveLength(1);
  expect(card.mention_everyone).toBe(false);
  expect(card.embeds[0]?.title).toBe('🐞 #1 · \\@everyone \\*\\*Lantern\\*\\* \\<\\@1\\> goes out');
  expect(card.embeds[0]?.description).toContain('https://lantern.example/a_b_c');

  const bo = scene.discord.createUser({ username: 'bo', globalName: 'Bo', locale: 'ja' });
  scene.guild.join(bo);
  const voted = bo.click(card, 'flexcord:vote:1');
  await voted.waitFor();
  expect(voted.response?.content).toContain('現在 1 票');
  await until(() => latest(scene, 'bug-report').embeds[0]?.fields?.[1]?.value === '1');
  const seen = bo.slash('case view', { number: 1 }, { guild: scene.guild });
  await seen.waitFor();
  expect(seen.response?.content).toContain('#1 はありません');
});
