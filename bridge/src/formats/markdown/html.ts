import { oneLine } from '@flexcord/shared/messages/one-line';
import { decodeHTML } from 'entities';
import type { Token } from 'marked';

/** Elements that Markdown may hold and that say nothing themselves. Any other tag, such as `<name>`, is words. */
const ELEMENTS = new Set(
  `a abbr article aside b blockquote center cite code dd del details dfn div dl dt em figcaption figure font h1 h2 h3 h4 h5
  h6 i ins kbd li mark ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead tr
  tt u ul var video audio picture iframe`.split(/\s+/),
);
/** Those that are never closed. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'source', 'wbr']);

const TAG = /^<(\/?)([a-z][a-z\d-]*)(?:[\s/][\s\S]*)?>\s*$/i;
const COMMENT = /^<!--[\s\S]*-->\s*$/;

/** Inline tokens without comments and without tags that belong together; a tag alone is words. */
export function withoutTags(tokens: readonly Token[]): Token[] {
  const silent = new Set<Token>();
  const open = new Map<string, Token[]>();
  const result = tokens.map((token) => {
    if (token.type !== 'html') return token;
    if (COMMENT.test(token.raw)) silent.add(token);
    const [, closes, given = ''] = TAG.exec(token.raw) ?? [];
    const name = given.toLowerCase();
    if (name === 'br') return { type: 'br', raw: token.raw };
    if (VOID.has(name)) silent.add(token);
    else if (ELEMENTS.has(name) && !closes) open.set(name, [...(open.get(name) ?? []), token]);
    else if (ELEMENTS.has(name)) {
      const opened = open.get(name)?.pop();
      if (opened) silent.add(opened).add(token);
    }
    return token;
  });
  return result.filter((token) => !silent.has(token));
}

/**
 * The words of one line in which marks of HTML may stand, such as the title of a feed's item: tags that belong together are
 * left out, and any other, such as `<script>` in "Drop <script> tags", is words.
 */
export function wordsOfLine(html: string): string {
  const tokens = html.split(/(<!--.*?-->|<\/?[a-z][^<>]*>)/is).map((raw, index) => ({
    type: index % 2 === 1 ? 'html' : 'text',
    raw,
  }));
  const words = withoutTags(tokens as Token[]).map(({ type, raw }) => (type === 'br' ? ' ' : raw));
  return oneLine(decodeHTML(words.join('')));
}

/** A document model takes 20 MB of memory, and few articles have HTML in them. */
const parser = (): typeof import('linkedom') => require('linkedom');

/** The words of a block of HTML; of what is no block of known elements, all of it. */
export function wordsOfHtml(html: string): string {
  if (COMMENT.test(html.trimStart())) return '';
  const [, name = ''] = /^\s*<\/?([a-z][a-z\d-]*)/i.exec(html) ?? [];
  if (!ELEMENTS.has(name.toLowerCase()) && !VOID.has(name.toLowerCase())) return html;
  const { document } = parser().parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  for (const silent of document.querySelectorAll('script, style, template')) silent.remove();
  for (const line of document.querySelectorAll('br')) line.replaceWith('\n');
  return (document.body.textContent ?? '').trim();
}
