import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { CaseDetail } from '@flexcord/shared/panel/case';
import type { CaseBulkResult } from '@flexcord/shared/panel/case-list';
import type { CommunityPostDetail, CommunityPosts } from '@flexcord/shared/panel/community';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import type { Agent } from '../src/twilio/agent/agent.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness, textOf } from './harness.ts';

const PRIVATE = 'my order is 4711';

describe('a public thread that is with the team', () => {
  let harness: Harness;
  let guild: DiscordGuild;
  let forum: string;
  let ada: DiscordUser;
  let bo: DiscordUser;
  let kim: Agent;
  let post: string;
  let conversation: string;

  beforeAll(async () => {
    harness = await startHarness({
      routing: 'studio',
      variants: { speakersAreUsers: true },
      grantedIntents: GatewayIntentBits.MessageContent,
      prepare(discord) {
        guild = discord.createGuild({
          name: 'Lantern Isles',
          channels: [
            {
              name: 'help',
              type: ChannelType.GuildForum,
              forum: { tags: [{ name: 'ios' }, { name: 'login' }], requiresTag: true },
            },
          ],
        });
        forum = guild.channel('help');
        return { DISCORD_PUBLIC_CHANNELS: `${forum}=person`, INACTIVITY_REMINDER_MS: '1000' };
      },
    });
    ({ ada, kim } = harness);
    bo = harness.newMember('Bo');
    for (const member of [ada, bo]) guild.join(member);
  });
  afterAll(closeHarnesses);

  const botIn = (channelId: string) =>
    harness.discord
      .messages(channelId)
      .filter(({ author }) => author.id === harness.discord.applicationId)
      .map(textOf);
  const posted = (text: string) =>
    waitUntil(() => botIn(post).some((one) => one.includes(text)), { what: `“${text}” in the thread` });
  const waitForText = (text: string) =>
    harness.twilio.waitFor(() => kim.transcript(conversation).find(({ body }) => body?.includes(text)), {
      what: `“${text}” in the transcript`,
    });

  test('a post comes to the team in its thread, with who asks, what, and that it is public', async () => {
    post = ada.post(forum, { title: 'It will not start', content: 'black screen', tags: ['ios'] });
    const reservation = await kim.waitForReservation(({ task }) => task.attributes.customerName === 'Ada');
    expect(reservation.task.attributes).toMatchObject({
      customerAddress: `discord_thread_${post}`,
      discordThread: {
        ...{ id: post, title: 'It will not start', channel: 'help', channelId: forum, tags: ['ios'] },
        link: `https://discord.com/channels/${guild.id}/${post}`,
      },
    });
    conversation = (await kim.accept(reservation)).conversationSid ?? '';
    const first = await waitForText('In public: everybody on the server reads what you answer');
    expect(first.body).toContain('“It will not start” in #help');
    expect(first.body).toContain(`https://discord.com/channels/${guild.id}/${post}`);
    expect(first.body).toContain('Ada: black screen');
    const participants = harness.twilio.conversations().filter(({ sid }) => sid === conversation);
    expect(participants).toHaveLength(1);
  });

  test('everybody who writes is a named speaker, and the agent answers under their name', async () => {
    const mine = ada.say(post, 'it was fine yesterday');
    await waitForText('Ada: it was fine yesterday');
    const help = bo.say(post, 'hold the button', { replyTo: mine });
    const told = await waitForText('Bo:\n> Ada: it was fine yesterday\nhold the button');
    expect(told.author).toBe(`discord_${bo.id}`);
    expect(told.attributes.speaker).toEqual({ id: bo.id, name: 'Bo', avatar: null });
    kim.send(conversation, 'please update to 2.1');
    await posted('**Kim**: please update to 2.1');
    const answer = harness.discord.messages(post).findLast(({ content }) => content.includes('2.1'));
    bo.react(answer ?? '', '👍');
    await waitForText('[Bo reacted 👍 to “please update to 2.1”]');
    bo.edit(help, 'hold the power button');
    await waitForText('hold the power button\n[Edited. Before: hold the button]');
    ada.delete(mine);
    await waitForText('[Ada deleted this message]\nAda: it was fine yesterday');
    const [question] = ada.read(post);
    ada.edit(question ?? '', 'black screen since 2.0');
    await waitForText(
      '[Ada edited a message of before the thread came to you. It says now: black screen since 2.0]',
    );
  });

  test('private words stay in private while a public thread of the same member is open, and the other way round', async () => {
    ada.dm(PRIVATE);
    await waitUntil(() => harness.botMessages(ada).length > 0);
    ada.dm('I want to talk to a person');
    const reservation = await kim.waitForReservation(
      ({ task }) => task.attributes.customerAddress === `discord_${ada.id}`,
    );
    const secret = (await kim.accept(reservation)).conversationSid ?? '';
    await harness.waitForBotMessage('Kim joined the chat.');
    kim.send(secret, 'I see your order');
    await harness.waitForBotMessage('I see your order');
    ada.say(post, 'still black');
    await waitForText('Ada: still black');
    kim.send(conversation, 'a fix is on its way');
    await posted('a fix is on its way');
    const inPublic = botIn(post).join('\n');
    for (const word of [PRIVATE, 'I see your order', 'joined the chat', 'transferring', 'Case'])
      expect(inPublic).not.toContain(word);
    const inPrivate = harness.botMessages(ada).join('\n');
    expect(inPrivate).not.toContain('a fix is on its way');
    expect(inPrivate.match(/joined the chat/g)).toHaveLength(1);
    const transcripts = (sid: string) => kim.transcript(sid).map(({ body }) => body ?? '');
    expect(transcripts(conversation).join('\n')).not.toContain(PRIVATE);
    expect(transcripts(secret).join('\n')).not.toContain('still black');
  });

  test('an agent’s edit and removal in an archived thread leave it archived', async () => {
    const slip = kim.send(conversation, 'a slip');
    await posted('**Kim**: a slip');
    const other = kim.send(conversation, 'another slip');
    await posted('**Kim**: another slip');
    guild.moderate.changeThread(post, { archived: true });
    await waitForText('[The thread was archived; your next message opens it again]');
    kim.edit(slip, 'no slip');
    await posted('**Kim**: no slip');
    kim.remove(other);
    await waitUntil(() => !botIn(post).some((text) => text.includes('another slip')));
    await waitUntil(() => guild.threadState(post)?.archived === true);
    kim.send(conversation, 'open again');
    await posted('**Kim**: open again');
    expect(guild.threadState(post)).toMatchObject({ archived: false, tags: ['ios'] });
  });

  test('agents are told of locks and of rights that are taken away', async () => {
    guild.moderate.changeThread(post, { locked: true });
    await waitForText('[A moderator locked the thread');
    guild.moderate.changeThread(post, { locked: false });
    await waitForText('[The thread is not locked any longer]');
    guild.moderate.denyBot(forum, PermissionFlagsBits.ViewChannel);
    await waitForText('[The bot does not see the channel any more');
    guild.moderate.denyBot(forum, 0n);
    await waitForText('[The bot may read and write in the channel again]');
  });

  test('what is written, edited and deleted while no bridge runs is carried once', async () => {
    const slip = bo.say(post, 'a typo');
    const wrong = bo.say(post, 'wrong thread');
    await waitForText('Bo: wrong thread');
    const di = harness.newMember('Di');
    guild.join(di);
    const gone = di.post(forum, { title: 'A slip', content: 'never mind', tags: ['ios'] });
    const offered = await kim.waitForReservation(
      ({ task }) => task.attributes.customerAddress === `discord_thread_${gone}`,
    );
    const other = await kim.accept(offered);
    const rule = harness.discord.messages(post).filter(({ content }) => content.includes('please update'));
    await harness.bridge.stop();
    guild.moderate.removeChannel(gone);
    guild.moderate.purge(post, rule);
    bo.edit(slip, 'no typo');
    bo.delete(wrong);
    ada.say(post, 'while you were away');
    await harness.bridge.start();
    await waitForText('Ada: while you were away');
    await waitForText('no typo\n[Edited. Before: a typo]');
    await waitForText('[Bo deleted this message]\nBo: wrong thread');
    await waitForText('[A moderator removed “please update to 2.');
    await harness.twilio.waitFor(() =>
      kim
        .transcript(other.conversationSid ?? '')
        .some(({ body }) => body?.includes('The thread was deleted')),
    );
    kim.endChat(other);
    const bodies = kim.transcript(conversation).map(({ body }) => body);
    expect(bodies.filter((body) => body === 'Ada: while you were away')).toHaveLength(1);
  });

  test('the end of the chat says nothing in public, and a deleted thread is told to the agent', async () => {
    const second = bo.post(forum, { title: 'Sound', content: 'no sound', tags: ['ios'] });
    const reservation = await kim.waitForReservation(({ task }) => task.attributes.customerName === 'Bo');
    const task = await kim.accept(reservation);
    conversation = task.conversationSid ?? '';
    await waitForText('Bo: no sound');
    guild.moderate.removeChannel(second);
    await waitForText('[The thread was deleted: nobody reads what you write here any more]');
    const before = botIn(post).length;
    kim.endChat(task);
    await harness.twilio.waitFor(() =>
      harness.twilio.conversations().some(({ sid, state }) => sid === conversation && state === 'closed'),
    );
    expect(botIn(post)).toHaveLength(before);
    expect(harness.botMessages(bo)).toEqual([]);
  });

  test('a supervisor finds posts and answers, tags, converts, merges and solves them; Discord and the agent see it', async () => {
    const cy = harness.newMember('Cy');
    guild.join(cy);
    const again = cy.post(forum, { title: 'It will not start either', content: 'black too', tags: ['ios'] });
    const reservation = await kim.waitForReservation(({ task }) => task.attributes.customerName === 'Cy');
    const second = (await kim.accept(reservation)).conversationSid ?? '';
    const mina = harness.twilio.createAgent({ identity: 'mina', fullName: 'Mina', roles: ['supervisor'] });
    const tokens = { mina: harness.twilio.issueToken(mina), kim: harness.twilio.issueToken(kim) };
    const call = async (path: string, body?: object, by: keyof typeof tokens = 'mina') => {
      const response = await fetch(`${harness.bridge.url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${tokens[by]}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { status: response.status, body: await response.json() };
    };
    const act = async (action: object, ids = [again]) => {
      const { body } = await call(panelRoutes.communityActions, { ids, action });
      return (body as CaseBulkResult).results.map(({ problem }) => problem);
    };
    const detail = async (id = again) =>
      (await call(panelRoutes.communityPost(id))).body as CommunityPostDetail;
    const eventually = (fits: (now: CommunityPostDetail) => boolean, what: string) =>
      waitUntil(async () => fits(await detail()), { what });

    for (const path of [
      panelRoutes.communityPosts,
      panelRoutes.communityPost(again),
      panelRoutes.communityOverview,
    ])
      expect((await call(path, undefined, 'kim')).status).toBe(403);
    expect(
      (await call(panelRoutes.communityActions, { ids: [again], action: { is: 'close' } }, 'kim')).status,
    ).toBe(403);
    const { posts } = (await call(`${panelRoutes.communityPosts}?q=EITHER`)).body as CommunityPosts;
    expect(posts).toMatchObject([
      { id: again, channelName: 'help', author: { name: 'Cy' }, isWithTeam: true, answeredBy: 'nobody' },
    ]);
    const first = await detail();
    expect(first).toMatchObject({ question: 'black too', messages: [], closedTo: null });
    expect(first.similar.map(({ id }) => id)).toContain(post);

    expect(await act({ is: 'assign', assignee: 'mina' })).toEqual([null]);
    expect(await act({ is: 'answer', text: 'Please *wait* for 2.2, @everyone' })).toEqual([null]);
    await waitUntil(() => botIn(again).some((text) => text.includes('Please *wait* for 2.2')), {
      what: 'the answer in the thread',
    });
    expect(botIn(again).join()).toContain('**Mina**');
    await harness.twilio.waitFor(
      () => kim.transcript(second).find(({ body }) => body === 'Please *wait* for 2.2, @everyone'),
      { what: 'the answer in the transcript' },
    );
    await eventually(
      ({ answeredBy, assignee, waitingSince, messages }) =>
        answeredBy === 'agent' &&
        assignee?.name === 'Mina' &&
        waitingSince === null &&
        messages.some(({ by, authorName }) => by === 'agent' && authorName === 'Mina'),
      'the answer in the view',
    );

    const { possibleTags, caseNumber } = await detail();
    const login = possibleTags.find(({ name }) => name === 'login')?.id ?? '';
    expect(await act({ is: 'tag', add: [login], remove: [] })).toEqual([null]);
    await waitUntil(() => guild.threadState(again)?.tags.includes('login') === true);
    await eventually(({ tags }) => tags.some(({ name }) => name === 'login'), 'the tag in the view');
    expect(await act({ is: 'tag', add: [post], remove: [] })).toEqual([
      expect.stringContaining('does not have that tag'),
    ]);

    expect(await act({ is: 'convert', type: 'bug' })).toEqual([null]);
    const made = (await call(panelRoutes.case(String(caseNumber)))).body as CaseDetail;
    expect(made).toMatchObject({ type: 'bug', assigneeName: 'Mina' });

    expect(await act({ is: 'merge', into: again })).toEqual([expect.stringContaining('cannot be merged')]);
    expect(await act({ is: 'merge', into: post })).toEqual([null]);
    await waitUntil(() => botIn(again).some((text) => text.includes(`/${guild.id}/${post}`)), {
      what: 'the link to the other post',
    });
    await eventually(
      ({ state, duplicateOf, isWithTeam }) => state === 'closed' && duplicateOf?.id === post && !isWithTeam,
      'the merge in the view',
    );
    expect(await act({ is: 'close' })).toEqual([expect.stringContaining('not open any more')]);
    expect(await act({ is: 'reopen' }, [again, '999999999999999999'])).toEqual([
      null,
      expect.stringContaining('not known'),
    ]);
    expect(await act({ is: 'solve', messageId: null })).toEqual([null]);
    await eventually(({ state }) => state === 'solved', 'the solution in the view');
  });
});
