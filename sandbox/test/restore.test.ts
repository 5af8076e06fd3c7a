import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { runScript } from '../src/bridge-process.ts';
import type { DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

const PREVIOUS_TOKEN = 'f'.repeat(32);
const PREVIOUS_SECRET = 'the-secret-before-this-one';

/**
 * One backup, one crash and one restore for all. Discord takes the same message again, as it does some minutes after it
 * was sent, so that nothing but the bridge keeps it from being there twice.
 */
describe('a store that was restored from an older backup', () => {
  let harness: Harness;
  let folder: string;
  let backup: string;

  interface Chat {
    member: DiscordUser;
    sid: string;
    task: string;
  }
  let ada: Chat;
  let ben: Chat;
  let cleo: Chat;
  let dora: Chat;

  async function chat(member: DiscordUser): Promise<Chat> {
    const { conversationSid, task } = await harness.startChatWithAgent(member);
    return { member, sid: conversationSid, task: task.sid };
  }
  /** What the agent reads of the chat, system and bot messages included. */
  const transcript = ({ sid }: Chat) =>
    harness.twilio
      .messages(sid)
      .map(({ body }) => body ?? '')
      // It repeats what the member asked, in the words of today.
      .filter((body) => !body.startsWith('Summary for the agent'));
  /** All that the member reads from the bot. */
  const inbox = ({ member }: Chat) => harness.botMessages(member);
  const fromKim = (to: Chat) => inbox(to).filter((text) => text.startsWith('**Kim**'));
  const count = (texts: readonly string[], words: string) =>
    texts.filter((text) => text.includes(words)).length;

  async function say(to: Chat, ...texts: string[]) {
    const sent = texts.map((text) => to.member.dm(text));
    await harness.waitForTranscript(to.sid, (body) => body === texts.at(-1), {
      count: count(texts, texts.at(-1) ?? ''),
    });
    return sent;
  }
  async function reply(to: Chat, ...texts: string[]) {
    const sent = texts.map((text) => harness.kim.send(to.sid, text));
    await harness.waitForBotMessage(texts.at(-1) ?? '', to.member);
    return sent;
  }
  const command = (...args: string[]) => runScript('store', args, harness.env);

  const before: Record<string, { transcript: string[]; inbox: string[] }> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'flexcord-restore-'));
    backup = join(folder, 'backup.sqlite');
    harness = await startHarness({
      nonceWindowMs: 0,
      env: { TWILIO_AUTH_TOKEN_PREVIOUS: PREVIOUS_TOKEN, STUDIO_SECRET_PREVIOUS: PREVIOUS_SECRET },
    });
    ada = await chat(harness.ada);
    ben = await chat(harness.newMember('Ben'));
    const [old] = await say(ada, 'ada, old');
    const [oldReply, oldGone] = await reply(ada, 'kim, old', 'kim, old and gone');
    await reply(ben, 'kim to ben');
    if (!old || !oldReply || !oldGone) throw new Error('nothing was said');

    const made = await command('backup', backup);
    expect({ code: made.code, err: made.err }).toEqual({ code: 0, err: '' });

    // Both ways, with words that repeat, and with what becomes of them.
    const said = await say(
      ada,
      'ada 1',
      'same',
      'same',
      'ada 2',
      'ada 3 to edit',
      'ada 4 to delete',
      'ada 5 to edit late',
      'ada 6 to delete late',
      'ada 7',
    );
    const replied = await reply(
      ada,
      'kim 1',
      'ok',
      'ok',
      'kim 2 to edit',
      'kim 3 to remove',
      'kim 4 to edit late',
      'kim 5',
    );
    ada.member.edit(old, 'ada, old, edited');
    ada.member.edit(said[4] as never, 'ada 3 edited');
    ada.member.delete(said[5] as never);
    harness.kim.edit(oldReply, 'kim, old, edited');
    harness.kim.remove(oldGone);
    harness.kim.edit(replied[3] as never, 'kim 2 edited');
    harness.kim.remove(replied[4] as never);
    await waitUntil(
      () => count(transcript(ada), 'ada 3 edited') === 1 && count(transcript(ada), 'Ada deleted') === 1,
    );
    await waitUntil(() => count(transcript(ada), 'ada, old, edited') === 1);
    await waitUntil(() => count(inbox(ada), 'kim 2 edited') === 1 && count(inbox(ada), 'kim 3') === 0);
    await waitUntil(
      () => count(inbox(ada), 'kim, old, edited') === 1 && count(inbox(ada), 'kim, old and gone') === 0,
    );
    // A chat that the backup has ended, and another that it does not have.
    await reply(ben, 'bye, ben');
    harness.kim.endChat(ben.task);
    await harness.waitForBotMessage('This chat has ended', ben.member);
    cleo = await chat(harness.newMember('Cleo'));
    await say(cleo, 'cleo 1', 'cleo 2');
    await reply(cleo, 'kim to cleo');
    dora = await chat(harness.newMember('Dora'));
    await say(dora, 'dora 1');
    await reply(dora, 'kim to dora');
    harness.kim.endChat(dora.task);
    await harness.waitForBotMessage('This chat has ended', dora.member);
    for (const [name, one] of Object.entries({ ada, ben, cleo, dora }))
      before[name] = { transcript: transcript(one), inbox: inbox(one) };

    await harness.bridge.kill();
    // Twilio's times are whole seconds, and an edit is told from the first version by them.
    const second = () => Math.floor(Date.now() / 1000);
    const lastSaid = second();
    await waitUntil(() => second() > lastSaid);
    ada.member.edit(said[6] as never, 'ada 5 edited');
    ada.member.delete(said[7] as never);
    ada.member.dm('ada, while it was down');
    harness.kim.edit(replied[5] as never, 'kim 4 edited');
    harness.kim.send(ada.sid, 'kim, while it was down');
    cleo.member.dm('cleo writes, while it was down');
    harness.kim.send(cleo.sid, 'kim to cleo, while it was down');
    await harness.twilio.webhooksSettled();
    const restored = await command('restore', backup);
    expect({ code: restored.code, err: restored.err }).toEqual({ code: 0, err: '' });
    await harness.bridge.start();
    await harness.waitForTranscript(ada.sid, (body) => body === 'ada, while it was down');
    await harness.waitForBotMessage('kim, while it was down', ada.member);
    await harness.waitForTranscript(cleo.sid, (body) => body === 'cleo writes, while it was down');
    await harness.waitForBotMessage('kim to cleo, while it was down', cleo.member);
  });
  afterAll(async () => {
    await closeHarnesses();
    rmSync(folder, { recursive: true, force: true });
  });

  test('brings what came meanwhile, and nothing twice, in its order', async () => {
    await waitUntil(() => count(transcript(ada), 'ada 5 edited') === 1, { what: 'the late edit' });
    await waitUntil(() => count(transcript(ada), 'Ada deleted') === 2, { what: 'the late deletion' });
    const expected = (before.ada?.transcript ?? []).map((body) =>
      body === 'ada 5 to edit late'
        ? 'ada 5 edited\n[Edited. Before: ada 5 to edit late]'
        : body === 'ada 6 to delete late'
          ? '[Ada deleted this message]\nada 6 to delete late'
          : body === 'kim 4 to edit late'
            ? 'kim 4 edited'
            : body,
    );
    const now = transcript(ada);
    expect(now.filter((body) => !body.includes('while it was down'))).toEqual(expected);
    for (const words of ['ada, while it was down', 'kim, while it was down'])
      expect(count(now, words)).toBe(1);
    await waitUntil(() => count(inbox(ada), 'kim 4 edited') === 1, { what: 'the late edit of Kim’s' });
    expect(inbox(ada)).toEqual([
      ...(before.ada?.inbox ?? []).map((text) => text.replace('kim 4 to edit late', 'kim 4 edited')),
      '**Kim**: kim, while it was down',
    ]);
  });

  test('goes on with a chat that the backup does not have', () => {
    const words = ['cleo writes, while it was down', 'kim to cleo, while it was down'];
    expect(transcript(cleo).filter((body) => !words.includes(body))).toEqual(before.cleo?.transcript ?? []);
    for (const each of words) expect(count(transcript(cleo), each)).toBe(1);
    expect(inbox(cleo)).toEqual([...(before.cleo?.inbox ?? []), '**Kim**: kim to cleo, while it was down']);
  });

  test('leaves chats alone that ended since the backup', () => {
    for (const [name, one] of Object.entries({ ben, dora })) {
      expect({ name, transcript: transcript(one) }).toEqual({
        name,
        transcript: before[name]?.transcript ?? [],
      });
      expect({ name, inbox: inbox(one) }).toEqual({ name, inbox: before[name]?.inbox ?? [] });
    }
    expect(harness.twilio.conversations().length).toBe(4);
  });

  test('carries what is said afterwards, once and in order', async () => {
    await say(ada, 'ada later 0', 'ada later 1');
    await reply(ada, 'kim later 0', 'kim later 1');
    await say(cleo, 'cleo later');
    await reply(cleo, 'kim to cleo later');
    expect(
      transcript(ada)
        .slice(-4)
        .filter((body) => body.startsWith('ada')),
    ).toEqual(['ada later 0', 'ada later 1']);
    expect(fromKim(ada).slice(-2)).toEqual(['**Kim**: kim later 0', '**Kim**: kim later 1']);
    expect(count(inbox(cleo), 'kim to cleo later')).toBe(1);
  });

  test('takes what is signed with the auth token and the Studio secret before, and nothing with another', async () => {
    const event = { EventType: 'onFlexcordTest' };
    async function webhook(token: string) {
      const url = `${harness.bridge.url}/twilio/conversations`;
      const headers = { 'x-twilio-signature': getExpectedTwilioSignature(token, url, event) };
      return (await fetch(url, { method: 'POST', headers, body: new URLSearchParams(event) })).status;
    }
    async function question(secret: string) {
      const body = JSON.stringify({ secret, conversationSid: ada.sid });
      return (await fetch(`${harness.bridge.url}/twilio/studio/turn`, { method: 'POST', body })).status;
    }
    expect(await webhook(harness.twilio.authToken)).toBe(204);
    expect(await webhook(PREVIOUS_TOKEN)).toBe(204);
    expect(await webhook('e'.repeat(32))).toBe(403);
    expect(await question(PREVIOUS_SECRET)).toBe(200);
    expect(await question('the-secret-after-this-one')).toBe(403);
  });
});
