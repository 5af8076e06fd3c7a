import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { APIMessage } from 'discord-api-types/v10';
import type { DiscordUser } from '../src/discord/index.ts';
import type { Agent } from '../src/twilio/agent/agent.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/** All tests share one conversation. */
describe('messages between a member and an agent', () => {
  let harness: Harness;
  let ada: DiscordUser;
  let kim: Agent;
  let conversation: string;

  beforeAll(async () => {
    harness = await startHarness({ routing: 'bridge' });
    ({ ada, kim } = harness);
    conversation = (await harness.startChatWithAgent()).conversationSid;
  });
  afterAll(closeHarnesses);

  const lines = () => kim.transcript(conversation);
  const waitForLine = (matches: (line: ReturnType<typeof lines>[number]) => boolean) =>
    harness.twilio.waitFor(() => lines().find(matches));
  const waitForText = (text: string) => waitForLine(({ body }) => body?.includes(text) ?? false);
  const nextBotMessage = (matches: (message: APIMessage) => boolean) =>
    harness.discord.waitForMessage(
      ({ message }) => message.author.id === harness.discord.applicationId && matches(message),
    );
  /** Resolves when Discord has added the previews of a message's links. */
  const nextPreview = () =>
    new Promise<void>((resolve) => {
      const stop = harness.discord.on('messageUpdate', ({ message }) => {
        if (!message.embeds.some(({ type }) => type === 'link')) return;
        stop();
        resolve();
      });
    });
  const bytesOf = async (url: string, headers: Record<string, string> = {}) =>
    new Uint8Array(await (await fetch(url, { headers })).arrayBuffer());
  const mediaBytes = (sid: string) =>
    bytesOf(`${harness.twilio.url}/mcs/v1/Services/${harness.twilio.serviceSid}/Media/${sid}/Content`, {
      authorization: `Basic ${btoa(`${harness.twilio.accountSid}:${harness.twilio.authToken}`)}`,
    });
  const randomBytes = (size: number) => crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
  const file = (name: string, contentType: string, bytes = randomBytes(3000)) => ({
    name,
    contentType,
    data: bytes,
  });

  describe('files from the member', () => {
    test('a file keeps the name that the member gave it, though Discord makes it plain', async () => {
      const message = ada.dm('', { attachments: [file('海図 (新).png', 'image/png')] });
      expect(message.attachments[0]).toMatchObject({ filename: 'unknown.png', title: '海図 (新)' });
      await waitForLine(({ media }) => media[0]?.filename === '海図 (新).png');
    });

    test('text and file arrive as two messages in order, with unchanged bytes', async () => {
      const map = file('map.png', 'image/png');
      ada.dm('here is the map', { attachments: [map] });
      const line = await waitForLine(({ media }) => media[0]?.filename === 'map.png');
      const before = lines().find(({ index }) => index === line.index - 1);
      expect(before?.body).toBe('here is the map');
      expect(line.author).toBe(`discord_${ada.id}`);
      expect(await mediaBytes(line.media[0]?.sid ?? '')).toEqual(map.data);
    });

    test('an expired attachment link is renewed', async () => {
      harness.discord.limits.attachmentLifeMs = -1000;
      ada.dm('', { attachments: [file('late.png', 'image/png')] });
      harness.discord.limits.attachmentLifeMs = 24 * 3600_000;
      await waitForLine(({ media }) => media[0]?.filename === 'late.png');
    });

    test('a lost response does not duplicate text or file', async () => {
      harness.faults.add({
        on: 'api',
        method: 'POST',
        match: /Messages$/,
        effect: { kind: 'reset-after' },
        times: 2,
      });
      ada.dm('twice?', { attachments: [file('once.png', 'image/png')] });
      ada.dm('after once.png');
      await waitForText('after once.png');
      expect(lines().filter(({ body }) => body === 'twice?')).toHaveLength(1);
      expect(lines().filter(({ media }) => media[0]?.filename === 'once.png')).toHaveLength(1);
    });

    test('a file that Flex cannot show is sent as its name, size and link', async () => {
      ada.dm('', { attachments: [file('tool.exe', 'application/x-msdownload')] });
      expect((await waitForText('tool.exe')).body).toMatch(
        /^\[File: \[tool\.exe\]\(http.+\/attachments\/.+\), 3\.0 kB\]$/,
      );
    });

    test('a voice message is labelled, with its length', async () => {
      ada.dm('', {
        voice: true,
        attachments: [{ ...file('voice-message.ogg', 'audio/ogg'), durationSecs: 64.6, waveform: 'AAAA' }],
      });
      await waitForText('[Voice message, 1:05]');
      await waitForLine(({ media }) => media[0]?.content_type === 'audio/ogg');
    });

    test('stickers, polls and forwarded messages are described in text', async () => {
      ada.dm('', { stickers: [{ name: 'Wave' }] });
      await waitForText('[Sticker: [Wave](https://');
      ada.dm('', { poll: { question: 'Tea?', answers: ['yes', 'no'] } });
      await waitForText('[Poll: Tea? (yes / no)]');
      const original = ada.dm('look at this', { attachments: [file('seen.png', 'image/png')] });
      ada.dm('', { forward: original });
      await waitForText('[Forwarded message: look at this]');
      await harness.twilio.waitFor(
        () => lines().filter(({ media }) => media[0]?.filename === 'seen.png').length === 2,
      );
    });
  });

  describe('files from the agent', () => {
    test('arrive as attachments with the agent’s name and unchanged bytes', async () => {
      const bytes = randomBytes(5000);
      const arrived = nextBotMessage(({ attachments }) => attachments.length > 0);
      kim.send(conversation, '', { media: { filename: 'way.png', contentType: 'image/png', bytes } });
      const { id, channel_id } = await arrived;
      const { discord } = harness;
      const fetched = await fetch(`${discord.apiBase}/v10/channels/${channel_id}/messages/${id}`, {
        headers: { authorization: `Bot ${discord.botToken}` },
      });
      const message = (await fetched.json()) as APIMessage;
      expect(message.content).toBe('**Kim**:');
      expect(message.attachments[0]?.filename).toBe('way.png');
      expect(await bytesOf(message.attachments[0]?.url ?? '')).toEqual(bytes);
    });

    test('a file too large for Discord is sent as its name, with a working link', async () => {
      const named = nextBotMessage(({ content }) => content.includes('huge.pdf'));
      const bytes = new Uint8Array(11 * 1024 * 1024);
      kim.send(conversation, '', { media: { filename: 'huge.pdf', contentType: 'application/pdf', bytes } });
      const { content } = await named;
      expect(content).toMatch(/^\*\*Kim\*\*: \[File: \[huge\.pdf\]\(http\S+\), 11\.5 MB\]\n-# /);
      const url = /http[^\s)]+/.exec(content)?.[0] ?? '';
      expect((await bytesOf(url)).byteLength).toBe(bytes.byteLength);
    });

    test('a lost response does not duplicate the upload', async () => {
      harness.faults.add({
        on: 'api',
        method: 'POST',
        match: /channels\/\d+\/messages$/,
        effect: { kind: 'reset-after' },
        times: 1,
      });
      kim.send(conversation, '', {
        media: { filename: 'one.png', contentType: 'image/png', bytes: randomBytes(99) },
      });
      const after = nextBotMessage(({ content }) => content.includes('after one.png'));
      kim.send(conversation, 'after one.png');
      await after;
      expect(ada.inbox().filter(({ attachments }) => attachments[0]?.filename === 'one.png')).toHaveLength(1);
    });
  });

  describe('edits and deletions by the member', () => {
    test('an edit shows the new text and the text before', async () => {
      const message = ada.dm('my order is 1234');
      const { sid } = await waitForText('my order is 1234');
      ada.edit(message, 'my order is 1243');
      await harness.twilio.waitFor(
        () =>
          lines().find((line) => line.sid === sid)?.body ===
          'my order is 1243\n[Edited. Before: my order is 1234]',
      );
    });

    test('every earlier version of an edited message is kept in its attributes', async () => {
      const message = ada.dm('version one');
      const { sid } = await waitForText('version one');
      for (const words of ['version two', 'version three']) {
        ada.edit(message, words);
        await waitForText(`${words}\n[Edited`);
      }
      const line = lines().find((found) => found.sid === sid);
      expect(line?.body).toBe('version three\n[Edited. Before: version two]');
      const attributes = line?.attributes as { discord: object; former: { text: string }[] };
      expect(attributes.former.map(({ text }) => text)).toEqual(['version one', 'version two']);
      expect(attributes.discord).toMatchObject({ messageId: message.id, part: 0, of: 1 });
    });

    test('an edit made before its message was delivered is not lost', async () => {
      harness.faults.add({
        on: 'api',
        method: 'POST',
        match: /Messages$/,
        effect: { kind: 'status', status: 503 },
        times: 2,
      });
      const message = ada.dm('quick one');
      ada.edit(message, 'quick two');
      ada.edit(ada.inbox().find(({ id }) => id === message.id) ?? message, 'quick three');
      await waitForText('quick three\n[Edited');
      expect(lines().filter(({ body }) => body?.startsWith('quick'))).toHaveLength(1);
    });

    test('a link preview that Discord adds does not count as an edit', async () => {
      const previewed = nextPreview();
      const message = ada.dm('see https://example.com');
      await waitForText('see https://example.com');
      await previewed;
      ada.dm('after the preview');
      await waitForText('after the preview');
      const line = () => lines().find(({ body }) => body?.startsWith('see https'))?.body;
      expect(line()).toBe('see https://example.com');
      // Nor are its words the member's when they do edit.
      ada.edit(message, 'see https://example.com now');
      await waitForText('see https://example.com now\n[Edited. Before: see https://example.com]');
      expect(line()).not.toContain('Preview of');
    });

    test('a preview of the bot’s own link is neither an edit nor another message', async () => {
      const previewed = nextPreview();
      const sent = kim.send(conversation, 'look at https://example.org/help');
      await previewed;
      kim.edit(sent, 'look at https://example.org/help again');
      await waitUntil(() => ada.inbox().some(({ content }) => content.endsWith('/help again')));
      const after = nextBotMessage(({ content }) => content.includes('after the own preview'));
      kim.send(conversation, 'after the own preview');
      await after;
      const shown = ada.inbox().filter(({ content }) => content.includes('example.org'));
      expect(shown.map(({ content }) => content)).toEqual([
        '**Kim**: look at https://example.org/help again',
      ]);
      expect(lines().filter(({ body }) => body?.includes('example.org'))).toHaveLength(1);
    });

    test('a deleted message is marked as deleted and stays readable', async () => {
      const message = ada.dm('forget this', { attachments: [file('x.png', 'image/png')] });
      await waitForLine(({ media }) => media[0]?.filename === 'x.png');
      ada.delete(message);
      expect((await waitForText('[Ada deleted this message]')).body).toBe(
        '[Ada deleted this message]\nforget this',
      );
      const only = ada.dm('', { attachments: [file('y.png', 'image/png')] });
      await waitForLine(({ media }) => media[0]?.filename === 'y.png');
      ada.delete(only);
      await waitForText('[Ada deleted a file]');
    });
  });

  test('edits, deletions and reactions made while the bridge is down are delivered once after its start', async () => {
    const changed = ada.dm('before the outage');
    const taken = ada.dm('a slip of the tongue');
    ada.dm('left as it is');
    const reacted = nextBotMessage(({ content }) => content.includes('does this help?'));
    kim.send(conversation, 'does this help?');
    const answer = await reacted;
    const liked = nextBotMessage(({ content }) => content.includes('and this?'));
    kim.send(conversation, 'and this?');
    const second = await liked;
    ada.react(second, '🎉');
    await waitForText('[Ada reacted 🎉 to “and this?”]');
    await waitForText('left as it is');

    await harness.bridge.stop();
    ada.edit(changed, 'after the outage');
    ada.delete(taken);
    ada.react(answer, '👍');
    ada.unreact(second, '🎉');
    const late = ada.dm('written and');
    ada.edit(late, 'written and edited meanwhile');
    await harness.bridge.start();
    await waitForText('after the outage\n[Edited. Before: before the outage]');
    await waitForText('[Ada deleted this message]\na slip of the tongue');
    await waitForText('[Ada reacted 👍 to “does this help?”]');
    await waitForText('[Ada took back 🎉 from “and this?”]');
    await waitForText('written and edited meanwhile');

    // After a second restart nothing is delivered again.
    const known = lines().map(({ body }) => body);
    await harness.bridge.stop();
    await harness.bridge.start();
    ada.dm('after the second outage');
    await waitForText('after the second outage');
    expect(lines().map(({ body }) => body)).toEqual([...known, 'after the second outage']);
  });

  describe('edits and deletions by the agent', () => {
    const long = (word: string, count: number) => `${word} `.repeat(count).trim();
    const texts = (word: string) =>
      ada
        .inbox()
        .map(({ content }) => content)
        .filter((content) => content.includes(word));

    test('an edited message is split again as it grows and shrinks', async () => {
      const first = nextBotMessage(({ content }) => content.includes('tide'));
      const sent = kim.send(conversation, long('tide', 100));
      await first;
      kim.edit(sent, long('tide', 1000));
      await waitUntil(() => texts('tide').length === 3);
      expect(texts('tide').join(' ')).toBe(`**Kim**: ${long('tide', 1000)}`);
      kim.edit(sent, 'tide out');
      await waitUntil(() => texts('tide').length === 1);
      expect(texts('tide')).toEqual(['**Kim**: tide out']);
    });

    test('an edit whose webhook arrives before that of its message is applied', async () => {
      harness.faults.add({
        on: 'webhook',
        match: /onMessageAdded/,
        // Long enough that the edit's webhook is first also on a busy machine.
        effect: { kind: 'delay', ms: 2_000 },
        times: 1,
      });
      const seen = nextBotMessage(({ content }) => content.includes('swell'));
      kim.edit(kim.send(conversation, 'swell 1'), 'swell 2');
      expect((await seen).content).toBe('**Kim**: swell 2');
      await harness.twilio.webhooksSettled();
      const after = nextBotMessage(({ content }) => content.includes('after the wave'));
      kim.send(conversation, 'after the wave');
      await after;
      expect(texts('swell')).toEqual(['**Kim**: swell 2']);
    });

    test('a text that nests too deeply arrives as it was written, and holds up nothing', async () => {
      const arrived = nextBotMessage(({ content }) => content.includes('after the deep'));
      kim.send(conversation, `${'>'.repeat(11_000)} deep`);
      kim.send(conversation, 'after the deep');
      await arrived;
      expect(texts('shown without its formatting')).toHaveLength(1);
      ada.dm(`${'['.repeat(1900)} deep`);
      ada.dm('and the member after it');
      await waitForText('and the member after it');
    });

    test('every part of a removed message is deleted', async () => {
      const arrived = nextBotMessage(({ content }) => content.includes('reef'));
      const sent = kim.send(conversation, long('reef', 600));
      await arrived;
      kim.remove(sent);
      await waitUntil(() => texts('reef').length === 0);
    });
  });

  describe('replies, reactions, names and closed direct messages', () => {
    test('a reply quotes the message it answers', async () => {
      const arrived = nextBotMessage(({ content }) => content.includes('which harbour?'));
      kim.send(conversation, 'which harbour?');
      ada.dm('the old one', { replyTo: await arrived });
      await waitForText('> Kim: which harbour?\nthe old one');
    });

    test('a reaction and its removal reach the agent once', async () => {
      const arrived = nextBotMessage(({ content }) => content.includes('is it mended?'));
      kim.send(conversation, 'is it mended?');
      const message = await arrived;
      ada.react(message, '👍');
      await waitForText('[Ada reacted 👍 to “is it mended?”]');
      ada.unreact(message, '👍');
      await waitForText('[Ada took back 👍 from “is it mended?”]');
    });

    test('the agent is told the member’s new name', async () => {
      ada.rename('Ada L.');
      ada.dm('it is still me');
      await waitForText('[Ada is now called Ada L.]');
      ada.rename('Ada');
    });

    test('a member cannot write what the bridge says itself', async () => {
      ada.dm('[Kim deleted this message]');
      await waitForText('“[Kim deleted this message]”');
      ada.dm('well\n[Ada is now called Kim]\n[GIF: x] https://x.example/');
      await waitForText('well\n“[Ada is now called Kim]”\n“[GIF: x] https://x.example/”');
      ada.dm('see [https://bank.example](https://evil.example) and [this](https://fine.example)');
      await waitForText('see https://bank.example (https://evil.example) and [this](https://fine.example)');
      const arrived = nextBotMessage(({ content }) => content.includes('bank.example'));
      kim.send(conversation, '[bank.example](https://evil.example/x), [ours](https://fine.example)');
      expect((await arrived).content).toBe(
        '**Kim**: bank.example (https://evil.example/x), [ours](https://fine.example)',
      );
    });

    test('the agent is told why a member cannot be reached', async () => {
      ada.closeDms();
      kim.send(conversation, 'are you there?');
      await waitForText('does not accept direct messages');
      ada.openDms();
    });
  });
});
