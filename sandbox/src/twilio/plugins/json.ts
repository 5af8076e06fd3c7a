import { isoSeconds } from '../clock.ts';
import type { TwilioState } from '../state.ts';
import type { Plugin, PluginConfiguration, PluginRelease, PluginVersion } from './model.ts';

export const PLUGINS_URL = 'https://flex-api.twilio.com/v1/PluginService';

export function pluginJson(state: TwilioState, plugin: Plugin) {
  const url = `${PLUGINS_URL}/Plugins/${plugin.sid}`;
  return {
    sid: plugin.sid,
    account_sid: state.credentials.accountSid,
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

export function versionJson(state: TwilioState, version: PluginVersion) {
  return {
    sid: version.sid,
    plugin_sid: version.pluginSid,
    account_sid: state.credentials.accountSid,
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

export function configurationJson(state: TwilioState, configuration: PluginConfiguration) {
  const url = `${PLUGINS_URL}/Configurations/${configuration.sid}`;
  return {
    sid: configuration.sid,
    account_sid: state.credentials.accountSid,
    name: configuration.name,
    description: configuration.description,
    archived: false,
    date_created: isoSeconds(configuration.dateCreated),
    url,
    links: { plugins: `${url}/Plugins` },
  };
}

export function configuredPluginJson(
  state: TwilioState,
  configuration: PluginConfiguration,
  phase: number,
  plugin: Plugin,
  version: PluginVersion,
) {
  return {
    account_sid: state.credentials.accountSid,
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

export function releaseJson(state: TwilioState, release: PluginRelease) {
  return {
    sid: release.sid,
    account_sid: state.credentials.accountSid,
    configuration_sid: release.configurationSid,
    date_created: isoSeconds(release.dateCreated),
    url: `${PLUGINS_URL}/Releases/${release.sid}`,
  };
}
