/** `bun run member`: everything that is held about a member, in one file or taken away. */
import { rename } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { confirmed, OperatorError, readArguments, runCommand, UsageError } from './config/command-line.ts';
import { type Config, loadConfig } from './config/config.ts';
import { closest } from './config/did-you-mean.ts';
import { twilioAccount } from './config/twilio-account.ts';
import { openStore, type Store } from './store/open.ts';
import { defaultTexts, languages } from './texts/index.ts';

const USAGE = `Usage:
  bun run member export <discord id> [options]
      writes everything that is held about a member into one JSON file, its form is in docs/privacy.md; changes nothing
    --out FILE          default member-<discord id>.json
  bun run member erase <discord id> [options]
      shows what is held about a member, asks, and takes it away: from the store, from Twilio, and what the bot wrote
      from Discord. Leaves a receipt. Broken off, it goes on when it is run again. A bridge may run meanwhile
    --dry-run           shows it only
    --yes               does it without asking
    --receipt FILE      default erasure-<discord id>.json; beside a finished receipt a new one is …-2.json
    --language ${languages.map(({ tag }) => tag).join('|')}  of the receipt, and of what stands where the member was; default AGENT_LANGUAGE
  --help

A Discord id is a number of 17 to 20 digits: in Discord, switch on developer mode, then "Copy User ID" on the member.

Exit codes:
  0  done, or nothing is held
  1  not done: the member talks with the team, it was not confirmed, or Twilio, Discord or the store failed
  2  wrong options or a wrong configuration`;

const argumentsGiven = () =>
  readArguments({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      'dry-run': { type: 'boolean' },
      yes: { type: 'boolean' },
      receipt: { type: 'string' },
      language: { type: 'string' },
    },
  });
type Options = ReturnType<typeof argumentsGiven>['values'];

const COMMANDS = { export: runExport, erase: runErase };

async function main(): Promise<number> {
  const { positionals, values } = argumentsGiven();
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [command, memberId, more] = positionals;
  if (command === undefined) throw new UsageError('Name a command.');
  if (!Object.hasOwn(COMMANDS, command)) {
    const meant = closest(command, Object.keys(COMMANDS));
    throw new UsageError(`There is no command "${command}".${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  if (more !== undefined) throw new UsageError(`"${more}" is one argument too many.`);
  if (memberId === undefined || !/^\d{17,20}$/.test(memberId))
    throw new UsageError(
      `${memberId === undefined ? 'Name the member by their' : `"${memberId}" is no`} Discord id.`,
    );
  if (values['dry-run'] && values.yes) throw new UsageError('--dry-run and --yes exclude each other.');
  const erasing = command === 'erase';
  for (const [name, isOfErase] of Object.entries(OPTIONS))
    if (values[name as keyof typeof OPTIONS] !== undefined && isOfErase !== erasing)
      throw new UsageError(`--${name} is not an option of ${command}.`);
  if (values.language !== undefined && !languages.some(({ tag }) => tag === values.language))
    throw new UsageError(
      `--language is "${values.language}"; it wants ${languages.map(({ tag }) => tag).join(', ')}.`,
    );
  const { config, warnings } = loadConfig(process.env);
  for (const warning of warnings) console.error(warning);
  const store = await openStore({
    databaseUrl: config.DATABASE_URL || undefined,
    dataDir: config.DATA_DIR,
    beside: true,
  });
  try {
    return await COMMANDS[command as keyof typeof COMMANDS](config, store, memberId, values);
  } finally {
    await store.close();
  }
}

/** Which options there are, and whether they belong to `erase`. */
const OPTIONS = { out: false, 'dry-run': true, yes: true, receipt: true, language: true } as const;

async function runExport(config: Config, store: Store, memberId: string, { out }: Options): Promise<number> {
  const [{ createTwilio }, { createMemberReader }, { exportMember }] = await Promise.all([
    import('./twilio/client.ts'),
    import('./twilio/conversations/read-member.ts'),
    import('./privacy/export.ts'),
  ]);
  const twilio = createMemberReader(createTwilio(twilioAccount(config)));
  const exported = await exportMember({ store, twilio }, memberId);
  const path = out ?? `member-${memberId}.json`;
  await writePrivately(path, exported);
  const { conversations, cases, files } = exported;
  console.log(
    `${path}: ${exported.profile ? 'a profile' : 'no profile'}, conversations: ${conversations.length}, cases: ${cases.length}, files at Twilio: ${files.length}`,
  );
  return 0;
}

async function runErase(config: Config, store: Store, memberId: string, options: Options): Promise<number> {
  const [{ createErasers }, { eraseMember, planErasure }, { receiptText }] = await Promise.all([
    import('./wiring/erasers.ts'),
    import('./privacy/erasure.ts'),
    import('./privacy/receipt.ts'),
  ]);
  const clouds = createErasers(config, store);
  const texts =
    languages.find(({ tag }) => tag === options.language) ?? config.AGENT_LANGUAGE ?? defaultTexts;
  const plan = await planErasure({ store, ...clouds }, memberId);
  if (plan.withTeam) {
    console.log(
      'The member is in a conversation with the team. End it in Flex first, then run this again. Nothing was changed.',
    );
    return 1;
  }
  const { held, twilioSids } = plan;
  console.log(
    [
      `Member ${memberId}${held.member ? ` (${JSON.stringify(held.member.name)})` : ''}`,
      `  store:    ${held.member ? 'a profile' : 'no profile'}, conversations: ${held.conversations.length}, cases: ${held.cases.length}, and what belongs to them`,
      `  Twilio:   conversations: ${twilioSids.length}, with messages, participants and files, and the chat user`,
      `  Discord:  what the bot wrote to the member, the name and words on cards`,
      ...(plan.goesOn ? ['An erasure was broken off and goes on.'] : []),
    ].join('\n'),
  );
  if (options['dry-run']) {
    console.log('\nNothing was changed (--dry-run).');
    return 0;
  }
  if (!options.yes && !(await confirmed('Erase all of this? It cannot be undone.'))) {
    console.log('\nNothing was changed.');
    return 1;
  }
  const path = await freeReceipt(options.receipt ?? `erasure-${memberId}.json`);
  const result = await eraseMember(
    { store, ...clouds, texts, onProgress: (receipt) => writePrivately(path, receipt) },
    memberId,
  );
  if (result.is === 'with-team')
    throw new OperatorError(
      'The member has begun to talk with the team meanwhile. What was taken away stays away. End the conversation in Flex, then run this again.',
    );
  if (result.is === 'busy')
    throw new OperatorError(
      'A bridge is working on messages of the member all the time. What was taken away stays away. Run this again in some minutes.',
    );
  console.log(`\n${receiptText(result.receipt, texts)}\n\nReceipt: ${path}`);
  return 0;
}

/** A receipt of an erasure that was finished is a proof: another one is written beside it, as `…-2.json`. */
async function freeReceipt(wanted: string): Promise<string> {
  const { dir, name, ext } = parse(wanted);
  for (let count = 1; ; count += 1) {
    const path = count === 1 ? wanted : join(dir, `${name}-${count}${ext}`);
    const there = Bun.file(path);
    if (!(await there.exists())) return path;
    const known = (await there.json().catch(() => null)) as { finishedAt?: unknown } | null;
    if (known && 'finishedAt' in known && known.finishedAt === null) return path;
  }
}

/** Whole or not at all, and for this user alone. */
async function writePrivately(path: string, content: object): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await Bun.write(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

runCommand(USAGE, main);
