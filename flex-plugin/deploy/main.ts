/**
 * `bun run deploy:plugin`: deploys the plugin to the Flex project whose credentials are in the environment or in `.env`.
 * `--release` gives the version to the agents, too; `--changelog="…"` says what is new.
 */
import { argumentsOrExit } from '../../bridge/src/config/command-line.ts';
import manifest from '../package.json';
import { deploy } from './deploy.ts';
import { CannotDeploy, openTwilioCli } from './twilio-cli.ts';

const USAGE = `Usage:
  bun run deploy:plugin [options]
      builds the plugin and deploys it to the Flex project of TWILIO_ACCOUNT_SID, with Twilio's own command-line tool
    --release           also gives the version to the agents
    --changelog TEXT    what is new; default "Flexcord ${manifest.version}"

Exit codes:
  0  done
  1  Twilio refused, or the credentials are not set
  2  wrong options`;

const { values } = argumentsOrExit(USAGE, {
  options: { release: { type: 'boolean' }, changelog: { type: 'string' } },
});
const { release = false, changelog = `Flexcord ${manifest.version}` } = values;
const { TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, TWILIO_API_KEY, TWILIO_API_SECRET } = process.env;
const hasSecret = TWILIO_AUTH_TOKEN || (TWILIO_API_KEY && TWILIO_API_SECRET);
if (!TWILIO_ACCOUNT_SID || !hasSecret) {
  const missing = TWILIO_ACCOUNT_SID ? 'TWILIO_AUTH_TOKEN' : 'TWILIO_ACCOUNT_SID';
  console.error(
    `${missing} is not set, so there is no Flex project to deploy to. Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET) in .env. “bun run deploy:plugin:dry” needs no account.`,
  );
  process.exit(1);
}

// Ctrl-C ends the CLI, which is in the same process group; what it changed is put back before this process ends, too.
process.on('SIGINT', () => {});
try {
  const cli = await openTwilioCli(process.env);
  try {
    await deploy(cli, { release, changelog });
  } finally {
    cli.close();
  }
  if (!release)
    console.log('Agents get it after a release: run the same with --release, or release it in Flex.');
} catch (error) {
  if (!(error instanceof CannotDeploy)) throw error;
  console.error(`\n${error.message}`);
  process.exit(1);
}
