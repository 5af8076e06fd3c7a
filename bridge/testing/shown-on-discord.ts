import { parse } from 'discord-markdown-parser';

/** What a Discord client shows, by a parser that knows nothing of this project; white space left out. */
export function shownOnDiscord(text: string): string {
  type Node = { content?: unknown; name?: string; target?: string; timestamp?: string };
  const walk = (node: unknown): string => {
    if (typeof node === 'string') return node;
    if (Array.isArray(node)) return node.map(walk).join('');
    const { content, name = '', target, timestamp } = node as Node;
    return (target ? `<${target}>` : '') + (timestamp ?? name) + (content === undefined ? '' : walk(content));
  };
  return walk(parse(text, 'extended')).replace(/\s+/g, '');
}
