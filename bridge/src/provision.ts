/** `bun run provision`: creates or repairs what Flexcord needs on Twilio's side, and Discord's commands. Running it again changes nothing. */
import {
  confirmed,
  explain,
  OperatorError,
  readArguments,
  runCommand,
  UsageError,
} from './config/command-line.ts';
import { type Config, loadConfig } from './config/config.ts';
import { provisioningOptions } from './config/provisioning-options.ts';
import { twilioAccount } from './config/twilio-account.ts';
import type { PlanStep } from './twilio/provisioning/plan.ts';
import type { Plan } from './twilio/provisioning/provisioning.ts';

const USAGE = `Usage:
  bun run provision [options]
      shows what has to change in your Flex project and of Discord's commands, asks, and does it; what is not ours is named and stays
    --dry-run   shows it only
    --yes       does it without asking
    --guild <id>  also builds the channels, the role and the message with the buttons in that Discord server, as /setup does
    --destroy   takes away what this command has made, and nothing else; names what it leaves

  + will be made   ~ will be changed   - will be taken away   = is right   o is not ours   ! only you can mend it

Exit codes:
  0  done, or nothing to do
  1  Twilio or Discord refused, something is left that only you can mend, or it was not confirmed
  2  wrong options or a wrong configuration`;

const SIGNS: Record<PlanStep['action'], string> = {
  create: '+',
  update: '~',
  remove: '-',
  keep: '=',
  foreign: 'o',
  mend: '!',
};

async function main(): Promise<number> {
  const { values } = readArguments({
    options: {
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean' },
      destroy: { type: 'boolean' },
      guild: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values['dry-run'] && values.yes) throw new UsageError('--dry-run and --yes exclude each other.');
  const { guild } = values;
  if (guild !== undefined && !/^\d{17,20}$/.test(guild))
    throw new UsageError('--guild is a Discord server id: 17 to 20 digits ("Copy Server ID" in Discord).');
  if (guild && values.destroy)
    throw new UsageError('--destroy names what it leaves in every server; it takes no --guild.');
  const { config, warnings } = loadConfig(process.env, [
    'TWILIO_WORKSPACE_SID',
    'TWILIO_WORKFLOW_SID',
    'TWILIO_STUDIO_FLOW_SID',
  ]);
  for (const warning of warnings) console.error(warning);
  const destroy = values.destroy ?? false;
  const plan = await planFor(config, destroy, guild);
  const width = Math.max(...plan.steps.map(({ what }) => what.length));
  for (const { action, what, detail, changes = [] } of plan.steps) {
    console.log(`${SIGNS[action]} ${what.padEnd(width)}  ${detail}`);
    for (const change of changes) console.log(`  ${' '.repeat(width)}    ${change}`);
  }
  const steps = plan.steps.filter(({ carryOut }) => carryOut);
  const toMend = plan.steps.filter(({ action }) => action === 'mend').length;
  if (steps.length > 0) {
    if (values['dry-run']) console.log('\nNothing was changed (--dry-run).');
    else if (
      !values.yes &&
      !(await confirmed(`Do ${steps.length === 1 ? 'this change' : `these ${steps.length} changes`}?`))
    ) {
      console.log('\nNothing was changed.');
      return 1;
    } else await carryOut(plan, steps);
  } else console.log('\nNothing is to be done.');
  if (!destroy && !values['dry-run']) tellVariables(config, plan);
  if (toMend > 0)
    console.log(`\n${toMend === 1 ? 'A line' : `${toMend} lines`} with ! above: only you can mend that.`);
  return toMend > 0 ? 1 : 0;
}

async function planFor(config: Config, destroy: boolean, guild?: string): Promise<Plan> {
  const [{ createTwilio }, { checkAccount }, { planRemoval, planTwilio }, { planDiscordCommands }, servers] =
    await Promise.all([
      import('./twilio/client.ts'),
      import('./twilio/check-account.ts'),
      import('./twilio/provisioning/provisioning.ts'),
      import('./wiring/discord-commands.ts'),
      import('./wiring/discord-server.ts'),
    ]);
  const account = twilioAccount(config);
  const state = await checkAccount(account);
  if (state.is !== 'fine') throw new OperatorError(state.said);
  const plan = await (destroy ? planRemoval : planTwilio)(provisioningOptions(config, createTwilio(account)));
  const server = destroy
    ? await servers.planServerRemoval(config)
    : guild
      ? await servers.planDiscordServer(config, guild)
      : [];
  return { ...plan, steps: [...plan.steps, ...(await planDiscordCommands(config, destroy)), ...server] };
}

async function carryOut(plan: Plan, steps: PlanStep[]): Promise<void> {
  console.log('');
  for (const [done, { what, carryOut }] of steps.entries()) {
    try {
      await carryOut?.(plan.made);
    } catch (error) {
      throw new OperatorError(
        `${what} could not be done: ${reasonOf(error)}.\n${done} of ${steps.length} are done and stay. Run the command again to go on.`,
      );
    }
    console.log(`${done + 1}/${steps.length} ${what}`);
  }
}

/** Twilio's own words beside the status, where it has any. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { status?: number; message?: string } };
  if (!cause?.message) return explain(error).replace(/[,. ]+$/, '');
  return `${cause.status ? `HTTP ${cause.status}, ` : ''}${cause.message.replace(/[. ]+$/, '')}`;
}

/** What has to stand in `.env` and does not yet. */
function tellVariables(config: Config, { made }: Plan): void {
  const wanted = {
    TWILIO_WORKSPACE_SID: made.workspaceSid,
    TWILIO_WORKFLOW_SID: made.workflowSid,
    TWILIO_STUDIO_FLOW_SID: made.flowSid,
  };
  const missing = Object.entries(wanted).filter(
    ([name, value]) => value && config[name as keyof typeof wanted] !== value,
  );
  if (missing.length === 0) return;
  console.log('\nPut this into .env:');
  for (const [name, value] of missing) console.log(`  ${name}=${value}`);
}

runCommand(USAGE, main);
