import type { AssetVersion } from '../serverless/model.ts';
import type { World } from '../world.ts';
import { findVersion } from './routes.ts';

/** A plugin that agents load at their next log-in: the bytes that its version's URL leads to. */
export interface ReleasedPlugin {
  name: string;
  version: string;
  source: Blob;
}

/** The plugins of the latest release; none before the first. Throws where a plugin's URL leads nowhere, as Flex would. */
export function releasedPlugins(world: World): ReleasedPlugin[] {
  const release = world.plugins.releases.at(-1);
  const configuration = world.plugins.configurations.get(release?.configurationSid ?? '');
  return (configuration?.plugins ?? []).map(({ versionSid }) => {
    const { plugin, version } = findVersion(world, versionSid);
    const asset = assetAt(world, new URL(version.pluginUrl));
    if (!asset) throw new Error(`No environment serves ${version.pluginUrl}: was its build deployed?`);
    return {
      name: plugin.uniqueName,
      version: version.version,
      source: new Blob([asset.bytes], { type: asset.contentType }),
    };
  });
}

/** What the environment with that host serves under that path. */
function assetAt(world: World, url: URL): AssetVersion | undefined {
  for (const service of world.services.values())
    for (const { domainName, buildSid } of service.environments.values())
      if (domainName === url.hostname)
        return service.builds.get(buildSid ?? '')?.assetVersions.find(({ path }) => path === url.pathname);
  return undefined;
}
