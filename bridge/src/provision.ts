/** `bun run provision`: creates or repairs what Flexcord needs on the Twilio side. Running it again changes nothing. */
import { readArguments, runCommand } from './config/command-line.ts';
import { loadConfig } from './config/config.ts';

const USAGE = `Usage:
  bun run provision [options]
      creates or repairs what Flexcord needs in your Flex project
    --dry-run   says what would be done, and does nothing

Exit codes:
  0  done, or nothing to do
  1  Twilio refused
  2  wrong options or a wrong configuration`;

async function main(): Promise<number> {
  const { values } = readArguments({ options: { 'dry-run': { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const dryRun = values['dry-run'] ?? false;
  const { config, warnings } = loadConfig(process.env, ['TWILIO_STUDIO_FLOW_SID']);
  for (const warning of warnings) console.error(warning);
  const [{ createTwilio }, { planTwilio }] = await Promise.all([
    import('./twilio/client.ts'),
    import('./twilio/provisioning/provisioning.ts'),
  ]);
  const account = {
    accountSid: config.TWILIO_ACCOUNT_SID,
    authToken: config.TWILIO_AUTH_TOKEN,
    apiUrl: config.TWILIO_API_URL,
  };
  const withStudio = config.FLEX_ROUTING === 'studio';
  const plan = await planTwilio({
    ...account,
    twilio: createTwilio(account),
    publicUrl: config.PUBLIC_URL,
    studioSecret: config.STUDIO_SECRET,
    workspaceSid: config.TWILIO_WORKSPACE_SID,
    workflowSid: config.TWILIO_WORKFLOW_SID,
    taskChannel: config.TWILIO_TASK_CHANNEL,
    withStudio,
  });
  for (const step of plan) {
    console.log(`${step.action.padEnd(7)} ${step.what}: ${step.detail}`);
    if (dryRun) continue;
    const id = await step.carryOut();
    if (step.what === 'Studio flow') console.log(`        TWILIO_STUDIO_FLOW_SID=${id}`);
  }
  if (dryRun) console.log('Nothing was changed (--dry-run).');
  return 0;
}

runCommand(USAGE, main);
