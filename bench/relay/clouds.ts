import { Faults } from '@flexcord/sandbox/src/core/faults.ts';
import { type Discord, type DiscordUser, startDiscord } from '@flexcord/sandbox/src/discord/index.ts';
import { type Agent, startTwilio, type Twilio } from '@flexcord/sandbox/src/twilio/index.ts';
import { Arrivals } from './arrivals.ts';

/** The stand-ins of both clouds in this process, with their limits off and one agent who takes every task. */
export interface Clouds {
  discord: Discord;
  twilio: Twilio;
  agent: Agent;
  faults: Faults;
  /** By the member's display name: the SID of the conversation that the agent took. */
  taken: Arrivals<string>;
  newMember(name: string): DiscordUser;
  /** Resolves once a conversation has a message with these words. */
  wordsAt(conversationSid: string, words: string, timeoutMs: number): Promise<void>;
  /** Requests that each cloud was asked so far. */
  requests(): Record<'Discord' | 'Twilio', number>;
  /** Holds every relay to Discord's documented limits from now on. */
  limitDiscord(): void;
  stop(): Promise<void>;
}

/** More requests than a run makes, so that counting them by the length of the log is exact. */
const REQUEST_LOG = 5_000_000;
const CAPACITY = 1_000_000;

export async function startClouds(): Promise<Clouds> {
  const faults = new Faults();
  const discord = await startDiscord({ faults, limits: { rateWindowFactor: 0, requestLog: REQUEST_LOG } });
  const twilio = await startTwilio({
    faults,
    limits: { mutationsPerSecond: Number.POSITIVE_INFINITY, interactionsPerSecond: Number.POSITIVE_INFINITY },
  });
  const guild = discord.createGuild({ name: 'Harbour' });
  const agent = twilio.createAgent({ identity: 'kim', fullName: 'Kim', capacity: CAPACITY });
  const taken = new Arrivals<string>();
  let asked = 0;
  twilio.on('request', () => {
    asked += 1;
  });
  twilio.on('reservation', ({ reservationSid, status }) => {
    // A moment later, as a person would: the task is still being made while this event is told.
    if (status === 'pending') setTimeout(() => void take(reservationSid), 1);
  });
  async function take(reservationSid: string): Promise<void> {
    const { attributes, conversationSid = '' } = await agent.accept(reservationSid);
    taken.arrive(String(attributes.customerName), conversationSid);
  }

  return {
    discord,
    twilio,
    agent,
    faults,
    taken,
    newMember(name) {
      const member = discord.createUser({ username: name, globalName: name });
      guild.join(member);
      return member;
    },
    async wordsAt(conversationSid, words, timeoutMs) {
      const areThere = () => twilio.messages(conversationSid).some(({ body }) => body === words);
      await twilio.waitFor(areThere, { timeoutMs, what: 'the first message of the conversation' });
    },
    requests: () => ({ Discord: discord.requests.length, Twilio: asked }),
    limitDiscord() {
      discord.limits.rateWindowFactor = 1;
    },
    async stop() {
      await Promise.all([discord.stop(), twilio.stop()]);
    },
  };
}
