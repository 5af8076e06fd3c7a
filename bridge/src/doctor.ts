/** `bun run doctor`: looks at everything that has to be right, and says how to mend what is not. It changes nothing. */
import { readArguments, runCommand } from './config/command-line.ts';
import { loadConfig } from './config/config.ts';
import type { Finding } from './doctor/finding.ts';

const USAGE = `Usage:
  bun run doctor [options]
      looks at both clouds, the way from Twilio to here, the store and this machine, beside a running bridge or
      without one, and says what is not right and how to mend it; changes nothing
    --json   the same for machines: {"ok": …, "findings": [{"check", "is": "good" | "bad" | "unknown", "says", "mend"}]}

  ✓ is right   ✗ has to be mended   ? could not be looked at, or is for you to judge

Exit codes:
  0  nothing has to be mended
  1  something has to be mended
  2  wrong options or a wrong configuration`;

const SIGNS: Record<Finding['is'], string> = { good: '✓', bad: '✗', unknown: '?' };

async function main(): Promise<number> {
  const { values } = readArguments({ options: { json: { type: 'boolean' } } });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { config, warnings } = loadConfig(process.env, [
    'TWILIO_WORKSPACE_SID',
    'TWILIO_WORKFLOW_SID',
    'TWILIO_STUDIO_FLOW_SID',
  ]);
  const [{ looking, unknown }, { checkDiscord }, { checkPublicUrl, checkTwilio }, machine] =
    await Promise.all([
      import('./doctor/finding.ts'),
      import('./doctor/discord-checks.ts'),
      import('./doctor/twilio-checks.ts'),
      import('./doctor/machine-checks.ts'),
    ]);
  const { findings: store, guilds } = await machine.checkStore(config);
  const [discord, twilio, publicUrl, clock, versions] = await Promise.all([
    looking('Discord', () => checkDiscord(config, guilds)),
    looking('Twilio', () => checkTwilio(config)),
    looking('PUBLIC_URL', () => checkPublicUrl(config)),
    looking('Clock', () => machine.checkClock(config)),
    looking('Versions', () => machine.checkVersions()),
  ]);
  const findings = [
    ...warnings.map((warning) => unknown('.env', warning)),
    ...[discord, twilio, publicUrl, store, clock, versions].flat(),
  ];
  const ok = findings.every(({ is }) => is !== 'bad');
  if (values.json) console.log(JSON.stringify({ ok, findings }, null, 2));
  else print(findings);
  return ok ? 0 : 1;
}

function print(findings: readonly Finding[]): void {
  const width = Math.max(...findings.map(({ check }) => check.length));
  for (const { check, is, says, mend } of findings) {
    console.log(`${SIGNS[is]} ${check.padEnd(width)}  ${says}`);
    if (mend) console.log(`  ${' '.repeat(width)}  → ${mend}`);
  }
  const count = findings.filter(({ is }) => is === 'bad').length;
  const open = findings.filter(({ is }) => is === 'unknown').length;
  const toMend = count === 0 ? 'Nothing has to be mended' : `${count} to mend`;
  console.log(`\n${toMend}${open > 0 ? `, ${open} with ?` : ''}.`);
}

runCommand(USAGE, main);
