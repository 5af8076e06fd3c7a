import { truncate } from '@flexcord/shared/messages/truncate';
import type { CommunityAction } from '@flexcord/shared/panel/community';
import type { Result } from '@flexcord/shared/result';
import type { Actor, CaseRefusal } from '../../cases/case-change.ts';
import type { Cases } from '../../cases/cases.ts';
import type { Cards } from '../../cases/public/cards.ts';
import { plainTitle } from '../../cases/rules.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import { upsertSpeaker } from '../../members/members.ts';
import { teamActKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { ThreadActs } from '../../threads/acts.ts';
import type { PublicChannel, PublicChannels } from '../../threads/channels.ts';
import { changeOnDiscord } from '../../threads/requests.ts';
import {
  changeThread,
  findThread,
  lockThread,
  type PublicThread,
  threadLink,
} from '../../threads/threads.ts';
import { teamAnswer } from './team-answer.ts';

/** Whoever acts: a supervisor. */
export interface TeamActor extends Actor {
  identity: string;
}

export type ActRefusal =
  | { is: 'missing' }
  /** Whoever asked it was erased: nobody is there to be answered. */
  | { is: 'author-erased' }
  /** Nothing can be written in it just now. */
  | { is: 'shut'; why: 'locked' | 'read-only' | 'hidden' }
  | { is: 'not-open' }
  | { is: 'is-open' }
  /** A duplicate of itself, of one that is gone, or of a duplicate. */
  | { is: 'bad-target' }
  /** A text channel has no tags; a forum has others by now. */
  | { is: 'no-such-tag' }
  | { is: 'no-such-message' }
  | { is: 'refused-case'; refusal: CaseRefusal };

type ActResult = Result<object, ActRefusal>;

export interface TeamActsOptions {
  store: Store;
  relay: Relay;
  cases: Pick<Cases, 'open' | 'edit'>;
  cards: Pick<Cards, 'place'>;
  guilds: Pick<GuildQueries, 'find'>;
  channels: Pick<PublicChannels, 'find'>;
  /** Solves, closes, opens again, merges and brings to the team. */
  acts: ThreadActs;
  /** The name of a Flex identity. */
  agentName(identity: string): Promise<string>;
  /** Called after the commit of a change that no event of Discord's will tell of. */
  changed(threadId: string): void;
}

const MAX_TITLE_LENGTH = 120;
const MAX_WORDS_LENGTH = 6000;

/** What supervisors do with posts from Flex, each with one post. */
export function createTeamActs(options: TeamActsOptions) {
  const { store, relay, cases, cards, guilds, channels, acts, changed } = options;

  /** Changes a post in a transaction of its own, its row locked. */
  const inPost = (id: string, change: (tx: Tx, thread: PublicThread) => Promise<ActResult>) =>
    store.transact(async (tx) => {
      const thread = await lockThread(tx, id);
      if (!thread || thread.access === 'deleted') return { is: 'missing' } as const;
      const result = await change(tx, thread);
      if (result.is === 'done') store.afterCommit(tx, () => changed(id));
      return result;
    });

  /** Gives a post, and its case, to somebody. */
  async function assign(id: string, identity: string | null, actor: Actor): Promise<ActResult> {
    const assignee = identity === null ? null : { identity, name: await options.agentName(identity) };
    return inPost(id, async (tx, thread) => {
      await changeThread(tx, id, {
        assignee_identity: assignee?.identity ?? null,
        assignee_name: assignee?.name ?? null,
      });
      // A case that is merged or gone keeps whoever had it; the post is given all the same.
      if (thread.case_number !== null) await cases.edit(tx, thread.case_number, null, { assignee }, actor);
      return { is: 'done' };
    });
  }

  /** Makes a post a case of a type, or changes the one it has; with a card where its server has a channel for them. */
  async function convert(id: string, type: 'bug' | 'feature', actor: Actor): Promise<ActResult> {
    const known = await findThread(store.db, id);
    const guild = known && (await guilds.find(known.guild_id));
    return inPost(id, async (tx, thread) => {
      if (thread.author_id === null) return { is: 'author-erased' };
      const had = thread.case_number;
      if (had === null)
        await upsertSpeaker(tx, { id: thread.author_id, name: thread.author_name || thread.author_id });
      const made =
        had === null
          ? await cases.open(
              tx,
              {
                ...{ memberId: thread.author_id, type, priority: 'normal', tags: [], fields: {} },
                title: plainTitle(thread.title, MAX_TITLE_LENGTH) || threadLink(thread),
                description: `${truncate(thread.question, MAX_WORDS_LENGTH)}\n\n${threadLink(thread)}`.trim(),
                conversationId: null,
                assignee:
                  thread.assignee_identity === null
                    ? null
                    : {
                        identity: thread.assignee_identity,
                        name: thread.assignee_name ?? thread.assignee_identity,
                      },
              },
              actor,
            )
          : await cases.edit(tx, had, null, { type }, actor);
      if (made.is !== 'done') return { is: 'refused-case', refusal: made };
      const { number } = made.case;
      await changeThread(tx, id, { case_number: number });
      const card = await tx
        .selectFrom('case_cards')
        .select('case_number')
        .where('case_number', '=', number)
        .executeTakeFirst();
      if (!card) await cards.place(tx, number, type, guild, []);
      return { is: 'done' };
    });
  }

  /** What stands in the way of words, tags and the like; null where nothing does. */
  async function obstacle(
    id: string,
    of: (thread: PublicThread, channel: PublicChannel | undefined) => ActRefusal | null,
  ): Promise<ActRefusal | null> {
    const thread = await findThread(store.db, id);
    if (!thread || thread.access === 'deleted') return { is: 'missing' };
    return of(thread, await channels.find(thread.channel_id));
  }

  const mustBe = (wanted: 'open' | 'over') => (thread: PublicThread) =>
    (thread.state === 'open') === (wanted === 'open')
      ? null
      : ({ is: wanted === 'open' ? 'not-open' : 'is-open' } as const);

  async function solutionOf(id: string, messageId: string | null) {
    if (messageId === null) return null;
    const said = await store.db
      .selectFrom('messages')
      .select(['id', 'member_id', 'author_name', 'direction', 'text', 'words'])
      .where('id', '=', messageId)
      .where('channel_id', '=', id)
      .where('deleted_at', 'is', null)
      .executeTakeFirst();
    return (
      said && {
        messageId,
        authorId: said.direction === 'to-agent' ? said.member_id : null,
        authorName: said.author_name,
        text: said.words ?? said.text,
      }
    );
  }

  return async function act(id: string, action: CommunityAction, actor: TeamActor): Promise<ActResult> {
    const event = Bun.randomUUIDv7();
    const by = { id: null, name: actor.name, role: 'agent' } as const;
    switch (action.is) {
      case 'assign':
        return assign(id, action.assignee, actor);
      case 'convert':
        return convert(id, action.type, actor);
      case 'tag': {
        const { add, remove } = action;
        const stop = await obstacle(id, (_, channel) =>
          [...add, ...remove].every((tag) => channel?.tags.some((known) => known.id === tag))
            ? null
            : { is: 'no-such-tag' },
        );
        if (stop) return stop;
        await relay.commit([
          changeOnDiscord({ threadId: id, addTags: add, removeTags: remove }, teamActKey(event)),
        ]);
        return { is: 'done' };
      }
      case 'answer': {
        const stop = await obstacle(id, (thread, channel) => {
          if (thread.author_id === null) return { is: 'author-erased' };
          const why = shutBy(thread, channel);
          return why && { is: 'shut', why };
        });
        if (stop) return stop;
        const { identity, name } = actor;
        await relay.commit([teamAnswer({ threadId: id, text: action.text, by: { identity, name } }, event)]);
        return { is: 'done' };
      }
      case 'solve': {
        const stop = await obstacle(id, (thread) =>
          thread.state === 'solved' && action.messageId === null ? { is: 'not-open' } : null,
        );
        if (stop) return stop;
        const solution = await solutionOf(id, action.messageId);
        if (solution === undefined) return { is: 'no-such-message' };
        await acts.do(id, { is: 'solution', solution }, by, event);
        return { is: 'done' };
      }
      case 'merge': {
        const stop = await obstacle(id, mustBe('open'));
        if (stop) return stop;
        const target = await findThread(store.db, action.into);
        if (!target || target.id === id || target.access === 'deleted' || target.duplicate_of !== null)
          return { is: 'bad-target' };
        await acts.do(id, { is: 'duplicate', of: target.id }, by, event);
        return { is: 'done' };
      }
      case 'bring':
      case 'close':
      case 'reopen': {
        const stop = await obstacle(id, mustBe(action.is === 'reopen' ? 'over' : 'open'));
        if (stop) return stop;
        await acts.do(id, { is: action.is === 'bring' ? 'ask-team' : action.is }, by, event);
        return { is: 'done' };
      }
    }
  };
}

export type TeamActs = ReturnType<typeof createTeamActs>;

/** Why nothing can be written in a thread just now; null where it can. An archived one is opened by writing. */
export function shutBy(
  { access }: Pick<PublicThread, 'access'>,
  channel: Pick<PublicChannel, 'access'> | undefined,
): 'locked' | 'read-only' | 'hidden' | null {
  if (access === 'locked') return 'locked';
  if (!channel || channel.access === 'hidden' || channel.access === 'deleted') return 'hidden';
  return channel.access === 'read-only' ? 'read-only' : null;
}
