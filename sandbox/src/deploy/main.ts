/**
 * `bun run deploy:plugin:dry`: what `bun run deploy:plugin --release` does, but to a Twilio on this machine; then the
 * sandbox's Flex loads what was deployed. Exits 0 or 1.
 */
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import { CannotDeploy } from '../../../flex-plugin/deploy/twilio-cli.ts';
import { dryRun } from './dry-run.ts';
import { verifyDeployed } from './verify-deployed.ts';

argumentsOrExit(
  `Usage:
  bun run deploy:plugin:dry
      does what bun run deploy:plugin --release does, but to a Twilio on this machine, and has the sandbox's Flex load it;
      needs no account, and installs Twilio's command-line tool, some 1,650 packages, the first time

Exit codes:
  0  deployed and loaded
  1  it could not be deployed, or what was deployed does not work
  2  wrong options`,
  { options: {} },
);
// Ctrl-C ends the CLI, which is in the same process group; what it changed is put back before this process ends, too.
process.on('SIGINT', () => {});
try {
  const run = await dryRun();
  try {
    await verifyDeployed(run);
  } finally {
    await run.twilio.stop();
  }
} catch (error) {
  if (!(error instanceof CannotDeploy)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}
