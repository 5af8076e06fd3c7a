import { ChannelType } from 'discord-api-types/v10';
import { useEffect, useRef, useState } from 'react';
import type { ClientChannel, ClientGuild } from '../../discord/index.ts';
import type { MemberKey } from '../people.ts';
import { Avatar } from './avatar.tsx';
import { markOf } from './channel-mark.ts';
import { openedChannel, useClient } from './client.ts';
import { Icon } from './icon.tsx';
import { below, Menu } from './menu.tsx';

interface Props {
  isOpen: boolean;
  onOpen: () => void;
  onClose: () => void;
  isUnread: (channelId: string, lastMessageId: string | null | undefined) => boolean;
  onSwitch: (member: MemberKey) => void;
}

const lastOf = (channel: ClientChannel) => ('last_message_id' in channel ? channel.last_message_id : null);

/** The servers, the channels of the open one, and the account. */
export function Sidebar({ isOpen, onOpen, onClose, isUnread, onSwitch }: Props) {
  const client = useClient();
  const { view, strings, openChannel } = client;
  const opened = openedChannel(client);
  const openedGuild = view.guilds.find(({ id }) => opened && 'guild_id' in opened && id === opened.guild_id);
  const panel = useRef<HTMLDivElement>(null);
  const open = (id: string) => {
    openChannel(id);
    onClose();
  };
  const guildUnread = (guild: ClientGuild) =>
    [...guild.channels, ...guild.threads].some((channel) => isUnread(channel.id, lastOf(channel)));
  useEffect(() => {
    if (!isOpen) return;
    panel.current?.querySelector('button')?.focus();
    const outside = ({ target }: Event) => {
      if (!(target as Element).closest('.sidebar')) onClose();
    };
    const onEscape = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
    addEventListener('pointerdown', outside);
    addEventListener('keydown', onEscape);
    return () => {
      removeEventListener('pointerdown', outside);
      removeEventListener('keydown', onEscape);
    };
  }, [isOpen, onClose]);
  const isDm = !openedGuild;
  return (
    <div className={`sidebar ${isOpen ? 'open' : ''}`}>
      <nav className="rail" aria-label={strings.servers}>
        <RailButton
          label={strings.directMessages}
          isCurrent={isDm}
          isUnread={isUnread(view.dm.id, view.dm.lastMessageId)}
          onClick={() => openChannel(view.dm.id)}
        >
          <Icon is="chat" />
        </RailButton>
        <hr />
        {view.guilds.map((guild) => (
          <RailButton
            key={guild.id}
            label={guild.name}
            isCurrent={guild === openedGuild}
            isUnread={guildUnread(guild)}
            onClick={() => {
              const first = guild.channels.find(({ type }) => type === ChannelType.GuildText);
              if (guild !== openedGuild && first) openChannel(first.id);
              onOpen();
            }}
          >
            {guild.name
              .split(' ')
              .map(([letter]) => letter)
              .join('')}
          </RailButton>
        ))}
      </nav>
      <div className="panel" ref={panel} data-tour="channels">
        <h2>{openedGuild?.name ?? strings.directMessages}</h2>
        <nav aria-label={strings.channels}>
          {openedGuild ? (
            <Channels guild={openedGuild} isUnread={isUnread} onOpen={open} />
          ) : (
            <ChannelButton
              id={view.dm.id}
              mark="lantern"
              name="Flexcord"
              isUnread={isUnread(view.dm.id, view.dm.lastMessageId)}
              onOpen={open}
            />
          )}
        </nav>
        <Account onSwitch={onSwitch} />
      </div>
    </div>
  );
}

function RailButton({
  label,
  isCurrent,
  isUnread,
  onClick,
  children,
}: {
  label: string;
  isCurrent: boolean;
  isUnread: boolean;
  onClick: () => void;
  children: React.ReactNode;
}) {
  const { strings } = useClient();
  return (
    <button
      type="button"
      title={label}
      aria-current={isCurrent ? 'true' : undefined}
      className={isUnread ? 'unread' : ''}
      onClick={onClick}
    >
      <span aria-hidden="true">{children}</span>
      <span className="visually-hidden">{isUnread ? `${label}, ${strings.unread}` : label}</span>
    </button>
  );
}

/** Categories with their channels, and under each channel its threads, as Discord orders them. */
function Channels({
  guild,
  isUnread,
  onOpen,
}: {
  guild: ClientGuild;
  isUnread: Props['isUnread'];
  onOpen: (id: string) => void;
}) {
  const { view } = useClient();
  const parentOf = (channel: ClientChannel) => ('parent_id' in channel ? (channel.parent_id ?? null) : null);
  const categories = guild.channels.filter(({ type }) => type === ChannelType.GuildCategory);
  const groups = [null, ...categories].map((category) => ({
    category,
    channels: guild.channels.filter(
      (channel) => channel.type !== ChannelType.GuildCategory && parentOf(channel) === (category?.id ?? null),
    ),
  }));
  const shown = (channel: ClientChannel, mark: Parameters<typeof Icon>[0]['is']) => (
    <ChannelButton
      key={channel.id}
      id={channel.id}
      mark={mark}
      name={channel.name ?? ''}
      isUnread={isUnread(channel.id, lastOf(channel))}
      onOpen={onOpen}
    />
  );
  return groups.map(({ category, channels }) => (
    <div key={category?.id ?? 'none'}>
      {category && <h3>{category.name}</h3>}
      {channels.map((channel) => (
        <div key={channel.id}>
          {shown(channel, markOf(channel.type))}
          {guild.threads
            .filter((thread) => parentOf(thread) === channel.id)
            // Of a forum's posts, which may be many, the open one alone.
            .filter(({ id }) => channel.type !== ChannelType.GuildForum || id === view.channelId)
            .map((thread) => shown(thread, 'thread'))}
        </div>
      ))}
    </div>
  ));
}

function ChannelButton({
  id,
  mark,
  name,
  isUnread,
  onOpen,
}: {
  id: string;
  mark: Parameters<typeof Icon>[0]['is'];
  name: string;
  isUnread: boolean;
  onOpen: (id: string) => void;
}) {
  const { view, strings } = useClient();
  return (
    <button
      type="button"
      className={`channel-button ${isUnread ? 'unread' : ''}`}
      aria-current={id === view.channelId ? 'page' : undefined}
      onClick={() => onOpen(id)}
    >
      <span aria-hidden="true" className="mark">
        <Icon is={mark} />
      </span>
      <span className="name">{name}</span>
      {isUnread && <span className="visually-hidden">, {strings.unread}</span>}
    </button>
  );
}

function Account({ onSwitch }: { onSwitch: (member: MemberKey) => void }) {
  const { view, strings } = useClient();
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const ownerId = view.guilds[0]?.owner_id;
  const roleOf = (id: string) => (id === ownerId ? strings.owner : strings.member);
  return (
    <div className="account">
      <button
        type="button"
        aria-haspopup="menu"
        aria-label={`${strings.switchMember}: ${view.me.name}`}
        data-tour="account"
        onClick={({ currentTarget }) => setMenuAt(below(currentTarget))}
      >
        <Avatar name={view.me.name} />
        <span>
          <strong>{view.me.name}</strong>
          <small>{roleOf(view.me.id)}</small>
        </span>
        <span aria-hidden="true" className="swap">
          <Icon is="swap" />
        </span>
      </button>
      {menuAt && (
        <Menu
          label={strings.switchMember}
          at={menuAt}
          onClose={() => setMenuAt(null)}
          items={view.members
            .filter(({ key }) => key !== view.me.key)
            .map(({ key, id, name }) => ({ label: `${name} – ${roleOf(id)}`, run: () => onSwitch(key) }))}
        />
      )}
    </div>
  );
}
