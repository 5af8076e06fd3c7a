import { afterAll, expect, test } from 'bun:test';
import { playVirtualAgent } from '../src/tour/assistant.ts';
import { closeHarnesses, startHarness } from './harness.ts';

afterAll(closeHarnesses);

test('applies the operator’s name style, agent language, transcription and erasing of deleted messages, and plays the tour’s virtual agent in Japanese', async () => {
  const transcribedBytes: number[] = [];
  const transcriber = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      transcribedBytes.push(((await request.formData()).get('file') as File).size);
      return Response.json({ text: '鍵をなくしました' });
    },
  });
  const harness = await startHarness({
    routing: 'bridge',
    env: {
      AGENT_LANGUAGE: 'ja',
      AGENT_NAME_STYLE: 'line',
      DELETED_MESSAGES: 'erase',
      TRANSCRIPTION_URL: `${transcriber.url.origin}/v1`,
      KNOWLEDGE_SAMPLE: 'true',
    },
  });
  try {
    const { discord, twilio, guild, ada, kim } = harness;
    ada.dm('I want to talk to a person');
    const reservation = await kim.waitForReservation();
    const conversation = String(reservation.task.attributes.conversationSid);
    await kim.accept(reservation);
    const waitForBody = (text: string) =>
      twilio.waitFor(() => kim.transcript(conversation).find(({ body }) => body === text));

    const received = discord.waitForMessage(({ message }) => message.content.includes('what is it?'));
    kim.send(conversation, 'what is it?');
    expect((await received).content).toBe('-# Kim\nwhat is it?');

    const data = new Uint8Array(2000);
    const voice = { name: 'voice-message.ogg', contentType: 'audio/ogg', durationSecs: 3, data };
    ada.dm('', { voice: true, attachments: [voice] });
    await waitForBody('[ボイスメッセージ、0:03：「鍵をなくしました」]');
    expect(transcribedBytes).toEqual([2000]);

    const helpers = guild.createRole({ name: 'helpers' });
    ada.dm(`<@&${helpers.id}> in <#${guild.channel('general')}>`);
    await waitForBody('@helpers in #general');

    const card = { name: 'card.png', contentType: 'image/png', data };
    const secret = ada.dm('my number is 1234', { attachments: [card] });
    const withFile = () =>
      kim.transcript(conversation).filter(({ media }) => media[0]?.filename === 'card.png');
    await twilio.waitFor(() => withFile().length === 1);
    const mediaSid = withFile()[0]?.media[0]?.sid ?? '';
    expect(twilio.media()).toContain(mediaSid);
    ada.delete(secret);
    await waitForBody('[Adaさんがこのメッセージを削除しました]');
    await twilio.waitFor(() => withFile().length === 0);
    expect(twilio.media()).not.toContain(mediaSid);
    expect(JSON.stringify(kim.transcript(conversation))).not.toContain('1234');

    kim.setAvailable(false);
    await playVirtualAgent(harness, 'ja', () => {});
  } finally {
    await closeHarnesses();
    await transcriber.stop(true);
  }
});
