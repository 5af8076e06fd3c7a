import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Config } from '../config/config.ts';
import { twilioAccount } from '../config/twilio-account.ts';
import { VIEWS_FILE } from '../panel/routes/views.ts';
import { checkAccount } from '../twilio/check-account.ts';
import { callTwilio, createTwilio, type Twilio } from '../twilio/client.ts';
import { bad, type Finding, good, unknown } from './finding.ts';

const PLUGIN = 'Flex plugin';
const VIEWS = 'Plugin views';
const ANSWER_TIMEOUT_MS = 5000;
/** The bundle is below 90 KB gzipped; what is far larger is something else. */
const MAX_BUNDLE_BYTES = 4 * 1024 * 1024;
const MAX_PLUGINS = 200;
const DEPLOY = 'Run bun run deploy:plugin --release in this checkout.';

/** Which version of the plugin agents load, and whether the bridge's views and this checkout are of the same. */
export async function checkPlugin(config: Config): Promise<Finding[]> {
  const access = twilioAccount(config);
  // What is wrong with the account is a finding of its own.
  if ((await checkAccount(access)).is !== 'fine') return [];
  const own = (await Bun.file(join(import.meta.dir, '../../../flex-plugin/package.json')).json()) as {
    name: string;
    version: string;
  };
  const released = await releasedPlugin(createTwilio(access), own.name);
  if (!released) {
    return [
      unknown(
        PLUGIN,
        'is not released in Flex: agents see Discord tasks as plain chats, without panel and commands',
        DEPLOY,
      ),
    ];
  }
  const { version, url } = released;
  if (version !== own.version) {
    return [
      bad(
        PLUGIN,
        `agents load version ${version}, this checkout is version ${own.version}`,
        `${DEPLOY} Or run the bridge from the checkout of version ${version}.`,
      ),
    ];
  }
  return [
    good(PLUGIN, `version ${version} is released, as in this checkout`),
    ...(await checkViews(config, url)),
  ];
}

/** The views are one build with the plugin: its bundle has their integrity value and takes no others. */
async function checkViews(config: Config, bundleUrl: string): Promise<Finding[]> {
  const url = config.PUBLIC_URL + panelRoutes.views;
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) }).catch(() => null);
  // Whether a bridge answers at all is a finding of its own.
  const isOurs = answer?.headers.get('content-type')?.match(/json|javascript/);
  if (!answer || !isOurs) return [];
  if (!answer.ok) {
    return [
      bad(
        VIEWS,
        `the bridge has none (HTTP ${answer.status}): agents who open cases or knowledge in Flex get an error`,
        'Run bun run build:plugin where the bridge runs.',
      ),
    ];
  }
  const served = integrityOf(await answer.bytes());
  const inBundle = await integrityInBundle(bundleUrl);
  if (inBundle && inBundle !== served) {
    return [
      bad(
        VIEWS,
        'the bridge serves the views of another build than the plugin that is released: Flex refuses to load them',
        'Build both from one checkout: bun run deploy:plugin --release, on the machine of the bridge or with flex-plugin/build copied there.',
      ),
    ];
  }
  const built = Bun.file(VIEWS_FILE);
  if ((await built.exists()) && integrityOf(await built.bytes()) !== served) {
    return [
      bad(
        VIEWS,
        'the bridge serves other views than this checkout has built',
        'Run the doctor in the checkout of the bridge, or start the bridge from this one.',
      ),
    ];
  }
  return [good(VIEWS, inBundle ? 'those of the plugin that is released' : 'are served')];
}

async function releasedPlugin(
  twilio: Twilio,
  name: string,
): Promise<{ version: string; url: string } | undefined> {
  // Newest first (https://www.twilio.com/docs/flex/developer/plugins/api/release).
  const [release] = await callTwilio('plugin releases', () =>
    twilio.flexApi.v1.pluginReleases.list({ limit: 1 }),
  );
  if (!release) return undefined;
  const plugins = await callTwilio('released plugins', () =>
    twilio.flexApi.v1.pluginConfigurations(release.configurationSid).plugins.list({ limit: MAX_PLUGINS }),
  );
  const found = plugins.find(({ uniqueName }) => uniqueName === name);
  return found && { version: found.version, url: found.pluginUrl };
}

/** The views that the released bundle takes; null where it cannot be read from here, as Twilio keeps private plugins. */
async function integrityInBundle(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
    if (!answer.ok || Number(answer.headers.get('content-length')) > MAX_BUNDLE_BYTES) return null;
    return (await answer.text()).match(/sha256-[A-Za-z0-9+/]{43}=/)?.[0] ?? null;
  } catch {
    return null;
  }
}

const integrityOf = (bytes: Uint8Array): string =>
  `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
