import { type APIMessage, ApplicationCommandType, MessageFlags } from 'discord-api-types/v10';
import { useState } from 'react';
import { MANAGE_MESSAGES, may, nameOf, useClient } from './client.ts';
import { localName } from './commands.ts';
import { Icon } from './icon.tsx';
import { below, Menu, type MenuItem } from './menu.tsx';

const EMOJI = ['👍', '❤️', '😂', '🎉', '😮', '😢', '👀', '🙏', '✅', '🔥'];

interface Props {
  message: APIMessage;
  onEdit: () => void;
  /** Where the message was clicked with the right button. */
  menuAt: { x: number; y: number } | null;
  onMenuClose: () => void;
}

/** What a member can do with a message: the bar that appears above it, and the menu of the right button. */
export function MessageActions({ message, onEdit, menuAt, onMenuClose }: Props) {
  const client = useClient();
  const { strings, view, language, post, interact, setReply } = client;
  const [menu, setMenu] = useState<{ is: 'more' | 'emoji'; at: { x: number; y: number } } | null>(null);
  const messageId = message.id;
  const name = nameOf(client, message.author.id);
  const isOwn = message.author.id === view.me.id;
  if ((message.flags ?? 0) & (MessageFlags.Ephemeral | MessageFlags.Loading)) return null;
  const reply = () => setReply({ id: messageId, name });
  const apps = view.commands.filter(({ type }) => type === ApplicationCommandType.Message);
  const react = (at: { x: number; y: number }) => setMenu({ is: 'emoji', at });
  const items: MenuItem[] = [
    { label: strings.react, run: () => react(menu?.at ?? menuAt ?? { x: 0, y: 0 }) },
    { label: strings.reply, run: reply },
    ...(isOwn ? [{ label: strings.edit, run: onEdit }] : []),
    ...(message.content
      ? [{ label: strings.copy, run: () => void navigator.clipboard?.writeText(message.content) }]
      : []),
    ...apps.map((command, index) => ({
      label: localName(command, language),
      run: () => interact('menu', { messageId, name: command.name }),
      ...(index === 0 && { heading: strings.apps }),
    })),
    ...(isOwn || may(client, MANAGE_MESSAGES)
      ? [{ label: strings.remove, run: () => post('delete', { messageId }), isDanger: true }]
      : []),
  ];
  const close = () => {
    setMenu(null);
    onMenuClose();
  };
  const moreAt = menu?.is === 'more' ? menu.at : menuAt;
  return (
    <>
      <div
        className={`actions ${menu || menuAt ? 'open' : ''}`}
        role="toolbar"
        aria-label={strings.actions(name)}
      >
        <button
          type="button"
          aria-label={strings.react}
          title={strings.react}
          onClick={({ currentTarget }) => react(below(currentTarget))}
        >
          <Icon is="smile" />
        </button>
        <button type="button" aria-label={strings.reply} title={strings.reply} onClick={reply}>
          <Icon is="reply" />
        </button>
        {isOwn && (
          <button type="button" aria-label={strings.edit} title={strings.edit} onClick={onEdit}>
            <Icon is="pencil" />
          </button>
        )}
        <button
          type="button"
          aria-label={strings.more}
          title={strings.more}
          aria-haspopup="menu"
          onClick={({ currentTarget }) => setMenu({ is: 'more', at: below(currentTarget) })}
        >
          <Icon is="more" />
        </button>
      </div>
      {moreAt && menu?.is !== 'emoji' && (
        <Menu label={strings.actions(name)} at={moreAt} items={items} onClose={close} />
      )}
      {menu?.is === 'emoji' && (
        <div className="emoji-menu">
          <Menu
            label={strings.react}
            at={menu.at}
            items={EMOJI.map((emoji) => ({
              label: emoji,
              run: () => post('react', { messageId, emoji, on: true }),
            }))}
            onClose={close}
          />
        </div>
      )}
    </>
  );
}
