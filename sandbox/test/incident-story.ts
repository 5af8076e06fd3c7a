import { expect } from 'bun:test';
import type { CaseDetail } from '@flexcord/shared/panel/case';
import type { IncidentDetail, Incidents } from '@flexcord/shared/panel/incident';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { DAY_MS } from '@flexcord/shared/time';
import { ChannelType } from 'discord-api-types/v10';
import type { Discord, DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { type Harness, textOf } from './harness.ts';

const NOTICE = {
  en: { title: 'Known problem: login', text: 'We are on it, *really*.' },
  ja: { title: '確認済みの問題：ログイン', text: '対応中です。' },
};
const OVER = { en: { title: 'Solved: login', text: 'Please try again.' }, ja: { title: '', text: '' } };
const UNAVAILABLE = { kind: 'status', status: 503 } as const;

/** A server with a forum and a text channel that are served, and one for moderators. */
export function serveIncidents(discord: Discord) {
  const guild = discord.createGuild({
    name: 'Lantern Isles',
    channels: [
      { name: 'questions', type: ChannelType.GuildForum, forum: { tags: [] } },
      { name: 'status' },
      { name: 'team' },
    ],
  });
  const [forum, status, team] = (['questions', 'status', 'team'] as const).map((name) => guild.channel(name));
  const env = {
    DISCORD_PUBLIC_CHANNELS: `${forum}=answer,${status}=answer`,
    PUBLIC_MODERATORS_CHANNEL_ID: team ?? '',
  };
  return { guild, forum: forum ?? '', status: status ?? '', team: team ?? '', env };
}

/** From the first question to the last word, with a kill between the end and the telling. */
export async function playIncident(
  harness: Harness,
  { guild, forum, status, team }: { guild: DiscordGuild; forum: string; status: string; team: string },
): Promise<void> {
  const { discord, twilio, bridge, faults } = harness;
  const supervisor = twilio.createAgent({ identity: 'mina', fullName: 'Mina', roles: ['supervisor'] });
  const agent = twilio.createAgent({ identity: 'noor', fullName: 'Noor', roles: ['agent'] });

  async function call<T>(path: string, body?: unknown, who = supervisor): Promise<T> {
    const response = await fetch(bridge.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${twilio.issueToken(who)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer as T;
  }

  function member(name: string): DiscordUser {
    const createdAt = Date.now() - 400 * DAY_MS;
    const user = discord.createUser({ username: name.toLowerCase(), globalName: name, createdAt });
    guild.join(user);
    return user;
  }
  const [pia, quin, rue, sol, tam, uma, vic, wyn] = [
    'Pia',
    'Quin',
    'Rue',
    'Sol',
    'Tam',
    'Uma',
    'Vic',
    'Wyn',
  ].map(member) as [
    DiscordUser,
    DiscordUser,
    DiscordUser,
    DiscordUser,
    DiscordUser,
    DiscordUser,
    DiscordUser,
    DiscordUser,
  ];
  /** What the bot said in private with these words, or in a thread or channel. */
  const toMember = (user: DiscordUser, words: string) =>
    harness.botMessages(user).filter((text) => text.includes(words));
  const inChannel = (channel: string, words: string) =>
    discord
      .messages(channel)
      .filter(({ author }) => author.id === discord.applicationId)
      .map(textOf)
      .filter((text) => text.includes(words));

  const conversations = twilio.conversations().length;
  pia.dm("I can't log in since the update");
  quin.dm('login broken?');
  rue.dm('Login does not work for me today');
  const first = sol.post(forum, { title: 'Login', content: 'anyone else unable to login' });
  uma.dm('how do I get a refund for gems');
  tam.slash('bug', { description: 'logging in fails with an error' }, { guild });
  await waitUntil(() => inChannel(team, 'members asked much the same').length > 0);
  const [report = ''] = inChannel(team, 'members asked much the same');
  const number = Number(/#(\d+)/.exec(report)?.[1]);
  expect(report).toMatch(/^\n.*5 members/s);

  const list = async () => (await call<Incidents>(panelRoutes.incidents)).incidents;
  const read = () => call<IncidentDetail>(panelRoutes.incident(number));
  expect(await list()).toMatchObject([
    { number, state: 'open', noticed: 5, usual: 0, members: 5, conversations: 3, posts: 1, cases: 1 },
  ]);
  const opened = await read();
  expect(opened.reports.map(({ member: who }) => who?.name).sort()).toEqual([
    'Pia',
    'Quin',
    'Rue',
    'Sol',
    'Tam',
  ]);
  expect(opened.notice.en.title).toBe('Known problem: Login');
  expect(opened.channels.map(({ id }) => id)).toEqual([status]);
  // Nobody was told anything without a person.
  for (const user of [pia, quin, rue, tam]) expect(toMember(user, 'Known problem')).toEqual([]);

  // An agent takes one out; publishing is for supervisors.
  const rues = opened.reports.find(({ member: who }) => who?.name === 'Rue')?.id;
  const act = (action: unknown, who = supervisor) =>
    call<IncidentDetail>(panelRoutes.incidentActions(number), action, who);
  await act({ is: 'take-out', reports: [rues] }, agent);
  const publish = {
    is: 'publish',
    version: 0,
    notice: NOTICE,
    channels: [status],
    posts: true,
    answers: true,
  };
  expect(act(publish, agent)).rejects.toThrow('403');
  await act(publish);
  expect(act(publish)).rejects.toThrow('409');
  await waitUntil(
    () => inChannel(status, 'We are on it').length > 0 && inChannel(first, 'We are on it').length > 0,
  );

  // Who asks now is told of it, in private and in public, and belongs to it.
  vic.dm('the login is broken for me');
  const second = wyn.post(forum, { title: 'Cannot sign in', content: 'Login error since the update' });
  uma.dm('where do I change my mail address');
  await harness.waitForBotMessage('We are on it', vic);
  await waitUntil(() => inChannel(second, 'We are on it').length > 0);
  expect(toMember(uma, 'We are on it')).toEqual([]);
  await waitUntil(async () => (await list())[0]?.members === 6);
  expect(inChannel(status, 'We are on it')).toHaveLength(1);
  expect(twilio.conversations().length - conversations).toBe(5);

  // It is over, and the process dies while Discord takes nothing, or takes it and says nothing.
  faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`channels/${pia.dmChannelId}/messages`),
    effect: { kind: 'reset-after' },
  });
  faults.add({
    on: 'api',
    method: 'GET',
    match: new RegExp(`channels/${pia.dmChannelId}/messages`),
    effect: UNAVAILABLE,
  });
  faults.add({ on: 'api', method: 'POST', match: /channels\/\d+\/messages/, effect: UNAVAILABLE });
  await act({ is: 'resolve', over: OVER });
  await bridge.kill();
  faults.clear();
  await bridge.start();
  const told = [pia, quin, tam, vic];
  for (const user of told) await harness.waitForBotMessage('Solved: login', user);
  await waitUntil(() => [first, second].every((thread) => inChannel(thread, 'Solved: login').length > 0));
  await waitUntil(async () => (await list())[0]?.told === 6);
  expect(await read()).toMatchObject({ state: 'resolved', told: 6, untold: 0 });

  // Open again, and over again: who is told already is not told again; who joined meanwhile is.
  const parent = await call<CaseDetail>(panelRoutes.case(String(number)));
  expect(parent).toMatchObject({ status: 'resolved', memberName: 'Team' });
  const move = async (to: string, version: number) =>
    (await call<CaseDetail>(panelRoutes.caseTransitions(String(number)), { to, version })).version;
  const version = await move('open', parent.version);
  const xan = member('Xan');
  xan.dm('login broken again');
  await waitUntil(async () => (await list())[0]?.members === 7);
  await move('resolved', version);
  await harness.waitForBotMessage('Solved: login', xan);
  for (const user of [...told, xan]) expect(toMember(user, 'Solved: login')).toHaveLength(1);
  for (const thread of [first, second]) expect(inChannel(thread, 'Solved: login')).toHaveLength(1);
  expect([...toMember(rue, 'Solved: login'), ...toMember(uma, 'Solved: login')]).toEqual([]);
}
