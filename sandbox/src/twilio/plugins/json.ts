import { isoSeconds } from '../clock.ts';
import type { World } from '../world.ts';
import type { Plugin, PluginConfiguration, PluginRelease, PluginVersion } from './model.ts';

export const PLUGINS_URL = 'https://flex-api.twilio.com/v1/PluginService';

export function pluginJson(world: World, plugin: Plugin) {
  const url = `${PLUGINS_URL}/Plugins/${plugin.sid}`;
  return {
    sid: plugin.sid,
    account_sid: world.credentials.accountSid,
    unique_name: plugin.uniqueName,
    friendly_name: plugin.friendlyName,
    description: plugin.description,
    archived: plugin.archived,
    date_created: isoSeconds(plugin.dateCreated),
    date_updated: isoSeconds(plugin.dateUpdated),
    url,
    links: { plugin_versions: `${url}/Versions` },
  };
}

export function versionJson(world: World, version: PluginVersion) {
  return {
    sid: version.sid,
    plugin_sid: version.pluginSid,
    account_sid: world.credentials.accountSid,
    version: version.version,
    plugin_url: version.pluginUrl,
    changelog: version.changelog,
    private: version.private,
    archived: version.archived,
    validated: version.validated,
    date_created: isoSeconds(version.dateCreated),
    url: `${PLUGINS_URL}/Plugins/${version.pluginSid}/Versions/${version.sid}`,
  };
}

export function configurationJson(world: World, configuration: PluginConfiguration) {
  const url = `${PLUGINS_URL}/Configurations/${configuration.sid}`;
  return {
    sid: configuration.sid,
    account_sid: world.credentials.accountSid,
    name: configuration.name,
    description: configuration.description,
    archived: false,
    date_created: isoSeconds(configuration.dateCreated),
    url,
    links: { plugins: `${url}/Plugins` },
  };
}

export function configuredPluginJson(
  world: World,
  configuration: PluginConfiguration,
  phase: number,
  plugin: Plugin,
  version: PluginVersion,
) {
  return {
    account_sid: world.credentials.accountSid,
    configuration_sid: configuration.sid,
    plugin_sid: plugin.sid,
    plugin_version_sid: version.sid,
    phase,
    plugin_url: version.pluginUrl,
    unique_name: plugin.uniqueName,
    friendly_name: plugin.friendlyName,
    description: plugin.description,
    plugin_archived: plugin.archived,
    version: version.version,
    changelog: version.changelog,
    plugin_version_archived: version.archived,
    private: version.private,
    date_created: isoSeconds(configuration.dateCreated),
    url: `${PLUGINS_URL}/Configurations/${configuration.sid}/Plugins/${plugin.sid}`,
  };
}

export function releaseJson(world: World, release: PluginRelease) {
  return {
    sid: release.sid,
    account_sid: world.credentials.accountSid,
    configuration_sid: release.configurationSid,
    date_created: isoSeconds(release.dateCreated),
    url: `${PLUGINS_URL}/Releases/${release.sid}`,
  };
}
