import { parse as parseToml } from 'smol-toml';
import { LineCounter, parseDocument } from 'yaml';

/** A file that is no article, and why. */
export class MarkdownError extends Error {
  override name = 'MarkdownError';
}

export type Fields = Record<string, unknown>;

const FORMS: { form: RegExp; read: (head: string) => Fields | null }[] = [
  { form: /^(---)(?:[ \t]*(?:yaml|yml))?[ \t]*\n([\s\S]*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)/, read: fromYaml },
  { form: /^(---)[ \t]*toml[ \t]*\n([\s\S]*?\n)??---[ \t]*(?:\n|$)/, read: fromToml },
  { form: /^(\+\+\+)[ \t]*\n([\s\S]*?\n)??\+\+\+[ \t]*(?:\n|$)/, read: fromToml },
  { form: /^(?=\{[ \t]*\n)()([\s\S]*?\n\})[ \t]*(?:\n|$)/, read: fromJson },
  { form: /^(;;;)[ \t]*\n([\s\S]*?\n)??;;;[ \t]*(?:\n|$)/, read: fromJson },
];

/**
 * A text with front matter in YAML, TOML or JSON, taken apart; without any, all of it is the body. Values in YAML are texts
 * and lists of texts, as they are written.
 * @throws MarkdownError for front matter that cannot be read
 */
export function splitFrontMatter(text: string): { fields: Fields; body: string } {
  // Comments for editors and linters may stand before it.
  const lines = text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:\s*\n|<!--[\s\S]*?-->\s*\n)+(?=---\n|\+\+\+\n)/, '');
  for (const { form, read } of FORMS) {
    const [whole, , head] = form.exec(lines) ?? [];
    if (whole === undefined) continue;
    const fields = head?.trim() ? read(head) : {};
    // Between two rules may stand text.
    if (fields) return { fields, body: lines.slice(whole.length) };
  }
  return { fields: {}, body: lines };
}

function fromYaml(head: string): Fields | null {
  const lineCounter = new LineCounter();
  // With this schema `2.10` stays so, and dates are as they are written.
  const read = (text: string, counter?: LineCounter) =>
    parseDocument(text, { lineCounter: counter, schema: 'failsafe', uniqueKeys: false });
  const strict = read(head, lineCounter);
  // Other readers of YAML take tabs for an indentation.
  const lenient = strict.errors.length > 0 && head.includes('\t') ? read(withoutTabs(head)) : strict;
  const document = lenient.errors.length > 0 ? strict : lenient;
  const [broken] = document.errors;
  if (broken && !/^[\w-]+[ \t]*:/m.test(head)) return null;
  if (broken) {
    // One more for the line "---" before it.
    const line = lineCounter.linePos(broken.pos[0]).line + 1;
    throw new MarkdownError(`has front matter that is not YAML, at line ${line}: ${broken.code}.`);
  }
  const fields: unknown = document.toJS({ maxAliasCount: 10 });
  return typeof fields === 'object' && fields !== null && !Array.isArray(fields) ? (fields as Fields) : null;
}

const withoutTabs = (head: string): string =>
  head.replace(/^[ \t]+/gm, (indent) => indent.replaceAll('\t', '  '));

function fromToml(head: string): Fields {
  try {
    return parseToml(head);
  } catch (error) {
    const [first] = (error as Error).message.split('\n');
    throw new MarkdownError(`has front matter that is not TOML: ${first}.`);
  }
}

function fromJson(head: string): Fields | null {
  try {
    const fields: unknown = JSON.parse(head);
    return typeof fields === 'object' && fields !== null && !Array.isArray(fields)
      ? (fields as Fields)
      : null;
  } catch (error) {
    throw new MarkdownError(`has front matter that is not JSON: ${(error as Error).message}.`);
  }
}
