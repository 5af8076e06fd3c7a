import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import type { Agent } from '../src/twilio/agent/agent.ts';
import { waitUntil } from '../src/wait-until.ts';
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

  describe('and what moderators do there', () => {
    let thread: string;
    beforeAll(async () => {
      ada.closeDms();
      const sent = nextBotMessage('for the moderators');
      kim.send(conversation, 'for the moderators');
      thread = (await sent).channel_id;
    });
    afterAll(() => ada.openDms());

    /** What Kim writes, as Ada sees it in the thread. */
    async function write(text: string) {
      const sent = nextBotMessage(text);
      kim.send(conversation, text);
      const message = await sent;
      // Until it is settled, the bridge itself may be at work on it.
      ada.react(message, '👀');
      await waitForText(`[Ada reacted 👀 to “${text}”]`);
      return message;
    }

    test('words that are purged, of the member and of the agent, are told to the agent', async () => {
      const own = [ada.say(thread, 'first secret'), ada.say(thread, 'second secret')];
      await waitForText('second secret');
      const agents = [await write('a rule'), await write('another rule')];
      guild.moderate.purge(thread, [...own, ...agents]);
      await waitForText('[Ada deleted this message]\nfirst secret');
      await waitForText('[Ada deleted this message]\nsecond secret');
      await waitForText('[A moderator removed “a rule” from the thread]');
      await waitForText('[A moderator removed “another rule” from the thread]');
      const single = await write('a third rule');
      guild.moderate.remove(thread, single);
      await waitForText('[A moderator removed “a third rule” from the thread]');
    });

    test('words that are purged while nobody listens are told, too', async () => {
      const own = ada.say(thread, 'a forgotten secret');
      await waitForText('a forgotten secret');
      const agents = await write('a forgotten rule');
      await harness.bridge.stop();
      guild.moderate.purge(thread, [own, agents]);
      await harness.bridge.start();
      await waitForText('[Ada deleted this message]\na forgotten secret');
      await waitForText('[A moderator removed “a forgotten rule” from the thread]');
    });

    test('what the agent takes back is not said to be a moderator’s doing', async () => {
      const parts = (words: string) =>
        harness.discord.messages(thread).filter(({ content }) => content.includes(words)).length;
      const slip = kim.send(conversation, 'a slip of mine');
      const long = kim.send(conversation, 'a long rule. '.repeat(200));
      await waitUntil(() => parts('a slip of mine') === 1 && parts('a long rule.') === 2);
      kim.remove(slip);
      await waitUntil(() => parts('a slip of mine') === 0);
      // The gateway tells of it before the request is known to have worked.
      harness.faults.add({
        on: 'api',
        method: 'DELETE',
        match: /channels\/\d+\/messages/,
        times: 1,
        effect: { kind: 'reset-after' },
      });
      kim.edit(long, 'a short rule');
      await waitUntil(() => parts('a long rule.') === 0);
      await write('after the slip');
      expect(
        kim.transcript(conversation).filter(({ body }) => /removed “.*(?:slip|long|short)/.test(body ?? '')),
      ).toEqual([]);
    });

    test('reactions that are cleared are told, all and one by one', async () => {
      const message = await write('do you agree?');
      ada.react(message, '👍');
      await waitForText('[Ada reacted 👍 to “do you agree?”]');
      guild.moderate.clearReactions(thread, message, '👍');
      await waitForText('[Ada took back 👍 from “do you agree?”]');
      guild.moderate.clearReactions(thread, message);
      await waitForText('[Ada took back 👀 from “do you agree?”]');
    });

    test('a thread that is locked, unlocked, archived, or left against the member’s will', async () => {
      guild.moderate.changeThread(thread, { locked: true });
      await waitForText('[A moderator locked the thread with Ada');
      expect(() => ada.say(thread, 'hello?')).toThrow('locked');
      guild.moderate.changeThread(thread, { locked: false });
      await waitForText('[The thread with Ada is not locked any longer]');
      guild.moderate.changeThread(thread, { archived: true });
      await waitForText('[The thread with Ada was archived; the next message opens it again]');
      await write('it opens again');
      const bo = harness.discord.createUser({ username: 'mod' });
      guild.join(bo);
      guild.moderate.takeOut(bo, thread, ada);
      await waitForText('[A moderator took Ada out of the thread');
    });

    test('a thread that is deleted while nobody listens is found to be gone, and the next message opens another', async () => {
      await harness.bridge.stop();
      guild.moderate.removeChannel(thread);
      await harness.bridge.start();
      const told = (times: number) =>
        harness.twilio.waitFor(
          () =>
            kim
              .transcript(conversation)
              .filter(
                ({ body }) => body === '[The thread with Ada was deleted; the next message opens another]',
              ).length === times,
        );
      const openAnother = async (text: string) => {
        const sent = nextBotMessage(text);
        kim.send(conversation, text);
        return (await sent).channel_id;
      };
      await told(1);
      const second = await openAnother('here again');
      expect(second).not.toBe(thread);
      guild.moderate.removeChannel(second);
      await told(2);
      expect(await openAnother('and again')).not.toBe(second);
      guild.moderate.removeChannel(guild.channel('support'));
      await told(3);
    });

    test('a ban is told at once', async () => {
      guild.moderate.ban(ada);
      await waitForText('[Ada was banned from the server Lantern Isles and may not be reached any more]');
    });
  });
});
