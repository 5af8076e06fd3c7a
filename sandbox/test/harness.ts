import { fillDataDir } from '@flexcord/bridge/testing/templates';
import { type Conformance, loadConformance } from '../src/conformance/checker.ts';
import type { DiscordUser } from '../src/discord/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../src/sandbox.ts';
import { textOf } from '../src/tour/steps.ts';
import { DEFAULT_WAIT_TIMEOUT_MS } from '../src/wait-until.ts';

const specs = process.env.FLEXCORD_SPECS;

/** Checks every exchange of the test run against the vendors' documents; null, with a warning, where there are none. */
export const conformance: Conformance | null = specs ? loadConformance(specs) : null;
if (!conformance) {
  console.warn(
    '\n*** Conformance is SKIPPED: set FLEXCORD_SPECS to the folder with the vendors’ OpenAPI documents. ***\n',
  );
}

export { textOf };

/**
 * Bridges, stand-ins and browsers share two cores here, so that a response that takes a tenth of a second by itself may take
 * seconds. That none waits for a cloud is a test of its own, which holds them up for longer than this.
 */
export const INTERACTION_RESPONSE_MS = 15_000;

const openHarnesses = new Set<{ close(): Promise<void> }>();

/** For `afterEach` or `afterAll`: stops every harness, also after a failure. Throws where an exchange broke a vendor's document. */
export async function closeHarnesses(): Promise<void> {
  for (const harness of openHarnesses) {
    openHarnesses.delete(harness);
    await harness.close();
  }
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/**
 * A sandbox with one Discord server, a member (Ada) and an agent (Kim). Discord's rate limit for messages is raised, for
 * speed. Starting takes longer than most tests: tests that need the same bridge share a harness and have a member each.
 */
export async function startHarness(options: SandboxOptions = {}) {
  const violations: string[] = [];
  const sandbox: Sandbox = await startSandbox({
    messageRate: { limit: 1000, windowMs: 1000 },
    interactionResponseMs: INTERACTION_RESPONSE_MS,
    fillDataDir,
    ...options,
    // Few tests need articles, and every bridge would index the sixty of the sample.
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

  /** Creates a user who joins the server. */
  function newMember(name: string, avatar: string | null = null): DiscordUser {
    const member = discord.createUser({ username: name.toLowerCase(), globalName: name, avatar });
    guild.join(member);
    return member;
  }
  const ada = newMember('Ada');

  /** The texts that the bot sent to the member, oldest first. */
  const botMessages = (member = ada) =>
    member
      .inbox()
      .filter(({ author }) => author.id === discord.applicationId)
      .map(textOf);

  /** Resolves when the bot has sent the member `count` messages that contain `text`, already or later. */
  async function waitForBotMessage(
    text: string | RegExp,
    member = ada,
    { count = 1, timeoutMs = DEFAULT_WAIT_TIMEOUT_MS } = {},
  ): Promise<void> {
    const matches = (sent: string) => (typeof text === 'string' ? sent.includes(text) : text.test(sent));
    const hasArrived = () => botMessages(member).filter(matches).length >= count;
    const later = discord.waitForMessage(hasArrived, { timeoutMs });
    later.catch(() => {});
    if (!hasArrived()) await later;
  }

  /** Resolves with the matching bodies once the conversation's transcript has `count` of them. */
  function waitForTranscript(
    conversationSid: string,
    matches: (body: string) => boolean,
    { count = 1, timeoutMs = DEFAULT_WAIT_TIMEOUT_MS } = {},
  ) {
    const found = () =>
      twilio
        .messages(conversationSid)
        .map(({ body }) => body ?? '')
        .filter(matches);
    return twilio.waitFor(() => found().length >= count && found(), {
      timeoutMs,
      what: `${count} matching messages in ${conversationSid}`,
    });
  }

  const harness = {
    ...sandbox,
    guild,
    ada,
    kim,
    newMember,
    botMessages,
    waitForBotMessage,
    waitForTranscript,

    /** The member asks for a person and Kim accepts. Returns the conversation's SID and the agent's task. */
    async startChatWithAgent(member = ada) {
      member.dm('I want to talk to a person');
      const reservation = await kim.waitForReservation(
        ({ task }) => task.attributes.customerName === member.globalName,
      );
      const task = await kim.accept(reservation);
      await waitForBotMessage('Kim joined the chat.', member);
      return { conversationSid: task.conversationSid ?? '', task };
    },

    /** Stops everything. Throws where an exchange broke a vendor's document. */
    async close() {
      await sandbox.stop();
      if (violations.length > 0)
        throw new Error(`Not as documented:\n${[...new Set(violations)].join('\n')}`);
    },
  };
  openHarnesses.add(harness);
  return harness;
}
