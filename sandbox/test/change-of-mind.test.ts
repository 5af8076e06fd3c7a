import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { APIMessage } from 'discord-api-types/v10';
import type { DiscordUser } from '../src/discord/index.ts';
import { closeHarnesses, type Harness, startHarness, textOf } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ routing: 'bridge' });
});
afterAll(closeHarnesses);

/** The custom id of the button of this kind under a message. */
function buttonUnder(message: APIMessage, kind: string): string | undefined {
  for (const row of message.components ?? []) {
    for (const each of 'components' in row ? row.components : [])
      if ('custom_id' in each && each.custom_id?.startsWith(`flexcord:${kind}`)) return each.custom_id;
  }
  return undefined;
}

/** The latest message to the member with such a button, and its id. */
async function findButton(member: DiscordUser, kind: string) {
  const look = () => member.inbox().findLast((message) => buttonUnder(message, kind));
  await harness.twilio.waitFor(look, { what: `a button ${kind}` });
  const message = look();
  if (!message) throw new Error('it was there a moment ago');
  return { message, id: buttonUnder(message, kind) ?? '' };
}

async function press(member: DiscordUser, kind: string) {
  const { message, id } = await findButton(member, kind);
  const view = member.click(message, id);
  await view.waitFor();
  return { message, id };
}

/** Asks for a person; nobody accepts. */
async function queue(name: string) {
  const member = harness.newMember(name);
  member.dm('I want to talk to a person about my lantern');
  const reservation = await harness.kim.waitForReservation(
    ({ task }) => task.attributes.customerName === name,
  );
  return { member, reservation, conversationSid: reservation.task.conversationSid ?? '' };
}

const tasksOf = (name: string) =>
  harness.twilio.tasks().filter(({ attributes }) => attributes.customerName === name);
const isClosed = (sid: string) =>
  harness.twilio.waitFor(
    () => harness.twilio.conversations().find((each) => each.sid === sid)?.state === 'closed',
  );

describe('a member who waits', () => {
  test('leaves the queue with a button: the task is cancelled with a reason, the case stays, twice is once', async () => {
    const { member, conversationSid } = await queue('Bo');
    const { message, id } = await findButton(member, 'leave');
    const presses = [member.click(message, id), member.click(message, id)];
    for (const view of presses) await view.waitFor();
    await harness.waitForBotMessage('You are not waiting for a person any longer. Case **#', member);
    await isClosed(conversationSid);
    await harness.twilio.waitFor(() => tasksOf('Bo').every(({ status }) => status === 'canceled'));
    expect(tasksOf('Bo')[0]?.attributes).toMatchObject({ endedBy: 'member', endReason: 'Bo left the queue' });
    const body = await harness.waitForTranscript(conversationSid, (text) => text.includes('left the queue'));
    expect(body).toEqual(['[Bo left the queue]']);
    expect(harness.botMessages(member).filter((text) => text.includes('not waiting'))).toHaveLength(1);
    expect(harness.botMessages(member).filter((text) => text.includes('over already'))).toHaveLength(0);
    const shown = member.inbox().find((each) => each.id === message.id);
    expect(shown?.components).toEqual([]);
    expect(textOf(shown ?? message)).toContain('You are being transferred');
    // The case is as it was, and can be solved with the button under the notice.
    await press(member, 'case-solved');
    await harness.waitForBotMessage('Glad that helped', member);
  });

  test.each([
    ['Cleo', 'oh, never mind'],
    ['Mio', 'やっぱりいいです'],
    ['Uli', 'Hat sich erledigt, danke'],
  ])('%s says “%s” and is out of the queue, and the case is closed', async (name, words) => {
    const { member, conversationSid } = await queue(name);
    member.dm(words);
    await harness.waitForBotMessage('is closed. Write again', member);
    await isClosed(conversationSid);
    await harness.twilio.waitFor(() => tasksOf(name).every(({ status }) => status === 'canceled'));
    expect(harness.twilio.messages(conversationSid).map(({ body }) => body)).toContain(words);
    expect(harness.botMessages(member).filter((text) => text.includes('joined'))).toHaveLength(0);
  });

  test('who says that it is solved meanwhile is offered to leave, and waits on until they do', async () => {
    const { member } = await queue('Dan');
    member.dm('it works now, thanks');
    await harness.waitForBotMessage('Then you need not wait', member);
    expect(tasksOf('Dan').map(({ status }) => status)).toEqual(['reserved']);
    await press(member, 'leave');
    await harness.waitForBotMessage('You are not waiting', member);
  });

  test('leaves just before an agent accepts: the agent reads why, and nobody is announced', async () => {
    const { member, reservation, conversationSid } = await queue('Eve');
    // Twilio hears of the end only after the agent has accepted.
    const repair = harness.faults.add({
      on: 'api',
      match: /Channels/,
      effect: { kind: 'status', status: 503 },
    });
    await press(member, 'leave');
    await harness.waitForBotMessage('You are not waiting', member);
    await harness.kim.accept(reservation);
    repair();
    await isClosed(conversationSid);
    await harness.waitForTranscript(conversationSid, (text) => text === '[Eve left the queue]');
    await harness.twilio.waitFor(() => tasksOf('Eve').every(({ status }) => status === 'wrapping'));
    expect(harness.botMessages(member).filter((text) => text.includes('joined'))).toEqual([]);
  });

  test('presses just after an agent has accepted: the chat goes on, and can be ended', async () => {
    const { member, reservation, conversationSid } = await queue('Finn');
    const { message, id } = await findButton(member, 'leave');
    await harness.kim.accept(reservation);
    await harness.waitForBotMessage('Kim joined', member);
    await member.click(message, id).waitFor();
    await harness.waitForBotMessage('Our team is here in this chat', member);
    expect(tasksOf('Finn').map(({ status }) => status)).toEqual(['assigned']);
    await press(member, 'end');
    await harness.waitForBotMessage('This chat has ended', member);
    await isClosed(conversationSid);
    await harness.waitForTranscript(conversationSid, (text) => text === '[Finn ended the chat]');
    await harness.twilio.waitFor(() => tasksOf('Finn').every(({ status }) => status === 'wrapping'));
  });
});

describe('a member in a chat', () => {
  test('ends it in words after a question, and an old button ends no later chat', async () => {
    const member = harness.newMember('Gus');
    const { conversationSid } = await harness.startChatWithAgent(member);
    const joined = await findButton(member, 'end');
    // For an agent it is a word like others.
    member.dm('never mind');
    await harness.waitForTranscript(conversationSid, (text) => text === 'never mind');
    const view = member.slash('helpme', {}, { guild: harness.guild });
    await view.waitFor();
    await harness.waitForBotMessage('Our team is here in this chat', member);
    member.dm('please end the chat');
    await harness.waitForBotMessage('Shall this chat end?', member);
    expect(tasksOf('Gus').map(({ status }) => status)).toEqual(['assigned']);
    await press(member, 'end');
    await harness.waitForBotMessage('This chat has ended', member);
    await isClosed(conversationSid);

    const later = await queueAgain(member);
    await member.click(joined.message, joined.id).waitFor();
    member.dm('still waiting');
    await harness.waitForTranscript(later, (text) => text === 'still waiting');
    expect(tasksOf('Gus').map(({ status }) => status)).toEqual(['wrapping', 'reserved']);
    await press(member, 'leave');
    await harness.waitForBotMessage('You are not waiting', member);
  });

  async function queueAgain(member: DiscordUser) {
    member.dm('I want to talk to a person');
    const reservation = await harness.kim.waitForReservation(
      ({ task, status }) => task.attributes.customerName === member.globalName && status === 'pending',
    );
    return reservation.task.conversationSid ?? '';
  }

  test('says “never mind” to the virtual agent, which searches nothing', async () => {
    const member = harness.newMember('Hal');
    member.dm('never mind');
    await harness.waitForBotMessage('All right. Write whenever you need something.', member);
    expect(harness.botMessages(member)).toHaveLength(1);
  });
});
