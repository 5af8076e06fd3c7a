import { isJsonObject } from '../http.ts';

/**
 * A part of TaskRouter's expression language: `1==1`, comparisons (`==`, `!=`, `HAS`, `IN`) joined by AND, then by OR.
 * What it does not know does not match. https://www.twilio.com/docs/taskrouter/expression-syntax
 */
export function matches(expression: string, attributes: unknown): boolean {
  return expression
    .split(/\s+OR\s+|\|\|/i)
    .some((branch) => branch.split(/\s+AND\s+|&&/i).every((term) => matchesTerm(term.trim(), attributes)));
}

const TERM = /^\(?\s*([\w.]+|"[^"]*"|'[^']*')\s*(==|=|!=|HAS|IN)\s*(.+?)\s*\)?$/i;

function matchesTerm(term: string, attributes: unknown): boolean {
  const match = TERM.exec(term);
  if (!match) return false;
  const [, left = '', operator = '', right = ''] = match;
  const have = resolveTerm(left, attributes);
  const want = resolveTerm(right, attributes);
  switch (operator.toUpperCase()) {
    case '!=':
      return have !== want;
    case 'HAS':
      return Array.isArray(have) && have.includes(want);
    case 'IN':
      return Array.isArray(want) && want.includes(have);
    default:
      return have === want && have !== undefined;
  }
}

function resolveTerm(text: string, attributes: unknown): unknown {
  const quoted = /^["'](.*)["']$/.exec(text);
  if (quoted) return quoted[1];
  try {
    return JSON.parse(text.replaceAll("'", '"'));
  } catch {
    const path = text.replace(/^(worker|task)\./, '').split('.');
    return path.reduce<unknown>((value, key) => (isJsonObject(value) ? value[key] : undefined), attributes);
  }
}
