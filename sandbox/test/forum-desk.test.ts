import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type APIMessage, ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import { playForum } from '../src/tour/forum.ts';
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
  // The tour creates its own agents.
  harness.kim.setAvailable(false);
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

test.each(['en', 'ja'] as const)('the tour’s chapter of support in public, %s', (language) =>
  playForum(harness, language, () => {}),
);

test('what looks like a secret is taken away and told in private, and moderators are told without it', async () => {
  const [dan, eve] = [member('Dan'), member('Eve')];
  const post = eve.post(forum, {
    title: 'Which pizza do you like',
    content: 'I like mine with pineapple and corn',
    tags: ['mobile'],
  });
  const shared = dan.say(post, 'Write to me at dan.danson@post.org, I like it, too');
  await said(post, 'seemed to hold a mail address');
  expect(harness.discord.messages(post).some(({ id }) => id === shared.id)).toBe(false);
  const report = await said(guild.channel('team'), 'seemed to hold a mail address');
  const everything = [...harness.discord.messages(post).filter(ofBot), report].map(textOf).join('\n');
  expect(everything).not.toContain('danson');
  // Nothing fits what it asks, so nothing else was said.
  expect(harness.discord.messages(post).filter(ofBot)).toHaveLength(1);

  const privacy = eve.slash('privacy', {}, { guild });
  await privacy.waitFor();
  const off = eve.click(privacy.response?.id ?? '', 'flexcord:learning:off');
  await off.waitFor();
  expect(off.response?.content ?? privacy.response?.content).toContain('Nothing is learned');
});

test('who asked goes on in private, with what was asked and where, and a line in public says so', async () => {
  const fay = member('Fay');
  // Certain enough in private, and not in front of everybody.
  const doubtful = member('Gil').post(forum, {
    title: 'how can I download …',
    content: 'how can I download what you store about me',
    tags: ['mobile'],
  });
  const post = fay.post(forum, {
    title: 'Locked out',
    content: 'I forgot my password, how can I reset it?',
    tags: ['mobile'],
  });
  const answer = await said(post, 'This may answer your question');
  await press(fay, answer, 'flexcord:post-not-yet');
  const more = await said(post, /Then perhaps this one|I have nothing that fits better/);
  const view = await press(fay, more, 'flexcord:post-private');
  await said(post, 'This goes on in private');
  await waitUntil(() => view.response?.content.includes('We go on here, in private'));
  // There the virtual agent goes on with what was asked in public.
  await harness.waitForBotMessage(/Which of these do you mean|password/i, fay);
  expect(harness.discord.messages(doubtful).filter(ofBot)).toEqual([]);
});

test('a flood costs each member one answer at most, moderators one notice and Twilio nothing', async () => {
  const before = harness.twilio.conversations().length;
  const raiders = ['Rae', 'Rex', 'Ron'].map((name) => member(name));
  const posts = Array.from({ length: 27 }, (_, at) =>
    raiders[at % 3]?.post(forum, {
      title: `Reset ${at}`,
      content: 'I forgot my password, how can I reset it?',
      tags: ['mobile'],
    }),
  );
  await said(guild.channel('team'), 'posts within a minute');
  const answers = () => posts.flatMap((post) => harness.discord.messages(post ?? '').filter(ofBot));
  await waitUntil(() => answers().length >= 3);
  expect(answers()).toHaveLength(3);
  expect(
    harness.discord.messages(guild.channel('team')).filter((one) => textOf(one).includes('within a minute')),
  ).toHaveLength(1);
  expect(harness.twilio.conversations()).toHaveLength(before);
});

test('/setup makes a help forum with a tag for solved posts only where it is asked, and serves it', async () => {
  const admin = member('Ida', PermissionFlagsBits.Administrator);
  const plain = admin.slash('setup', {}, { guild });
  await plain.waitFor(() => plain.response?.content.includes('set up') === true);
  expect(guild.channels.some(({ name }) => name === 'help')).toBe(false);
  const asked = admin.slash('setup', { forum_rule: 'person' }, { guild });
  await asked.waitFor(() => asked.response?.content.includes('always ask the team') === true);
  const again = admin.slash('setup', { forum_rule: 'watch' }, { guild });
  await again.waitFor(() => again.response?.content.includes('nobody is answered') === true);
  expect(guild.channels.filter(({ name }) => name === 'help')).toHaveLength(1);
});
