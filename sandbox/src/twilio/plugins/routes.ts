import { invalid, notFound } from '../errors.ts';
import { created, jsonObject, optional, optionalBoolean, product, required } from '../http.ts';
import { paged } from '../paging.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
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
export function pluginRoutes(world: World) {
  const state = world.plugins;
  const now = () => world.clock.now();
  /** Lists are newest first: Twilio's CLI takes the first entry for the latest. */
  const newest = <One>(all: Iterable<One>) => [...all].reverse();

  return product('/flex-api/v1/PluginService')
    .get('/Plugins', ({ call }) =>
      paged(call, 'plugins', `${PLUGINS_URL}/Plugins`, newest(state.plugins.values()), (one) =>
        pluginJson(world, one),
      ),
    )
    .post('/Plugins', ({ call }) => {
      const uniqueName = required(call.form, 'UniqueName');
      // Unverified: the code of a plugin's name that is taken.
      if ([...state.plugins.values()].some((one) => one.uniqueName === uniqueName))
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
      state.plugins.set(plugin.sid, plugin);
      return created(pluginJson(world, plugin));
    })
    .get('/Plugins/:plugin', ({ params }) => pluginJson(world, findPlugin(world, params.plugin)))
    .post('/Plugins/:plugin', ({ params, call }) => {
      const plugin = findPlugin(world, params.plugin);
      plugin.friendlyName = optional(call.form, 'FriendlyName') ?? plugin.friendlyName;
      plugin.description = description(call.form) ?? plugin.description;
      plugin.dateUpdated = now();
      return pluginJson(world, plugin);
    })

    .get('/Plugins/:plugin/Versions', ({ params, call }) => {
      const plugin = findPlugin(world, params.plugin);
      const url = `${PLUGINS_URL}/Plugins/${plugin.sid}/Versions`;
      return paged(call, 'plugin_versions', url, newest(plugin.versions), (one) => versionJson(world, one));
    })
    .post('/Plugins/:plugin/Versions', ({ params, call }) => {
      const plugin = findPlugin(world, params.plugin);
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
      return created(versionJson(world, made));
    })
    .get('/Plugins/:plugin/Versions/:version', ({ params }) => {
      const { versions } = findPlugin(world, params.plugin);
      const found = versions.find(({ sid, version }) => [sid, version].includes(params.version));
      if (!found) throw notFound(`/PluginService/Plugins/${params.plugin}/Versions/${params.version}`);
      return versionJson(world, found);
    })

    .get('/Configurations', ({ call }) =>
      paged(
        call,
        'configurations',
        `${PLUGINS_URL}/Configurations`,
        newest(state.configurations.values()),
        (one) => configurationJson(world, one),
      ),
    )
    .post('/Configurations', ({ call }) => {
      const plugins = call.form.getAll('Plugins').map((text) => {
        const { plugin_version: versionSid, phase } = jsonObject(text, 'Plugins');
        const { version } = findVersion(world, String(versionSid));
        return { versionSid: version.sid, phase: Number(phase ?? 3) };
      });
      const configuration: PluginConfiguration = {
        sid: newSid('FJ'),
        name: required(call.form, 'Name'),
        description: optional(call.form, 'Description') ?? '',
        plugins,
        dateCreated: now(),
      };
      state.configurations.set(configuration.sid, configuration);
      return created(configurationJson(world, configuration));
    })
    .get('/Configurations/:sid', ({ params }) =>
      configurationJson(world, findConfiguration(world, params.sid)),
    )
    .get('/Configurations/:sid/Plugins', ({ params, call }) => {
      const configuration = findConfiguration(world, params.sid);
      const url = `${PLUGINS_URL}/Configurations/${configuration.sid}/Plugins`;
      return paged(call, 'plugins', url, configuration.plugins, ({ versionSid, phase }) => {
        const { plugin, version } = findVersion(world, versionSid);
        return configuredPluginJson(world, configuration, phase, plugin, version);
      });
    })

    .get('/Releases', ({ call }) =>
      paged(call, 'releases', `${PLUGINS_URL}/Releases`, newest(state.releases), (one) =>
        releaseJson(world, one),
      ),
    )
    .post('/Releases', ({ call }) => {
      const configuration = findConfiguration(world, required(call.form, 'ConfigurationId'));
      const release = { sid: newSid('FK'), configurationSid: configuration.sid, dateCreated: now() };
      state.releases.push(release);
      return created(releaseJson(world, release));
    });
}

function description(form: URLSearchParams): string | undefined {
  const text = optional(form, 'Description');
  if (text && text.length > 500) throw invalid('Description may have 500 characters at most');
  return text;
}

function findPlugin(world: World, id: string): Plugin {
  for (const plugin of world.plugins.plugins.values())
    if (plugin.sid === id || plugin.uniqueName === id) return plugin;
  throw notFound(`/PluginService/Plugins/${id}`);
}

export function findVersion(world: World, sid: string): { plugin: Plugin; version: PluginVersion } {
  for (const plugin of world.plugins.plugins.values()) {
    const version = plugin.versions.find((one) => one.sid === sid);
    if (version) return { plugin, version };
  }
  throw invalid(`There is no plugin version ${sid}`);
}

function findConfiguration(world: World, sid: string): PluginConfiguration {
  const found = world.plugins.configurations.get(sid);
  if (!found) throw notFound(`/PluginService/Configurations/${sid}`);
  return found;
}
