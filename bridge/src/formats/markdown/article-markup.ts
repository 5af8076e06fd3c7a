/**
 * What help-centre generators and note-taking programs add to Markdown, made plain Markdown: MDX
 * (https://mdxjs.com/docs/what-is-mdx/), admonitions (https://docusaurus.io/docs/markdown-features/admonitions), callouts
 * (https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts)
 * and links between notes (https://help.obsidian.md/links). Code stays as it is.
 */
export function withoutMarkup(markdown: string): string {
  if (!MARKUP.test(markdown)) return markdown;
  const components = closedComponentsOf(markdown);
  return markdown
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : plainMarkdown(part, components)))
    .join('');
}

/** Most articles have none of it, and looking for each form takes longer. */
const MARKUP = /\[\[|^ *:::|\[!|<!--|<\/?[A-Z]|^(?:import|export) |\{\/\*|\{["']|\]\((?:\.{0,2}\/|#)/m;
/** Fenced blocks, to the end of the text where they are not closed, and spans; as one group, so that they stay. */
const CODE =
  /(^[ \t]*(?:```[\s\S]*?(?:^[ \t]*```|$(?![\s\S]))|~~~[\s\S]*?(?:^[ \t]*~~~|$(?![\s\S])))|`[^`\n]+`)/m;

const COMMENT = /<!--[\s\S]*?(?:-->|$(?![\s\S]))|\{\/\*[\s\S]*?\*\/\}/g;
const MODULE_LINE =
  /^(?:import\s[^\n]*\sfrom\s+|import\s+)["'][^"'\n]+["'];?[ \t]*$|^export\s+(?:const|let)\s+\w+\s*=[^\n]*$/gm;
const STRING_EXPRESSION = /\{(["'])([^"'{}\n]*)\1\}/g;
const COMPONENT = /<(\/?)([A-Z][\w.]*)((?:\s+[\w:-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?)*)\s*(\/?)>/g;
const NAME = /\s(?:title|label)=(?:"([^"]*)"|'([^']*)')/;
const CALLOUT = /^((?:[ \t]*>)+[ \t]*)\[!\w+\][+-]?[ \t]*([^\n]*)(?:\n|$)/gm;
const ADMONITION =
  /^[ \t]*:::+[ \t]*(?:\w+(?:[ \t]*\[([^\]\n]*)\]|[ \t]*\{[^}\n]*title="([^"\n]*)"[^}\n]*\}|[ \t]+([^\n{]+))?)?[^\n]*$/gm;
const EMBEDDED_FILE = /!\[\[[^[\]\n]*\]\]/g;
/** Links and pictures whose address means nothing outside of the site that the article comes from. */
const RELATIVE = /!?\[([^[\]\n]*)\]\((?:\.{0,2}\/|#)[^()\s]*\)/g;
const WIKI_LINK = /\[\[([^[\]|\n]+)(?:\|([^[\]\n]*))?\]\]/g;

function plainMarkdown(text: string, components: ReadonlySet<string>): string {
  return text
    .replace(COMMENT, '')
    .replace(MODULE_LINE, '')
    .replace(STRING_EXPRESSION, '$2')
    .replace(COMPONENT, (tag, closes: string, name: string, attributes: string, ends: string) => {
      // "Dear <Name>" are words.
      if (!closes && !ends && !attributes.includes('=') && !components.has(name)) return tag;
      return named(NAME.exec(attributes)?.slice(1));
    })
    .replace(CALLOUT, (_, quote: string, title: string) =>
      title ? `${quote}**${title.trim()}**\n${quote.trimEnd()}\n` : '',
    )
    .replace(ADMONITION, (_, ...titles: unknown[]) => named(titles.slice(0, 3)))
    .replace(EMBEDDED_FILE, '')
    .replace(RELATIVE, '$1')
    .replace(WIKI_LINK, (_, page: string, words: string | undefined) =>
      (words || page.replace(/^#|#.*$/g, '') || page).trim(),
    );
}

/** The title of a part, on a line of its own. */
function named(titles: readonly unknown[] = []): string {
  const title = titles.find((one) => typeof one === 'string' && one.trim() !== '');
  return title === undefined ? '' : `\n**${String(title).trim()}**\n`;
}

/** Components that are closed somewhere. */
function closedComponentsOf(markdown: string): ReadonlySet<string> {
  return new Set([...markdown.matchAll(/<\/([A-Z][\w.]*)\s*>/g)].map(([, name = '']) => name));
}
