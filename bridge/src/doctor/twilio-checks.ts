import type { Config, Loaded } from '../config/config.ts';
import { provisioningOptions } from '../config/provisioning-options.ts';
import { twilioAccount } from '../config/twilio-account.ts';
import { checkAccount } from '../twilio/check-account.ts';
import { createTwilio } from '../twilio/client.ts';
import { planTwilio } from '../twilio/provisioning/provisioning.ts';
import { answerInstead, callOneself, webhookAddress } from '../twilio/webhooks/round-trip.ts';
import { bad, type Finding, findingOf, good, looking, unanswered } from './finding.ts';

/** Credentials, and everything that `bun run provision` would change. `unfilled`: see `loadConfig`. */
export async function checkTwilio(config: Config, unfilled: Loaded['unfilled'] = {}): Promise<Finding[]> {
  const account = twilioAccount(config);
  const state = await checkAccount(account);
  if (state.is === 'unreachable') return [unanswered('Twilio account', state.said, 'Check the network.')];
  if (state.is === 'refused') {
    const [said = '', ...rest] = state.said.split(/(?<=\.) /);
    return [bad('Twilio account', said.replace(/\.$/, ''), rest.join(' '))];
  }
  const findings = [good('Twilio account', `${account.accountSid}${account.apiKey ? ', by API key' : ''}`)];
  const plan = await looking('Flex project', async () => {
    const { steps } = await planTwilio(provisioningOptions(config, createTwilio(account)));
    return steps.map(findingOf);
  });
  return [...findings, ...plan, ...variables(config, unfilled)];
}

function variables(config: Config, unfilled: Loaded['unfilled']): Finding[] {
  const needed = [
    'TWILIO_WORKSPACE_SID',
    'TWILIO_WORKFLOW_SID',
    ...(config.FLEX_ROUTING === 'studio' ? (['TWILIO_STUDIO_FLOW_SID'] as const) : []),
  ] as const;
  const missing = needed.filter((name) => config[name] === '');
  if (missing.length === 0) return [good('SIDs in .env', 'all there')];
  const placeholders = missing.flatMap((name) => unfilled[name] ?? []);
  if (placeholders.length > 0) {
    return [
      bad('SIDs in .env', placeholders.join(' '), 'Run bun run provision and write down what it prints.'),
    ];
  }
  return [
    bad(
      'SIDs in .env',
      `${missing.join(', ')} missing`,
      'Run bun run provision and write down what it prints.',
    ),
  ];
}

/** Calls the bridge as Twilio would; where none runs, answers in its place. */
export async function checkPublicUrl(config: Config): Promise<Finding> {
  const check = 'PUBLIC_URL';
  const url = webhookAddress(config.PUBLIC_URL);
  let instead: ReturnType<typeof answerInstead> | undefined;
  try {
    instead = answerInstead({
      port: config.PORT,
      host: config.HOST,
      publicUrl: config.PUBLIC_URL,
      authToken: config.TWILIO_AUTH_TOKEN,
    });
  } catch (error) {
    // What has the port should be a bridge.
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') {
      return bad(
        check,
        `HOST and PORT cannot be listened on: ${(error as Error).message}`,
        'Name others in .env.',
      );
    }
  }
  try {
    const found = await callOneself(config.PUBLIC_URL, config.TWILIO_AUTH_TOKEN);
    if (found.is === 'good') return good(check, `a signed call to ${url} came back`);
    if (found.is === 'unreachable') {
      return bad(
        check,
        `nothing answers at ${url} (${found.reason})`,
        `The address, its certificate and a proxy must lead to port ${config.PORT} of this machine.`,
      );
    }
    if (found.status === 403) {
      return bad(
        check,
        `the signature for ${url} was refused`,
        'The bridge that answers has another PUBLIC_URL or TWILIO_AUTH_TOKEN: start it anew with this .env. A proxy must keep the path.',
      );
    }
    return bad(
      check,
      `${url} answers HTTP ${found.status} instead of the bridge`,
      `Something else has that address, or a proxy changes the path: ${url} must reach port ${config.PORT} with its whole path.`,
    );
  } finally {
    await instead?.stop(true);
  }
}
