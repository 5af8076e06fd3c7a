import { type APIMessage, MessageFlags as F, MessageType } from 'discord-api-types/v10';
import { useState } from 'react';
import { Attachment, Poll } from './attachments.tsx';
import { Avatar } from './avatar.tsx';
import { nameOf, useClient } from './client.ts';
import { Components } from './components.tsx';
import { Embed } from './embed.tsx';
import { Icon } from './icon.tsx';
import { Markdown } from './markdown.tsx';
import { MessageActions } from './message-actions.tsx';
import { clockText } from './time.ts';

/** Messages of one author within this time stand under one name, in milliseconds. */
const GROUP_MS = 7 * 60_000;

export const follows = (message: APIMessage, before: APIMessage | undefined): boolean =>
  before !== undefined &&
  before.author.id === message.author.id &&
  message.type === MessageType.Default &&
  !((before.flags ?? 0) & F.Ephemeral) &&
  Date.parse(message.timestamp) - Date.parse(before.timestamp) < GROUP_MS;

interface MessageProps {
  message: APIMessage;
  isCompact: boolean;
  isEdited: boolean;
  onEdit: (id: string | null) => void;
}

export function Message({ message, isCompact, isEdited, onEdit }: MessageProps) {
  const client = useClient();
  const { strings, language } = client;
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const flags = message.flags ?? 0;
  const isEphemeral = (flags & F.Ephemeral) !== 0;
  const name = nameOf(client, message.author.id);
  if (message.type === MessageType.ThreadCreated)
    return <p className="system">{`${strings.startedThread(name)}: ${message.content}`}</p>;
  return (
    <article
      className={`message ${isCompact ? 'compact' : ''} ${isEphemeral ? 'ephemeral' : ''}`}
      aria-label={`${name}, ${clockText(message.timestamp, language)}`}
      data-message={message.id}
      onContextMenu={(event) => {
        event.preventDefault();
        setMenuAt({ x: event.clientX, y: event.clientY });
      }}
    >
      {message.type === MessageType.Reply && <RepliedTo to={message.referenced_message ?? null} />}
      {!isCompact && <Avatar name={name} isBot={message.author.bot === true} />}
      <div className="body">
        {!isCompact && (
          <div className="head">
            <span className="author">{name}</span>
            {message.author.bot && <span className="tag">{strings.app}</span>}
            <time dateTime={message.timestamp}>{clockText(message.timestamp, language)}</time>
          </div>
        )}
        {isEdited ? <Editor message={message} onEdit={onEdit} /> : <Content message={message} />}
        <Reactions message={message} />
        {isEphemeral && (
          <p className="only-you">
            <Icon is="eye" /> {strings.onlyYou} ·{' '}
            <button type="button" onClick={() => client.post('delete', { messageId: message.id })}>
              {strings.dismissMessage}
            </button>
          </p>
        )}
      </div>
      <MessageActions
        message={message}
        onEdit={() => onEdit(message.id)}
        menuAt={menuAt}
        onMenuClose={() => setMenuAt(null)}
      />
    </article>
  );
}

function Content({ message }: { message: APIMessage }) {
  const { strings } = useClient();
  const flags = message.flags ?? 0;
  if (flags & F.Loading) return <p className="thinking">{strings.thinking('Flexcord')}</p>;
  // Discord marks no answer to a command, which is edited to fill in its place.
  const isEdited = message.edited_timestamp && !(message.interaction_metadata && flags & F.Ephemeral);
  const edited = isEdited && <span className="edited"> ({strings.edited})</span>;
  return (
    <>
      {message.content && (
        <div className="text">
          <Markdown text={message.content} />
          {edited}
        </div>
      )}
      {message.message_snapshots?.map(({ message: snapshot }) => (
        <blockquote key={snapshot.timestamp}>
          <small>{strings.forwarded}</small>
          <div className="text">
            <Markdown text={snapshot.content} />
          </div>
          {snapshot.attachments.map((file) => (
            <Attachment key={file.id} file={file} isVoice={false} />
          ))}
        </blockquote>
      ))}
      {message.attachments.map((file) => (
        <Attachment key={file.id} file={file} isVoice={(flags & F.IsVoiceMessage) !== 0} />
      ))}
      {message.sticker_items?.map(({ id, name }) => (
        <span key={id} className="sticker">
          {name}
        </span>
      ))}
      {message.embeds.map((embed, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: embeds of a message have no ids.
        <Embed key={index} embed={embed} />
      ))}
      {message.poll && <Poll poll={message.poll} />}
      <Components of={message.components ?? []} messageId={message.id} />
    </>
  );
}

function RepliedTo({ to }: { to: APIMessage | null }) {
  const client = useClient();
  if (!to) return <p className="replied">{client.strings.deletedOriginal}</p>;
  return (
    <p className="replied">
      <span className="visually-hidden">{client.strings.repliedTo} </span>
      <strong>{nameOf(client, to.author.id)}</strong>{' '}
      <Markdown text={to.content || to.embeds[0]?.title || to.attachments[0]?.filename || '…'} />
    </p>
  );
}

function Reactions({ message }: { message: APIMessage }) {
  const { strings, post } = useClient();
  if (!message.reactions?.length) return null;
  return (
    <div className="reactions">
      {message.reactions.map(({ emoji, count, me }) => {
        const shown = emoji.id ? `:${emoji.name}:` : (emoji.name ?? '');
        const key = emoji.id ? `${emoji.name}:${emoji.id}` : (emoji.name ?? '');
        return (
          <button
            type="button"
            key={key}
            aria-pressed={me}
            aria-label={strings.reaction(shown, count)}
            onClick={() => post('react', { messageId: message.id, emoji: key, on: !me })}
          >
            {shown} <span>{count}</span>
          </button>
        );
      })}
    </div>
  );
}

function Editor({ message, onEdit }: { message: APIMessage; onEdit: (id: string | null) => void }) {
  const { strings, post } = useClient();
  const [text, setText] = useState(message.content);
  const save = async () => {
    const wanted = text.trim();
    if (wanted && wanted !== message.content) await post('edit', { messageId: message.id, content: wanted });
    onEdit(null);
  };
  return (
    <div className="editor">
      <textarea
        // biome-ignore lint/a11y/noAutofocus: the member has just asked to edit.
        autoFocus
        aria-label={strings.editLabel}
        value={text}
        maxLength={2000}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') onEdit(null);
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            save();
          }
        }}
      />
      <small>{strings.editHint}</small>
    </div>
  );
}
