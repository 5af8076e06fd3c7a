import { invalid, notFound } from '../errors.ts';
import { created, jsonObject, optional, optionalBoolean, product, required } from '../http.ts';
import { paged } from '../paging.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import {
  configurationJson,
  configuredPluginJson,
  PLUGINS_URL,
  pluginJson,
  releaseJson,
  versionJson,
} from './json.ts';
import type { Plugin, PluginConfiguration, PluginVersion } from './model.ts';

/** Plugins, their versions, configurations and releases. https://www.twilio.com/docs/flex/developer/plugins/api */
export function pluginRoutes(state: TwilioState) {
  const pluginState = state.plugins;
  const now = () => state.clock.now();
  /** Lists are newest first: Twilio's CLI takes the first entry for the latest. */
  const newest = <One>(all: Iterable<One>) => [...all].reverse();

  return product('/flex-api/v1/PluginService')
    .get('/Plugins', ({ call }) =>
      paged(call, 'plugins', `${PLUGINS_URL}/Plugins`, newest(pluginState.plugins.values()), (one) =>
        pluginJson(state, one),
      ),
    )
    .post('/Plugins', ({ call }) => {
      const uniqueName = required(call.form, 'UniqueName');
      // Unverified: the code of a plugin's name that is taken.
      if ([...pluginState.plugins.values()].some((one) => one.uniqueName === uniqueName))
        throw invalid(`A plugin with the UniqueName ${uniqueName} exists already`);
      const plugin: Plugin = {
        sid: newSid('FP'),
        uniqueName,
        friendlyName: optional(call.form, 'FriendlyName') ?? uniqueName,
        description: description(call.form) ?? '',
        archived: false,
        dateCreated: now(),
        dateUpdated: now(),
        versions: [],
      };
      pluginState.plugins.set(plugin.sid, plugin);
      return created(pluginJson(state, plugin));
    })
    .get('/Plugins/:plugin', ({ params }) => pluginJson(state, findPlugin(state, params.plugin)))
    .post('/Plugins/:plugin', ({ params, call }) => {
      const plugin = findPlugin(state, params.plugin);
      plugin.friendlyName = optional(call.form, 'FriendlyName') ?? plugin.friendlyName;
      plugin.description = description(call.form) ?? plugin.description;
      plugin.dateUpdated = now();
      return pluginJson(state, plugin);
    })

    .get('/Plugins/:plugin/Versions', ({ params, call }) => {
      const plugin = findPlugin(state, params.plugin);
      const url = `${PLUGINS_URL}/Plugins/${plugin.sid}/Versions`;
      return paged(call, 'plugin_versions', url, newest(plugin.versions), (one) => versionJson(state, one));
    })
    .post('/Plugins/:plugin/Versions', ({ params, call }) => {
      const plugin = findPlugin(state, params.plugin);
      const version = required(call.form, 'Version');
      if (plugin.versions.some((one) => one.version === version))
        throw invalid(`${plugin.uniqueName} has a version ${version} already`);
      const made: PluginVersion = {
        sid: newSid('FV'),
        pluginSid: plugin.sid,
        version,
        pluginUrl: required(call.form, 'PluginUrl'),
        changelog: optional(call.form, 'Changelog') ?? '',
        private: optionalBoolean(call.form, 'Private') ?? true,
        archived: false,
        validated: optional(call.form, 'ValidateStatus') === 'success',
        dateCreated: now(),
      };
      if (!URL.canParse(made.pluginUrl)) throw invalid('PluginUrl is not a URL');
      plugin.versions.push(made);
      return created(versionJson(state, made));
    })
    .get('/Plugins/:plugin/Versions/:version', ({ params }) => {
      const { versions } = findPlugin(state, params.plugin);
      const found = versions.find(({ sid, version }) => [sid, version].includes(params.version));
      if (!found) throw notFound(`/PluginService/Plugins/${params.plugin}/Versions/${params.version}`);
      return versionJson(state, found);
    })

    .get('/Configurations', ({ call }) =>
      paged(
        call,
        'configurations',
        `${PLUGINS_URL}/Configurations`,
        newest(pluginState.configurations.values()),
        (one) => configurationJson(state, one),
      ),
    )
    .post('/Configurations', ({ call }) => {
      const plugins = call.form.getAll('Plugins').map((text) => {
        const { plugin_version: versionSid, phase } = jsonObject(text, 'Plugins');
        const { version } = findVersion(state, String(versionSid));
        return { versionSid: version.sid, phase: Number(phase ?? 3) };
      });
      const configuration: PluginConfiguration = {
        sid: newSid('FJ'),
        name: required(call.form, 'Name'),
        description: optional(call.form, 'Description') ?? '',
        plugins,
        dateCreated: now(),
      };
      pluginState.configurations.set(configuration.sid, configuration);
      return created(configurationJson(state, configuration));
    })
    .get('/Configurations/:sid', ({ params }) =>
      configurationJson(state, findConfiguration(state, params.sid)),
    )
    .get('/Configurations/:sid/Plugins', ({ params, call }) => {
      const configuration = findConfiguration(state, params.sid);
      const url = `${PLUGINS_URL}/Configurations/${configuration.sid}/Plugins`;
      return paged(call, 'plugins', url, configuration.plugins, ({ versionSid, phase }) => {
        const { plugin, version } = findVersion(state, versionSid);
        return configuredPluginJson(state, configuration, phase, plugin, version);
      });
    })

    .get('/Releases', ({ call }) =>
      paged(call, 'releases', `${PLUGINS_URL}/Releases`, newest(pluginState.releases), (one) =>
        releaseJson(state, one),
      ),
    )
    .post('/Releases', ({ call }) => {
      const configuration = findConfiguration(state, required(call.form, 'ConfigurationId'));
      const release = { sid: newSid('FK'), configurationSid: configuration.sid, dateCreated: now() };
      pluginState.releases.push(release);
      return created(releaseJson(state, release));
    });
}

function description(form: URLSearchParams): string | undefined {
  const text = optional(form, 'Description');
  if (text && text.length > 500) throw invalid('Description may have 500 characters at most');
  return text;
}

function findPlugin(state: TwilioState, id: string): Plugin {
  for (const plugin of state.plugins.plugins.values())
    if (plugin.sid === id || plugin.uniqueName === id) return plugin;
  throw notFound(`/PluginService/Plugins/${id}`);
}

export function findVersion(state: TwilioState, sid: string): { plugin: Plugin; version: PluginVersion } {
  for (const plugin of state.plugins.plugins.values()) {
    const version = plugin.versions.find((one) => one.sid === sid);
    if (version) return { plugin, version };
  }
  throw invalid(`There is no plugin version ${sid}`);
}

function findConfiguration(state: TwilioState, sid: string): PluginConfiguration {
  const found = state.plugins.configurations.get(sid);
  if (!found) throw notFound(`/PluginService/Configurations/${sid}`);
  return found;
}
