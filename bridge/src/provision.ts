/**
 * `bun run provision [--dry-run]`: creates or repairs what Flexcord needs on the Twilio side. Running it again changes
 * nothing. Exit codes: 0 done, 1 Twilio refused, 2 wrong configuration.
 */
import { ConfigError, loadConfig } from './config/config.ts';

async function main(): Promise<void> {
  const dryRun = process.argv.includes('--dry-run');
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
    flexInstanceSid: config.TWILIO_FLEX_INSTANCE_SID,
    withStudio,
  });
  for (const step of plan) {
    console.log(`${step.action.padEnd(7)} ${step.what}: ${step.detail}`);
    if (dryRun) continue;
    const id = await step.carryOut();
    if (step.what === 'Studio flow') console.log(`        TWILIO_STUDIO_FLOW_SID=${id}`);
  }
  if (dryRun) console.log('Nothing was changed (--dry-run).');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof ConfigError ? 2 : 1);
});
