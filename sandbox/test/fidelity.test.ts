import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { APIMessage } from 'discord-api-types/v10';
import { type Member, setAttachmentLife } from '../src/discord/index.ts';
import { type Sandbox, startSandbox } from '../src/sandbox.ts';
import type { Agent } from '../src/twilio/agent/agent.ts';

/** One conversation with an agent, in which members and agents do what people do besides writing. */
describe('messages keep their meaning', () => {
  let sandbox: Sandbox;
  let ada: Member;
  let kim: Agent;
  let conversation: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ routing: 'bridge', messageRate: { limit: 50, windowMs: 1000 } });
    const guild = sandbox.discord.createGuild({ name: 'Lantern Isles' });
    ada = sandbox.discord.createUser({ username: 'ada', globalName: 'Ada' });
    guild.join(ada);
    kim = sandbox.twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
    await ada.dm('I want to talk to a person');
    const reservation = await kim.waitForReservation();
    conversation = String(reservation.task.attributes.conversationSid);
    const joined = sandbox.discord.waitForMessage(({ content }) => content.includes('Kim joined'));
    await kim.accept(reservation);
    await joined;
  }, 20_000);
  afterAll(() => sandbox?.stop());

  const lines = () => kim.transcript(conversation);
  const shown = (fits: (line: ReturnType<typeof lines>[number]) => boolean) =>
    sandbox.twilio.waitFor(() => lines().find(fits));
  const says = (words: string) => shown(({ body }) => body?.includes(words) ?? false);
  const received = (fits: (message: APIMessage) => boolean) =>
    sandbox.discord.waitForMessage(
      (message) => message.author.id === sandbox.discord.applicationId && fits(message),
    );
  const bytesOf = async (url: string, headers: Record<string, string> = {}) =>
    new Uint8Array(await (await fetch(url, { headers })).arrayBuffer());
  const mediaBytes = (sid: string) =>
    bytesOf(`${sandbox.twilio.url}/mcs/v1/Services/${sandbox.twilio.serviceSid}/Media/${sid}/Content`, {
      authorization: `Basic ${btoa(`${sandbox.twilio.accountSid}:${sandbox.twilio.authToken}`)}`,
    });
  const noise = (size: number) => crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
  const file = (name: string, contentType: string, bytes = noise(3000)) => ({ name, contentType, bytes });

  describe('files from the member', () => {
    test('words and file arrive as two messages in order, the bytes unchanged', async () => {
      const map = file('map é.png', 'image/png');
      await ada.dm('here is the map', { attachments: [map] });
      const line = await shown(({ media }) => media[0]?.filename === 'map é.png');
      const before = lines().find(({ index }) => index === line.index - 1);
      expect(before?.body).toBe('here is the map');
      expect(line.author).toBe(`discord_${ada.id}`);
      expect(await mediaBytes(line.media[0]?.sid ?? '')).toEqual(map.bytes);
    });

    test('a link that has expired is fetched anew', async () => {
      setAttachmentLife(-1000);
      await ada.dm('', { attachments: [file('late.png', 'image/png')] });
      setAttachmentLife(24 * 3600_000);
      await shown(({ media }) => media[0]?.filename === 'late.png');
    });

    test('an answer that got lost does not double anything', async () => {
      sandbox.faults.add({
        on: 'api',
        method: 'POST',
        match: /Messages$/,
        effect: { kind: 'reset-after' },
        times: 2,
      });
      await ada.dm('twice?', { attachments: [file('once.png', 'image/png')] });
      await ada.dm('after once.png');
      await says('after once.png');
      expect(lines().filter(({ body }) => body === 'twice?')).toHaveLength(1);
      expect(lines().filter(({ media }) => media[0]?.filename === 'once.png')).toHaveLength(1);
    });

    test('what Flex cannot show is named with size and link', async () => {
      await ada.dm('', { attachments: [file('tool.exe', 'application/x-msdownload')] });
      expect((await says('tool.exe')).body).toMatch(/^\[File: tool\.exe, 3\.0 kB\] http.+\/attachments\//);
    });

    test('a voice message is marked as such, with its length', async () => {
      await ada.voice(file('voice-message.ogg', 'audio/ogg'), 64.6);
      await says('[Voice message, 1:05]');
      await shown(({ media }) => media[0]?.content_type === 'audio/ogg');
    });

    test('stickers, polls and forwards are named', async () => {
      await ada.dm('', { sticker: { id: '5', name: 'Wave' } });
      await says('[Sticker: Wave');
      await ada.dm('', { poll: { question: 'Tea?', answers: ['yes', 'no'] } });
      await says('[Poll: Tea? (yes / no)]');
      const original = await ada.dm('look at this', { attachments: [file('seen.png', 'image/png')] });
      await ada.forward(original);
      await says('[Forwarded message: look at this]');
      await sandbox.twilio.waitFor(
        () => lines().filter(({ media }) => media[0]?.filename === 'seen.png').length === 2,
      );
    });
  });

  describe('files from the agent', () => {
    test('arrive as attachments with the agent’s name, the bytes unchanged', async () => {
      const bytes = noise(5000);
      const arrived = received(({ attachments }) => attachments.length > 0);
      kim.send(conversation, '', { media: { filename: 'way.png', contentType: 'image/png', bytes } });
      const { id, channel_id } = await arrived;
      const { discord } = sandbox;
      const fetched = await fetch(`${discord.apiBase}/v10/channels/${channel_id}/messages/${id}`, {
        headers: { authorization: `Bot ${discord.botToken}` },
      });
      const message = (await fetched.json()) as APIMessage;
      expect(message.content).toBe('**Kim**:');
      expect(message.attachments[0]?.filename).toBe('way.png');
      expect(await bytesOf(message.attachments[0]?.url ?? '')).toEqual(bytes);
    });

    test('one too large for Discord is named, with a link that works', async () => {
      const named = received(({ content }) => content.includes('huge.pdf'));
      const bytes = new Uint8Array(11 * 1024 * 1024);
      kim.send(conversation, '', { media: { filename: 'huge.pdf', contentType: 'application/pdf', bytes } });
      const { content } = await named;
      expect(content).toStartWith('**Kim**: [File: huge.pdf, 11.5 MB]\n');
      const url = /http\S+/.exec(content)?.[0] ?? '';
      expect((await bytesOf(url)).byteLength).toBe(bytes.byteLength);
    });

    test('an answer that got lost does not double the upload', async () => {
      sandbox.faults.add({
        on: 'api',
        method: 'POST',
        match: /channels\/\d+\/messages$/,
        effect: { kind: 'reset-after' },
        times: 1,
      });
      kim.send(conversation, '', {
        media: { filename: 'one.png', contentType: 'image/png', bytes: noise(99) },
      });
      const after = received(({ content }) => content.includes('after one.png'));
      kim.send(conversation, 'after one.png');
      await after;
      expect(ada.inbox().filter(({ attachments }) => attachments[0]?.filename === 'one.png')).toHaveLength(1);
    });
  });
});
