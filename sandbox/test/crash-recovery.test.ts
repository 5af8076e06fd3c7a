import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '@flexcord/bridge/testing/stores';
import { GatewayIntentBits } from 'discord-api-types/v10';
import type { DiscordUser } from '../src/discord/index.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { playIncident, serveIncidents } from './incident-story.ts';
import { numberedTexts, receivedByAgent, receivedByMember } from './numbered-messages.ts';

/** Short leases, so that the next process soon takes over what the killed one held. */
const SHORT_LEASES = { LEASE_MS: '3000' };
const UNAVAILABLE = { kind: 'status', status: 503 } as const;

/** A chat between a member and an agent. */
interface Chat extends Awaited<ReturnType<Harness['startChatWithAgent']>> {
  harness: Harness;
  member: DiscordUser;
}

/** What happens in one chat before and after a crash; all scenarios share the same crash. */
interface Scenario {
  title: string;
  beforeCrash?(chat: Chat): Promise<unknown>;
  whileDown?(chat: Chat): void;
  afterRestart(chat: Chat): Promise<void>;
}

const atTwilio = ({ conversationSid }: Chat) => new RegExp(`${conversationSid}/Messages`);
const atDiscord = ({ member }: Chat) => new RegExp(`channels/${member.dmChannelId}/messages`);

/** From now on requests take effect but are never confirmed, and whether they did cannot be read back. */
function leaveUnconfirmed({ harness }: Chat, match: RegExp): void {
  harness.faults.add({ on: 'api', method: 'POST', match, effect: { kind: 'reset-after' } });
  harness.faults.add({ on: 'api', method: 'GET', match, effect: UNAVAILABLE });
}

const scenarios: Scenario[] = [
  {
    title: 'delivers a member’s message once that Twilio stored without confirming it',
    beforeCrash(chat) {
      leaveUnconfirmed(chat, atTwilio(chat));
      chat.member.dm('precious 0');
      return chat.harness.waitForTranscript(chat.conversationSid, (body) => body.startsWith('precious'));
    },
    whileDown: ({ member }) => void member.dm('precious 1'),
    async afterRestart({ harness, conversationSid }) {
      await harness.waitForTranscript(conversationSid, (body) => body === 'precious 1');
      expect(receivedByAgent(harness, conversationSid, 'precious')).toEqual(numberedTexts('precious', 2));
    },
  },
  {
    title: 'delivers an agent’s message once that Discord stored without confirming it',
    beforeCrash(chat) {
      leaveUnconfirmed(chat, atDiscord(chat));
      chat.harness.kim.send(chat.conversationSid, 'precious 0');
      return chat.harness.waitForBotMessage('precious 0', chat.member);
    },
    whileDown: ({ harness, conversationSid }) => void harness.kim.send(conversationSid, 'precious 1'),
    async afterRestart({ harness, member }) {
      await harness.waitForBotMessage('precious 1', member);
      expect(receivedByMember(harness, 'precious', member)).toEqual(numberedTexts('precious', 2));
    },
  },
  {
    title: 'delivers after the restart what was stored but not delivered',
    beforeCrash(chat) {
      const { harness, member, conversationSid } = chat;
      for (const match of [atTwilio(chat), atDiscord(chat)])
        harness.faults.add({ on: 'api', method: 'POST', match, effect: UNAVAILABLE });
      for (const text of numberedTexts('word', 3)) member.dm(text);
      for (const text of numberedTexts('reply', 3)) harness.kim.send(conversationSid, text);
      return harness.twilio.webhooksSettled();
    },
    async afterRestart({ harness, member, conversationSid }) {
      await harness.waitForBotMessage('reply 2', member);
      await harness.waitForTranscript(conversationSid, (body) => body === 'word 2');
      expect(receivedByMember(harness, 'reply', member)).toEqual(numberedTexts('reply', 3));
      expect(receivedByAgent(harness, conversationSid, 'word')).toEqual(numberedTexts('word', 3));
    },
  },
  {
    title: 'tells the member after the restart that the agent ended the chat meanwhile',
    whileDown({ harness, conversationSid, task }) {
      harness.kim.send(conversationSid, 'last words 0');
      harness.kim.complete(task);
    },
    async afterRestart({ harness, member }) {
      await harness.waitForBotMessage('This chat has ended', member);
      const ends = harness.botMessages(member).slice(-2);
      expect(ends[0]).toContain('last words 0');
      expect(ends[1]).toContain('This chat has ended');
    },
  },
];

for (const kind of storeKinds) {
  describe(`on ${kind.name}`, () => {
    let place: TestPlace;
    let harness: Harness;
    let served: ReturnType<typeof serveIncidents>;
    beforeAll(async () => {
      place = await kind.make();
      harness = await startHarness({
        databaseUrl: place.options.databaseUrl,
        grantedIntents: GatewayIntentBits.MessageContent,
        env: { ...SHORT_LEASES, INCIDENT_LOOK_MS: '200' },
        prepare(discord) {
          served = serveIncidents(discord);
          return served.env;
        },
      });
    });
    afterAll(async () => {
      await closeHarnesses();
      await place.drop();
    });

    describe('when the process is killed', () => {
      const chats: Chat[] = [];
      beforeAll(async () => {
        for (const index of scenarios.keys()) {
          const member = harness.newMember(`Member ${index}`);
          chats.push({ harness, member, ...(await harness.startChatWithAgent(member)) });
        }
        await Promise.all(chats.map((chat, index) => scenarios[index]?.beforeCrash?.(chat)));
        await harness.bridge.kill();
        harness.faults.clear();
        chats.forEach((chat, index) => void scenarios[index]?.whileDown?.(chat));
        await harness.twilio.webhooksSettled();
        await harness.bridge.start();
      });

      scenarios.forEach(({ title, afterRestart }, index) => {
        test(title, () => afterRestart(chats[index] as Chat));
      });
    });

    test('delivers once what both sides write while the bridge is stopped', async () => {
      const { conversationSid } = await harness.startChatWithAgent();
      expect(await harness.bridge.stop()).toBe(0);
      harness.discord.gateway.invalidateSessions();
      for (const text of numberedTexts('word', 5)) harness.ada.dm(text);
      for (const text of numberedTexts('reply', 5)) harness.kim.send(conversationSid, text);
      await harness.twilio.webhooksSettled();
      await harness.bridge.start();
      await Promise.all([
        harness.waitForBotMessage('reply 4'),
        harness.waitForTranscript(conversationSid, (body) => body === 'word 4'),
      ]);
      expect(receivedByMember(harness, 'reply')).toEqual(numberedTexts('reply', 5));
      expect(receivedByAgent(harness, conversationSid, 'word')).toEqual(numberedTexts('word', 5));
    });

    test('what many ask becomes an incident, and everybody of it is told once that it is over, killed or not', () =>
      playIncident(harness, served));
  });
}
