/** `bun run doctor`: looks at everything that has to be right, and says how to mend what is not. It changes nothing. */
import { createInterface } from 'node:readline/promises';
import {
  ask,
  confirmed,
  OperatorError,
  readArguments,
  runCommand,
  UsageError,
} from './config/command-line.ts';
import { type Config, loadConfig } from './config/config.ts';
import type { Finding } from './doctor/finding.ts';

const USAGE = `Usage:
  bun run doctor [options]
      looks at both clouds, the way from Twilio to here, the store and this machine, beside a running bridge or
      without one, and says what is not right and how to mend it; changes nothing
    --json   the same for machines: {"ok": …, "findings": [{"check", "is": "good" | "bad" | "unknown", "says",
                    "mend", "unanswered": true where it could not be looked at}]}; ok is what exits with 0

  bun run doctor --probe [options]
      finds out on your account what no document says of Twilio, with a conversation of its own that it takes away again;
      says what that costs and asks before it begins; ends with a report to send to the maintainers
    --yes           does not ask
    --member <id>   Discord user id of somebody who is asked to write to the bot (a bot cannot write to itself)
    --wait <s>      how long something is waited for before it counts as not happening (default 15)
    --out <file>    where the report goes (default flexcord-probe.json)

  ✓ is right   ✗ has to be mended   ? could not be looked at, or is for you to judge

Exit codes:
  0  all was looked at, and nothing has to be mended; a ? that is left is for you to judge
  1  something has to be mended; the probe was not confirmed, failed or was interrupted
  2  wrong options or a wrong configuration
  3  nothing that could be looked at has to be mended, but something could not: a cloud did not answer, for example`;

const SIGNS: Record<Finding['is'], string> = { good: '✓', bad: '✗', unknown: '?' };

async function main(): Promise<number> {
  const { values } = readArguments({
    options: {
      json: { type: 'boolean' },
      probe: { type: 'boolean' },
      yes: { type: 'boolean' },
      member: { type: 'string' },
      wait: { type: 'string' },
      out: { type: 'string' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const ofProbe = (['yes', 'member', 'wait', 'out'] as const).find((name) => values[name] !== undefined);
  if (values.json && values.probe)
    throw new UsageError(
      '--json and --probe exclude each other: the probe writes its report as JSON, see --out.',
    );
  if (ofProbe && !values.probe) throw new UsageError(`--${ofProbe} goes with --probe.`);
  const { config, warnings, unfilled } = loadConfig(process.env, [
    'TWILIO_WORKSPACE_SID',
    'TWILIO_WORKFLOW_SID',
    'TWILIO_STUDIO_FLOW_SID',
  ]);
  if (values.probe) {
    for (const warning of warnings) console.error(warning);
    return probe(config, values);
  }
  const [
    { looking, unknown },
    { checkDiscord },
    { planDiscordCommands },
    { inviteAddress },
    { checkPublicUrl, checkTwilio },
    { checkPlugin },
    machine,
  ] = await Promise.all([
    import('./doctor/finding.ts'),
    import('./doctor/discord-checks.ts'),
    import('./wiring/discord-commands.ts'),
    import('./wiring/server-commands.ts'),
    import('./doctor/twilio-checks.ts'),
    import('./doctor/plugin-checks.ts'),
    import('./doctor/machine-checks.ts'),
  ]);
  const { findings: store, guilds, probe: kept } = await machine.checkStore(config);
  const [discord, twilio, plugin, publicUrl, clock, versions] = await Promise.all([
    looking('Discord', () =>
      checkDiscord(config, guilds, () => planDiscordCommands(config, false), inviteAddress(config)),
    ),
    looking('Twilio', () => checkTwilio(config, unfilled)),
    looking('Flex plugin', () => checkPlugin(config)),
    looking('PUBLIC_URL', () => checkPublicUrl(config)),
    looking('Clock', () => machine.checkClock(config)),
    looking('Versions', () => machine.checkVersions()),
  ]);
  const findings = [
    ...warnings.map((warning) => unknown('.env', warning)),
    ...[discord, twilio, plugin, publicUrl, store, clock, versions, kept].flat(),
  ];
  const code = codeOf(findings);
  if (values.json) console.log(JSON.stringify({ ok: code === 0, findings }, null, 2));
  else print(findings);
  return code;
}

/** What to mend weighs more than what could not be looked at. */
function codeOf(findings: readonly Finding[]): number {
  if (findings.some(({ is }) => is === 'bad')) return 1;
  return findings.some(({ unanswered }) => unanswered) ? 3 : 0;
}

interface ProbeArguments {
  yes?: boolean;
  member?: string;
  wait?: string;
  out?: string;
}

const MEMBER_ID = /^\d{17,20}$/;
/** The longest time that `--wait` takes, in seconds. */
const MAX_WAIT_S = 600;

async function probe(
  config: Config,
  { yes = false, member, wait = '15', out }: ProbeArguments,
): Promise<number> {
  const seconds = Number(wait);
  if (!(seconds > 0 && seconds <= MAX_WAIT_S))
    throw new UsageError(`--wait is a number of seconds, up to ${MAX_WAIT_S}.`);
  if (member !== undefined && !MEMBER_ID.test(member))
    throw new UsageError('--member is a Discord user id: 17 to 20 digits ("Copy User ID" in Discord).');
  const { COST, runProbe } = await import('./doctor/probe/probe.ts');
  console.log(COST);
  if (!yes && !(await confirmed('Go on?'))) {
    console.log('\nNothing was done.');
    return 1;
  }
  const memberId = member ?? (yes ? null : await memberWhoTakesPart());
  if (memberId === undefined) {
    console.log('\nNothing was done.');
    return 1;
  }
  const interrupted = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.once(name, () => {
      console.log('\nInterrupted; what was made is taken away. Once more ends at once.');
      interrupted.abort();
    });
  }
  try {
    await runProbe({
      config,
      waitMs: seconds * 1000,
      out: out ?? 'flexcord-probe.json',
      memberId,
      skip: enterPressed,
      signal: interrupted.signal,
      say: (line) => console.log(line),
    });
    return 0;
  } catch (error) {
    if (interrupted.signal.aborted)
      throw new OperatorError('The probe was interrupted. Run it again to go on from the beginning.');
    throw error;
  }
}

/** Asks who writes to the bot; null for nobody, undefined where the probe is not to begin after all. */
async function memberWhoTakesPart(): Promise<string | null | undefined> {
  const given = await ask(
    'Discord user id of somebody who can write to the bot now ("Copy User ID"; Enter: nobody): ',
  );
  if (given === null) return undefined;
  if (MEMBER_ID.test(given)) return given;
  if (given !== '') console.log('That is no user id (17 to 20 digits), so nobody takes part.');
  return null;
}

/** Aborted when Enter is pressed from now on, where there is a terminal. */
function enterPressed(): AbortSignal {
  const pressed = new AbortController();
  if (process.stdin.isTTY) {
    const lines = createInterface({ input: process.stdin });
    lines.once('line', () => {
      pressed.abort();
      lines.close();
    });
  }
  return pressed.signal;
}

function print(findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const { check, is, says, mend } of findings) {
    console.log(`${SIGNS[is]} ${check.padEnd(width)}  ${says}`);
    if (mend) console.log(`  ${' '.repeat(width)}  → ${mend}`);
  }
  const count = findings.filter(({ is }) => is === 'bad').length;
  const open = findings.filter(({ is }) => is === 'unknown').length;
  const silent = findings.some(({ unanswered }) => unanswered);
  const clean = silent ? 'Nothing that could be looked at has to be mended' : 'Nothing has to be mended';
  console.log(`\n${count === 0 ? clean : `${count} to mend`}${open > 0 ? `, ${open} with ?` : ''}.`);
  if (silent) console.log('Run it again when what did not answer is back.');
}

runCommand(USAGE, main);
