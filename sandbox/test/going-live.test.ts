import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { marked, type Tokens } from 'marked';

const ROOT = join(import.meta.dir, '../..');
const PAGE = join(ROOT, 'docs/going-live.md');

/** What is said in the first hour: the commands, and what they look at. */
const FIRST_HOUR = [
  'bridge/src/{doctor,provision,main}.ts',
  'bridge/src/doctor/**/*.ts',
  'bridge/src/twilio/check-account.ts',
  'bridge/src/twilio/probe/*.ts',
  'bridge/src/twilio/provisioning/*.ts',
  'bridge/src/wiring/{discord-commands,discord-server,first-checks,server-commands}.ts',
  'bridge/src/config/{command-line,config,mistakes}.ts',
  'bridge/src/discord/gateway/refused-login.ts',
  'bridge/src/wiring/gateway.ts',
];
const sources = (
  await Promise.all(
    FIRST_HOUR.flatMap((pattern) => [...new Bun.Glob(pattern).scanSync(ROOT)])
      .filter((file) => !file.endsWith('.test.ts'))
      .map(async (file) => ({ file, text: await Bun.file(join(ROOT, file)).text() })),
  )
).sort((a, b) => a.file.localeCompare(b.file));

/** The texts of the first column, each as the pieces between what differs. */
const table = marked
  .lexer(await Bun.file(PAGE).text())
  .findLast(({ type }) => type === 'table') as Tokens.Table;
const rows = table.rows.map(([says]) => {
  const { text } = (says as Tokens.TableCell).tokens[0] as Tokens.Codespan;
  return {
    text,
    pieces: text
      .split('…')
      .map((piece) => piece.trim())
      .filter((piece) => /\w{2}/.test(piece)),
  };
});
const has = (source: string, { pieces }: (typeof rows)[number]) =>
  pieces.every((piece) => source.includes(piece));

test.each(rows.map((row) => [row.text, row] as const))('the programs say “%s”', (_, row) => {
  expect(row.pieces.length).toBeGreaterThan(0);
  expect(sources.filter(({ text }) => has(text, row)).map(({ file }) => file)).not.toEqual([]);
});

/** What the operator has to mend: the call with its arguments, from each name to the bracket that closes it. */
function complaints(text: string): string[] {
  return [...text.matchAll(/\b(?:bad|mend|OperatorError|ProvisioningError|UsageError)\((?=[^)])/g)].map(
    ({ index, 0: { length } }) => {
      let depth = 1;
      let end = index + length;
      for (; depth > 0 && end < text.length; end += 1) {
        if (text[end] === '(') depth += 1;
        if (text[end] === ')') depth -= 1;
      }
      return text.slice(index, end);
    },
  );
}

test('every complaint of the first hour is in the table', () => {
  const missing = sources.flatMap(({ file, text }) =>
    complaints(text)
      // Where the words come from elsewhere, they are found there.
      .filter((call) => (call.match(/['"`][^'"`]{25,}['"`]/) ?? []).length > 0)
      .filter((call) => !rows.some((row) => has(call, row)))
      .map((call) => `${file}: ${call}`),
  );
  expect(missing).toEqual([]);
});
