import { remark } from 'remark';
import remarkGfm from 'remark-gfm';
import remarkMdx from 'remark-mdx';
import { MarkdownError } from './front-matter.ts';

const mdx = remark().use(remarkGfm).use(remarkMdx);
const markdown = remark()
  .use(remarkGfm)
  .data('settings', { bullet: '-', emphasis: '*', rule: '-', listItemIndent: 'one', resourceLink: true });

type Node = ReturnType<typeof mdx.parse>['children'][number];
type Jsx = Extract<Node, { type: 'mdxJsxFlowElement' | 'mdxJsxTextElement' }>;

/**
 * MDX (https://mdxjs.com/docs/what-is-mdx/) as Markdown: imports, exports, expressions and components are taken out, what
 * stands within components stays, and their titles.
 * @throws MarkdownError for what is no MDX
 */
export function fromMdx(text: string): string {
  let tree: ReturnType<typeof mdx.parse>;
  try {
    tree = mdx.parse(text);
  } catch (error) {
    const { reason, line } = error as { reason?: string; line?: number };
    throw new MarkdownError(
      `is not MDX that can be read${line ? `, at line ${line}` : ''}: ${reason ?? error}.`,
    );
  }
  try {
    return markdown.stringify({ ...tree, children: tree.children.flatMap(plain) }).trim();
  } catch (error) {
    // Each level of it is a call.
    if (error instanceof RangeError) throw new MarkdownError('is nested too deeply to be read.');
    throw error;
  }
}

function plain(node: Node): Node[] {
  switch (node.type) {
    case 'mdxjsEsm':
      return [];
    case 'mdxFlowExpression':
    case 'mdxTextExpression':
      return literal(node.value, node.type === 'mdxTextExpression');
    case 'mdxJsxFlowElement':
    case 'mdxJsxTextElement':
      return element(node);
    default:
      if ('children' in node) node.children = (node.children as Node[]).flatMap(plain) as never;
      return [node];
  }
}

/** A text that an expression is; anything else is only known when the page is run. */
function literal(expression: string, inline: boolean): Node[] {
  const [, , value] = /^\s*(['"`])((?:(?!\1|\$\{|\\)[\s\S])*)\1\s*$/.exec(expression) ?? [];
  if (value === undefined || value === '') return [];
  const text: Node = { type: 'text', value };
  return inline ? [text] : [{ type: 'paragraph', children: [text] }];
}

function element(node: Jsx): Node[] {
  const inline = node.type === 'mdxJsxTextElement';
  const children = (node.children as Node[]).flatMap(plain);
  const name = node.name?.toLowerCase() ?? '';
  if (name === 'br') return [{ type: 'break' }];
  if (name === 'script' || name === 'style') return [];
  const src = attribute(node, 'src');
  if (src && /^(?:img|image|figure|picture)/.test(name)) {
    const image: Node = { type: 'image', url: src, alt: attribute(node, 'alt') ?? '' };
    return inline ? [image] : [{ type: 'paragraph', children: [image] }];
  }
  const title = ['title', 'label', 'heading', 'question', 'summary']
    .map((key) => attribute(node, key))
    .find(Boolean);
  const url = attribute(node, 'href') ?? attribute(node, 'to');
  if (inline) {
    const heading: Node[] = title ? [{ type: 'text', value: title }] : [];
    // What a component is named by is seen, in contrast to the title of an element.
    const isNamed = children.length > 0 && title && /^[A-Z]/.test(node.name ?? '');
    const named: Node[] = [
      { type: 'strong', children: heading as never },
      { type: 'text', value: ': ' },
    ];
    const words = isNamed ? [...named, ...children] : children.length > 0 ? children : heading;
    return url && words.length > 0 ? [{ type: 'link', url, children: words as never }] : words;
  }
  const flow = children.map(
    (child): Node => (isPhrasing(child) ? { type: 'paragraph', children: [child] as never } : child),
  );
  if (!title && url && flow.length > 0)
    return flow.map((child) =>
      child.type === 'paragraph'
        ? { ...child, children: [{ type: 'link', url, children: child.children as never }] }
        : child,
    );
  if (!title) return flow;
  const words: Node = { type: 'text', value: title };
  const heading: Node = url ? { type: 'link', url, children: [words] } : words;
  return [{ type: 'paragraph', children: [{ type: 'strong', children: [heading] }] }, ...flow];
}

const isPhrasing = ({ type }: Node) =>
  ['text', 'emphasis', 'strong', 'delete', 'inlineCode', 'break', 'image', 'link'].includes(type);

function attribute(node: Jsx, name: string): string | undefined {
  const found = node.attributes.find((given) => given.type === 'mdxJsxAttribute' && given.name === name);
  if (typeof found?.value === 'string') return found.value;
  const value = found?.value && typeof found.value === 'object' ? found.value.value : '';
  return /^\s*(['"`])((?:(?!\1|\$\{)[\s\S])*)\1\s*$/.exec(value)?.[2];
}
