import pTimeout from 'p-timeout';
import { createTwilio, type TwilioOptions } from './client.ts';

/** How long Twilio may take for an answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5000;

export type AccountState =
  | { is: 'fine' }
  /** Twilio has answered, and no second try can mend it. `said`: what the operator has to do. */
  | { is: 'refused'; said: string }
  /** No answer came, or none that says anything about the account. */
  | { is: 'unreachable'; said: string };

const TOKEN_REFUSED =
  'Twilio does not accept TWILIO_AUTH_TOKEN. Copy it anew from the Account Info of that project in the Twilio console; it must be the one of TWILIO_ACCOUNT_SID';
const KEY_REFUSED =
  'Twilio does not accept TWILIO_API_KEY with TWILIO_API_SECRET. Make a new key of the kind Standard under API keys & tokens in the Twilio console';
const NO_FLEX =
  'The Twilio account of TWILIO_ACCOUNT_SID has no Flex. Create a Flex project and open Flex once in the Twilio console, or name the account that has it.';

/**
 * Whether Twilio lets us in: asks for Flex's configuration, and where an API key makes the requests, also for the account
 * with the auth token, against which webhooks are checked.
 */
export async function checkAccount(account: TwilioOptions): Promise<AccountState> {
  const region = account.region
    ? `, and of the region ${account.region}.`
    : ', and of the region us1 where TWILIO_REGION is not set.';
  const requests = await ask(
    () => createTwilio(account).flexApi.v1.configuration().fetch(),
    `${account.apiKey ? KEY_REFUSED : TOKEN_REFUSED}${region}`,
  );
  if (requests.is !== 'fine' || !account.apiKey) return requests;
  const { accountSid } = account;
  return ask(
    () =>
      createTwilio({ ...account, apiKey: undefined })
        .api.v2010.accounts(accountSid)
        .fetch(),
    `${TOKEN_REFUSED}${region}`,
  );
}

async function ask(request: () => Promise<unknown>, refused: string): Promise<AccountState> {
  try {
    await pTimeout(request(), { milliseconds: ANSWER_TIMEOUT_MS, message: 'no answer in 5 s' });
    return { is: 'fine' };
  } catch (error) {
    const { status, message } = error as { status?: unknown; message?: string };
    // 403 is what Twilio answers to keys that may not see this and to accounts that are suspended.
    if (status === 401 || status === 403) return { is: 'refused', said: refused };
    if (status === 404) return { is: 'refused', said: NO_FLEX };
    const reason = typeof status === 'number' ? `HTTP ${status}` : (message ?? 'no answer');
    return { is: 'unreachable', said: `Twilio cannot be reached (${reason}).` };
  }
}
