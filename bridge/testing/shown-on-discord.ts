import { parse } from 'discord-markdown-parser';

interface Node {
  type?: string;
  content?: unknown;
  name?: string;
  target?: string;
  timestamp?: string;
}

const LOOKS = [
  'strong',
  'em',
  'underline',
  'strikethrough',
  'spoiler',
  'inlineCode',
  'codeBlock',
  'heading',
  'subtext',
  'blockQuote',
];

/** What a Discord client shows, by a parser that knows nothing of this project; white space left out. */
export const shownOnDiscord = (text: string): string =>
  characters(parse(text, 'extended'), [])
    .map(({ sign }) => sign)
    .join('');

/** The same, each character with how it looks: `["a strong", "b"]`. */
export const lookOnDiscord = (text: string): string[] =>
  characters(parse(text, 'extended'), []).map(({ sign, looks }) => [sign, ...looks].join(' '));

function characters(node: unknown, looks: readonly string[]): { sign: string; looks: readonly string[] }[] {
  if (typeof node === 'string')
    return [...node].filter((sign) => /[^\s\u200b]/.test(sign)).map((sign) => ({ sign, looks }));
  if (Array.isArray(node)) return node.flatMap((each) => characters(each, looks));
  const { type = '', content, name = '', target, timestamp } = node as Node;
  const own = LOOKS.includes(type) ? [...new Set([...looks, type])].sort() : looks;
  const inner = content === undefined ? [] : characters(content, own);
  // An address alone is its own words.
  const leadsElsewhere = target !== undefined && inner.map(({ sign }) => sign).join('') !== target;
  return [
    ...(leadsElsewhere ? characters(`<${target}>`, looks) : []),
    ...characters(timestamp ?? name, own),
    ...inner,
  ];
}
