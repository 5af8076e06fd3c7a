import { afterEach, expect, test } from 'bun:test';
import { ChannelType } from 'discord-api-types/v10';
import { type SetUp, setUp } from './testing.ts';

let it: SetUp;
afterEach(() => it.tearDown());

test('every route answers a minimal request as documented', async () => {
  it = await setUp({ limits: { rateWindowFactor: 0 }, privilegedIntents: 1 << 1 });
  const { ada, general } = it;
  const app = `/applications/${it.discord.applicationId}`;
  const home = `/guilds/${it.guild.id}`;
  const ok = async (method: string, path: string, status = 200, body?: unknown) => {
    const answer = await it.call(method, path, body);
    expect([method, path, answer.status, answer.body?.errors]).toEqual([method, path, status, undefined]);
    return answer.body;
  };
  await ok('GET', '/gateway');
  await ok('GET', '/gateway/bot');
  await ok('GET', '/users/@me');
  await ok('PATCH', '/users/@me', 200, { username: 'Helper' });
  await ok('GET', '/users/@me/guilds');
  await ok('GET', `/users/${ada.id}`);
  await ok('GET', '/applications/@me');
  await ok('GET', '/oauth2/applications/@me');

  const dm = await ok('POST', '/users/@me/channels', 200, { recipient_id: ada.id });
  await ok('GET', `/channels/${dm.id}`);
  await ok('POST', `/channels/${dm.id}/typing`, 204);

  const local = await ok('POST', `${app}${home}/commands`, 201, { name: 'setup', description: 'Set up' });
  await ok('GET', `${app}${home}/commands`);
  await ok('GET', `${app}${home}/commands/${local.id}`);
  await ok('PUT', `${app}/commands`, 200, [{ name: 'Open a case', type: 3 }]);
  await ok('GET', `${app}/commands?with_localizations=true`);

  const say = `/channels/${general}/messages`;
  const first = await ok('POST', say, 200, {
    content: 'hello',
    embeds: [{ title: 't', fields: [{ name: 'n', value: 'v' }] }],
  });
  const at = `${say}/${first.id}`;
  await ok('GET', `${say}?limit=10`);
  await ok('PATCH', at, 200, { content: 'changed', embeds: [] });
  await ok('POST', say, 200, { content: 're', message_reference: { message_id: first.id } });
  await ok('POST', say, 200, { message_reference: { type: 1, channel_id: general, message_id: first.id } });
  await ok('POST', say, 200, {
    poll: { question: { text: 'Tea?' }, answers: [{ poll_media: { text: 'Yes' } }], duration: 1 },
  });
  await ok('POST', say, 200, {
    flags: 1 << 15,
    components: [
      {
        type: 17,
        components: [
          { type: 10, content: 'Hello' },
          { type: 14 },
          {
            type: 9,
            components: [{ type: 10, content: 'Side' }],
            accessory: { type: 11, media: { url: 'https://example.com/a.png' } },
          },
          { type: 12, items: [{ media: { url: 'https://example.com/b.png' } }] },
          { type: 1, components: [{ type: 5, custom_id: 'who' }] },
        ],
      },
    ],
  });
  await ok('PUT', `${at}/reactions/${encodeURIComponent('👍')}/@me`, 204);
  await ok('GET', `${at}/reactions/${encodeURIComponent('👍')}`);
  await ok('GET', at);
  await ok('DELETE', `${at}/reactions/${encodeURIComponent('👍')}/@me`, 204);
  await ok('DELETE', `${at}/reactions`, 204);
  await ok('PUT', `${say}/pins/${first.id}`, 204);
  await ok('GET', `${say}/pins`);
  await ok('GET', `/channels/${general}/pins`);
  await ok('DELETE', `/channels/${general}/pins/${first.id}`, 204);

  const thread = await ok('POST', `${at}/threads`, 201, { name: 'About' });
  const hidden = await ok('POST', `/channels/${general}/threads`, 201, { name: 'Private', type: 12 });
  await ok('PUT', `/channels/${hidden.id}/thread-members/${ada.id}`, 204);
  await ok('GET', `/channels/${hidden.id}/thread-members`);
  await ok('GET', `/channels/${hidden.id}/thread-members/${ada.id}?with_member=true`);
  await ok('DELETE', `/channels/${hidden.id}/thread-members/${ada.id}`, 204);
  await ok('GET', `/channels/${hidden.id}/messages`);
  await ok('GET', `/channels/${thread.id}/messages`);
  await ok('GET', `${home}/threads/active`);
  await ok('PATCH', `/channels/${thread.id}`, 200, { archived: true });
  await ok('GET', `/channels/${general}/threads/archived/public`);
  await ok('GET', `${say}?around=${first.id}`);

  await ok('GET', home);
  await ok('GET', `${home}/channels`);
  const category = await ok('POST', `${home}/channels`, 201, {
    name: 'Help',
    type: ChannelType.GuildCategory,
  });
  const room = await ok('POST', `${home}/channels`, 201, { name: 'desk', parent_id: category.id });
  await ok('PATCH', `/channels/${room.id}`, 200, { topic: 'Ask here', rate_limit_per_user: 5 });
  await ok('PUT', `/channels/${room.id}/permissions/${ada.id}`, 204, { type: 1, deny: '2048' });
  await ok('DELETE', `/channels/${room.id}/permissions/${ada.id}`, 204);
  await ok('DELETE', `/channels/${room.id}`);

  const role = await ok('POST', `${home}/roles`, 200, { name: 'Crew', color: 255 });
  await ok('GET', `${home}/roles`);
  await ok('PATCH', `${home}/roles/${role.id}`, 200, { name: 'Deck crew' });
  await ok('PATCH', `${home}/roles`, 200, [{ id: role.id, position: 1 }]);
  await ok('PUT', `${home}/members/${ada.id}/roles/${role.id}`, 204);
  await ok('GET', `${home}/members/${ada.id}`);
  await ok('GET', `${home}/members?limit=10`);
  await ok('PATCH', `${home}/members/@me`, 200, { nick: 'Helper' });
  await ok('PATCH', `${home}/members/${ada.id}`, 200, { roles: [] });
  await ok('DELETE', `${home}/members/${ada.id}/roles/${role.id}`, 204);
  await ok('DELETE', `${home}/roles/${role.id}`, 204);
  await ok('DELETE', at, 204);
});

test('an embed shows an uploaded picture under a working URL', async () => {
  it = await setUp();
  const form = new FormData();
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAFElEQVR4nGP8z8Dwn4GBgYGJAQoAHgQCAbH3aHEAAAAASUVORK5CYII=',
    'base64',
  );
  form.set('payload_json', JSON.stringify({ embeds: [{ image: { url: 'attachment://mast.png' } }] }));
  form.set('files[0]', new File([png], 'mast.png', { type: 'image/png' }));
  const response = await fetch(`${it.discord.apiBase}/v10/channels/${it.general}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${it.discord.botToken}` },
    body: form,
  });
  const { embeds } = (await response.json()) as { embeds: { image: { url: string; width: number } }[] };
  expect(embeds[0]?.image.width).toBe(3);
  const picture = await fetch(embeds[0]?.image.url ?? '');
  expect(picture.headers.get('content-type')).toBe('image/png');
});
