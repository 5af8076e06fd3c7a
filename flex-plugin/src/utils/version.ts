/** The version of the bundle that this agent loaded at log-in; the bridge may have another. */
export { FLEXCORD_VERSION as pluginVersion } from '@flexcord/shared/version';
