import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type APIMessage, ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness, textOf } from './harness.ts';

let harness: Harness;
let guild: DiscordGuild;
let forum: string;

beforeAll(async () => {
  harness = await startHarness({
    routing: 'bridge',
    grantedIntents: GatewayIntentBits.MessageContent,
    prepare(discord) {
      const tags = [{ name: 'mobile' }, { name: '✅ Solved' }];
      guild = discord.createGuild({
        name: 'Lantern Isles',
        channels: [
          { name: 'general' },
          { name: 'questions', type: ChannelType.GuildForum, forum: { tags, requiresTag: true } },
          { name: 'team' },
        ],
      });
      forum = guild.channel('questions');
      return {
        DISCORD_PUBLIC_CHANNELS: `${forum}=answer-and-escalate`,
        KNOWLEDGE_SAMPLE: 'true',
        PUBLIC_MODERATORS_CHANNEL_ID: guild.channel('team'),
        PUBLIC_SECRETS: 'remove',
      };
    },
  });
});
afterAll(closeHarnesses);

function member(name: string, permissions = 0n): DiscordUser {
  const user = harness.newMember(name);
  guild.join(user);
  if (permissions) guild.giveRole(user, guild.createRole({ name, permissions }));
  return user;
}

const ofBot = ({ author }: APIMessage) => author.id === harness.discord.applicationId;
/** The bot's message in a thread that has these words. */
const said = (thread: string, words: string | RegExp) =>
  waitUntil(() =>
    harness.discord
      .messages(thread)
      .filter(ofBot)
      .find((message) =>
        typeof words === 'string' ? textOf(message).includes(words) : words.test(textOf(message)),
      ),
  );

async function press(who: DiscordUser, message: APIMessage, customId: string) {
  const view = who.click(message, customId);
  await view.waitFor();
  return view;
}

test('a post is answered with an article, brought to the team, solved by a member and helps the next', async () => {
  const [ada, bo, mod] = [member('Ada'), member('Bo'), member('Mo', PermissionFlagsBits.ManageThreads)];
  const post = ada.post(forum, {
    title: 'Password',
    content: 'I forgot my password, how can I reset it?',
    tags: ['mobile'],
  });
  const answer = await said(post, 'This may answer your question');
  expect(answer.embeds[0]?.footer?.text).toContain('From the help articles · automatic answer');
  expect(textOf(answer)).toMatch(/password/i);
  expect(harness.twilio.conversations()).toHaveLength(0);

  expect((await press(bo, answer, 'flexcord:post-not-yet')).response?.content).toBe(
    'Only who asked, and moderators, decide on this.',
  );
  await press(ada, answer, 'flexcord:post-not-yet');
  const more = await said(post, /Then perhaps this one|I have nothing that fits better/);
  await press(ada, more, 'flexcord:post-team');
  await said(post, 'The team was asked');

  const helpful = bo.say(post, 'Use the link “Other ways to sign in” below the form, then pick your mail.');
  const marked = mod.contextMenu(helpful, 'Mark as solution');
  await marked.waitFor();
  expect(marked.response?.content).toBe('Marked as the solution.');
  await said(post, 'This is solved. Thank you, **Bo**!');
  await waitUntil(() => guild.thread(post).tags.includes('✅ Solved'));

  const next = member('Cleo').post(forum, {
    title: 'Reset',
    content: 'I forgot my password, how can I reset it on the phone?',
    tags: ['mobile'],
  });
  expect(textOf(await said(next, 'Password'))).toContain(`/channels/${guild.id}/${post}`);

  // Thanks leave it solved; more words of its author open it again, without the tag.
  ada.say(post, 'thanks!');
  ada.say(post, 'Sorry, now the link says that my account is locked');
  await said(post, 'This is open again.');
  await waitUntil(() => !guild.thread(post).tags.includes('✅ Solved'));
});
