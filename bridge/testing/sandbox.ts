// Tests reach both stand-ins through here and nothing else of the bridge knows them.
export { freePort } from '../../sandbox/src/bridge-process.ts';
export { bridgeSettings } from '../../sandbox/src/bridge-settings.ts';
export { Faults } from '../../sandbox/src/core/faults.ts';
export { startDiscord } from '../../sandbox/src/discord/index.ts';
export { findPostgresPrograms, postgresUser } from '../../sandbox/src/postgres-programs.ts';
export { startTwilio, type Twilio } from '../../sandbox/src/twilio/index.ts';
