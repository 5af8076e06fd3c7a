import { afterAll, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

afterAll(closeHarnesses);

/** Closes a conversation without a webhook, as a timer of Twilio's does whose webhook is lost. */
async function closeWithoutWebhook({ twilio }: Harness, conversationSid: string): Promise<void> {
  const response = await fetch(`${twilio.url}/conversations/v1/Conversations/${conversationSid}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'State=closed',
  });
  expect(response.status).toBe(200);
}

/** Moves a message to a second conversation, because the first was closed, and from there to a third. */
async function moveTwice(
  whileItWaits: (harness: Harness, message: ReturnType<Harness['ada']['dm']>) => void = () => {},
) {
  const harness = await startHarness({ routing: 'bridge' });
  const { ada, twilio, faults } = harness;
  faults.add({ on: 'webhook', match: /onConversationStateUpdated/, effect: { kind: 'drop' } });
  ada.dm('before it was closed');
  const conversationWith = (words: string) =>
    twilio.waitFor(() =>
      twilio
        .conversations()
        .find(({ sid }) => twilio.messages(sid).some(({ body }) => body?.includes(words))),
    );
  const { sid: first } = await conversationWith('before it was closed');
  await closeWithoutWebhook(harness, first);
  const repair = faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`/Conversations/(?!${first})[^/]+/Messages$`),
    effect: { kind: 'status', status: 503 },
  });
  const message = ada.dm('moved twice');
  const second = await twilio.waitFor(
    () =>
      twilio
        .conversations()
        .find(
          ({ sid }) =>
            sid !== first &&
            twilio.requests.some(({ method, path }) => method === 'POST' && path.includes(`${sid}/Webhooks`)),
        )?.sid,
    { what: 'a second conversation for the message' },
  );
  whileItWaits(harness, message);
  await closeWithoutWebhook(harness, second);
  repair();
  const { sid: third } = await conversationWith('moved twice');
  expect([first, second]).not.toContain(third);
  return {
    ...harness,
    message,
    waitForBody: (body: string) =>
      twilio.waitFor(() => twilio.messages(third).find((each) => each.body === body), {
        what: `“${body}”`,
      }),
  };
}

const EDITED = 'edited after it was moved\n[Edited. Before: moved twice]';

test('applies edits and deletions to a message that was moved to a new conversation twice', async () => {
  const { ada, message, waitForBody } = await moveTwice();
  ada.edit(message, 'edited after it was moved');
  await waitForBody(EDITED);
  ada.delete(message);
  await waitForBody(`[Ada deleted this message]\n${EDITED}`);
});

test('applies an edit and a deletion that waited behind a message that was moved', async () => {
  const { waitForBody } = await moveTwice(({ ada }, message) => {
    ada.edit(message, 'edited after it was moved');
    ada.delete(message);
  });
  await waitForBody(`[Ada deleted this message]\n${EDITED}`);
});
