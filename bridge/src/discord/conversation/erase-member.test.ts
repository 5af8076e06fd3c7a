import { afterAll, beforeAll, expect, test } from 'bun:test';
import { ChannelType, type REST, Routes } from 'discord.js';
import { bridgeSettings, startDiscord, startTwilio } from '../../../testing/sandbox.ts';
import { storeKinds } from '../../../testing/stores.ts';
import { loadConfig } from '../../config/config.ts';
import { upsertMember } from '../../members/members.ts';
import { eraseMember } from '../../privacy/erasure.ts';
import { en } from '../../texts/en/index.ts';
import { createErasers } from '../../wiring/erasers.ts';
import { createRest } from '../gateway/gateway.ts';

let discord: Awaited<ReturnType<typeof startDiscord>>;
let twilio: Awaited<ReturnType<typeof startTwilio>>;
let rest: REST;
beforeAll(async () => {
  [discord, twilio] = await Promise.all([startDiscord(), startTwilio()]);
  rest = createRest({ apiUrl: discord.apiBase, token: discord.botToken, threads: true });
});
afterAll(async () => {
  await discord?.stop();
  await twilio?.stop();
});

test.each([
  { archived: false, locked: false },
  { archived: true, locked: false },
  { archived: true, locked: true },
])(
  'what the bot wrote in a private thread is erased, the thread being %p, as which it is left',
  async (state) => {
    const place = await storeKinds[0].make();
    const store = await place.open();
    const guild = discord.createGuild({ name: 'Harbour', channels: [{ name: 'support' }] });
    const ada = discord.createUser({ username: 'ada' });
    guild.join(ada);
    const { id: thread } = (await rest.post(Routes.threads(guild.channel('support')), {
      body: { name: 'Ada', type: ChannelType.PrivateThread },
    })) as { id: string };
    await rest.put(Routes.threadMembers(thread, ada.id));
    for (const content of ['Kim joined the chat.', 'Your boat, Ada, is found.'])
      await rest.post(Routes.channelMessages(thread), { body: { content } });
    ada.say(thread, 'thank you');
    guild.moderate.changeThread(thread, state);
    await store.transact(async (tx) => {
      await upsertMember(tx, { id: ada.id, name: 'Ada', locale: null }, null);
      await tx.updateTable('members').set({ thread_id: thread }).where('id', '=', ada.id).execute();
    });

    const settings = { ...bridgeSettings({ discord, twilio }, 'http://127.0.0.1:1'), FLEX_ROUTING: 'bridge' };
    const { config } = loadConfig(settings);
    const erased = await eraseMember({ store, texts: en, ...createErasers(config, store) }, ada.id);
    expect(erased).toMatchObject({ is: 'done' });
    const left = discord.messages(thread).filter(({ content }) => content !== '');
    expect(left.map(({ content }) => content)).toEqual(['thank you']);
    expect(erased).toMatchObject({
      receipt: { remains: expect.arrayContaining([expect.objectContaining({ count: 1 })]) },
    });
    const { thread_metadata } = (await rest.get(Routes.channel(thread))) as { thread_metadata: object };
    expect(thread_metadata).toMatchObject(state);
    await store.close();
    await place.drop();
  },
);
