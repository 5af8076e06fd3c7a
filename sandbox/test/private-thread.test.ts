import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import type { Agent } from '../src/twilio/agent/agent.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

describe('a member whose direct messages are closed', () => {
  let harness: Harness;
  let guild: DiscordGuild;
  let ada: DiscordUser;
  let kim: Agent;
  let conversation: string;

  beforeAll(async () => {
    harness = await startHarness({
      routing: 'bridge',
      grantedIntents: GatewayIntentBits.MessageContent,
      prepare(discord) {
        guild = discord.createGuild({ name: 'Lantern Isles', channels: [{ name: 'support' }] });
        return { DISCORD_SUPPORT_CHANNEL_ID: guild.channel('support') };
      },
    });
    ({ ada, kim } = harness);
    guild.join(ada);
    conversation = (await harness.startChatWithAgent()).conversationSid;
  });
  afterAll(closeHarnesses);

  const nextBotMessage = (text: string) =>
    harness.discord.waitForMessage(
      ({ message: { author, content } }) =>
        author.id === harness.discord.applicationId && content.includes(text),
    );
  const waitForText = (text: string) =>
    harness.twilio.waitFor(() => kim.transcript(conversation).find(({ body }) => body?.includes(text)));

  test('the chat continues in a private thread with edits, files and reactions, and returns when they open', async () => {
    ada.closeDms();
    const first = nextBotMessage('can you hear me?');
    kim.send(conversation, 'can you hear me?');
    const message = await first;
    const [thread] = ada.threads();
    expect(message.channel_id).toBe(thread?.id ?? '');
    expect(thread?.parentId).toBe(guild.channel('support'));

    const second = nextBotMessage('and now?');
    kim.send(conversation, 'and now?');
    expect((await second).channel_id).toBe(thread?.id ?? '');
    expect(ada.threads()).toHaveLength(1);

    const attachments = [{ name: 'here.png', contentType: 'image/png', data: new Uint8Array([1, 2]) }];
    const answer = ada.say(thread?.id ?? '', 'yes, here', { attachments, replyTo: message });
    await waitForText('> Kim: can you hear me?\nyes, here');
    await harness.twilio.waitFor(() =>
      kim.transcript(conversation).some(({ media }) => media[0]?.filename === 'here.png'),
    );
    ada.edit(answer, 'yes, there');
    await waitForText('yes, there\n[Edited. Before: yes, here]');
    ada.react(message, '👂');
    await waitForText('[Ada reacted 👂 to “can you hear me?”]');

    const bo = harness.discord.createUser({ username: 'bo', globalName: 'Bo' });
    guild.join(bo);
    const moderator = guild.createRole({ name: 'moderator', permissions: PermissionFlagsBits.ManageThreads });
    guild.giveRole(bo, moderator);
    bo.say(thread?.id ?? '', 'a moderator looks in');
    bo.say(guild.channel('support'), 'not for the bridge');
    ada.say(thread?.id ?? '', 'after the moderator');
    await waitForText('after the moderator');
    expect(harness.twilio.conversations()).toHaveLength(1);
    expect(kim.transcript(conversation).some(({ body }) => body?.includes('moderator looks in'))).toBe(false);

    ada.openDms();
    ada.dm('open again');
    await waitForText('open again');
    const third = nextBotMessage('good to see you');
    kim.send(conversation, 'good to see you');
    expect((await third).channel_id).not.toBe(thread?.id ?? '');
  });

  test('/helpme links to the thread', async () => {
    const cleo = harness.discord.createUser({ username: 'cleo', globalName: 'Cleo', locale: 'ja' });
    guild.join(cleo);
    cleo.closeDms();
    const view = cleo.slash('helpme', {}, { guild });
    await view.waitFor(() => cleo.threads().some(({ id }) => view.response?.content.includes(`<#${id}>`)));
    expect(cleo.read(cleo.threads()[0]?.id ?? '').at(-1)?.content).toContain('Cleoさん、こんにちは');
  });

  test('messages, edits and reactions in the thread while the bridge is down are delivered after its start', async () => {
    ada.closeDms();
    const sent = nextBotMessage('closed once more');
    kim.send(conversation, 'closed once more');
    const question = await sent;
    const { channel_id } = question;
    expect(ada.threads().map(({ id }) => id)).toEqual([channel_id]);
    const slip = ada.say(channel_id, 'a slip');
    await waitForText('a slip');
    await harness.bridge.stop();
    ada.say(channel_id, 'while you were away');
    ada.edit(slip, 'no slip');
    ada.react(question, '👀');
    await harness.bridge.start();
    await waitForText('while you were away');
    await waitForText('no slip\n[Edited. Before: a slip]');
    await waitForText('[Ada reacted 👀 to “closed once more”]');
    ada.openDms();
  });
});
