import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { Faults } from '../src/core/faults.ts';
import { type Discord, type DiscordGuild, type DiscordUser, startDiscord } from '../src/discord/index.ts';
import { type Agent, startTwilio, type Twilio } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';
import type { Random } from './random.ts';
import { type ChaosTrace, createTrace } from './trace.ts';

/** Both stand-ins with the people on them, and what is noted of what happens there. */
export interface Clouds {
  discord: Discord;
  twilio: Twilio;
  faults: Faults;
  trace: ChaosTrace;
  agents: Agent[];
  guild: DiscordGuild;
  /** The forum whose posts all come to the team. */
  forumId: string;
  newMember(): DiscordUser;
  /** Posts in the forum. Returns the id of the thread. */
  post(member: DiscordUser, words: string): string;
  /** Ids of all threads in the forum. */
  threads(): readonly string[];
  members(): readonly DiscordUser[];
  stop(): Promise<void>;
}

const AGENTS = 8;

/** How the book names a public thread among the members. */
export const publicPlace = (threadId: string) => `thread_${threadId}`;

/** Limits are raised: hundreds of conversations would meet those of Discord, which would only make the run longer. */
export async function startClouds(random: Random): Promise<Clouds> {
  const faults = new Faults(random.next);
  const trace = createTrace();
  const discord = await startDiscord({
    faults,
    onTrace: trace.request,
    privilegedIntents: GatewayIntentBits.MessageContent,
    limits: { rateWindowFactor: 0, attachmentStoreBytes: 2 ** 31, messagesPerChannel: 100_000 },
  });
  const twilio = await startTwilio({
    faults,
    onTrace: trace.request,
    limits: { mutationsPerSecond: Number.POSITIVE_INFINITY, interactionsPerSecond: Number.POSITIVE_INFINITY },
  });
  attachStudio(twilio);
  for (const event of ['message', 'messageUpdate'] as const)
    discord.on(event, ({ message }) => trace.shows('to-member', message.id, message.content));
  // The summary and the virtual agent repeat what the member wrote.
  twilio.on('message', ({ messageSid, author, body }) => {
    if (author.startsWith('discord_')) trace.shows('to-agent', messageSid, body ?? '');
  });
  twilio.on('webhook', ({ event, fields, status }) =>
    trace.webhook(event, fields, String(status ?? 'no answer')),
  );
  twilio.on('webhookFault', ({ event, fields, effects }) => trace.webhookFault(event, fields, effects));

  const guild: DiscordGuild = discord.createGuild({
    name: 'Chaos',
    channels: [{ name: 'general' }, { name: 'forum', type: ChannelType.GuildForum }],
  });
  const forumId = guild.channel('forum');
  const threads: string[] = [];
  const agents = Array.from({ length: AGENTS }, (_, index) =>
    twilio.createAgent({ identity: `agent_${index}`, fullName: `Agent ${index}`, capacity: 100_000 }),
  );
  const members: DiscordUser[] = [];
  return {
    discord,
    twilio,
    faults,
    trace,
    agents,
    guild,
    forumId,
    members: () => members,
    threads: () => threads,
    post(member, words) {
      const id = member.post(forumId, { title: `About ${words}`, content: words });
      threads.push(id);
      return id;
    },
    newMember() {
      const name = `Member ${members.length}`;
      const member = discord.createUser({ username: name.toLowerCase().replace(' ', '_'), globalName: name });
      guild.join(member);
      members.push(member);
      return member;
    },
    async stop() {
      await twilio.stop();
      await discord.stop();
    },
  };
}
