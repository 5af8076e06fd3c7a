import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import { OperatorError } from '../config/command-line.ts';
import type { Config } from '../config/config.ts';
import type { Twilio } from '../twilio/client.ts';
import { serviceFault } from '../twilio/provisioning/conversations-service.ts';
import { readFlexAccount } from '../twilio/provisioning/flex-account.ts';
import { callOneself, webhookAddress } from '../twilio/webhooks/round-trip.ts';

/** How long a start waits for Twilio's answers, in milliseconds; without them it goes on. */
const CHECK_TIMEOUT_MS = 3000;

/** Throws where the account's conversations would never reach its Flex. Twilio that does not answer stops no start. */
export async function checkService(twilio: Twilio, instanceSid: string, logger: Logger): Promise<void> {
  async function look(): Promise<string | null> {
    const { serviceSid } = await readFlexAccount(twilio, instanceSid);
    return serviceFault(twilio, serviceSid);
  }
  const fault = await pTimeout(look(), { milliseconds: CHECK_TIMEOUT_MS }).catch((err: unknown) => {
    logger.warn({ err }, 'the Conversations service of the account could not be checked');
    return null;
  });
  if (fault) throw new OperatorError(`Conversations service: ${fault}`);
}

const REFUSED =
  'the bridge is reached through PUBLIC_URL, but at another address than it thinks: webhooks of Twilio will be refused. PUBLIC_URL must be the address that Twilio calls, and the proxy must keep what follows it';
const NOT_US =
  'something else than this bridge answers at PUBLIC_URL: webhooks of Twilio will not arrive. Check the proxy and the path in PUBLIC_URL';
const UNREACHABLE =
  'the bridge could not reach itself through PUBLIC_URL. Twilio may still, where the network forbids this way round; otherwise no webhook will arrive';

/** Tells the operator at the start what would otherwise be seen when the first webhook is refused. */
export async function checkPublicUrl(config: Config, logger: Logger): Promise<void> {
  const checked = webhookAddress(config.PUBLIC_URL);
  const found = await callOneself(config.PUBLIC_URL, config.TWILIO_AUTH_TOKEN);
  if (found.is === 'unreachable') logger.warn({ checked, reason: found.reason }, UNREACHABLE);
  if (found.is === 'refused')
    logger.warn({ checked, status: found.status }, found.status === 403 ? REFUSED : NOT_US);
}
