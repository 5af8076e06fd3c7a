import { parse } from 'discord-markdown-parser';
import { Fragment, type ReactNode, useState } from 'react';
import { type Client, nameOf, useClient } from './client.ts';
import { timestampText } from './time.ts';

type Node = ReturnType<typeof parse>[number];

/** Text as Discord's client shows it. */
export function Markdown({ text }: { text: string }) {
  const client = useClient();
  return <>{render(parse(text, 'extended'), client)}</>;
}

const blocks: ReadonlySet<string> = new Set(['codeBlock', 'blockQuote', 'heading', 'subtext']);

function render(nodes: Node[], client: Client): ReactNode[] {
  let startsLine = true;
  return nodes.map((node, index) => {
    const begins = startsLine;
    const isBreak = node.type === 'br' || node.type === 'newline';
    startsLine = isBreak || blocks.has(node.type);
    // A block ends its line by itself.
    if (isBreak && blocks.has(nodes[index - 1]?.type ?? '')) return null;
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places.
    return <Fragment key={index}>{piece(node, client, begins)}</Fragment>;
  });
}

function piece(node: Node, client: Client, startsLine: boolean): ReactNode {
  const inside = () => render(Array.isArray(node.content) ? node.content : [], client);
  switch (node.type) {
    case 'text':
      // The parser knows no lists; Discord shows their marks as bullets.
      return startsLine ? String(node.content).replace(/^( *)[-*] /, '$1• ') : node.content;
    case 'strong':
      return <strong>{inside()}</strong>;
    case 'em':
      return <em>{inside()}</em>;
    case 'underline':
      return <u>{inside()}</u>;
    case 'strikethrough':
      return <s>{inside()}</s>;
    case 'inlineCode':
      return <code>{node.content}</code>;
    case 'codeBlock':
      return (
        <pre>
          <code>{node.content}</code>
        </pre>
      );
    case 'blockQuote':
      return <blockquote>{inside()}</blockquote>;
    case 'heading':
      return <span className={`heading heading-${node.level}`}>{inside()}</span>;
    case 'subtext':
      return <small>{inside()}</small>;
    case 'br':
    case 'newline':
      return '\n';
    case 'spoiler':
      return <Spoiler>{inside()}</Spoiler>;
    case 'url':
    case 'autolink':
    case 'link':
      return /^https?:/.test(node.target) ? (
        <a href={node.target} target="_blank" rel="noreferrer">
          {inside()}
        </a>
      ) : (
        inside()
      );
    case 'timestamp':
      return (
        <time className="stamp">{timestampText(Number(node.timestamp), node.format, client.language)}</time>
      );
    case 'emoji':
      return <span className="custom-emoji">:{node.name}:</span>;
    case 'twemoji':
      return node.name;
    case 'emoticon':
      return node.content;
    default:
      return mention(node, client) ?? inside();
  }
}

function mention(node: Node, client: Client): ReactNode {
  switch (node.type) {
    case 'user':
      return <span className="mention">@{nameOf(client, node.id)}</span>;
    case 'role': {
      const role = client.view.guilds.flatMap(({ roles }) => roles).find(({ id }) => id === node.id);
      return <span className="mention">@{role?.name ?? node.id}</span>;
    }
    case 'everyone':
    case 'here':
      return <span className="mention">@{node.type}</span>;
    case 'slashCommand':
      return <span className="mention">/{node.fullName}</span>;
    case 'channel': {
      const channel = client.view.guilds
        .flatMap(({ channels, threads }) => [...channels, ...threads])
        .find(({ id }) => id === node.id);
      return (
        <button type="button" className="mention" onClick={() => client.openChannel(node.id)}>
          #{channel?.name ?? node.id}
        </button>
      );
    }
    default:
      return undefined;
  }
}

export function Spoiler({ children }: { children: ReactNode }) {
  const { strings } = useClient();
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <span className="spoiler open">{children}</span>;
  return (
    <button type="button" className="spoiler" aria-label={strings.spoiler} onClick={() => setOpen(true)}>
      <span aria-hidden="true">{children}</span>
    </button>
  );
}
