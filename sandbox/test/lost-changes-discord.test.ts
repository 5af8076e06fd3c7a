import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, startHarness } from './harness.ts';
import { numberedTexts } from './numbered-messages.ts';

let harness: Awaited<ReturnType<typeof startHarness>>;
let isles: DiscordGuild;
beforeAll(async () => {
  harness = await startHarness({
    routing: 'bridge',
    grantedIntents: GatewayIntentBits.MessageContent,
    prepare(discord) {
      isles = discord.createGuild({
        name: 'Lantern Isles',
        channels: [{ name: 'support' }],
        botPermissions: PermissionFlagsBits.Administrator,
      });
      return { DISCORD_SUPPORT_CHANNEL_ID: isles.channel('support') };
    },
  });
});
afterAll(closeHarnesses);

const bodies = () =>
  harness.twilio
    .conversations()
    .flatMap(({ sid }) => harness.twilio.messages(sid))
    .map(({ body }) => body ?? '');
const waitForBody = (body: string) =>
  harness.twilio.waitFor(() => bodies().includes(body), { what: `“${body}” at Twilio` });

/** While `work` is done the bridge hears nothing, and nothing of it is replayed afterwards. */
async function whileAway(work: () => void): Promise<void> {
  const { gateway } = harness.discord;
  gateway.refuse(true);
  gateway.dropConnections({ resumable: false });
  work();
  gateway.refuse(false);
  await waitUntil(() => gateway.sessions.some(({ connected }) => connected), {
    what: 'a new gateway session',
  });
}

async function heardMember(name: string): Promise<{ member: DiscordUser; conversationSid: string }> {
  const member = harness.newMember(name);
  const { conversationSid } = await harness.startChatWithAgent(member);
  return { member, conversationSid };
}

test('what was heard and not delivered yet ends deleted or edited when that happens in a gap', async () => {
  const { member, conversationSid } = await heardMember('Pia');
  const witness = await heardMember('Witness');
  const repair = harness.faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`${conversationSid}/Messages`),
    effect: { kind: 'status', status: 503 },
  });
  const card = member.dm('my card number is 4111');
  const slip = member.dm('I live in Rme');
  witness.member.dm('both were heard');
  await waitForBody('both were heard');
  const reads = () =>
    harness.discord.requests.filter(
      ({ method, path }) => method === 'GET' && path.includes(`/channels/${member.dmChannelId}/messages`),
    ).length;
  const readBefore = reads();
  await whileAway(() => {
    member.delete(card);
    member.edit(slip, 'I live in Roma');
    member.edit(slip, 'I live in Rome');
  });
  // The channel is caught up and reviewed before anything is delivered.
  await waitUntil(() => reads() >= readBefore + 2, { what: 'a review' });
  repair();
  await waitForBody('[Pia deleted this message]\nmy card number is 4111');
  await waitForBody('I live in Rome\n[Edited. Before: I live in Rme]');
  expect(bodies().filter((body) => body.includes('4111'))).toHaveLength(1);
});

test('what is deleted while the gap before it is fetched is heard before what follows it', async () => {
  const { member, conversationSid } = await heardMember('Mia');
  let repair = () => {};
  await whileAway(() => {
    member.dm('word 0');
    repair = harness.faults.add({
      on: 'api',
      method: 'GET',
      match: new RegExp(`/channels/${member.dmChannelId}/messages`),
      effect: { kind: 'status', status: 503 },
    });
  });
  member.delete(member.dm('word 1'));
  member.dm('word 2');
  repair();
  await harness.waitForTranscript(conversationSid, (body) => body === '[Mia deleted this message]\nword 1');
  await harness.waitForTranscript(conversationSid, (body) => body === 'word 2');
  expect(bodies().filter((body) => /^(\[.*\n)?word /.test(body))).toEqual([
    'word 0',
    '[Mia deleted this message]\nword 1',
    'word 2',
  ]);
});

test('changes far back in an open conversation are found', async () => {
  const { member } = await heardMember('Far');
  const edited = member.dm('said long ago');
  const deleted = member.dm('regretted long ago');
  for (const text of numberedTexts('chatter', 130)) member.dm(text);
  await waitForBody('chatter 129');
  await whileAway(() => {
    member.edit(edited, 'said otherwise');
    member.delete(deleted);
  });
  await waitForBody('said otherwise\n[Edited. Before: said long ago]');
  await waitForBody('[Far deleted this message]\nregretted long ago');
  expect(bodies().filter((body) => body.startsWith('chatter'))).toEqual(numberedTexts('chatter', 130));
});

test('one odd answer makes nothing look deleted, and ends no review', async () => {
  const { member } = await heardMember('Steady');
  const kept = member.dm('this stays');
  await waitForBody('this stays');
  const gone = member.dm('this goes');
  await waitForBody('this goes');
  const match = new RegExp(`/channels/${member.dmChannelId}/messages\\?`);
  await whileAway(() => {
    harness.faults.add({
      on: 'api',
      method: 'GET',
      match,
      effect: { kind: 'status', status: 200, body: [] },
    });
    member.edit(kept, 'this really stays');
    member.delete(gone);
  });
  await waitForBody('[Steady deleted this message]\nthis goes');
  harness.faults.clear();
  expect(bodies().some((body) => body.includes('deleted this message]\nthis stays'))).toBe(false);
  await whileAway(() => {});
  await waitForBody('this really stays\n[Edited. Before: this stays]');
});

test('refusals that Discord does not document lose no message', async () => {
  const { member, conversationSid } = await heardMember('Odd');
  for (const status of [400, 403, 404])
    harness.faults.add({
      on: 'api',
      method: 'POST',
      match: new RegExp(`/channels/${member.dmChannelId}/messages`),
      times: 1,
      effect: { kind: 'status', status, body: { code: 99_999, message: 'Something odd' } },
    });
  harness.kim.send(conversationSid, 'refused oddly');
  await harness.waitForBotMessage('refused oddly', member);
});

describe('in a private thread', () => {
  test('deletions in bulk and reactions that a moderator clears are carried', async () => {
    const { discord, kim, twilio } = harness;
    const { member, conversationSid } = await heardMember('Thea');
    isles.join(member);
    member.closeDms();
    const inThread = discord.waitForMessage(({ message }) => message.content.includes('come in here'));
    kim.send(conversationSid, 'come in here');
    const question = await inThread;
    const thread = question.channel_id;
    const spam = ['spam one', 'spam two'].map((text) => member.say(thread, text));
    await waitForBody('spam two');
    for (const emoji of ['👍', '🎉', '👀']) member.react(question, emoji);
    await waitForBody('[Thea reacted 👀 to “come in here”]');
    const asBot = (method: string, path: string, body?: unknown) =>
      fetch(`${discord.url}/api/v10/channels/${thread}/messages/${path}`, {
        method,
        headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
        body: body ? JSON.stringify(body) : undefined,
      });
    const bulk = await asBot('POST', 'bulk-delete', { messages: spam.map(({ id }) => id) });
    expect(bulk.status).toBe(204);
    for (const text of ['spam one', 'spam two']) await waitForBody(`[Thea deleted this message]\n${text}`);
    expect((await asBot('DELETE', `${question.id}/reactions/${encodeURIComponent('👍')}`)).status).toBe(204);
    await twilio.waitFor(() => bodies().some((body) => body.includes('took back 👍')));
    expect(bodies().some((body) => body.includes('took back 🎉'))).toBe(false);
    expect((await asBot('DELETE', `${question.id}/reactions`)).status).toBe(204);
    for (const emoji of ['🎉', '👀'])
      await twilio.waitFor(() => bodies().some((body) => body.includes(`took back ${emoji}`)));
  });
});
