import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { APIMessage } from 'discord-api-types/v10';
import { GatewayIntentBits, PermissionFlagsBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import type { Agent } from '../src/twilio/agent/agent.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/** One conversation with an agent, in which members and agents do what people do besides writing. */
describe('messages keep their meaning', () => {
  let sandbox: Harness;
  let ada: DiscordUser;
  let kim: Agent;
  let conversation: string;

  beforeAll(async () => {
    sandbox = await startHarness({ routing: 'bridge' });
    ({ ada, kim } = sandbox);
    conversation = (await sandbox.meet()).conversationSid;
  }, 20_000);
  afterAll(closeHarnesses);

  const lines = () => kim.transcript(conversation);
  const shown = (fits: (line: ReturnType<typeof lines>[number]) => boolean) =>
    sandbox.twilio.waitFor(() => lines().find(fits));
  const says = (words: string) => shown(({ body }) => body?.includes(words) ?? false);
  const received = (fits: (message: APIMessage) => boolean) =>
    sandbox.discord.waitForMessage(
      ({ message }) => message.author.id === sandbox.discord.applicationId && fits(message),
    );
  const onDiscord = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!holds()) return;
        stop();
        resolve();
      };
      const stop = sandbox.discord.onAny(look);
      look();
    });
  const bytesOf = async (url: string, headers: Record<string, string> = {}) =>
    new Uint8Array(await (await fetch(url, { headers })).arrayBuffer());
  const mediaBytes = (sid: string) =>
    bytesOf(`${sandbox.twilio.url}/mcs/v1/Services/${sandbox.twilio.serviceSid}/Media/${sid}/Content`, {
      authorization: `Basic ${btoa(`${sandbox.twilio.accountSid}:${sandbox.twilio.authToken}`)}`,
    });
  const noise = (size: number) => crypto.getRandomValues(new Uint8Array(Math.min(size, 65_536)));
  const file = (name: string, contentType: string, bytes = noise(3000)) => ({
    name,
    contentType,
    data: bytes,
  });

  describe('files from the member', () => {
    test('words and file arrive as two messages in order, the bytes unchanged', async () => {
      const map = file('map.png', 'image/png');
      ada.dm('here is the map', { attachments: [map] });
      const line = await shown(({ media }) => media[0]?.filename === 'map.png');
      const before = lines().find(({ index }) => index === line.index - 1);
      expect(before?.body).toBe('here is the map');
      expect(line.author).toBe(`discord_${ada.id}`);
      expect(await mediaBytes(line.media[0]?.sid ?? '')).toEqual(map.data);
    });

    test('a link that has expired is fetched anew', async () => {
      sandbox.discord.limits.attachmentLifeMs = -1000;
      ada.dm('', { attachments: [file('late.png', 'image/png')] });
      sandbox.discord.limits.attachmentLifeMs = 24 * 3600_000;
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
      ada.dm('twice?', { attachments: [file('once.png', 'image/png')] });
      ada.dm('after once.png');
      await says('after once.png');
      expect(lines().filter(({ body }) => body === 'twice?')).toHaveLength(1);
      expect(lines().filter(({ media }) => media[0]?.filename === 'once.png')).toHaveLength(1);
    });

    test('what Flex cannot show is named with size and link', async () => {
      ada.dm('', { attachments: [file('tool.exe', 'application/x-msdownload')] });
      expect((await says('tool.exe')).body).toMatch(/^\[File: tool\.exe, 3\.0 kB\] http.+\/attachments\//);
    });

    test('a voice message is marked as such, with its length', async () => {
      ada.dm('', {
        voice: true,
        attachments: [{ ...file('voice-message.ogg', 'audio/ogg'), durationSecs: 64.6, waveform: 'AAAA' }],
      });
      await says('[Voice message, 1:05]');
      await shown(({ media }) => media[0]?.content_type === 'audio/ogg');
    });

    test('stickers, polls and forwards are named', async () => {
      ada.dm('', { stickers: [{ name: 'Wave' }] });
      await says('[Sticker: Wave');
      ada.dm('', { poll: { question: 'Tea?', answers: ['yes', 'no'] } });
      await says('[Poll: Tea? (yes / no)]');
      const original = ada.dm('look at this', { attachments: [file('seen.png', 'image/png')] });
      ada.dm('', { forward: original });
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

  describe('edits and deletions by the member', () => {
    test('an edit shows what it says now and what it said before', async () => {
      const message = ada.dm('my order is 1234');
      const { sid } = await says('my order is 1234');
      ada.edit(message, 'my order is 1243');
      await sandbox.twilio.waitFor(
        () =>
          lines().find((line) => line.sid === sid)?.body ===
          'my order is 1243\n[Edited. Before: my order is 1234]',
      );
    });

    test('what an edited message said before is kept with it, every version', async () => {
      const message = ada.dm('version one');
      const { sid } = await says('version one');
      for (const words of ['version two', 'version three']) {
        ada.edit(message, words);
        await says(`${words}\n[Edited`);
      }
      const line = lines().find((found) => found.sid === sid);
      expect(line?.body).toBe('version three\n[Edited. Before: version two]');
      const attributes = line?.attributes as { discord: object; former: { text: string }[] };
      expect(attributes.former.map(({ text }) => text)).toEqual(['version one', 'version two']);
      expect(attributes.discord).toEqual({ messageId: message.id, part: 0, of: 1 });
    });

    test('an edit that follows at once is not lost, whatever is still on its way', async () => {
      sandbox.faults.add({
        on: 'api',
        method: 'POST',
        match: /Messages$/,
        effect: { kind: 'status', status: 503 },
        times: 2,
      });
      const message = ada.dm('quick one');
      ada.edit(message, 'quick two');
      ada.edit(ada.inbox().find(({ id }) => id === message.id) ?? message, 'quick three');
      await says('quick three\n[Edited');
      expect(lines().filter(({ body }) => body?.startsWith('quick'))).toHaveLength(1);
    });

    test('a preview that Discord adds is no edit', async () => {
      const message = ada.dm('see https://example.com');
      await says('see https://example.com');
      ada.addPreview(message, { url: 'https://example.com', title: 'Example' });
      ada.dm('after the preview');
      await says('after the preview');
      expect(lines().find(({ body }) => body?.startsWith('see https'))?.body).toBe('see https://example.com');
    });

    test('a deleted message is marked and stays readable', async () => {
      const message = ada.dm('forget this', { attachments: [file('x.png', 'image/png')] });
      await shown(({ media }) => media[0]?.filename === 'x.png');
      ada.delete(message);
      expect((await says('[Ada deleted this message]')).body).toBe('[Ada deleted this message]\nforget this');
      const only = ada.dm('', { attachments: [file('y.png', 'image/png')] });
      await shown(({ media }) => media[0]?.filename === 'y.png');
      ada.delete(only);
      await says('[Ada deleted a file]');
    });
  });

  test('what happens to messages while the bridge is down is made up for, once', async () => {
    const changed = ada.dm('before the outage');
    const taken = ada.dm('a slip of the tongue');
    ada.dm('left as it is');
    const reacted = received(({ content }) => content.includes('does this help?'));
    kim.send(conversation, 'does this help?');
    const answer = await reacted;
    const liked = received(({ content }) => content.includes('and this?'));
    kim.send(conversation, 'and this?');
    const second = await liked;
    ada.react(second, '🎉');
    await says('[Ada reacted 🎉 to “and this?”]');
    await says('left as it is');

    await sandbox.bridge.stop();
    ada.edit(changed, 'after the outage');
    ada.delete(taken);
    ada.react(answer, '👍');
    ada.unreact(second, '🎉');
    const late = ada.dm('written and');
    ada.edit(late, 'written and edited meanwhile');
    await sandbox.bridge.start();
    await says('after the outage\n[Edited. Before: before the outage]');
    await says('[Ada deleted this message]\na slip of the tongue');
    await says('[Ada reacted 👍 to “does this help?”]');
    await says('[Ada took back 🎉 from “and this?”]');
    await says('written and edited meanwhile');

    // A second look finds nothing new.
    const known = lines().map(({ body }) => body);
    await sandbox.bridge.stop();
    await sandbox.bridge.start();
    ada.dm('after the second outage');
    await says('after the second outage');
    expect(lines().map(({ body }) => body)).toEqual([...known, 'after the second outage']);
  }, 20_000);

  describe('edits and deletions by the agent', () => {
    const long = (word: string, count: number) => `${word} `.repeat(count).trim();
    const texts = (word: string) =>
      ada
        .inbox()
        .map(({ content }) => content)
        .filter((content) => content.includes(word));

    test('every part follows as the message grows and shrinks', async () => {
      const first = received(({ content }) => content.includes('tide'));
      const sent = kim.send(conversation, long('tide', 100));
      await first;
      kim.edit(sent, long('tide', 1000));
      await onDiscord(() => texts('tide').length === 3);
      expect(texts('tide').join(' ')).toBe(`**Kim**: ${long('tide', 1000)}`);
      kim.edit(sent, 'tide out');
      await onDiscord(() => texts('tide').length === 1);
      expect(texts('tide')).toEqual(['**Kim**: tide out']);
    });

    test('an edit whose webhook overtakes that of its message', async () => {
      sandbox.faults.add({
        on: 'webhook',
        match: /onMessageAdded/,
        effect: { kind: 'delay', ms: 300 },
        times: 1,
      });
      const seen = received(({ content }) => content.includes('swell'));
      kim.edit(kim.send(conversation, 'swell 1'), 'swell 2');
      expect((await seen).content).toBe('**Kim**: swell 2');
      await sandbox.twilio.webhooksSettled();
      const after = received(({ content }) => content.includes('after the wave'));
      kim.send(conversation, 'after the wave');
      await after;
      expect(texts('swell')).toEqual(['**Kim**: swell 2']);
    });

    test('a removed message goes, all of it', async () => {
      const arrived = received(({ content }) => content.includes('reef'));
      const sent = kim.send(conversation, long('reef', 600));
      await arrived;
      kim.remove(sent);
      await onDiscord(() => texts('reef').length === 0);
    });
  });

  describe('what else people do', () => {
    test('a reply quotes what it answers', async () => {
      const arrived = received(({ content }) => content.includes('which harbour?'));
      kim.send(conversation, 'which harbour?');
      ada.dm('the old one', { replyTo: await arrived });
      await says('> Kim: which harbour?\nthe old one');
    });

    test('a reaction reaches the agent once, and so does its end', async () => {
      const arrived = received(({ content }) => content.includes('is it mended?'));
      kim.send(conversation, 'is it mended?');
      const message = await arrived;
      ada.react(message, '👍');
      await says('[Ada reacted 👍 to “is it mended?”]');
      ada.unreact(message, '👍');
      await says('[Ada took back 👍 from “is it mended?”]');
    });

    test('a new name is told', async () => {
      ada.rename('Ada L.');
      ada.dm('it is still me');
      await says('[Ada is now called Ada L.]');
      ada.rename('Ada');
    });

    test('a member who cannot be reached: the agent reads why', async () => {
      ada.closeDms();
      kim.send(conversation, 'are you there?');
      await says('does not accept direct messages');
      ada.openDms();
    });
  });
});

describe('a member whose direct messages are closed', () => {
  let sandbox: Harness;
  let guild: DiscordGuild;
  let ada: DiscordUser;
  let kim: Agent;
  let conversation: string;

  beforeAll(async () => {
    sandbox = await startHarness({
      routing: 'bridge',
      grantedIntents: GatewayIntentBits.MessageContent,
      prepare(discord) {
        guild = discord.createGuild({ name: 'Lantern Isles', channels: [{ name: 'support' }] });
        return { DISCORD_SUPPORT_CHANNEL_ID: guild.channel('support') };
      },
    });
    ({ ada, kim } = sandbox);
    guild.join(ada);
    conversation = (await sandbox.meet()).conversationSid;
  }, 20_000);
  afterAll(closeHarnesses);

  const written = (words: string) =>
    sandbox.discord.waitForMessage(
      ({ message: { author, content } }) =>
        author.id === sandbox.discord.applicationId && content.includes(words),
    );
  const says = (words: string) =>
    sandbox.twilio.waitFor(() => kim.transcript(conversation).find(({ body }) => body?.includes(words)));

  test('goes on in a private thread, in which everything works, and back when they open', async () => {
    ada.closeDms();
    const first = written('can you hear me?');
    kim.send(conversation, 'can you hear me?');
    const message = await first;
    const [thread] = ada.threads();
    expect(message.channel_id).toBe(thread?.id ?? '');
    expect(thread?.parentId).toBe(guild.channel('support'));

    const second = written('and now?');
    kim.send(conversation, 'and now?');
    expect((await second).channel_id).toBe(thread?.id ?? '');
    expect(ada.threads()).toHaveLength(1);

    const attachments = [{ name: 'here.png', contentType: 'image/png', data: new Uint8Array([1, 2]) }];
    const answer = ada.say(thread?.id ?? '', 'yes, here', { attachments, replyTo: message });
    await says('> Kim: can you hear me?\nyes, here');
    await sandbox.twilio.waitFor(() =>
      kim.transcript(conversation).some(({ media }) => media[0]?.filename === 'here.png'),
    );
    ada.edit(answer, 'yes, there');
    await says('yes, there\n[Edited. Before: yes, here]');
    ada.react(message, '👂');
    await says('[Ada reacted 👂 to “can you hear me?”]');

    const bo = sandbox.discord.createUser({ username: 'bo', globalName: 'Bo' });
    guild.join(bo);
    const moderator = guild.createRole({ name: 'moderator', permissions: PermissionFlagsBits.ManageThreads });
    guild.giveRole(bo, moderator);
    bo.say(thread?.id ?? '', 'a moderator looks in');
    bo.say(guild.channel('support'), 'not for the bridge');
    ada.say(thread?.id ?? '', 'after the moderator');
    await says('after the moderator');
    expect(sandbox.twilio.conversations()).toHaveLength(1);
    expect(kim.transcript(conversation).some(({ body }) => body?.includes('moderator looks in'))).toBe(false);

    ada.openDms();
    ada.dm('open again');
    await says('open again');
    const third = written('good to see you');
    kim.send(conversation, 'good to see you');
    expect((await third).channel_id).not.toBe(thread?.id ?? '');
  });

  test('/helpme leads to the thread', async () => {
    const cleo = sandbox.discord.createUser({ username: 'cleo', globalName: 'Cleo', locale: 'ja' });
    guild.join(cleo);
    cleo.closeDms();
    const view = cleo.slash('helpme', {}, { guild });
    await view.waitFor(() => cleo.threads().some(({ id }) => view.response?.content.includes(`<#${id}>`)));
    expect(cleo.read(cleo.threads()[0]?.id ?? '').at(-1)?.content).toContain('Cleoさん、こんにちは');
  });

  test('what is written, changed and reacted to in the thread while the bridge is down is fetched', async () => {
    ada.closeDms();
    const heard = written('closed once more');
    kim.send(conversation, 'closed once more');
    const question = await heard;
    const { channel_id } = question;
    expect(ada.threads().map(({ id }) => id)).toEqual([channel_id]);
    const slip = ada.say(channel_id, 'a slip');
    await says('a slip');
    await sandbox.bridge.stop();
    ada.say(channel_id, 'while you were away');
    ada.edit(slip, 'no slip');
    ada.react(question, '👀');
    await sandbox.bridge.start();
    await says('while you were away');
    await says('no slip\n[Edited. Before: a slip]');
    await says('[Ada reacted 👀 to “closed once more”]');
    ada.openDms();
  });
});

describe('as the operator likes it', () => {
  test('names above the words, Japanese notes, transcripts, and deletions that erase', async () => {
    const heardBytes: number[] = [];
    const writer = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      async fetch(request) {
        heardBytes.push(((await request.formData()).get('file') as File).size);
        return Response.json({ text: '鍵をなくしました' });
      },
    });
    const sandbox = await startHarness({
      routing: 'bridge',
      env: {
        AGENT_LANGUAGE: 'ja',
        AGENT_NAME_STYLE: 'line',
        DELETED_MESSAGES: 'erase',
        TRANSCRIPTION_URL: `${writer.url.origin}/v1`,
      },
    });
    try {
      const { discord, twilio, guild, ada, kim } = sandbox;
      ada.dm('I want to talk to a person');
      const reservation = await kim.waitForReservation();
      const conversation = String(reservation.task.attributes.conversationSid);
      await kim.accept(reservation);
      const says = (words: string) =>
        twilio.waitFor(() => kim.transcript(conversation).find(({ body }) => body === words));

      const heard = discord.waitForMessage(({ message }) => message.content.includes('what is it?'));
      kim.send(conversation, 'what is it?');
      expect((await heard).content).toBe('-# Kim\nwhat is it?');

      const data = new Uint8Array(2000);
      const voice = { name: 'voice-message.ogg', contentType: 'audio/ogg', durationSecs: 3, data };
      ada.dm('', { voice: true, attachments: [voice] });
      await says('[ボイスメッセージ、0:03：「鍵をなくしました」]');
      expect(heardBytes).toEqual([2000]);

      const helpers = guild.createRole({ name: 'helpers' });
      ada.dm(`<@&${helpers.id}> in <#${guild.channel('general')}>`);
      await says('@helpers in #general');

      const card = { name: 'card.png', contentType: 'image/png', data };
      const secret = ada.dm('my number is 1234', { attachments: [card] });
      const withFile = () =>
        kim.transcript(conversation).filter(({ media }) => media[0]?.filename === 'card.png');
      await twilio.waitFor(() => withFile().length === 1);
      ada.delete(secret);
      await says('[Adaさんがこのメッセージを削除しました]');
      await twilio.waitFor(() => withFile().length === 0);
      expect(JSON.stringify(kim.transcript(conversation))).not.toContain('1234');
    } finally {
      await closeHarnesses();
      await writer.stop(true);
    }
  }, 20_000);
});

describe('a member who has gone', () => {
  test('is reminded, then the chat closes, also across a restart; thanks open nothing new', async () => {
    const sandbox = await startHarness({
      routing: 'bridge',
      env: { INACTIVITY_REMINDER_MS: '300', INACTIVITY_CLOSE_MS: '400' },
    });
    try {
      const { discord, twilio, ada, kim } = sandbox;
      const heard = (words: string) =>
        discord.waitForMessage(({ message: { author, content, embeds } }) =>
          author.id === discord.applicationId
            ? [content, ...embeds.map(({ description }) => description)].join('\n').includes(words)
            : false,
        );
      ada.dm('I want to talk to a person');
      const reservation = await kim.waitForReservation();
      const conversation = String(reservation.task.attributes.conversationSid);
      const joined = heard('Kim joined');
      await kim.accept(reservation);
      await joined;

      const asked = heard('Are you still there?');
      kim.send(conversation, 'which order is it?');
      await asked;
      const again = heard('Are you still there?');
      ada.dm('number four');
      await twilio.waitFor(() => kim.transcript(conversation).some(({ body }) => body === 'number four'));
      kim.send(conversation, 'thank you, anything else?');
      await again;

      const closed = heard('It has been quiet for a while');
      await sandbox.bridge.stop();
      await sandbox.bridge.start();
      await closed;
      await twilio.waitFor(() => twilio.conversations()[0]?.state === 'closed');
      await twilio.waitFor(() => kim.tasks()[0]?.status === 'wrapping');

      const welcome = heard('You are welcome');
      ada.dm('ok, thanks!');
      await welcome;
      expect(twilio.conversations()).toHaveLength(1);

      const bo = sandbox.newMember('Bo');
      bo.dm('my lantern does not shine');
      await sandbox.hears('It has been quiet for a while', bo);
      const [from, to] = [Date.now() - 86_400_000, Date.now()].map((at) =>
        new Date(at).toISOString().slice(0, 10),
      );
      const stats = await fetch(`${sandbox.bridge.url}${panelRoutes.caseStats}?from=${from}&to=${to}`, {
        headers: { authorization: `Bearer ${twilio.issueToken(kim, { roles: ['supervisor'] })}` },
      });
      // Who went quiet was spared an agent, and nobody knows whether it helped.
      const { total } = (await stats.json()) as CaseStats;
      expect(total).toMatchObject({ ended: 2, deflected: 1, confirmed: 0 });
    } finally {
      await closeHarnesses();
    }
  }, 20_000);
});
