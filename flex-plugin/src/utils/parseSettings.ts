/** What an operator sets in the Flex configuration under `ui_attributes.flexcord`. */
export interface Settings {
  /** Base URL of the bridge, without a trailing slash. Empty: the panel says that it is not configured. */
  bridgeUrl: string;
  features: {
    discordChannel: boolean;
    discordPanel: boolean;
    casesView: boolean;
    communityView: boolean;
    knowledgeView: boolean;
    operationsView: boolean;
  };
  /** Tasks of this channel are Discord tasks, beside any whose customer address starts with `discord_`. */
  taskChannel: string;
}

export const defaultSettings: Settings = {
  bridgeUrl: '',
  features: {
    discordChannel: true,
    discordPanel: true,
    casesView: true,
    communityView: true,
    knowledgeView: true,
    operationsView: true,
  },
  taskChannel: 'discord',
};

/** Reads the settings; a value of a wrong type or form keeps its default and is named in `errors`. */
export function parseSettings(input: unknown): { settings: Settings; errors: string[] } {
  const errors: string[] = [];
  const values = recordOf(input);
  const features = recordOf(values.features);
  const read = <T>(value: unknown, name: string, fallback: T, valid: (value: unknown) => value is T): T => {
    if (value === undefined) return fallback;
    if (valid(value)) return value;
    errors.push(`ui_attributes.flexcord.${name} is not valid, ${JSON.stringify(fallback)} is used`);
    return fallback;
  };
  const settings: Settings = {
    bridgeUrl: read(values.bridgeUrl, 'bridgeUrl', defaultSettings.bridgeUrl, isHttpUrl).replace(/\/+$/, ''),
    features: {
      discordChannel: read(features.discordChannel, 'features.discordChannel', true, isBoolean),
      discordPanel: read(features.discordPanel, 'features.discordPanel', true, isBoolean),
      casesView: read(features.casesView, 'features.casesView', true, isBoolean),
      communityView: read(features.communityView, 'features.communityView', true, isBoolean),
      knowledgeView: read(features.knowledgeView, 'features.knowledgeView', true, isBoolean),
      operationsView: read(features.operationsView, 'features.operationsView', true, isBoolean),
    },
    taskChannel: read(values.taskChannel, 'taskChannel', defaultSettings.taskChannel, isName),
  };
  return { settings, errors };
}

/** The value as an object, or an empty one where it is none. */
export function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}
function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 64;
}
function isHttpUrl(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  try {
    return /^https?:$/.test(new URL(value).protocol);
  } catch {
    return false;
  }
}
