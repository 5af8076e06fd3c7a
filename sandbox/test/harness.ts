import { type Conformance, loadConformance } from '../src/conformance/checker.ts';
import type { DiscordUser } from '../src/discord/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox.ts';

const specs = process.env.FLEXCORD_SPECS;

/** Checks every exchange of the whole test run; null, after saying so loudly, where the vendors' documents are not at hand. */
export const conformance: Conformance | null = specs ? loadConformance(specs) : null;
if (!conformance) {
  console.warn(
    '\n*** Conformance is SKIPPED: set FLEXCORD_SPECS to the folder with the vendors’ OpenAPI documents. ***\n',
  );
}

/** All that a member reads of a message, its cards included. */
export const textOf = (message: { content: string; embeds: { title?: string; description?: string }[] }) =>
  [
    message.content,
    ...message.embeds.flatMap(({ title = '', description = '' }) => [title, description]),
  ].join('\n');

const openHarnesses = new Set<{ close(): Promise<void> }>();

/** For `afterEach` or `afterAll`: stops whatever was started, also after a failure, and fails for what was not as documented. */
export async function closeHarnesses(): Promise<void> {
  for (const harness of openHarnesses) {
    openHarnesses.delete(harness);
    await harness.close();
  }
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/**
 * A sandbox with a server on Discord and one agent at a desk. Discord's message bucket is wide, for speed. A start costs
 * more than most tests: those that want the same bridge share a harness, and have a member each.
 */
export async function startHarness(options: SandboxOptions = {}) {
  const violations: string[] = [];
  const sandbox: Sandbox = await startSandbox({
    messageRate: { limit: 1000, windowMs: 1000 },
    ...options,
    // Few tests ask for an article, and every start of a bridge would learn sixty.
    env: { KNOWLEDGE_SAMPLE: 'false', ...options.env },
    onExchange(exchange) {
      for (const { operation, where, what } of conformance?.check(exchange) ?? []) {
        violations.push(`${operation} ${where}: ${what}`);
      }
    },
  });
  const { discord, twilio } = sandbox;
  const guild = discord.createGuild({ name: 'Harbour' });
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });

  /** Somebody new on the server. */
  function newMember(name: string): DiscordUser {
    const member = discord.createUser({ username: name.toLowerCase(), globalName: name });
    guild.join(member);
    return member;
  }
  const ada = newMember('Ada');

  /** What the bot said to the member, oldest first. */
  const heard = (member = ada) =>
    member
      .inbox()
      .filter(({ author }) => author.id === discord.applicationId)
      .map(textOf);

  /** Resolves when the member has heard it `count` times, already or later. */
  async function hears(
    words: string | RegExp,
    member = ada,
    { count = 1, timeoutMs = 15_000 } = {},
  ): Promise<void> {
    const fits = (text: string) => (typeof words === 'string' ? text.includes(words) : words.test(text));
    const isHeard = () => heard(member).filter(fits).length >= count;
    const later = discord.waitForMessage(isHeard, { timeoutMs });
    later.catch(() => {});
    if (!isHeard()) await later;
  }

  /** Resolves when the transcript holds as many bodies that fit. */
  function reads(sid: string, fits: (body: string) => boolean, count: number) {
    const found = () =>
      twilio
        .messages(sid)
        .map(({ body }) => body ?? '')
        .filter(fits);
    return twilio.waitFor(() => found().length >= count && found(), {
      timeoutMs: 15_000,
      what: `${count} messages`,
    });
  }

  const harness = {
    ...sandbox,
    guild,
    ada,
    kim,
    newMember,
    heard,
    hears,
    reads,

    /** Brings the member to the agent; returns the conversation's SID and the agent's task. */
    async meet(member = ada) {
      member.dm('I want to talk to a person');
      const reservation = await kim.waitForReservation(
        ({ task }) => task.attributes.customerName === member.globalName,
        { timeoutMs: 15_000 },
      );
      const task = await kim.accept(reservation);
      await hears('Kim joined the chat.', member);
      return { conversationSid: task.conversationSid ?? '', task };
    },

    /** Stops everything; fails when an exchange was not as the vendors' documents say. */
    async close() {
      await sandbox.stop();
      if (violations.length > 0)
        throw new Error(`Not as documented:\n${[...new Set(violations)].join('\n')}`);
    },
  };
  openHarnesses.add(harness);
  return harness;
}
