import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts } from './numbered-messages.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ routing: 'bridge' });
});
afterAll(closeHarnesses);

/** What agents read of a member's words that begin with `prefix`, in all conversations. */
const heard = (prefix: string) =>
  harness.twilio
    .conversations()
    .flatMap(({ sid }) => harness.twilio.messages(sid))
    .map(({ body }) => body ?? '')
    .filter((body) => body.startsWith(prefix));

const waitUntilHeard = (text: string) =>
  harness.twilio.waitFor(() => heard(text).length > 0, { what: `“${text}” at Twilio` });

const isConnected = () => harness.discord.gateway.sessions.some(({ connected }) => connected);

/** While `work` is done the bridge hears nothing, and nothing of it is replayed afterwards. */
async function whileAway(work: () => void | Promise<void>): Promise<void> {
  const { gateway } = harness.discord;
  gateway.refuse(true);
  gateway.dropConnections({ resumable: false });
  await work();
  gateway.refuse(false);
  await waitUntil(isConnected, { what: 'a new gateway session' });
}

const messagesOf = ({ dmChannelId }: DiscordUser) => new RegExp(`/channels/${dmChannelId}/messages`);

/** By which somebody whom the bridge has never heard of shows that they are there. */
const SIGNS: Record<string, (member: DiscordUser, prefix: string, guild: Harness['guild']) => void> = {
  message: (member, prefix) => void member.dm(`${prefix} 3`),
  'command in the direct message': (member) => void member.slash('helpme'),
  'command in a server': (member, _prefix, guild) => void member.slash('helpme', {}, { guild }),
  'question with a command': (member, prefix, guild) =>
    void member.slash('helpme', { question: `${prefix} 3` }, { guild }),
  typing: (member) => member.typing(),
  reaction: (member) => member.react(member.inbox()[0] as never, '👀'),
};

describe('somebody new who wrote while the gateway was away is heard, in order and once, with the next', () => {
  const members = new Map<string, DiscordUser>();
  beforeAll(() =>
    whileAway(() => {
      for (const sign of Object.keys(SIGNS)) {
        const member = harness.newMember(`New ${sign}`);
        members.set(sign, member);
        for (const text of numberedTexts(`before ${sign}`, 3)) member.dm(text);
      }
    }),
  );

  for (const [sign, give] of Object.entries(SIGNS)) {
    test(sign, async () => {
      const prefix = `before ${sign}`;
      const member = members.get(sign) as DiscordUser;
      give(member, prefix, harness.guild);
      const count = sign === 'message' || sign.startsWith('question') ? 4 : 3;
      await waitUntilHeard(`${prefix} ${count - 1}`);
      member.dm(`after ${sign}`);
      await waitUntilHeard(`after ${sign}`);
      expect(heard(prefix)).toEqual(numberedTexts(prefix, count));
    });
  }
});

test('hears what a member wrote who had used a command and never written, without any further sign', async () => {
  const known = harness.newMember('Known');
  known.slash('helpme', {}, { guild: harness.guild });
  await harness.waitForBotMessage('Known', known);
  await whileAway(() => void known.dm('after the greeting'));
  await waitUntilHeard('after the greeting');
});

test('opens the channel of a member whose channel is not known', async () => {
  const { faults, guild } = harness;
  const shy = harness.newMember('Shy');
  const repair = faults.add({
    on: 'api',
    method: 'POST',
    match: /users\/@me\/channels/,
    effect: { kind: 'status', status: 503 },
  });
  const view = shy.slash('case comment', { number: 1, text: 'hello?' }, { guild });
  await view.waitFor(() => view.response !== null);
  repair();
  await whileAway(() => void shy.dm('nobody knows my channel'));
  await waitUntilHeard('nobody knows my channel');
  expect(heard('nobody knows my channel')).toHaveLength(1);
});

test('hears what comes while the gap is fetched after it and once, from somebody new and from somebody known', async () => {
  const known = harness.newMember('Old');
  known.dm('hello from Old');
  await waitUntilHeard('hello from Old');
  const both = [known, harness.newMember('Fresh')];
  await whileAway(() => {
    for (const member of both) {
      for (const text of numberedTexts(`race ${member.globalName}`, 3)) member.dm(text);
      harness.faults.add({
        on: 'api',
        method: 'GET',
        match: messagesOf(member),
        effect: { kind: 'latency', ms: 1500 },
        times: 1,
      });
    }
  });
  for (const member of both) {
    const prefix = `race ${member.globalName}`;
    for (const text of numberedTexts(prefix, 6).slice(3)) member.dm(text);
  }
  for (const member of both) {
    const prefix = `race ${member.globalName}`;
    await waitUntilHeard(`${prefix} 5`);
    expect(heard(prefix)).toEqual(numberedTexts(prefix, 6));
  }
});

describe('a channel that cannot be read', () => {
  const fail = (member: DiscordUser, status: number, code: number, times?: number) =>
    harness.faults.add({
      on: 'api',
      method: 'GET',
      match: messagesOf(member),
      effect: { kind: 'status', status, body: { code, message: 'Something odd' } },
      times,
    });

  test('holds up neither the start nor other channels, and its member is heard again', async () => {
    const members = ['Barred', 'Gone', 'Odd', 'Fine'].map((name) => harness.newMember(name));
    for (const member of members) member.dm(`hello from ${member.globalName}`);
    for (const { globalName } of members) await waitUntilHeard(`hello from ${globalName}`);
    const [barred, gone, odd, fine] = members as [DiscordUser, DiscordUser, DiscordUser, DiscordUser];
    await harness.bridge.stop();
    const repairs = [fail(barred, 403, 50_001), fail(gone, 404, 10_003), fail(odd, 400, 99_999)];
    fine.dm('while it was away');
    await harness.bridge.start();
    await waitUntilHeard('while it was away');
    for (const member of members) member.dm(`still here, ${member.globalName}`);
    for (const { globalName } of members) await waitUntilHeard(`still here, ${globalName}`);
    for (const repair of repairs) repair();
  });

  test('once, loses nothing of what was written meanwhile', async () => {
    const members = [
      [harness.newMember('Unlisted'), 404, 0],
      [harness.newMember('Listed'), 404, 10_003],
      [harness.newMember('Away'), 503, 0],
    ] as const;
    for (const [member] of members) member.dm(`hello from ${member.globalName}`);
    for (const [{ globalName }] of members) await waitUntilHeard(`hello from ${globalName}`);
    await whileAway(() => {
      for (const [member, status, code] of members) {
        fail(member, status, code, 1);
        for (const text of numberedTexts(`${member.globalName} says`, 2)) member.dm(text);
      }
    });
    for (const [{ globalName }] of members) {
      await waitUntilHeard(`${globalName} says 1`);
      expect(heard(`${globalName} says`)).toEqual(numberedTexts(`${globalName} says`, 2));
    }
  });
});
