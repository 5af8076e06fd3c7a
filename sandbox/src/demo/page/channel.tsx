import { MessageFlags } from 'discord-api-types/v10';
import { useLayoutEffect, useRef, useState } from 'react';
import { Avatar } from './avatar.tsx';
import { isThread, markOf } from './channel-mark.ts';
import { nameOf, openedChannel, useClient } from './client.ts';
import { Composer } from './composer.tsx';
import { Forum, Tags } from './forum.tsx';
import { openedForum, openedPost } from './forum-channel.ts';
import { Icon } from './icon.tsx';
import { follows, Message } from './message.tsx';

/** The open conversation: what was written, who is typing, and where to write. */
export function Channel({
  onOpenSidebar,
  notice,
  onDismissNotice,
}: {
  onOpenSidebar: () => void;
  /** What the client alone has to say, below the messages. */
  notice: string | null;
  onDismissNotice: () => void;
}) {
  const client = useClient();
  const { view, strings, setReply } = client;
  const [edited, setEdited] = useState<string | null>(null);
  const channel = openedChannel(client);
  const name = channel?.name ?? 'Flexcord';
  const where = channel ? (isThread(channel.type) ? name : `#${name}`) : '@Flexcord';
  const post = openedPost(view);
  const typing = view.typing.map((id) => nameOf(client, id));
  const editLast = () => {
    const last = view.messages.findLast(
      ({ author, flags }) => author.id === view.me.id && !((flags ?? 0) & MessageFlags.Ephemeral),
    );
    setReply(null);
    if (last) setEdited(last.id);
  };
  return (
    <section className="channel" aria-label={strings.conversation(where)}>
      <header className="channel-head">
        <button
          type="button"
          className="icon open-sidebar"
          aria-label={strings.openChannels}
          title={strings.openChannels}
          onClick={onOpenSidebar}
        >
          <Icon is="menu" />
        </button>
        {post && (
          <button
            type="button"
            className="icon"
            aria-label={strings.toPosts(post.forum.name)}
            title={strings.toPosts(post.forum.name)}
            onClick={() => client.openChannel(post.forum.id)}
          >
            <Icon is="back" />
          </button>
        )}
        <span aria-hidden="true" className="mark">
          <Icon is={channel ? markOf(channel.type) : 'at'} />
        </span>
        <h2>{name}</h2>
        {post && <Tags of={post.post.tags} />}
        {channel && 'topic' in channel && channel.topic && <span className="topic">{channel.topic}</span>}
      </header>
      {openedForum(view) ? (
        <Forum />
      ) : (
        <>
          <Log
            label={strings.conversation(where)}
            watch={`${view.channelId}:${view.messages.at(-1)?.id}:${notice}`}
          >
            {view.messages.length === 0 && (
              <Beginning text={channel ? strings.emptyChannel(name) : strings.emptyDm} isDm={!channel} />
            )}
            {view.messages.map((message, index) => (
              <Message
                key={message.id}
                message={message}
                isCompact={follows(message, view.messages[index - 1])}
                isEdited={edited === message.id}
                onEdit={setEdited}
              />
            ))}
            {notice && (
              <p className="ephemeral notice" role="status">
                <Icon is="warning" /> {notice}{' '}
                <button type="button" onClick={onDismissNotice}>
                  {strings.dismiss}
                </button>
              </p>
            )}
          </Log>
          <Composer key={view.channelId} label={strings.message(where)} onEditLast={editLast} />
        </>
      )}
      <div className="typing" role="status">
        {typing.length > 0 && (
          <>
            <span className="dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>{' '}
            {strings.typing(typing)}
          </>
        )}
      </div>
    </section>
  );
}

/** What stands where nothing was written yet; in the direct message with something to begin with. */
function Beginning({ text, isDm }: { text: string; isDm: boolean }) {
  const { strings, view, post } = useClient();
  return (
    <div className="empty">
      {isDm && <Avatar name="Flexcord" isBot />}
      <p>{text}</p>
      {isDm && (
        <div className="buttons">
          {strings.suggestions.map((content) => (
            <button
              type="button"
              key={content}
              className="button"
              onClick={() => post('say', { channelId: view.channelId, content })}
            >
              {content}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Stays at its end while messages come, also when a picture among them has loaded. */
function Log({ label, watch, children }: { label: string; watch: string; children: React.ReactNode }) {
  const log = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls whenever there is something new.
  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const toEnd = () => {
      element.scrollTop = element.scrollHeight;
    };
    toEnd();
    element.addEventListener('load', toEnd, true);
    return () => element.removeEventListener('load', toEnd, true);
  }, [watch]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
    <div ref={log} className="log" role="log" aria-label={label} tabIndex={0} data-tour="log">
      <div className="log-inside">{children}</div>
    </div>
  );
}
