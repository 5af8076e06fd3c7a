import type { AssetVersion } from '../serverless/model.ts';
import type { TwilioState } from '../state.ts';
import { findVersion } from './routes.ts';

/** A plugin that agents load at their next log-in: the bytes that its version's URL leads to. */
export interface ReleasedPlugin {
  name: string;
  version: string;
  source: Blob;
}

/** The plugins of the latest release; none before the first. Throws where a plugin's URL leads nowhere, as Flex would. */
export function releasedPlugins(state: TwilioState): ReleasedPlugin[] {
  const release = state.plugins.releases.at(-1);
  const configuration = state.plugins.configurations.get(release?.configurationSid ?? '');
  return (configuration?.plugins ?? []).map(({ versionSid }) => {
    const { plugin, version } = findVersion(state, versionSid);
    const asset = assetAt(state, new URL(version.pluginUrl));
    if (!asset) throw new Error(`No environment serves ${version.pluginUrl}: was its build deployed?`);
    return {
      name: plugin.uniqueName,
      version: version.version,
      source: new Blob([asset.bytes], { type: asset.contentType }),
    };
  });
}

/** What the environment with that host serves under that path. */
function assetAt(state: TwilioState, url: URL): AssetVersion | undefined {
  for (const service of state.services.values())
    for (const { domainName, buildSid } of service.environments.values())
      if (domainName === url.hostname)
        return service.builds.get(buildSid ?? '')?.assetVersions.find(({ path }) => path === url.pathname);
  return undefined;
}
