import assert from 'node:assert/strict';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

const WAIT = { timeoutMs: 15_000 };

/** Every way in which a conversation can reach an agent. */
const JOURNEYS: { title: string; options: SandboxOptions }[] = [
  {
    title: 'Studio routes; Send to Flex takes its webhook away',
    options: { routing: 'studio', studioWebhookSurvives: false },
  },
  {
    title: 'Studio routes; its webhook stays',
    options: { routing: 'studio', studioWebhookSurvives: true },
  },
  { title: 'the bridge routes by itself', options: { routing: 'bridge' } },
];

/** Plays the whole story without a browser and prints each step with its time. Returns whether all of it went well. */
export async function tour(): Promise<boolean> {
  const began = performance.now();
  for (const { title, options } of JOURNEYS) {
    console.log(`\n${title}`);
    let sandbox: Sandbox | undefined;
    try {
      const started = performance.now();
      // Ten messages would take Discord's real bucket ten seconds.
      sandbox = await startSandbox({ ...options, messageRate: { limit: 20, windowMs: 1000 } });
      report('both clouds and the bridge are up', started);
      await story(sandbox, report);
    } catch (error) {
      console.log(`  ✗ ${error instanceof Error ? error.message : error}`);
      console.log(sandbox?.bridge.output().slice(-15).join('\n') ?? '');
      return false;
    } finally {
      await sandbox?.stop();
    }
  }
  console.log(`\nThe whole tour took ${((performance.now() - began) / 1000).toFixed(1)} s.`);
  return true;
}

/** From a member's first word to the start of the next conversation. `tell` hears of each step and when it began. */
export async function story(
  { discord, twilio }: Pick<Sandbox, 'discord' | 'twilio'>,
  tell: typeof report,
): Promise<void> {
  const guild = discord.createGuild({ name: 'Lantern Isles' });
  const ada = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(ada);
  const kim = twilio.createAgent({ identity: 'kim_storm', fullName: 'Kim' });

  async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      const result = await work();
      tell(title, began);
      return result;
    } catch (error) {
      throw new Error(`${title}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }

  /** The next message of the bot's that fits. Asked for before what causes it. */
  function heard(words: string | RegExp) {
    const message = discord.waitForMessage(({ message: { author, content, embeds } }) => {
      if (author.id !== discord.applicationId) return false;
      const cards = embeds.flatMap(({ title, description }) => [title ?? '', description ?? '']);
      const text = [content, ...cards].join('\n');
      return typeof words === 'string' ? text.includes(words) : words.test(text);
    }, WAIT);
    // A step that fails before it waits for this must not leave an unhandled rejection behind.
    message.catch(() => {});
    return message;
  }

  await step('/helpme answers in private and greets in the direct message', async () => {
    const greeting = heard('Hi Ada!');
    const view = ada.slash('helpme', {}, { guild });
    assert.equal((await greeting).components?.length, 1);
    assert.notEqual(view.status, 'failed');
  });

  await step('a question gets articles', async () => {
    const answer = heard(/This should help|one of these/);
    ada.dm('I forgot my password, how do I reset it?');
    assert.ok((await answer).embeds.length > 0);
  });

  let caseNumber = '';
  await step('asking for a person in words gives a case number at once', async () => {
    const notice = heard(/case number is \*\*#\d+\*\*/);
    ada.dm('that did not help, I want to talk to a person');
    caseNumber = /#(\d+)/.exec((await notice).embeds[0]?.description ?? '')?.[1] ?? '';
    assert.ok(caseNumber);
  });

  const reservation = await step('the task reaches an agent, with the member’s name', async () => {
    const offered = await kim.waitForReservation(undefined, WAIT);
    assert.equal(offered.task.attributes.customerName, 'Ada');
    return offered;
  });
  const { conversationSid } = reservation.task.attributes as { conversationSid: string };

  await step('the agent accepts; the member hears it exactly once', async () => {
    const joined = heard('Kim joined the chat.');
    await kim.accept(reservation);
    await joined;
  });

  await step('the agent reads the whole story, the virtual agent’s answer included', async () => {
    await until(() => kim.transcript(conversationSid).length >= 3);
    const lines = kim.transcript(conversationSid).map(({ body }) => body ?? '');
    assert.match(lines[0] ?? '', /forgot my password/);
    assert.ok(
      lines.some((line) => line.includes('•')),
      'the virtual agent’s answer is not in the transcript',
    );
    assert.ok(lines.some((line) => line.includes('talk to a person')));
  });

  await step('ten messages each way arrive in order', async () => {
    const last = heard('reply 9');
    for (let n = 0; n < 10; n += 1) kim.send(conversationSid, `reply ${n}`);
    await last;
    for (let n = 0; n < 10; n += 1) ada.dm(`word ${n}`);
    const words = () =>
      kim
        .transcript(conversationSid)
        .map(({ body }) => body ?? '')
        .filter((body) => body.startsWith('word '));
    await until(() => words().length >= 10);
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
    const ended = heard('This chat has ended');
    kim.endChat(reservation.task);
    kim.complete(reservation.task);
    await ended;
    const joins = ada.inbox().filter(({ content }) => content.includes('joined the chat'));
    assert.equal(joins.length, 1);
    assert.equal(twilio.tasks().length, 1, 'there is more than one task');
  });

  await step('the next word begins a new conversation, linked to the old one', async () => {
    const answer = heard(/This should help|one of these|found nothing|Hi Ada!/);
    ada.dm('hello again, where do I change my e-mail address?');
    await answer;
    await until(() => twilio.conversations().length === 2);
    const newest = twilio.conversations().find(({ sid }) => sid !== conversationSid);
    assert.equal(newest?.attributes.previousConversationSid, conversationSid);
  });
}

function report(title: string, began: number): void {
  console.log(
    `  ✓ ${title.padEnd(76)} ${Math.round(performance.now() - began)
      .toString()
      .padStart(6)} ms`,
  );
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + WAIT.timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not happen in time');
    await Bun.sleep(10);
  }
}
