import { createInterface } from 'node:readline/promises';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { closest } from './did-you-mean.ts';

/** The command was used wrongly; its usage follows the message. */
export class UsageError extends Error {
  override name = 'UsageError';
}

type OptionTypes = NonNullable<ParseArgsConfig['options']>;
interface ReadOptions<Types extends OptionTypes> {
  options: Types;
  /** Whether words without dashes may be given. */
  allowPositionals?: boolean;
}

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

/** What was given after the command, `--help` included. Throws a UsageError for what the command does not know. */
export function readArguments<const Types extends OptionTypes>(
  { options, allowPositionals = false }: ReadOptions<Types>,
  args: string[] = Bun.argv.slice(2),
) {
  const known = { ...options, ...HELP };
  const { tokens } = parseArgs({ args, options: known, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional' && !allowPositionals)
      throw new UsageError(`"${token.value}" is not understood: this command takes options only.`);
    if (token.kind !== 'option' || Object.hasOwn(known, token.name)) continue;
    const meant = closest(token.name, Object.keys(known));
    throw new UsageError(`There is no option ${token.rawName}.${meant ? ` Did you mean --${meant}?` : ''}`);
  }
  try {
    return parseArgs({ args, options: known, allowPositionals });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/**
 * As `readArguments`, for a script whose work stands at its top level: prints the usage and ends the process for `--help`
 * (0) and for what the command does not know (2), before it has done anything. `words`: how many words without dashes it takes.
 */
export function argumentsOrExit<const Types extends OptionTypes>(
  usage: string,
  { options, words = 0 }: { options: Types; words?: number },
  args?: string[],
) {
  try {
    const given = readArguments({ options, allowPositionals: words > 0 }, args);
    if (!(given.values as { help?: boolean }).help) {
      const surplus = given.positionals[words];
      if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many.`);
      return given;
    }
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
  console.log(usage);
  process.exit(0);
}

/** Asks a question on the terminal that has to be answered with y. Without a terminal the answer is no, and says so. */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.log('\nThere is no terminal to ask on. Give --yes to do it.');
    return false;
  }
  return /^y(es)?$/i.test((await ask(`\n${question} [y/N] `)) ?? '');
}

/** Asks a question on the terminal. Null where it is answered with Ctrl-C or Ctrl-D. */
export async function ask(question: string): Promise<string | null> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question)).trim();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    console.log('');
    return null;
  } finally {
    terminal.close();
  }
}

/** Errors whose message is all that an operator needs. */
const EXPLAINED = new Set([
  'ConfigError',
  'StoreError',
  'HeartbeatLost',
  'ImportError',
  'OperatorError',
  'ProvisioningError',
  'Transient',
  'Refused',
]);

/** Something that the operator has to mend; the message says what happened and what to do. */
export class OperatorError extends Error {
  override name = 'OperatorError';
}

/** What the operator reads of a failure: a sentence, and a stack trace only for what nobody foresaw. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return EXPLAINED.has(error.name) ? error.message : (error.stack ?? error.message);
}

/**
 * Runs a command and ends the process with its code: what `run` resolves with, 2 for wrong use or configuration, 1 for
 * every other failure. `--help` prints the usage and ends with 0.
 */
export function runCommand(usage: string, run: () => Promise<number>): void {
  run().then(
    (code) => process.exit(code),
    (error: unknown) => {
      if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`);
      else console.error(explain(error));
      const isWrongUse = error instanceof Error && ['UsageError', 'ConfigError'].includes(error.name);
      process.exit(isWrongUse ? 2 : 1);
    },
  );
}
