import { afterAll, expect, test } from 'bun:test';
import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { closeHarnesses, startHarness } from './harness.ts';

afterAll(closeHarnesses);

test('an inactive member is reminded, then the chat closes, also across a restart; thanks do not open a new one', async () => {
  // Closing is switched on by the restart: until then, however slow the machine, the member is never too late.
  const { twilio, ada, kim, bridge, newMember, waitForBotMessage } = await startHarness({
    routing: 'bridge',
    env: { INACTIVITY_REMINDER_MS: '300', INACTIVITY_CLOSE_MS: '0' },
  });
  ada.dm('I want to talk to a person');
  const reservation = await kim.waitForReservation();
  const conversation = String(reservation.task.attributes.conversationSid);
  await kim.accept(reservation);
  await waitForBotMessage('Kim joined');

  kim.send(conversation, 'which order is it?');
  await waitForBotMessage('Are you still there?');
  ada.dm('number four');
  await twilio.waitFor(() => kim.transcript(conversation).some(({ body }) => body === 'number four'));
  kim.send(conversation, 'thank you, anything else?');
  await waitForBotMessage('Are you still there?', ada, { count: 2 });

  await bridge.stop();
  await bridge.start({ INACTIVITY_CLOSE_MS: '400' });
  await waitForBotMessage('It has been quiet for a while');
  await twilio.waitFor(() => twilio.conversations()[0]?.state === 'closed');
  await twilio.waitFor(() => kim.tasks()[0]?.status === 'wrapping');

  ada.dm('ok, thanks!');
  await waitForBotMessage('You are welcome');
  expect(twilio.conversations()).toHaveLength(1);

  const bo = newMember('Bo');
  bo.dm('my lantern does not shine');
  await waitForBotMessage('It has been quiet for a while', bo);
  const [from, to] = [Date.now() - 86_400_000, Date.now()].map((at) =>
    new Date(at).toISOString().slice(0, 10),
  );
  const stats = await fetch(`${bridge.url}${panelRoutes.caseStats}?from=${from}&to=${to}`, {
    headers: { authorization: `Bearer ${twilio.issueToken(kim, { roles: ['supervisor'] })}` },
  });
  // A chat that closed for inactivity counts as deflected, but not as confirmed by the member.
  const { total } = (await stats.json()) as CaseStats;
  expect(total).toMatchObject({ ended: 2, deflected: 1, confirmed: 0 });
});
