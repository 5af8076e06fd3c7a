import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import type { SingleASTNode } from 'discord-markdown-parser/dist/simple-markdown';

export type Block =
  | { is: 'node'; node: SingleASTNode }
  | { is: 'line'; nodes: SingleASTNode[] }
  | { is: 'list'; items: { mark: string; depth: number; nodes: SingleASTNode[] }[] };

const fromMember = SimpleMarkdown.parserFor(rulesExtended);
/** What an agent types has no spoilers, mentions or timestamps on Discord, and `__` makes it bold; see the bridge's formats/markdown. */
const { spoiler, user, role, channel, timestamp, underline, subtext, slashCommand, ...common } =
  rulesExtended;
const fromAgent = SimpleMarkdown.parserFor(common);

/** Texts beyond this are shown as they are: no message of Discord's is as long, and parsing takes time. */
const MAX_LENGTH = 8_000;

/** The nodes of a text in Discord's Markdown. */
export function nodesOf(text: string, byMember: boolean): SingleASTNode[] {
  if (text.length > MAX_LENGTH) return [{ type: 'text', content: text }];
  const nodes = (byMember ? fromMember : fromAgent)(text, { inline: true }) as SingleASTNode[];
  return nodes;
}

const BLOCKS = new Set(['codeBlock', 'blockQuote', 'heading', 'subtext']);
const ITEM = /^(\s*)([-*]|\d{1,9}\.) +/;

/** Nodes as lines, lists and what stands by itself; the parser knows no lists. */
export function blocksOf(nodes: readonly SingleASTNode[]): Block[] {
  const blocks: Block[] = [];
  let line: SingleASTNode[] = [];
  let isOpen = false;
  const endLine = () => {
    if (!isOpen) return;
    const [first, ...rest] = joined(line);
    const item = first?.type === 'text' ? ITEM.exec(String(first.content)) : null;
    if (first && item) {
      const [whole, indent = '', mark = ''] = item;
      const words = { ...first, content: String(first.content).slice(whole.length) };
      const added = {
        mark: /\d/.test(mark) ? mark : '•',
        depth: Math.floor(indent.length / 2),
        nodes: [words, ...rest],
      };
      const last = blocks[blocks.length - 1];
      if (last?.is === 'list') last.items.push(added);
      else blocks.push({ is: 'list', items: [added] });
    } else blocks.push({ is: 'line', nodes: line });
    line = [];
    isOpen = false;
  };
  for (const node of nodes) {
    if (node.type === 'br' || node.type === 'newline') {
      // The line end behind a block belongs to it.
      if (isOpen || blocks[blocks.length - 1]?.is !== 'node') {
        isOpen = true;
        endLine();
      } else isOpen = true;
    } else if (BLOCKS.has(node.type)) {
      if (line.length > 0) endLine();
      isOpen = false;
      blocks.push({ is: 'node', node });
    } else {
      line.push(node);
      isOpen = true;
    }
  }
  if (line.length > 0) endLine();
  return blocks;
}

/** Texts beside each other as one: the parser parts them at signs that could begin something. */
function joined(nodes: readonly SingleASTNode[]): SingleASTNode[] {
  const result: SingleASTNode[] = [];
  for (const node of nodes) {
    const last = result[result.length - 1];
    if (node.type === 'text' && last?.type === 'text') {
      result[result.length - 1] = { ...last, content: String(last.content) + String(node.content) };
    } else result.push(node);
  }
  return result;
}
