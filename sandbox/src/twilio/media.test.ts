import { afterEach, expect, test } from 'bun:test';
import { manualClock } from './clock.ts';
import { openConversation, request, sandboxAddress, sdkFor, start, stopAll } from './testing.ts';

afterEach(stopAll);

test('media is uploaded, attached to a message, and read by a link that expires', async () => {
  const clock = manualClock();
  const { twilio, hooks } = await start({ clock, limits: { mediaLinkSeconds: 60 } });
  const address = `https://mcs.us1.twilio.com/v1/Services/${twilio.serviceSid}/Media`;
  const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
  const upload = await request(twilio, `${address}?Filename=cat.png`, {
    method: 'POST',
    body: bytes,
    headers: { 'content-type': 'image/png' },
  });
  expect(upload.status).toBe(201);
  const medium = (await upload.json()) as { sid: string; size: number };
  expect(medium).toMatchObject({ size: 1000, content_type: 'image/png', filename: 'cat.png' });

  const conversationSid = await openConversation(twilio, hooks.url);
  const { messages } = sdkFor(twilio).conversations.v1.conversations(conversationSid);
  const message = await messages.create({
    author: 'discord_1',
    mediaSid: medium.sid,
    xTwilioWebhookEnabled: 'true',
  });
  expect(message.media).toEqual([
    { sid: medium.sid, size: 1000, content_type: 'image/png', filename: 'cat.png' },
  ]);
  const { fields } = await hooks.next((hook) => hook.fields.Media !== undefined);
  expect(JSON.parse(fields.Media ?? '')).toMatchObject([{ Sid: medium.sid, ContentType: 'image/png' }]);

  const metadata = await request(twilio, `${address}/${medium.sid}`);
  const { links } = (await metadata.json()) as { links: { content_direct_temporary: string } };
  const link = sandboxAddress(links.content_direct_temporary, twilio.url);
  expect(new Uint8Array(await (await fetch(link)).arrayBuffer())).toEqual(bytes);
  clock.advance(61_000);
  expect((await fetch(link)).status).toBe(403);
  expect((await fetch(sandboxAddress(`${address}/${medium.sid}`, twilio.url))).status).toBe(401);
});
