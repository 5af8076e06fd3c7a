import { OperatorError } from '../../config/command-line.ts';
import type { Config } from '../../config/config.ts';
import { twilioAccount } from '../../config/twilio-account.ts';
import { createRest } from '../../discord/gateway/gateway.ts';
import { probeMember } from '../../discord/probe-member.ts';
import { openStore } from '../../store/open.ts';
import { checkAccount } from '../../twilio/check-account.ts';
import { callTwilio, createTwilio } from '../../twilio/client.ts';
import type { Exchange } from '../../twilio/http-client.ts';
import { keepAnswers, keptAnswers } from '../../twilio/probe/kept-answers.ts';
import { cleanUp, MARK, PROBE_IDENTITY, type ProbeAccount } from '../../twilio/probe/place.ts';
import {
  type Answers,
  AT_GATEWAY,
  CHECKED_BY_PLUGIN,
  type QuestionName,
  questionNames,
} from '../../twilio/probe/questions.ts';
import { createRedactor } from '../../twilio/probe/redact.ts';
import { probeTwilio } from '../../twilio/probe/run.ts';
import { readFlexAccount } from '../../twilio/provisioning/flex-account.ts';
import { alone } from './alone.ts';
import { describeAnswers } from './kept.ts';
import { openReceiver } from './receiver.ts';

/** What a probe costs, for whoever is asked. */
export const COST = `This opens one or two conversations of a user "${PROBE_IDENTITY}" in your Flex project, hands them over by a Studio flow
of its own, ends them and takes everything away again. Agents see none of it: the tasks are in a queue that nobody works.
It costs about 120 requests, one active user of Conversations in this month, up to two Studio executions and up to three tasks.
A bridge that runs goes on running.`;

export interface ProbeRunOptions {
  config: Config;
  /** How long something is waited for before it counts as not happening, in milliseconds. */
  waitMs: number;
  /** Where the report is written to. */
  out: string;
  /** Discord user id of who writes to the bot; null leaves that out. */
  memberId: string | null;
  /** Called when the member's step begins; aborted where it is skipped. */
  skip(): AbortSignal;
  signal: AbortSignal;
  say(line: string): void;
}

interface Recorded {
  questions: readonly string[];
  exchange: Exchange;
}

/**
 * Probes the account, cleans up whatever happens and writes the report. What was found is kept where the probe came to its
 * end. Throws an OperatorError while another one is running, and where this one could not go on.
 */
export async function runProbe(options: ProbeRunOptions): Promise<Answers> {
  const { config } = options;
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, TWILIO_ACCOUNT_SID: accountSid } = config;
  const store = await openStore({ databaseUrl: databaseUrl || undefined, dataDir, beside: true });
  try {
    return await alone(store, accountSid, async (lost) => {
      const heard = () => keptAnswers(store, accountSid, AT_GATEWAY);
      const answers = await probeOnce(options, lost, heard).catch((error) => {
        throw lost.aborted ? lost.reason : error;
      });
      await keepAnswers(store, accountSid, answers);
      return answers;
    });
  } finally {
    await store.close();
  }
}

/** `lost`: aborted where another probe has begun, whose things must stay. `heard`: what the bridge has heard at the gateway. */
async function probeOnce(
  options: ProbeRunOptions,
  lost: AbortSignal,
  heard: () => Promise<Answers>,
): Promise<Answers> {
  const { config, say } = options;
  const signal = AbortSignal.any([options.signal, lost]);
  const recorded: Recorded[] = [];
  let asked: readonly QuestionName[] = [];
  let requests = 0;
  const access = {
    ...twilioAccount(config),
    onExchange(exchange: Exchange) {
      requests += 1;
      // Only what is asked is recorded: lists of what else the account has are nobody's business.
      if (asked.length > 0) recorded.push({ questions: asked, exchange });
    },
  };
  const state = await checkAccount(access);
  if (state.is !== 'fine') throw new OperatorError(state.said);
  const twilio = createTwilio(access);
  const flex = await readFlexAccount(twilio, config.TWILIO_FLEX_INSTANCE_SID);
  const { defaultChatServiceSid } = await callTwilio('conversations configuration', () =>
    twilio.conversations.v1.configuration().fetch(),
  );
  const account: ProbeAccount = { twilio, flex, serviceSid: flex.serviceSid || defaultChatServiceSid };

  const earlier = await cleanUp(account);
  if (earlier.removed.length > 0)
    say(`An earlier probe was interrupted; its ${earlier.removed.join(', ')} were taken away.`);
  if (earlier.left.length > 0) throw new OperatorError(couldNotGo(earlier.left));

  const run = Bun.randomUUIDv7().slice(-12);
  const receiver = await openReceiver(config, run);
  if (!receiver.letters) say(`? Nothing that is posted to PUBLIC_URL arrives here (${receiver.reason}).`);
  const answers: Answers = {};
  let failure: Error | undefined;
  let letters: unknown[] = [];
  let messages: unknown[] = [];
  try {
    const conversations: string[] = [];
    await probeTwilio({
      account,
      run,
      taskChannel: config.TWILIO_TASK_CHANNEL,
      addressFor: receiver.addressFor,
      letters: receiver.letters,
      waitMs: options.waitMs,
      begin(questions, says) {
        asked = questions;
        say(`… ${says}`);
      },
      signal,
      answers,
      conversations,
    }).catch((error: Error) => {
      if (signal.aborted) throw error;
      // What an account refuses is worth as much as what it answers.
      failure = error;
      for (const name of questionNames)
        answers[name] ??= { value: null, note: `not reached: ${error.message}` };
    });
    // Interaction webhooks tell of every conversation of the account.
    letters = ((await receiver.letters?.()) ?? []).filter(({ fields }) =>
      conversations.includes(fields.ConversationSid ?? fields.MediaChannelSid ?? ''),
    );
    if (options.memberId && !failure) {
      const rest = createRest({
        apiUrl: config.DISCORD_API_URL,
        token: config.DISCORD_TOKEN,
        threads: false,
      });
      const { memberId, skip } = options;
      const step = { rest, memberId, say, signal: AbortSignal.any([skip(), signal]) };
      // Somebody who cannot be written to costs only this answer.
      const found = await probeMember(step).catch((error: Error) => ({
        nonce: { value: null, note: error.message },
        messages: [],
      }));
      answers.nonceInHistory = found.nonce;
      if ('fileNames' in found && found.fileNames) answers.fileNames = { value: found.fileNames };
      messages = found.messages;
    } else answers.nonceInHistory ??= { value: null, note: 'nobody took part; name yourself with --member' };
    answers.fileNames ??= { value: null, note: 'nobody took part; name yourself with --member' };
    const ofGateway = await heard();
    for (const name of AT_GATEWAY)
      answers[name] ??= ofGateway[name] ?? {
        value: null,
        note: 'Discord says it at the gateway alone; the bridge notes it when a member sends a link, or uses a command or button',
      };
  } finally {
    asked = [];
    const { left } = lost.aborted ? { left: [] } : await cleanUp(account);
    if (left.length > 0) say(`! ${couldNotGo(left)}`);
    await receiver.stop();
  }
  await writeReport();
  for (const { is, check, says } of describeAnswers(answers))
    say(`${is === 'good' ? '✓' : '?'} ${check.replace('Probe: ', '')}: ${says}`);
  if (failure) {
    throw new OperatorError(
      `The probe could not go on: ${failure.message}. What was found until then, and what was refused, is in ${options.out}; send it to the maintainers.`,
    );
  }
  say(`? Checked by the plugin: ${CHECKED_BY_PLUGIN}.`);
  say(
    `\n${requests} requests were made. What was answered, without names, words, ids and secrets, is in ${options.out}.`,
  );
  say('Read it and send it to the maintainers: each account that is known makes the next one easier.');
  return answers;

  async function writeReport(): Promise<void> {
    const redactor = createRedactor([MARK, PROBE_IDENTITY]);
    const { redact } = redactor;
    const report = {
      about: 'Made by bun run doctor --probe; what could be anybody’s is replaced.',
      answers,
      failure: failure ? redactor.inline(failure.message) : null,
      checkedByPlugin: CHECKED_BY_PLUGIN,
      exchanges: recorded.map(({ questions, exchange }) => ({
        questions,
        ...(redact({ ...exchange }) as object),
      })),
      webhooks: redact(letters),
      messages: redact(messages),
    };
    await Bun.write(options.out, `${JSON.stringify(report, null, 2)}\n`);
  }
}

const couldNotGo = (left: readonly string[]): string =>
  `Some of the probe could not be taken away: ${left.join('; ')}. It is named "${MARK}"; run bun run doctor --probe again, or remove it in the Twilio console.`;
