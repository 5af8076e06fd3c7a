/** The version of bridge and plugin, which belong together; that of every `package.json`, which a test checks. */
export const FLEXCORD_VERSION = '0.1.0';
