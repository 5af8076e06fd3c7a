/** `bun run studio:flow`: the flow as a file, for whoever reads, reviews or imports it by hand. */
import { relative } from 'node:path';
import { readArguments, runCommand } from './config/command-line.ts';

const USAGE = `Usage:
  bun run studio:flow
      writes bridge/studio/discord-support.json, the Studio flow with placeholders for what every account has of its own;
      bun run provision puts the real one into Twilio by itself

Exit codes:
  0  written
  1  the file could not be written
  2  wrong options; nothing was written`;

async function main(): Promise<number> {
  const { values } = readArguments({ options: {} });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const { flowTemplate, templatePath } = await import('./twilio/studio/template.ts');
  await Bun.write(templatePath, flowTemplate());
  console.log(`Written: ${relative(process.cwd(), templatePath)}.`);
  return 0;
}

runCommand(USAGE, main);
