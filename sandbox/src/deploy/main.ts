/**
 * `bun run deploy:plugin:dry`: what `bun run deploy:plugin --release` does, but to a Twilio on this machine; then the
 * sandbox's Flex loads what was deployed. Exits 0 or 1.
 */
import { CannotDeploy } from '../../../flex-plugin/deploy/twilio-cli.ts';
import { dryRun } from './dry-run.ts';
import { verifyDeployed } from './verify-deployed.ts';

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
