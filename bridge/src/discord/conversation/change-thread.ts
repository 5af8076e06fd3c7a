import { type APIThreadChannel, type REST, type RESTPatchAPIChannelJSONBody, Routes } from 'discord.js';
import type { Handled, PayloadOf } from '../../relay/entries.ts';
import type { Store } from '../../store/open.ts';
import { publicChannels } from '../../threads/channels.ts';
import { changeOnDiscord } from '../../threads/requests.ts';
import { nextTags } from '../../threads/tags.ts';
import { callDiscord } from '../errors.ts';

/** Changes what a public thread is like. Doing it twice changes nothing. */
export function createThreadChange({ store, rest }: { store: Store; rest: REST }) {
  const channels = publicChannels(store);

  async function run(wanted: PayloadOf<typeof changeOnDiscord>): Promise<Handled> {
    const { threadId, addTags, removeTags, archived, locked } = wanted;
    const patch = (body: RESTPatchAPIChannelJSONBody) =>
      callDiscord('change a thread', () => rest.patch(Routes.channel(threadId), { body }));
    const thread = (await callDiscord('look at a thread', () =>
      rest.get(Routes.channel(threadId)),
    )) as APIThreadChannel;
    const channel = await channels.find(thread.parent_id ?? '');
    const now = thread.applied_tags ?? [];
    const tags = channel?.isForum
      ? nextTags(channel, now, {
          ...(addTags ? { add: addTags } : {}),
          ...(removeTags ? { remove: removeTags } : {}),
        })
      : now;
    const { archived: isArchived = false, locked: isLocked = false } = thread.thread_metadata ?? {};
    const change: RESTPatchAPIChannelJSONBody = {
      ...(String(tags) === String(now) ? {} : { applied_tags: tags }),
      ...(locked === undefined || locked === isLocked ? {} : { locked }),
    };
    const ends = archived ?? isArchived;
    const isNothing = Object.keys(change).length === 0;
    if (isNothing && ends === isArchived) return { outcome: 'as it was' };
    if (!isArchived) await patch({ ...change, ...(ends ? { archived: true } : {}) });
    else {
      await patch({ ...change, archived: false });
      if (ends) await patch({ archived: true });
    }
    return undefined;
  }

  return changeOnDiscord.handledBy({ run });
}
