import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type APIMessage, ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness, textOf } from './harness.ts';

// What happens in time, of a bridge whose times are short; and what no timer may do.

let harness: Harness;
let guild: DiscordGuild;

beforeAll(async () => {
  harness = await startHarness({
    routing: 'bridge',
    env: { KNOWLEDGE_SAMPLE: 'true' },
    grantedIntents: GatewayIntentBits.MessageContent,
    prepare(discord) {
      const forum = (name: string, tags: string[]) => ({
        ...{ name, type: ChannelType.GuildForum },
        forum: { tags: tags.map((tag) => ({ name: tag })) },
      });
      guild = discord.createGuild({
        name: 'Lantern Isles',
        channels: [
          forum('left', ['solved']),
          forum('asked', ['solved']),
          forum('bare', ['mobile']),
          { name: 'team' },
        ],
      });
      return {
        DISCORD_PUBLIC_CHANNELS: `${guild.channel('left')}=answer,${guild.channel('asked')}=answer-and-escalate,${guild.channel('bare')}=answer`,
        PUBLIC_MODERATORS_CHANNEL_ID: guild.channel('team'),
        ...{
          PUBLIC_ESCALATE_AFTER_MS: '300',
          PUBLIC_REMINDER_MS: '500',
          PUBLIC_CLOSE_MS: '300',
          PUBLIC_REST_AFTER_MS: '200',
        },
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
const said = (thread: string, words: string) =>
  waitUntil(
    () =>
      harness.discord
        .messages(thread)
        .filter(ofBot)
        .find((message) => textOf(message).includes(words)),
    { what: words, timeoutMs: 15_000 },
  );

test('a post that is left alone is asked about, closed with a word and put away, and opened again by its author', async () => {
  const ada = member('Ada');
  // Whoever has to wait an hour between two messages is not closed out before.
  const slow = ada.post(guild.channel('left'), {
    title: 'Keel',
    content: 'How long is the keel of this boat?',
  });
  guild.moderate.changeThread(slow, { slowSeconds: 3600 });
  await said(slow, 'is this still open?');
  const post = ada.post(guild.channel('left'), {
    title: 'Harbour',
    content: 'Which harbour has the green lantern?',
  });
  await said(post, 'is this still open?');
  await said(post, 'closed as unanswered');
  await waitUntil(() => guild.thread(post).archived, { what: 'the archived thread' });
  ada.say(post, 'I still look for it');
  await said(post, 'This is open again.');
  expect(guild.thread(post).archived).toBe(false);
  expect(harness.discord.messages(slow).filter(ofBot)).toHaveLength(1);
});

test('a solved post is put away after a while', async () => {
  const [bo, mo] = [member('Bo'), member('Mo', PermissionFlagsBits.ManageThreads)];
  const post = bo.post(guild.channel('left'), {
    title: 'Mast',
    content: 'How high is the mast of the lantern boat?',
  });
  const answer = mo.say(post, 'Twelve lanterns high.');
  await mo.contextMenu(answer, 'Mark as solution').waitFor();
  await said(post, 'This is solved');
  await waitUntil(() => guild.thread(post).archived, { what: 'the archived thread' });
});

test('what was learned of a member is in their export, and an erasure takes it from what is shown', async () => {
  const [ben, mae] = [member('Ben'), member('Mae', PermissionFlagsBits.ManageThreads)];
  const question = 'How many lamps does the ferry to the northern isle carry?';
  const post = ben.post(guild.channel('left'), { title: 'Ferry lamps', content: question });
  await mae.contextMenu(mae.say(post, 'Eleven lamps, one of them red.'), 'Mark as solution').waitFor();
  await said(post, 'This is solved');
  const names = Array.from({ length: 9 }, (_, at) => `Ann ${at}`);
  /** Whether somebody who asks the same is shown it, before they are asked whether it is still open. */
  const isShown = async () => {
    const next = member(names.pop() ?? 'Ann').post(guild.channel('left'), {
      title: 'Ferry lamps',
      content: question,
    });
    await said(next, 'is this still open?');
    return harness.discord.messages(next).some((one) => ofBot(one) && textOf(one).includes('Ferry lamps'));
  };
  await waitUntil(isShown, { what: 'a post that is shown the solved one' });

  const folder = await mkdtemp(join(tmpdir(), 'flexcord-member-'));
  const command = async (...words: string[]) => {
    const script = join(import.meta.dir, '../../bridge/src/member.ts');
    const run = Bun.spawn([process.execPath, script, ...words], {
      env: { ...process.env, ...harness.env },
      ...({ stdout: 'pipe', stderr: 'pipe' } as const),
    });
    expect(await run.exited, await new Response(run.stderr).text()).toBe(0);
  };
  const file = join(folder, 'held.json');
  await command('export', mae.id, '--out', file);
  const held = (await Bun.file(file).json()) as { solvedPosts: { answer: string }[] };
  expect(held.solvedPosts.map(({ answer }) => answer)).toEqual(['Eleven lamps, one of them red.']);
  await command('erase', mae.id, '--yes', '--receipt', join(folder, 'receipt.json'));
  await rm(folder, { recursive: true });
  // The bridge that runs meanwhile hears of it from the store.
  await waitUntil(async () => !(await isShown()), { what: 'a post that is shown nothing' });
});

test('silence brings a post to the team, and the answer of a moderator takes it back', async () => {
  const [cleo, max] = [member('Cleo'), member('Max', PermissionFlagsBits.ManageThreads)];
  const post = cleo.post(guild.channel('asked'), {
    title: 'Rudder',
    content: 'The rudder of my boat is stuck, why?',
  });
  await said(post, 'The team was asked');
  const offer = await harness.kim.waitForReservation(
    ({ task: { attributes } }) => (attributes.discordThread as { title?: string })?.title === 'Rudder',
    { timeoutMs: 15_000 },
  );
  max.say(post, 'Turn it to the left twice.');
  await waitUntil(() => !harness.kim.reservations().some(({ sid }) => sid === offer.sid), {
    what: 'the task that is taken back',
    timeoutMs: 15_000,
  });
});

test('a forum without a solved tag is told to moderators, and the post is solved all the same', async () => {
  const [dan, mia] = [member('Dan'), member('Mia', PermissionFlagsBits.ManageThreads)];
  const post = dan.post(guild.channel('bare'), {
    title: 'Oars',
    content: 'How many oars has the lantern boat?',
    tags: ['mobile'],
  });
  const answer = mia.say(post, 'None, it has sails.');
  await mia.contextMenu(answer, 'Mark as solution').waitFor();
  await said(post, 'This is solved');
  await said(guild.channel('team'), `<#${guild.channel('bare')}> has no tag that says that a post is solved`);
  expect(harness.bridge.output().filter((line) => line.includes('no tag for solved posts'))).toHaveLength(1);
});

test('a raid of 500 posts costs each member one answer at most, moderators one notice and Twilio nothing', async () => {
  const raiders = Array.from({ length: 50 }, (_, at) => member(`Raider ${at}`));
  const before = harness.twilio.conversations().length;
  const posts = Array.from(
    { length: 500 },
    (_, at) =>
      raiders[at % raiders.length]?.post(guild.channel('asked'), {
        title: `Lantern ${at}`,
        content: 'I forgot my password, how can I reset it?',
      }) ?? '',
  );
  const answers = () => posts.map((post) => harness.discord.messages(post).filter(ofBot));
  await said(guild.channel('team'), 'posts within a minute');
  // Later than any timer of a post of the raid: a post elsewhere is reminded of and closed.
  const last = member('Zoe').post(guild.channel('left'), { title: 'Bell', content: 'Who rings the bell?' });
  await said(last, 'closed as unanswered');
  const by = raiders.map((_, at) =>
    answers()
      .filter((_, post) => post % raiders.length === at)
      .flat(),
  );
  expect(by.flat().length).toBeGreaterThan(0);
  expect(Math.max(...by.map((own) => own.length))).toBe(1);
  expect(by.flat().filter((message) => !textOf(message).includes('This may answer'))).toEqual([]);
  const notices = harness.discord.messages(guild.channel('team')).map(textOf);
  expect(notices.filter((text) => text.includes('within a minute'))).toHaveLength(1);
  expect(harness.twilio.conversations()).toHaveLength(before);
});
