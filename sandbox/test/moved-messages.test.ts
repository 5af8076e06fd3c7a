import { afterAll, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

afterAll(closeHarnesses);

/** Closes a conversation behind the bridge's back, as a timer of Twilio's does whose webhook is lost. */
async function closeUnheard({ twilio }: Harness, conversationSid: string): Promise<void> {
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

test('applies edits and deletions to a message that was moved to a new conversation twice', async () => {
  const harness = await startHarness({ routing: 'bridge' });
  const { ada, twilio, faults } = harness;
  faults.add({ on: 'webhook', match: /onConversationStateUpdated/, effect: { kind: 'drop' } });
  ada.dm('before it was closed');
  const conversationWith = (words: string) =>
    twilio.waitFor(() =>
      twilio.conversations().find(({ sid }) => twilio.messages(sid).some(({ body }) => body === words)),
    );
  const { sid: first } = await conversationWith('before it was closed');
  await closeUnheard(harness, first);

  const repair = faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`/Conversations/(?!${first})[^/]+/Messages$`),
    effect: { kind: 'status', status: 503 },
  });
  const moved = ada.dm('moved twice');
  const second = await twilio.waitFor(
    () =>
      twilio
        .conversations()
        .find(
          ({ sid }) =>
            sid !== first &&
            twilio.requests.some(({ method, path }) => method === 'POST' && path.includes(`${sid}/Webhooks`)),
        )?.sid,
    { timeoutMs: 15_000, what: 'the message on its way to a second conversation' },
  );
  await closeUnheard(harness, second);
  repair();
  const { sid: third } = await conversationWith('moved twice');
  expect([first, second]).not.toContain(third);

  const bodyOf = () => twilio.messages(third).find(({ body }) => body?.includes('moved twice'))?.body;
  ada.edit(moved, 'edited after it was moved twice');
  const edited = 'edited after it was moved twice\n[Edited. Before: moved twice]';
  await twilio.waitFor(() => bodyOf() === edited, { what: 'the edit' });
  ada.delete(moved);
  await twilio.waitFor(() => bodyOf()?.startsWith('[Ada deleted this message]'), { what: 'the deletion' });
}, 30_000);
