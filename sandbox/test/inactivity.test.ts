import { afterAll, expect, test } from 'bun:test';
import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { APIMessage } from 'discord-api-types/v10';
import { closeHarnesses, startHarness } from './harness.ts';

afterAll(closeHarnesses);

test('an inactive member is reminded, then the chat closes, also across a restart; thanks do not open a new one', async () => {
  // Closing is switched on by the restart: until then, however slow the machine, the member is never too late.
  const { twilio, ada, kim, guild, bridge, newMember, botMessages, waitForBotMessage, waitForTranscript } =
    await startHarness({
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

  // Whatever else a member does shows that they are there: the silence is counted anew, and the chat is not closed.
  await bridge.stop();
  await bridge.start({ INACTIVITY_CLOSE_MS: '5000' });
  const cleo = newMember('Cleo');
  cleo.dm('I want to talk to a person');
  const offered = await kim.waitForReservation(({ task }) => task.attributes.customerName === 'Cleo');
  const chat = (await kim.accept(offered)).conversationSid ?? '';
  const slip = cleo.dm('my lanten is dark');
  await twilio.waitFor(() => kim.transcript(chat).some(({ body }) => body === 'my lanten is dark'));
  const typo = cleo.dm('darkk');
  await twilio.waitFor(() => kim.transcript(chat).some(({ body }) => body === 'darkk'));
  kim.send(chat, 'which colour?');
  const latest = () => cleo.inbox().findLast(({ content }) => content.startsWith('Are you still there?'));
  const signs = [
    () => cleo.react(slip, '👍'),
    () => cleo.edit(slip, 'my lantern is dark'),
    () => cleo.unreact(slip, '👍'),
    () => cleo.delete(typo),
    () => void cleo.autocomplete('case view', { number: '1' }, 'number', { guild }),
    () => cleo.typing(),
    () => void cleo.slash('case list', {}, { guild }),
    () => void cleo.click(latest() ?? slip, customIdOf(latest(), 'here')),
  ];
  for (const [at, giveSign] of signs.entries()) {
    await waitForBotMessage('Are you still there?', cleo, { count: at + 1 });
    giveSign();
  }
  await waitForBotMessage('Are you still there?', cleo, { count: signs.length + 1 });
  expect(botMessages(cleo).filter((text) => text.includes('It has been quiet'))).toEqual([]);
  await waitForBotMessage('Take your time. This chat stays open.', cleo);
  await waitForTranscript(chat, (body) => body === '[Cleo is still there]');
});

/** The custom id of the button of this kind under a message of the bot's. */
function customIdOf(message: APIMessage | undefined, kind: string): string {
  return new RegExp(`flexcord:${kind}:[^"]+`).exec(JSON.stringify(message?.components))?.[0] ?? '';
}
