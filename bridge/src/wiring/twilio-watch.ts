import type { Logger } from 'pino';
import { OperatorError } from '../config/command-line.ts';
import { type AccountState, checkAccount } from '../twilio/check-account.ts';
import type { TwilioOptions } from '../twilio/client.ts';

/** How long an answer counts, in milliseconds: a good one, and any other. */
const FINE_FOR_MS = 30_000;
const TROUBLE_FOR_MS = 2_000;
/** How often Twilio is asked again, unasked, until it has once let us in, in milliseconds. */
const RETRY_MS = 10_000;

/** Knows whether Twilio lets us in. */
export function watchTwilio(account: TwilioOptions, logger: Logger) {
  let known: { state: AccountState; at: number } | undefined;
  let asking: Promise<AccountState> | undefined;
  let retry: Timer | undefined;
  let whenIn: (() => Promise<void>) | undefined;
  let checking: Promise<void> | undefined;

  async function look(): Promise<AccountState> {
    const state = await checkAccount(account);
    const before = known?.state.is;
    known = { state, at: performance.now() };
    if (state.is === before) return state;
    if (state.is === 'fine') {
      clearInterval(retry);
      checking = whenIn?.();
      whenIn = undefined;
      if (before) logger.info('Twilio can be reached again');
    } else if (before || state.is === 'unreachable') {
      logger[state.is === 'refused' ? 'error' : 'warn'](
        `${state.said} What members write is kept and delivered when Twilio answers.`,
      );
    }
    return state;
  }

  function ask(): Promise<AccountState> {
    asking ??= look().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  return {
    /** Throws where Twilio refuses us. Without an answer the start goes on, and Twilio is asked again. */
    async begin(): Promise<void> {
      const state = await ask();
      if (state.is === 'refused') throw new OperatorError(state.said);
      if (state.is === 'unreachable') retry = setInterval(() => void ask(), RETRY_MS);
    },
    /** Does something the first time that Twilio lets us in from now on. */
    onceIn(work: () => Promise<void>): void {
      whenIn = work;
    },
    /** Asks where the last answer is old. */
    async letsUsIn(): Promise<boolean> {
      const age = performance.now() - (known?.at ?? Number.NEGATIVE_INFINITY);
      const isFresh = age < (known?.state.is === 'fine' ? FINE_FOR_MS : TROUBLE_FOR_MS);
      const state = known && isFresh ? known.state : await ask();
      return state.is === 'fine';
    },
    async stop(): Promise<void> {
      clearInterval(retry);
      await asking;
      await checking;
    },
  };
}

export type TwilioWatch = ReturnType<typeof watchTwilio>;
