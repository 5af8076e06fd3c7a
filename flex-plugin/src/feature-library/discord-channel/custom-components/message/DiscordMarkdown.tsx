import { Box } from '@twilio-paste/core/box';
import type { SingleASTNode } from 'discord-markdown-parser/dist/simple-markdown';
import * as React from 'react';

import { flexLanguage, text } from '../../../../utils/strings.ts';
import { type Block, blocksOf, nodesOf } from '../../utils/discordMarkdown.ts';

interface Props {
  children: string;
  /** Words for mentions and the like, by what stands for them in the Markdown. */
  words?: ReadonlyMap<string, string>;
  /** Whether a member wrote it; an agent's text goes to Discord in another dialect. */
  byMember?: boolean;
}

/** Discord's Markdown as Discord shows it. */
export const DiscordMarkdown = ({ children, words = new Map(), byMember = true }: Props) => {
  const nodes = React.useMemo(() => nodesOf(children, byMember), [children, byMember]);
  return (
    <Words.Provider value={words}>
      <Blocks nodes={nodes} />
    </Words.Provider>
  );
};

const Words = React.createContext<ReadonlyMap<string, string>>(new Map());

const Blocks = ({ nodes }: { nodes: SingleASTNode[] }) => (
  <>
    {blocksOf(nodes).map((block, index) => (
      // Blocks have no ids and keep their order.
      // biome-ignore lint/suspicious/noArrayIndexKey: see above.
      <BlockView key={index} block={block} />
    ))}
  </>
);

const BlockView = ({ block }: { block: Block }) => {
  if (block.is === 'node') return <Node node={block.node} />;
  if (block.is === 'line') {
    return <div style={{ minHeight: '1.4em' }}>{block.nodes.map(inline)}</div>;
  }
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {block.items.map(({ mark, depth, nodes }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items have no ids and keep their order.
        <li key={index} style={{ display: 'flex', gap: 6, paddingLeft: 4 + depth * 16 }}>
          <span>{mark}</span>
          <span style={{ minWidth: 0 }}>{nodes.map(inline)}</span>
        </li>
      ))}
    </ul>
  );
};

const inline = (node: SingleASTNode, index: number) => <Node key={index} node={node} />;
const codeStyle: React.CSSProperties = {
  fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSize: '0.875em',
  background: 'rgba(127, 127, 127, 0.18)',
  borderRadius: 3,
};
const HEADING_SIZES = ['1.4em', '1.2em', '1.05em'];

const Node = ({ node }: { node: SingleASTNode }): JSX.Element => {
  const inner = () => (Array.isArray(node.content) ? node.content.map(inline) : String(node.content ?? ''));
  switch (node.type) {
    case 'strong':
      return <strong style={{ fontWeight: 700 }}>{inner()}</strong>;
    case 'em':
      return <em style={{ fontStyle: 'italic' }}>{inner()}</em>;
    case 'underline':
      return <u style={{ textDecoration: 'underline' }}>{inner()}</u>;
    case 'strikethrough':
      return <s style={{ textDecoration: 'line-through' }}>{inner()}</s>;
    case 'inlineCode':
      return <code style={{ ...codeStyle, padding: '0 3px' }}>{inner()}</code>;
    case 'codeBlock':
      return (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide block is scrolled by keyboard.
          tabIndex={0}
          style={{ ...codeStyle, margin: '4px 0', padding: 8, overflowX: 'auto', whiteSpace: 'pre' }}
        >
          <code>{inner()}</code>
        </pre>
      );
    case 'blockQuote':
      return (
        <blockquote
          style={{ margin: '2px 0', paddingLeft: 10, borderLeft: '4px solid rgba(127, 127, 127, 0.5)' }}
        >
          <Blocks nodes={node.content as SingleASTNode[]} />
        </blockquote>
      );
    case 'heading':
      return (
        <div style={{ fontWeight: 700, fontSize: HEADING_SIZES[Number(node.level) - 1] ?? '1em' }}>
          {inner()}
        </div>
      );
    case 'subtext':
      return <div style={{ fontSize: '0.85em', opacity: 0.8 }}>{inner()}</div>;
    case 'spoiler':
      return <Spoiler>{inner()}</Spoiler>;
    case 'link':
    case 'url':
    case 'autolink':
      return <Link href={String(node.target)}>{inner()}</Link>;
    case 'br':
    case 'newline':
      return <br />;
    case 'emoji':
      return <Emoji id={String(node.id)} name={String(node.name)} animated={Boolean(node.animated)} />;
    case 'timestamp':
      return <Timestamp seconds={Number(node.timestamp)} style={String(node.format ?? 'f')} />;
    case 'user':
    case 'role':
    case 'channel':
    case 'slashCommand':
    case 'guildNavigation':
      return <Mention node={node} />;
    case 'everyone':
    case 'here':
      return <MentionPill>@{node.type}</MentionPill>;
    case 'twemoji':
      return <>{String(node.name)}</>;
    default:
      return <>{inner()}</>;
  }
};

const Link: React.FC<{ href: string }> = ({ href, children }) =>
  /^https?:\/\//i.test(href) ? (
    <a href={href} target="_blank" rel="noreferrer" style={{ color: 'inherit', textDecoration: 'underline' }}>
      {children}
    </a>
  ) : (
    (children as JSX.Element)
  );

/** Hidden words that open when they are pressed, as on Discord. */
export const Spoiler: React.FC = ({ children }) => {
  const [isOpen, setOpen] = React.useState(false);
  if (isOpen)
    return <span style={{ background: 'rgba(127, 127, 127, 0.25)', borderRadius: 3 }}>{children}</span>;
  return (
    <button
      type="button"
      aria-label={text('FlexcordShowSpoiler')}
      onClick={() => setOpen(true)}
      style={{
        border: 0,
        padding: 0,
        font: 'inherit',
        background: '#44474f',
        borderRadius: 3,
        cursor: 'pointer',
      }}
    >
      <span aria-hidden="true" style={{ visibility: 'hidden' }}>
        {children}
      </span>
    </button>
  );
};

const MentionPill: React.FC = ({ children }) => (
  <Box
    as="span"
    backgroundColor="colorBackgroundPrimaryWeakest"
    color="colorTextPrimary"
    borderRadius="borderRadius10"
    paddingX="space10"
    fontWeight="fontWeightMedium"
  >
    {children}
  </Box>
);

const Mention = ({ node }: { node: SingleASTNode }) => {
  const words = React.useContext(Words);
  const id = String(node.id ?? '');
  // What stands in the message has the id in it, with marks that the parser leaves away.
  const known = [...words].find(([form]) => id !== '' && form.includes(id))?.[1];
  const sign = node.type === 'channel' ? '#' : node.type === 'slashCommand' ? '/' : '@';
  return <MentionPill>{known ?? `${sign}${node.fullName ?? node.name ?? ''}`}</MentionPill>;
};

/** https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints */
const Emoji = ({ id, name, animated }: { id: string; name: string; animated: boolean }) => {
  const [failed, setFailed] = React.useState(false);
  if (failed) return <>:{name}:</>;
  return (
    <img
      src={`https://cdn.discordapp.com/emojis/${id}.${animated ? 'gif' : 'webp'}?size=48`}
      alt={`:${name}:`}
      title={`:${name}:`}
      onError={() => setFailed(true)}
      style={{ width: '1.4em', height: '1.4em', verticalAlign: 'middle', objectFit: 'contain' }}
    />
  );
};

/** https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const TIME_STYLES: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};
const EXACT: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short' };
const UNITS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

/** A moment in the agent's language and zone. */
const Timestamp = ({ seconds, style }: { seconds: number; style: string }) => {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return <>&lt;t:{seconds}&gt;</>;
  const language = flexLanguage();
  const exact = new Intl.DateTimeFormat(language, EXACT).format(date);
  return (
    <time dateTime={date.toISOString()} title={exact} style={{ borderBottom: '1px dotted currentColor' }}>
      {style === 'R'
        ? relative(seconds, language)
        : new Intl.DateTimeFormat(language, TIME_STYLES[style] ?? EXACT).format(date)}
    </time>
  );
};

function relative(seconds: number, language: string): string {
  const away = seconds - Date.now() / 1000;
  const [unit, length] = UNITS.find(([, step]) => Math.abs(away) >= step) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(away / length), unit);
}
