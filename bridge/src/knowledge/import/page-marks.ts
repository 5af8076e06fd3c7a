/** Marks that generators of sites put into Markdown, and that say nothing to a reader of the text. */

const FENCE = /^(\s*)(`{3,}|~{3,})/;

/** `:::note[Title]`, `:::tip Title`, `::: details Title` and `:::` (https://docusaurus.io/docs/markdown-features/admonitions). */
const CONTAINER = /^(\s*):{3,}\s*(?:([a-z][\w-]*)\s*(?:\[([^\]]*)\]|\{[^}]*\}|(.*?))?)?\s*$/i;
/** `!!! note "Title"`, `??? note`, `=== "Tab"`: what is indented under them is their text (https://squidfunk.github.io/mkdocs-material/reference/admonitions/). */
const INDENTED = /^(\s*)(?:(?:!!!|\?\?\?\+?)(?:\s+[\w-]+)+(?:\s+"([^"]*)")?|={3}[+!]?\s+"([^"]*)")\s*$/;
const HEADING_ID = /[ \t]*\{\s*[#.:][^{}]*\}\s*$/;
const TABLE_OF_CONTENTS = /^\s*(?:\[\[_?toc_?\]\]|\[toc\]|\{:?\s*toc\s*\}|\{:\s*[.#][^}]*\}|\* TOC)\s*$/i;
/** Blocks of code as calls of Jekyll and Hugo; their other calls are `{{< note >}}`, `{{% note %}}` and `{% include x %}`. */
const HIGHLIGHT = /\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?|\{\{<\s*highlight\s+"?(\w+)[^>]*>\}\}\n?/g;
const END_HIGHLIGHT = /\n?(?:\{%-?\s*endhighlight\s*-?%\}|\{\{<\s*\/highlight\s*>\}\})/g;
/** Components that stand on a line by themselves, also in a quotation. */
const COMPONENT = /^([\s>]*)<\/?[A-Z][\w.]*(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?>\s*$/;
/** What stands for the text of another file (https://rust-lang.github.io/mdBook/format/mdbook.html), and what keeps Jekyll from reading what is between. */
const FOR_THE_GENERATOR = /^[ \t]*(?:\{\{#\w+[^{}\n]*\}\}|\{%-?\s*(?:end)?raw\s*-?%\})[ \t]*\n?/gm;
/** A text that filters make an address (https://jekyllrb.com/docs/liquid/filters/), and what only the site knows, in an address. */
const TEXT_EXPRESSION = /\{\{-?\s*(["'])([^"'{}\n]*)\1\s*(?:\|[^{}\n]*)?\}\}/g;
const IN_ADDRESS = /(\]\([^()\s]*|\bhref="[^"\s]*|^\[[^\]\n]+\]:[ \t]*)\{\{[^{}\n]*\}\}/gm;
/** What kramdown is told of what stands before it (https://kramdown.gettalong.org/syntax.html#span-ials). */
const ATTRIBUTES = /(?<=[)\]*_])\{:[^{}\n]*\}/g;
/** Calls that say something: tabs, files and what is shown of other sites (https://gitbook.com/docs/creating-content/blocks). */
const NAMED_CALL = /\{%-?\s*(?:tab|code|column|step)\s[^%\n]*?\btitle="([^"\n]+)"[^%\n]*%\}/g;
const EMBEDDED = /\{%-?\s*embed\s+url="(https?:\/\/[^"\s]+)"[^%\n]*%\}/g;
/** Marked words, and names of paragraphs, of note-taking programs (https://help.obsidian.md/syntax), whose comments are `%%so%%`. */
const MARKED = /(?<![\w=])==(?=[^\s=])([^=\n]+)(?<=\S)==(?![\w=])/g;
const PARAGRAPH_NAME = /(?:^|[ \t])\^[a-z][\w-]{2,}[ \t]*$/gim;
/** Code within a line, which stays; what is run, comments, and components without content, which do not. */
const CODE_SPAN = /((`+)(?:(?!\2)[\s\S])*?\2)/;
const SILENT =
  /(`+)(?:(?!\1)[\s\S])*?\1|<(script|style)\b[^>]*>[\s\S]*?<\/\2\s*>|<!--[\s\S]*?-->|<[A-Z][\w.]*(?:\s[^<>]*)?\/>|(?<![\d%])%%(?!\d)[\s\S]*?%%|\{\{[<%][\s\S]*?[%>]\}\}|\{%-?[\s\S]*?-?%\}/g;

/** Markdown of a page without the marks of the generator that makes it a page; blocks of code stay as they are. `keepsComponents`: they are read as MDX later. */
export function withoutPageMarks(text: string, { keepsComponents = false } = {}): string {
  const withFences = fencedOf(text.replace(FOR_THE_GENERATOR, ''))
    .map(({ isCode, lines }) => {
      const part = lines.join('\n');
      return isCode ? part : part.replace(HIGHLIGHT, '\n```$1$2\n').replace(END_HIGHLIGHT, '\n```\n');
    })
    .join('\n');
  return outsideFences(withFences)
    .map(({ isCode, lines }) =>
      isCode
        ? codeOf(lines)
        : withoutBlocks(withoutSilent(lines.join('\n'), keepsComponents), keepsComponents),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Nothing where a block stood for another file alone. */
const codeOf = (lines: readonly string[]): string =>
  lines.every((line) => line.trim() === '' || FENCE.test(line)) ? '' : lines.join('\n');

/** What calls and expressions say, where it is known without the site. */
const readCalls = (text: string): string =>
  text
    .replace(TEXT_EXPRESSION, '$2')
    .replace(IN_ADDRESS, '$1')
    .replace(ATTRIBUTES, '')
    .replace(MARKED, '$1')
    .replace(PARAGRAPH_NAME, '')
    .replace(NAMED_CALL, '\n**$1**\n')
    .replace(EMBEDDED, '\n<$1>\n');

const withoutSilent = (text: string, keepsComponents: boolean): string =>
  text
    .split(CODE_SPAN)
    .map((part, index) => (index % 3 === 0 ? readCalls(part) : index % 3 === 1 ? part : ''))
    .join('')
    .replace(SILENT, (found) =>
      found.startsWith('`') || (keepsComponents && /^<[A-Z]/.test(found)) ? found : '',
    );

const outsideFences = (text: string) => fencedOf(dedentBlocks(text.split('\n')).join('\n'));

function fencedOf(text: string): { isCode: boolean; lines: string[] }[] {
  const parts: { isCode: boolean; lines: string[] }[] = [];
  let fence = '';
  let indent = 0;
  for (const line of text.split('\n')) {
    const [, , mark = ''] = FENCE.exec(line) ?? [];
    const isCode = fence !== '' || mark !== '';
    const last = parts.at(-1);
    if (last && last.isCode === isCode) last.lines.push(line);
    else parts.push({ isCode, lines: [line] });
    if (fence === '') {
      fence = mark;
      indent = line.search(/\S/);
    } else if (mark.startsWith(fence) && line.trim() === mark && indent >= 0) fence = '';
  }
  return parts;
}

/** What is indented because it belongs to a mark, and would be code without it. */
function dedentBlocks(lines: readonly string[]): string[] {
  const open: number[] = [];
  return lines.map((line) => {
    const indent = line.search(/\S/);
    while (indent >= 0 && open.length > 0 && indent <= (open.at(-1) ?? 0)) open.pop();
    const depth = open.length;
    const [, before, note, tab] = INDENTED.exec(line) ?? [];
    const title = note ?? tab;
    const own = depth === 0 ? line : line.replace(new RegExp(`^(?: {1,4}|\\t){0,${depth}}`), '');
    if (before === undefined) return own;
    open.push(before.length);
    return title ? `**${title}**\n` : '';
  });
}

const withoutBlocks = (text: string, keepsComponents: boolean): string =>
  text
    .split('\n')
    .map((line) => {
      if (TABLE_OF_CONTENTS.test(line)) return '';
      const [component, quote = ''] = (!keepsComponents && COMPONENT.exec(line)) || [];
      if (component !== undefined) return quote.trimEnd();
      const [container, indent = '', , bracketed, title] = CONTAINER.exec(line) ?? [];
      if (container !== undefined) {
        const words = (bracketed ?? title ?? '').trim();
        return words ? `${indent}**${words}**\n` : '';
      }
      return /^#{1,6}\s/.test(line) ? line.replace(HEADING_ID, '') : line;
    })
    .join('\n');
