import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { AccountError } from '../twilio/account-error.ts';
import type { Twilio } from '../twilio/client.ts';
import { checkServices } from '../twilio/provisioning/flex-configuration.ts';
import { type Reachability, reachThroughPublicUrl } from '../twilio/webhooks/self-call.ts';

/** How long a start waits for Twilio's answers, in milliseconds; without them it goes on. */
const CHECK_TIMEOUT_MS = 3000;

/** Throws where the account's conversations would never reach its Flex. Twilio that does not answer stops no start. */
export async function checkTwilioAccount(twilio: Twilio, logger: Logger): Promise<void> {
  let isStarting = true;
  async function check(): Promise<void> {
    try {
      const flex = await twilio.flexApi.v1.configuration().fetch();
      await checkServices(twilio, flex.chatServiceInstanceSid);
    } catch (err) {
      if (isStarting && err instanceof AccountError) throw err;
      logger.error({ err }, 'the account could not be checked, or cannot work');
    }
  }
  await Promise.race([check(), Bun.sleep(CHECK_TIMEOUT_MS)]);
  isStarting = false;
}

const ADVICE: Record<Exclude<Reachability['is'], 'reached'>, string> = {
  refused:
    'the bridge is reached through PUBLIC_URL, but at another address than it thinks: webhooks of Twilio will be refused. PUBLIC_URL must be the address that Twilio calls, and the proxy must keep what follows it',
  'not-us':
    'something else than this bridge answers at PUBLIC_URL: webhooks of Twilio will not arrive. Check the proxy and the path in PUBLIC_URL',
  unreachable:
    'the bridge could not reach itself through PUBLIC_URL. Twilio may still, where the network forbids this way round; otherwise no webhook will arrive',
};

/** Tells the operator at the start what would otherwise be seen when the first webhook is refused. */
export async function checkPublicUrl(config: Config, logger: Logger): Promise<void> {
  const reached = await reachThroughPublicUrl(config.PUBLIC_URL, config.TWILIO_AUTH_TOKEN);
  if (reached.is !== 'reached')
    logger.warn({ checked: reached.address, status: reached.status }, ADVICE[reached.is]);
}
