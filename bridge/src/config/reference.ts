/** What operators read of the settings: `.env.example` and `docs/configuration.md`, both written by `bun run docs:config`. */
import { join } from 'node:path';
import { argumentsOrExit } from './command-line.ts';
import { sections } from './config.ts';
import type { Setting } from './setting.ts';

const ROOT = join(import.meta.dir, '../../..');

/** Where each text stands, seen from the top of the checkout. */
export const written = {
  '.env.example': envExample,
  'docs/configuration.md': configurationPage,
} as const;

const isRequired = (setting: Setting<unknown>) =>
  setting.fallback === undefined && setting.absent === undefined;

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = [
    '# Configuration of the Flexcord bridge. Copy to .env; lines that start with # are optional, with their defaults.',
    '# docs/configuration.md has the same as a page.',
    '',
  ];
  for (const [heading, table] of sections) {
    lines.push(`# --- ${heading} ---`, '');
    for (const [name, setting] of Object.entries(table)) {
      lines.push(`# ${setting.about}`, `# ${setting.wants}`);
      lines.push(
        isRequired(setting) ? `${name}=${setting.example ?? ''}` : `#${name}=${setting.fallback ?? ''}`,
        '',
      );
    }
  }
  return lines.join('\n');
}

/** The text of `docs/configuration.md`. */
export function configurationPage(): string {
  const lines = [
    '# Configuration',
    '',
    'Every setting of the bridge is a variable of its environment, or a line of `.env` in the folder it is started in. All of them are',
    'checked at the start: a wrong value, a forgotten one and a name that is almost one of these is named with what it wants.',
    'This page and `.env.example` are written from the code by `bun run docs:config`.',
    '',
    ...sections.map(([heading]) => `- [${heading}](#${anchor(heading)})`),
    '',
  ];
  for (const [heading, table] of sections) {
    lines.push(`## ${heading}`, '');
    for (const [name, setting] of Object.entries(table)) {
      lines.push(
        `### \`${name}\``,
        '',
        setting.about,
        '',
        `*Wants:* ${setting.wants}.${standing(setting)}`,
        '',
      );
      const { formerly = [] } = setting;
      if (formerly.length > 0)
        lines.push(`*Formerly:* ${formerly.map((each) => `\`${each}\``).join(', ')}.`, '');
    }
  }
  return lines.join('\n');
}

/** Whether it must be given, what holds where it is not, and whether its value is kept out of every message. */
function standing(setting: Setting<unknown>): string {
  const secret = setting.secret ? ' Never printed.' : '';
  if (isRequired(setting)) return ` **Required.**${secret}`;
  return setting.fallback === undefined || setting.fallback === ''
    ? ` Optional.${secret}`
    : ` *Default:* \`${setting.fallback}\`.${secret}`;
}

/** As GitHub makes the address of a heading out of its words. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

const USAGE = `Usage:
  bun run docs:config
      writes ${Object.keys(written).join(' and ')} anew from the settings in bridge/src/config/

Exit codes:
  0  written
  2  wrong options; nothing was written`;

if (import.meta.main) {
  argumentsOrExit(USAGE, { options: {} });
  for (const [path, text] of Object.entries(written)) await Bun.write(join(ROOT, path), text());
  console.log(`Written: ${Object.keys(written).join(', ')}.`);
}
