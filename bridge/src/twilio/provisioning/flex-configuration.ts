import { callTwilio, type Twilio } from '../client.ts';
import { asObject, type FlexAccount, readFlexAccount } from './flex-account.ts';
import { foreign, keep, mend, type PlanStep } from './plan.ts';

const ATTRIBUTES = 'Flex UI attributes';
const ATTACHMENTS = 'Flex attachments';

/**
 * What Discord's members send and Flex does not show by itself: the documented list for `web` ends at jpg, jpeg, png, amr,
 * mp3, mp4, pdf, heic, txt, gif, and holds for what agents open, too
 * (https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api).
 */
const EXTENSIONS = ['ogg', 'webp', 'mov', 'webm', 'wav', 'm4a', 'zip', 'log', 'csv', 'json', 'md'];
/** What an account has that nobody changed. */
const WEB_DEFAULTS = {
  enabled: true,
  number_of_attachments: 1,
  max_file_size: 16_777_216,
  max_total_file_size: 67_108_864,
  accepted_extensions: ['jpg', 'jpeg', 'png', 'amr', 'mp3', 'mp4', 'pdf', 'heic', 'txt', 'gif'],
};

interface Ours {
  bridgeUrl?: unknown;
  /** What we put into `channel_configs`, so that just this can be taken away again. */
  provisioned?: unknown;
}

const oursOf = (account: FlexAccount): Ours => asObject(account.uiAttributes.flexcord);
// Flex's own interface reads both spellings.
const isWeb = (config: Record<string, unknown>) => (config.address_type ?? config.addressType) === 'web';
/** Under which names a configuration keeps its attachments and their extensions. */
const spellingOf = (config: Record<string, unknown>) =>
  Object.hasOwn(config, 'cbmAttachments')
    ? { attachments: 'cbmAttachments', extensions: 'acceptedExtensions' }
    : { attachments: 'cbm_attachments', extensions: 'accepted_extensions' };
const attachmentsOf = (config: Record<string, unknown>) => asObject(config[spellingOf(config).attachments]);
const extensionsOf = (config: Record<string, unknown>): string[] => {
  const found = attachmentsOf(config)[spellingOf(config).extensions];
  return Array.isArray(found) ? found.map(String) : [];
};
const withExtensions = (config: Record<string, unknown>, extensions: string[]) => {
  const names = spellingOf(config);
  return {
    ...config,
    [names.attachments]: { ...attachmentsOf(config), [names.extensions]: extensions },
  };
};

/** What agents can open on channels of the type `web`, which ours are; null where the configuration says nothing of it. */
export function webAttachments({
  channelConfigs,
}: FlexAccount): { enabled: boolean; extensions: string[] } | null {
  const web = channelConfigs.find(isWeb);
  if (!web || Object.keys(attachmentsOf(web)).length === 0) return null;
  return {
    enabled: attachmentsOf(web).enabled !== false,
    extensions: extensionsOf(web).map((extension) => extension.toLowerCase()),
  };
}

/** Writes whole properties, as the endpoint replaces them: `change` gets the newest and must keep what is not ours. */
async function write(
  twilio: Twilio,
  { instanceSid }: FlexAccount,
  change: (account: FlexAccount) => { ui_attributes?: object; channel_configs?: object[] },
): Promise<void> {
  const account = await readFlexAccount(twilio, instanceSid);
  await callTwilio('write the Flex configuration', () =>
    // The SDK sends this argument itself as the JSON body.
    twilio.flexApi.v1.configuration().update({ account_sid: twilio.accountSid, ...change(account) } as never),
  );
}

const withOurs = ({ uiAttributes }: FlexAccount, ours: Ours) => ({ ...uiAttributes, flexcord: ours });

export function planUiAttributes(twilio: Twilio, account: FlexAccount, publicUrl: string): PlanStep {
  const { bridgeUrl } = oursOf(account);
  const detail = 'ui_attributes.flexcord.bridgeUrl; every other attribute stays';
  if (bridgeUrl === publicUrl) return keep(ATTRIBUTES, `ui_attributes.flexcord.bridgeUrl is ${publicUrl}`);
  return {
    what: ATTRIBUTES,
    action: bridgeUrl === undefined ? 'create' : 'update',
    detail,
    changes: [...(bridgeUrl === undefined ? [] : [`- ${bridgeUrl}`]), `+ ${publicUrl}`],
    carryOut: () =>
      write(twilio, account, (now) => ({
        ui_attributes: withOurs(now, { ...oursOf(now), bridgeUrl: publicUrl }),
      })),
  };
}

export function planAttachments(twilio: Twilio, account: FlexAccount): PlanStep {
  const web = account.channelConfigs.find(isWeb);
  if (web && attachmentsOf(web).enabled === false)
    return mend(ATTACHMENTS, 'are switched off for web; agents see no files. Switch them on in Flex Admin.');
  const missing = EXTENSIONS.filter((extension) => !web || !extensionsOf(web).includes(extension));
  if (missing.length === 0) return keep(ATTACHMENTS, "channel_configs let agents open members' files");
  return {
    what: ATTACHMENTS,
    action: 'update',
    detail: 'channel_configs for web; every other setting stays',
    changes: missing.map((extension) => `+ .${extension}`),
    carryOut: () =>
      write(twilio, account, (now) => {
        const found = now.channelConfigs.find(isWeb);
        const present = found ?? { address_type: 'web' };
        const { attachments } = spellingOf(present);
        const hasAttachments = Object.hasOwn(present, attachments);
        const before = { ...present, [attachments]: present[attachments] ?? WEB_DEFAULTS };
        const added = EXTENSIONS.filter((extension) => !extensionsOf(before).includes(extension));
        const after = withExtensions(before, [...extensionsOf(before), ...added]);
        const { provisioned } = oursOf(now);
        const wasOurs = asObject(provisioned);
        const earlier = Array.isArray(wasOurs.extensions) ? wasOurs.extensions : [];
        return {
          channel_configs: found
            ? now.channelConfigs.map((config) => (config === found ? after : config))
            : [...now.channelConfigs, after],
          ui_attributes: withOurs(now, {
            ...oursOf(now),
            provisioned: {
              extensions: [...new Set([...earlier, ...added])],
              wholeConfig: wasOurs.wholeConfig === true || !found,
              attachments: wasOurs.attachments === true || !hasAttachments,
            },
          }),
        };
      }),
  };
}

/** Takes away what the two plans above have put in; what operators have set for the plugin stays. */
export function planConfigurationRemoval(twilio: Twilio, account: FlexAccount): PlanStep {
  const { bridgeUrl, provisioned } = oursOf(account);
  if (bridgeUrl === undefined && provisioned === undefined)
    return foreign('Flex configuration', 'has nothing of ours');
  return {
    what: 'Flex configuration',
    action: 'remove',
    detail: 'ui_attributes.flexcord.bridgeUrl, and what we added to channel_configs',
    carryOut: () =>
      write(twilio, account, (now) => {
        const { flexcord, ...others } = now.uiAttributes;
        const { bridgeUrl: _address, provisioned: added, ...theirs } = asObject(flexcord);
        const isLeft = Object.keys(theirs).length > 0;
        const ui_attributes = { ...others, ...(isLeft ? { flexcord: theirs } : {}) };
        const configs = withoutOurs(now.channelConfigs, asObject(added));
        return { ui_attributes, ...(configs ? { channel_configs: configs } : {}) };
      }),
  };
}

/** Undefined where nothing was added. `added`: what `planAttachments` has written down. */
function withoutOurs(
  configs: FlexAccount['channelConfigs'],
  { extensions, wholeConfig, attachments }: Record<string, unknown>,
): object[] | undefined {
  const ours = new Set(Array.isArray(extensions) ? extensions.map(String) : []);
  if (ours.size === 0) return undefined;
  return configs.flatMap((config) => {
    if (!isWeb(config)) return [config];
    if (wholeConfig === true) return [];
    if (attachments === true) {
      const { [spellingOf(config).attachments]: _attachments, ...rest } = config;
      return [rest];
    }
    return [
      withExtensions(
        config,
        extensionsOf(config).filter((extension) => !ours.has(extension)),
      ),
    ];
  });
}
