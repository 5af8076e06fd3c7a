import type { APIGuildForumTag } from 'discord-api-types/v10';
import { type FormEvent, useState } from 'react';
import { Avatar } from './avatar.tsx';
import { may, nameOf, SEND_MESSAGES, useClient } from './client.ts';
import { Dialog } from './dialog.tsx';
import { openedForum, postsIn } from './forum-channel.ts';
import { clockText, sentAt } from './time.ts';

/** A forum: its posts, the latest first, and where a new one is written. */
export function Forum() {
  const client = useClient();
  const { strings, language, openChannel } = client;
  const [isNew, setNew] = useState(false);
  const forum = openedForum(client.view);
  if (!forum) return null;
  const posts = postsIn(client.view, forum);
  return (
    <div className="log forum" data-tour="log">
      <div className="forum-head">
        <h3>{strings.posts(posts.length)}</h3>
        {may(client, SEND_MESSAGES) && (
          <button type="button" className="button primary" onClick={() => setNew(true)}>
            {strings.newPost}
          </button>
        )}
      </div>
      <ul className="posts" aria-label={strings.posts(posts.length)}>
        {posts.map((post) => (
          <li key={post.id}>
            <button type="button" className="post" onClick={() => openChannel(post.id)}>
              <Avatar name={nameOf(client, post.authorId)} />
              <span className="post-body">
                <strong>{post.title}</strong>
                <Tags of={post.tags} />
                <small>
                  {nameOf(client, post.authorId)} · {strings.messages(post.messages)} ·{' '}
                  {clockText(sentAt(post.lastMessageId), language)}
                </small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {posts.length === 0 && <p className="empty">{strings.noPosts}</p>}
      {isNew && (
        <PostDialog
          tags={forum.available_tags}
          onClose={() => setNew(false)}
          onSend={async (post) => {
            const made = await client.post<{ id: string }>('post', { channelId: forum.id, ...post });
            if (made) openChannel(made.id);
          }}
        />
      )}
    </div>
  );
}

/** The tags of a post; nothing where it has none. */
export function Tags({ of }: { of: readonly APIGuildForumTag[] }) {
  const { strings } = useClient();
  if (of.length === 0) return null;
  return (
    <span className="forum-tags">
      <span className="visually-hidden">{strings.tags}: </span>
      {of.map(({ id, name }) => (
        <span key={id} className="forum-tag">
          {name}
        </span>
      ))}
    </span>
  );
}

/** Tags that only whoever manages threads may give are not offered. */
function PostDialog({
  tags,
  onClose,
  onSend,
}: {
  tags: readonly APIGuildForumTag[];
  onClose: () => void;
  onSend: (post: { title: string; content: string; tags: string[] }) => void;
}) {
  const { strings } = useClient();
  const [title, setTitle] = useState('');
  const [content, setContent] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend({ title, content, tags: chosen });
    onClose();
  };
  return (
    <Dialog title={strings.newPost} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <label>
          <span>{strings.postTitle}</span>
          <input required maxLength={100} value={title} onChange={({ target }) => setTitle(target.value)} />
        </label>
        <label>
          <span>{strings.postText}</span>
          <textarea
            required
            rows={4}
            maxLength={2000}
            value={content}
            onChange={({ target }) => setContent(target.value)}
          />
        </label>
        <fieldset>
          <legend>{strings.tags}</legend>
          {tags
            .filter(({ moderated }) => !moderated)
            .map(({ id, name }) => (
              <label key={id} className="tick">
                <input
                  type="checkbox"
                  checked={chosen.includes(name)}
                  disabled={!chosen.includes(name) && chosen.length >= MAX_TAGS}
                  onChange={({ target }) =>
                    setChosen(target.checked ? [...chosen, name] : chosen.filter((each) => each !== name))
                  }
                />
                {name}
              </label>
            ))}
        </fieldset>
        <footer>
          <button type="button" className="button" onClick={onClose}>
            {strings.cancel}
          </button>
          <button type="submit" className="button primary" disabled={!title.trim() || !content.trim()}>
            {strings.postSend}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** https://docs.discord.com/developers/resources/channel#channel-object */
const MAX_TAGS = 5;
