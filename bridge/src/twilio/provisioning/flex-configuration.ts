import { isDeepStrictEqual } from 'node:util';
import { AccountError } from '../account-error.ts';
import { callTwilio, type Twilio } from '../client.ts';
import { rewriteTwilioUrl } from '../http-client.ts';
import type { PlanStep, ProvisioningOptions } from './plan.ts';

type JsonObject = Record<string, unknown>;

/** What provisioning must know of the account's Flex. */
export interface FlexAccount {
  /** GO… */
  flexInstanceSid: string;
  uiAttributes: JsonObject;
  channelConfigs: JsonObject[];
}

const REQUEST_TIMEOUT_MS = 15_000;
/** What members send on Discord and agents must be able to open: voice messages, stickers and screenshots among it. */
const EXTENSIONS = [
  'gif',
  'heic',
  'jpeg',
  'jpg',
  'mov',
  'mp3',
  'mp4',
  'ogg',
  'pdf',
  'png',
  'txt',
  'webp',
  'zip',
];

/** Reads it, and throws in words where conversations of the bridge could never reach this Flex. */
export async function readAccount({
  twilio,
  flexInstanceSid,
}: Pick<ProvisioningOptions, 'twilio' | 'flexInstanceSid'>): Promise<FlexAccount> {
  const flex = await callTwilio('Flex configuration', () => twilio.flexApi.v1.configuration().fetch());
  const instance = flexInstanceSid || flex.flexInstanceSid;
  if (!instance)
    throw new AccountError(
      'The account has no Flex instance yet. Open Flex once (https://flex.twilio.com) and run this again, or name it in TWILIO_FLEX_INSTANCE_SID (GO…).',
    );
  await checkServices(twilio, flex.chatServiceInstanceSid ?? flex.flexServiceInstanceSid);
  return {
    flexInstanceSid: instance,
    uiAttributes: isObject(flex.uiAttributes) ? flex.uiAttributes : {},
    channelConfigs: Array.isArray(flex.channelConfigs) ? flex.channelConfigs.filter(isObject) : [],
  };
}

/**
 * Flex finds conversations in its own Conversations service, the bridge makes them in the account's default one.
 * Throws where they differ: agents would get tasks without a conversation, or none.
 */
export async function checkServices(twilio: Twilio, flexService: string | null): Promise<void> {
  const { defaultChatServiceSid } = await callTwilio('conversations configuration', () =>
    twilio.conversations.v1.configuration().fetch(),
  );
  if (!flexService || flexService === defaultChatServiceSid) return;
  throw new AccountError(
    `The default Conversations service of the account (${defaultChatServiceSid}) is not the one that Flex uses (${flexService}). Make ${flexService} the default in the Twilio Console under Conversations → Defaults.`,
  );
}

/**
 * What the Flex plugin and agents need of the Flex configuration. Twilio replaces a JSON property as a whole
 * (https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api), so what others keep there is read and
 * written back with it.
 */
export function planFlexConfiguration(options: ProvisioningOptions, account: FlexAccount): PlanStep[] {
  const { accountSid, authToken, apiUrl } = options;

  async function write(change: JsonObject): Promise<string> {
    const url = rewriteTwilioUrl('https://flex-api.twilio.com/v1/Configuration', apiUrl);
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ account_sid: accountSid, ...change }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`Twilio did not take the Flex configuration: HTTP ${answer.status}.`);
    return 'written';
  }

  /** Reads once more right before writing: between plan and deed somebody may have changed something else. */
  const step = (
    what: string,
    detail: string,
    changeOf: (now: FlexAccount) => JsonObject,
    isDone: boolean,
  ): PlanStep => ({
    what,
    action: isDone ? 'keep' : 'update',
    detail,
    carryOut: async () => (isDone ? 'as it should be' : write(changeOf(await readAccount(options)))),
  });

  const withUrl = ({ uiAttributes }: FlexAccount) => ({
    ...uiAttributes,
    flexcord: {
      ...(isObject(uiAttributes.flexcord) ? uiAttributes.flexcord : {}),
      bridgeUrl: options.publicUrl,
    },
  });
  const configs = withExtensions(account.channelConfigs);
  return [
    step(
      'Flex plugin settings',
      `ui_attributes.flexcord.bridgeUrl is ${options.publicUrl}`,
      (now) => ({ ui_attributes: withUrl(now) }),
      isDeepStrictEqual(withUrl(account), account.uiAttributes),
    ),
    step(
      'Files that agents may open',
      `channel_configs of web accept ${EXTENSIONS.join(', ')}`,
      (now) => ({ channel_configs: withExtensions(now.channelConfigs) }),
      isDeepStrictEqual(configs, account.channelConfigs),
    ),
  ];
}

/** The configurations with what agents must be able to open under `web`, whatever else they say. */
function withExtensions(configs: readonly JsonObject[]): JsonObject[] {
  const isWeb = (config: JsonObject) => (config.address_type ?? config.addressType) === 'web';
  const all = configs.some(isWeb) ? configs : [...configs, { address_type: 'web' }];
  return all.map((config) => {
    if (!isWeb(config)) return config;
    // Flex's own interface reads both spellings.
    const [attachments, extensions] = Object.hasOwn(config, 'cbmAttachments')
      ? (['cbmAttachments', 'acceptedExtensions'] as const)
      : (['cbm_attachments', 'accepted_extensions'] as const);
    const known = isObject(config[attachments]) ? config[attachments] : { enabled: true };
    const accepted = Array.isArray(known[extensions]) ? known[extensions].map(String) : [];
    const missing = EXTENSIONS.filter((extension) => !accepted.includes(extension));
    return { ...config, [attachments]: { ...known, [extensions]: [...accepted, ...missing] } };
  });
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
