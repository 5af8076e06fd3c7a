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
/** Components that stand on a line by themselves. */
const COMPONENT = /^\s*<\/?[A-Z][\w.]*(?:\s[^<>]*)?>\s*$/;
/** Code within a line, which stays; what is run, comments, and components without content, which do not. */
const SILENT =
  /(`+)(?:(?!\1)[\s\S])*?\1|<(script|style)\b[^>]*>[\s\S]*?<\/\2\s*>|<!--[\s\S]*?-->|<[A-Z][\w.]*(?:\s[^<>]*)?\/>|\{\{[<%][\s\S]*?[%>]\}\}|\{%-?[\s\S]*?-?%\}/g;

/** Markdown of a page without the marks of the generator that makes it a page; blocks of code stay as they are. `keepsComponents`: they are read as MDX later. */
export function withoutPageMarks(text: string, { keepsComponents = false } = {}): string {
  const parts = outsideFences(text.replace(HIGHLIGHT, '\n```$1$2\n').replace(END_HIGHLIGHT, '\n```\n'));
  return parts
    .map(({ isCode, lines }) =>
      isCode
        ? lines.join('\n')
        : withoutBlocks(withoutSilent(lines.join('\n'), keepsComponents), keepsComponents),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const withoutSilent = (text: string, keepsComponents: boolean): string =>
  text.replace(SILENT, (found) =>
    found.startsWith('`') || (keepsComponents && /^<[A-Z]/.test(found)) ? found : '',
  );

function outsideFences(text: string): { isCode: boolean; lines: string[] }[] {
  const parts: { isCode: boolean; lines: string[] }[] = [];
  let fence = '';
  let indent = 0;
  for (const line of dedentBlocks(text.split('\n'))) {
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
      if (TABLE_OF_CONTENTS.test(line) || (!keepsComponents && COMPONENT.test(line))) return '';
      const [container, indent = '', , bracketed, title] = CONTAINER.exec(line) ?? [];
      if (container !== undefined) {
        const words = (bracketed ?? title ?? '').trim();
        return words ? `${indent}**${words}**\n` : '';
      }
      return /^#{1,6}\s/.test(line) ? line.replace(HEADING_ID, '') : line;
    })
    .join('\n');
