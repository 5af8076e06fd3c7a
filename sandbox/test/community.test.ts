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
