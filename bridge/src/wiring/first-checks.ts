import type { REST } from 'discord.js';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import { OperatorError } from '../config/command-line.ts';
import type { Config } from '../config/config.ts';
import { readApplication } from '../discord/diagnosis.ts';
import type { Twilio } from '../twilio/client.ts';
import { serviceFault } from '../twilio/provisioning/conversations-service.ts';
import { type FlexAccount, readFlexAccount } from '../twilio/provisioning/flex-account.ts';
import { namedResources } from '../twilio/provisioning/named-resources.ts';
import { ProvisioningError } from '../twilio/provisioning/plan.ts';
import { callOneself, webhookAddress } from '../twilio/webhooks/round-trip.ts';

/** How long a start waits for Twilio's answers, in milliseconds; without them it goes on. */
const CHECK_TIMEOUT_MS = 3000;

/**
 * What the settings name in Twilio and is not there, or is not what Flex uses, each as a sentence with the variable and what to
 * do. Twilio that does not answer says nothing of them: that is logged, and the rest is looked at all the same.
 */
export async function findFaults(twilio: Twilio, config: Config, logger: Logger): Promise<string[]> {
  const inTime = <T>(look: Promise<T>) => pTimeout(look, { milliseconds: CHECK_TIMEOUT_MS });
  const unknown = (err: unknown) => {
    logger.warn({ err }, 'what the settings name in Twilio could not be checked');
    return null;
  };
  let account: FlexAccount | null;
  try {
    account = await inTime(readFlexAccount(twilio, config.TWILIO_FLEX_INSTANCE_SID));
  } catch (error) {
    if (error instanceof ProvisioningError) return [error.message];
    account = unknown(error);
  }
  if (!account) return [];
  const looks = [
    serviceFault(twilio, account.serviceSid).then((fault) => fault && `Conversations service: ${fault}`),
    ...namedResources(twilio, account, {
      workspaceSid: config.TWILIO_WORKSPACE_SID,
      workflowSid: config.TWILIO_WORKFLOW_SID,
      taskChannel: config.TWILIO_TASK_CHANNEL,
      flowSid: config.FLEX_ROUTING === 'studio' ? config.TWILIO_STUDIO_FLOW_SID : '',
    }),
  ];
  const found = await Promise.all(looks.map((look) => inTime(look).catch(unknown)));
  return found.filter((fault) => fault !== null);
}

/** Throws where the account is not what the settings say. Twilio that does not answer stops no start. */
export async function checkAccountNames(twilio: Twilio, config: Config, logger: Logger): Promise<void> {
  const faults = await findFaults(twilio, config, logger);
  if (faults.length > 0) throw new OperatorError(faults.join('\n'));
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

/** Tells the operator that commands and buttons go elsewhere, which Discord says nowhere else. */
export async function checkInteractionsEndpoint(rest: REST, logger: Logger): Promise<void> {
  // Discord that does not answer says so when the gateway is opened.
  const found = await readApplication(rest).catch(() => null);
  if (!found?.interactionsEndpoint) return;
  logger.error(
    { interactionsEndpoint: found.interactionsEndpoint },
    'the Interactions Endpoint URL of the application gets every command and button instead of the bridge. Empty it on the General Information page in the developer portal',
  );
}
