import assert from 'node:assert/strict';
import type { Sandbox } from '../sandbox.ts';
import { waitUntil } from '../wait-until.ts';
import { botMessageWaiter, type StepListener, steps } from './steps.ts';

/** A conversation from the member's first message to the start of the next one. */
export async function playConversation(
  { discord, twilio }: Pick<Sandbox, 'discord' | 'twilio'>,
  onStep: StepListener,
): Promise<void> {
  const guild = discord.createGuild({ name: 'Lantern Isles' });
  const ada = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(ada);
  const kim = twilio.createAgent({ identity: 'kim_storm', fullName: 'Kim' });

  const step = steps(onStep);
  const nextBotMessage = botMessageWaiter(discord);

  await step('/helpme answers in private and greets in the direct message', async () => {
    const greeting = nextBotMessage('Hi Ada!');
    const view = ada.slash('helpme', {}, { guild });
    assert.equal((await greeting).components?.length, 1);
    assert.notEqual(view.status, 'failed');
  });

  await step('a question gets articles', async () => {
    const answer = nextBotMessage(/This should help|one of these/);
    ada.dm('I forgot my password, how do I reset it?');
    assert.ok((await answer).embeds.length > 0);
  });

  let caseNumber = '';
  await step('a request for a person opens a case at once', async () => {
    const notice = nextBotMessage(/case number is \*\*#\d+\*\*/);
    ada.dm('that did not help, I want to talk to a person');
    caseNumber = /#(\d+)/.exec((await notice).embeds[0]?.description ?? '')?.[1] ?? '';
    assert.ok(caseNumber);
  });

  const reservation = await step('an agent is offered the task with the member’s name', async () => {
    const offered = await kim.waitForReservation();
    assert.equal(offered.task.attributes.customerName, 'Ada');
    return offered;
  });
  const { conversationSid } = reservation.task.attributes as { conversationSid: string };

  await step('the agent accepts; the member is told once', async () => {
    const joined = nextBotMessage('Kim joined the chat.');
    await kim.accept(reservation);
    await joined;
  });

  await step('the transcript has the whole conversation, including the virtual agent’s answers', async () => {
    await waitUntil(() => kim.transcript(conversationSid).length >= 3);
    const lines = kim.transcript(conversationSid).map(({ body }) => body ?? '');
    assert.match(lines[0] ?? '', /forgot my password/);
    assert.ok(
      lines.some((line) => line.includes('•')),
      'the virtual agent’s answer is not in the transcript',
    );
    assert.ok(lines.some((line) => line.includes('talk to a person')));
  });

  await step('ten messages in each direction arrive in order', async () => {
    const last = nextBotMessage('reply 9');
    for (let n = 0; n < 10; n += 1) kim.send(conversationSid, `reply ${n}`);
    await last;
    for (let n = 0; n < 10; n += 1) ada.dm(`word ${n}`);
    const words = () =>
      kim
        .transcript(conversationSid)
        .map(({ body }) => body ?? '')
        .filter((body) => body.startsWith('word '));
    await waitUntil(() => words().length >= 10);
    assert.deepEqual(
      words(),
      Array.from({ length: 10 }, (_, n) => `word ${n}`),
    );
    const replies = ada
      .inbox()
      .map(({ content }) => /reply \d/.exec(content)?.[0])
      .filter(Boolean);
    assert.deepEqual(
      replies,
      Array.from({ length: 10 }, (_, n) => `reply ${n}`),
    );
  });

  await step('the agent completes; the member is told', async () => {
    const ended = nextBotMessage('This chat has ended');
    kim.endChat(reservation.task);
    kim.complete(reservation.task);
    await ended;
    const joins = ada.inbox().filter(({ content }) => content.includes('joined the chat'));
    assert.equal(joins.length, 1);
    assert.equal(twilio.tasks().length, 1, 'there is more than one task');
  });

  await step('the next message starts a new conversation, linked to the old one', async () => {
    const answer = nextBotMessage(/This should help|one of these|found nothing|Hi Ada!/);
    ada.dm('hello again, where do I change my e-mail address?');
    await answer;
    await waitUntil(() => twilio.conversations().length === 2);
    const newest = twilio.conversations().find(({ sid }) => sid !== conversationSid);
    assert.equal(newest?.attributes.previousConversationSid, conversationSid);
  });
}
