import { truncate } from '@flexcord/shared/messages/truncate';
import {
  type APIDMChannel,
  type APIThreadChannel,
  ChannelType,
  DiscordAPIError,
  type REST,
  Routes,
  ThreadAutoArchiveDuration,
} from 'discord.js';
import { changeMemberChannel, type Member } from '../../members/members.ts';
import { Refused, Transient } from '../../relay/errors.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';

export interface MemberChannelOptions {
  store: Store;
  rest: REST;
  /** Where private threads are opened for members with closed direct messages; empty for none. */
  supportChannelId: string;
}

/**
 * How long a closed direct message is left alone, in milliseconds: Discord counts refused requests and bans who makes
 * 10,000 in ten minutes (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit).
 */
const DM_RETRY_MS = 10 * 60_000;

/** Finds the channel in which a member can be written to: the direct message, or a private thread while it is closed. */
export function createMemberChannel({ store, rest, supportChannelId }: MemberChannelOptions) {
  async function directChannel(member: Member): Promise<string> {
    if (member.dm_channel_id) return member.dm_channel_id;
    const { id } = (await callDiscord('open a direct message', () =>
      rest.post(Routes.userChannels(), { body: { recipient_id: member.id } }),
    )) as APIDMChannel;
    await changeMemberChannel(store, member.id, { dm_channel_id: id });
    return id;
  }

  /** A thread with nobody in it but the member and the bot; moderators who manage threads can look in. */
  async function openThread(member: Member): Promise<string> {
    const { id } = (await callDiscord('open a private thread', () =>
      rest.post(Routes.threads(supportChannelId), {
        body: {
          name: truncate(`support ${member.name}`, 100),
          type: ChannelType.PrivateThread,
          invitable: false,
          auto_archive_duration: ThreadAutoArchiveDuration.OneWeek,
        },
      }),
    )) as APIThreadChannel;
    try {
      await callDiscord('add to a thread', () => rest.put(Routes.threadMembers(id, member.id)));
    } catch (error) {
      await callDiscord('remove a thread', () => rest.delete(Routes.channel(id))).catch(() => {});
      throw error;
    }
    await changeMemberChannel(store, member.id, { thread_id: id, thread_cursor: id, thread_state: null });
    return id;
  }

  async function inThread<T>(member: Member, use: (channelId: string) => Promise<T>): Promise<T> {
    if (!member.thread_id) return use(await openThread(member));
    try {
      return await use(member.thread_id);
    } catch (error) {
      if (!isUnknownChannel(error)) throw error;
      await assertGone(member.thread_id, error);
      return use(await openThread(member));
    }
  }

  /** Throws unless Discord says once more, when asked for the channel itself, that there is none. */
  async function assertGone(channelId: string, error: Error): Promise<void> {
    try {
      await callDiscord('look for a thread', () => rest.get(Routes.channel(channelId)));
    } catch (answer) {
      if (isUnknownChannel(answer)) return;
      throw answer;
    }
    throw doubted(error);
  }

  /**
   * Runs `use` with the member's channel. Where the direct message turns out to be closed, `use` is called again with
   * the thread, so it must go on where it was.
   */
  return async function withMemberChannel<T>(
    member: Member,
    use: (channelId: string) => Promise<T>,
  ): Promise<T> {
    const closedAt = member.dm_closed_at;
    if (supportChannelId && closedAt && steadyNow() - closedAt < DM_RETRY_MS) return inThread(member, use);
    try {
      const result = await use(await directChannel(member));
      if (closedAt) await changeMemberChannel(store, member.id, { dm_closed_at: null });
      return result;
    } catch (error) {
      // Direct messages are never removed.
      if (isUnknownChannel(error)) throw doubted(error);
      if (!supportChannelId || !isClosed(error)) throw error;
      await changeMemberChannel(store, member.id, { dm_closed_at: steadyNow() });
      return inThread(member, use);
    }
  };
}

export type WithMemberChannel = ReturnType<typeof createMemberChannel>;

/** Somebody who has left the server cannot be added to a thread there either. */
const isClosed = (error: unknown) => error instanceof Refused && error.reason === 'unreachable';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const UNKNOWN_CHANNEL = 10003;

const isUnknownChannel = (error: unknown): error is Refused =>
  error instanceof Refused &&
  error.cause instanceof DiscordAPIError &&
  Number(error.cause.code) === UNKNOWN_CHANNEL;

/** To be heard a few times before it is believed. */
const doubted = (error: Error) =>
  new Transient(error.message, { ambiguous: false, suspects: 'gone', cause: error });
