/** A Flex plugin as the account knows it. https://www.twilio.com/docs/flex/developer/plugins/api */
export interface Plugin {
  sid: string;
  uniqueName: string;
  friendlyName: string;
  description: string;
  archived: boolean;
  dateCreated: number;
  dateUpdated: number;
  /** Oldest first. */
  versions: PluginVersion[];
}

export interface PluginVersion {
  sid: string;
  pluginSid: string;
  version: string;
  pluginUrl: string;
  changelog: string;
  private: boolean;
  archived: boolean;
  validated: boolean;
  dateCreated: number;
}

/** A set of plugin versions that can be released together. */
export interface PluginConfiguration {
  sid: string;
  name: string;
  description: string;
  plugins: { versionSid: string; phase: number }[];
  dateCreated: number;
}

export interface PluginRelease {
  sid: string;
  configurationSid: string;
  dateCreated: number;
}

export interface PluginState {
  plugins: Map<string, Plugin>;
  configurations: Map<string, PluginConfiguration>;
  /** Oldest first; the last one is what agents load. */
  releases: PluginRelease[];
}

export const noPlugins = (): PluginState => ({ plugins: new Map(), configurations: new Map(), releases: [] });
