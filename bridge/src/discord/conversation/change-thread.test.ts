import { expect, test } from 'bun:test';
import { ChannelType } from 'discord.js';
import { startDiscord } from '../../../testing/sandbox.ts';
import { storeKinds } from '../../../testing/stores.ts';
import type { Attempt } from '../../relay/entries.ts';
import type { EntryKey } from '../../relay/keys.ts';
import { publicChannels } from '../../threads/channels.ts';
import { changeOnDiscord } from '../../threads/requests.ts';
import { createRest } from '../gateway/gateway.ts';
import { createThreadChange } from './change-thread.ts';

test('a post is tagged, archived and locked; the last tag that it must have stays, and archived it stays archived', async () => {
  const place = await storeKinds[0].make();
  const store = await place.open();
  const discord = await startDiscord();
  try {
    const forum = { tags: [{ name: 'ios' }, { name: 'solved' }], requiresTag: true };
    const guild = discord.createGuild({
      name: 'Isles',
      channels: [{ name: 'help', type: ChannelType.GuildForum, forum }],
    });
    const ada = discord.createUser({ username: 'ada', globalName: 'Ada' });
    guild.join(ada);
    const id = guild.channel('help');
    const post = ada.post(id, { title: 'Help', content: 'please', tags: ['ios'] });
    const rest = createRest({ apiUrl: `${discord.url}/api`, token: discord.botToken, threads: true });
    const channels = publicChannels(store);
    await store.transact((tx) => channels.serve(tx, { id, rule: 'answer', setBy: 'server', at: 0 }));
    const found = (await rest.get(`/channels/${id}`)) as { available_tags: { id: string; name: string }[] };
    const tags = found.available_tags.map(({ id: tag, name }) => ({ id: tag, name, moderated: false }));
    const facts = { guildId: guild.id, name: 'help', isForum: true, requiresTag: true };
    await channels.noteFacts(id, { ...facts, tags });
    const [ios = '', solved = ''] = tags.map((tag) => tag.id);
    const { handler } = createThreadChange({ store, rest });
    const change = async (wanted: Omit<Parameters<typeof changeOnDiscord>[0], 'threadId'>) => {
      const entry = changeOnDiscord({ threadId: post, ...wanted }, 'test' as EntryKey);
      await handler.run?.(entry.payload, {} as Attempt);
      return guild.threadState(post);
    };
    expect(await change({ addTags: [solved], archived: true })).toEqual({
      ...{ tags: ['ios', 'solved'], archived: true, locked: false },
    });
    // Without a tag Discord would refuse it.
    expect(await change({ removeTags: [ios, solved] })).toMatchObject({ tags: ['solved'], archived: true });
    const before = discord.requests.length;
    await change({ addTags: [solved], archived: true });
    expect(discord.requests.slice(before).map(({ method }) => method)).toEqual(['GET']);
    expect(await change({ archived: false, locked: true })).toEqual({
      ...{ tags: ['solved'], archived: false, locked: true },
    });
  } finally {
    await discord.stop();
    await place.drop();
  }
});
