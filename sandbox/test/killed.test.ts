import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '../../bridge/testing/stores.ts';
import type { DiscordUser } from '../src/discord/index.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numbered, read, told } from './numbered.ts';

/** A successor need not wait long for what the killed process held. */
const SOON = { LEASE_MS: '3000' };
const BROKEN = { kind: 'status', status: 503 } as const;

/** A member and an agent who have met. */
interface Chat extends Awaited<ReturnType<Harness['meet']>> {
  harness: Harness;
  member: DiscordUser;
}

/** What happens in a chat around the same death of a bridge. */
interface Story {
  title: string;
  before?(chat: Chat): Promise<unknown>;
  /** While no bridge runs. */
  meanwhile?(chat: Chat): void;
  /** With the successor. */
  after(chat: Chat): Promise<void>;
}

const atTwilio = ({ conversationSid }: Chat) => new RegExp(`${conversationSid}/Messages`);
const atDiscord = ({ member }: Chat) => new RegExp(`channels/${member.dmChannelId}/messages`);

/** From now on requests for messages take effect but are never confirmed, and nobody can look whether they did. */
function leaveUnconfirmed({ harness }: Chat, match: RegExp): void {
  harness.faults.add({ on: 'api', method: 'POST', match, effect: { kind: 'reset-after' } });
  harness.faults.add({ on: 'api', method: 'GET', match, effect: BROKEN });
}

const stories: Story[] = [
  {
    title: 'a member’s message that Twilio took but could not confirm is there once',
    before(chat) {
      leaveUnconfirmed(chat, atTwilio(chat));
      chat.member.dm('precious 0');
      return chat.harness.reads(chat.conversationSid, (body) => body.startsWith('precious'), 1);
    },
    meanwhile: ({ member }) => void member.dm('precious 1'),
    async after({ harness, conversationSid }) {
      await harness.reads(conversationSid, (body) => body === 'precious 1', 1);
      expect(read(harness, conversationSid, 'precious')).toEqual(numbered('precious', 2));
    },
  },
  {
    title: 'an agent’s message that Discord took but could not confirm is there once',
    before(chat) {
      leaveUnconfirmed(chat, atDiscord(chat));
      chat.harness.kim.send(chat.conversationSid, 'precious 0');
      return chat.harness.hears('precious 0', chat.member);
    },
    meanwhile: ({ harness, conversationSid }) => void harness.kim.send(conversationSid, 'precious 1'),
    async after({ harness, member }) {
      await harness.hears('precious 1', member);
      expect(told(harness, 'precious', member)).toEqual(numbered('precious', 2));
    },
  },
  {
    title: 'what was journalled but not delivered goes out after the start',
    before(chat) {
      const { harness, member, conversationSid } = chat;
      for (const match of [atTwilio(chat), atDiscord(chat)])
        harness.faults.add({ on: 'api', method: 'POST', match, effect: BROKEN });
      for (const text of numbered('word', 3)) member.dm(text);
      for (const text of numbered('reply', 3)) harness.kim.send(conversationSid, text);
      return harness.twilio.webhooksSettled();
    },
    async after({ harness, member, conversationSid }) {
      await harness.hears('reply 2', member);
      await harness.reads(conversationSid, (body) => body === 'word 2', 1);
      expect(told(harness, 'reply', member)).toEqual(numbered('reply', 3));
      expect(read(harness, conversationSid, 'word')).toEqual(numbered('word', 3));
    },
  },
  {
    title: 'the agent ends the chat while no bridge runs: the member is told after the start',
    meanwhile({ harness, conversationSid, task }) {
      harness.kim.send(conversationSid, 'last words 0');
      harness.kim.complete(task);
    },
    async after({ harness, member }) {
      await harness.hears('This chat has ended', member);
      const ends = harness.heard(member).slice(-2);
      expect(ends[0]).toContain('last words 0');
      expect(ends[1]).toContain('This chat has ended');
    },
  },
];

for (const kind of storeKinds) {
  describe(`on ${kind.name}`, () => {
    let place: TestPlace;
    let harness: Harness;
    beforeAll(async () => {
      place = await kind.make();
      harness = await startHarness({ databaseUrl: place.options.databaseUrl, env: SOON });
    });
    afterAll(async () => {
      await closeHarnesses();
      await place.drop();
    });

    describe('killed without warning', () => {
      const chats: Chat[] = [];
      beforeAll(async () => {
        for (const place of stories.keys()) {
          const member = harness.newMember(`Member ${place}`);
          chats.push({ harness, member, ...(await harness.meet(member)) });
        }
        await Promise.all(chats.map((chat, place) => stories[place]?.before?.(chat)));
        await harness.bridge.kill();
        harness.faults.clear();
        chats.forEach((chat, place) => void stories[place]?.meanwhile?.(chat));
        await harness.twilio.webhooksSettled();
        await harness.bridge.start();
      }, 60_000);

      stories.forEach(({ title, after }, place) => {
        test(title, () => after(chats[place] as Chat));
      });
    });

    test('both sides write while no bridge runs: nothing is lost, nothing comes twice', async () => {
      const { conversationSid } = await harness.meet();
      expect(await harness.bridge.stop()).toBe(0);
      harness.discord.gateway.invalidateSessions();
      for (const text of numbered('word', 5)) harness.ada.dm(text);
      for (const text of numbered('reply', 5)) harness.kim.send(conversationSid, text);
      await harness.twilio.webhooksSettled();
      await harness.bridge.start();
      await Promise.all([
        harness.hears('reply 4'),
        harness.reads(conversationSid, (body) => body === 'word 4', 1),
      ]);
      expect(told(harness, 'reply')).toEqual(numbered('reply', 5));
      expect(read(harness, conversationSid, 'word')).toEqual(numbered('word', 5));
    });
  });
}
