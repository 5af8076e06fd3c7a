import { truncate } from '@flexcord/shared/messages/truncate';
import { type ITask, Manager } from '@twilio/flex-ui';

import { conversationSidOf, matterOf, memberNameOf, threadOf } from '../../../utils/discordTask.ts';
import { formatDuration } from '../../../utils/formatDuration.ts';
import { text } from '../../../utils/strings.ts';
import { wordsOf } from './wordsOf.ts';

/**
 * A line of a task is a Handlebars template to Flex, and what a member wrote must not be taken for one. It shows no
 * Markdown either.
 */
const literal = (words: string) => words.replace(/[{}]|\*\*|__|~~|`+/g, '');

/** The member's name, never their address. */
export const nameLine = (task: ITask): string => literal(memberNameOf(task) ?? text('FlexcordMember'));

/** Whether everybody reads along, how long the member waits for an answer, and what they want, or last wrote. */
export function statusLine(task: ITask): string {
  const { since, words } = task.status === 'pending' ? offered(task) : underWay(task);
  const wait = since === null ? '' : waiting(since);
  return literal([publicLine(task), wait, words].filter(Boolean).join(' · '));
}

/** That everybody reads along, and where; empty in private. */
function publicLine(task: ITask): string {
  const thread = threadOf(task);
  return thread ? text('FlexcordPublicShort', { channel: thread.channel }) : '';
}

/** Whether everybody reads along, and how long the member waits, as a sentence; that is left out where it is not their turn to be answered. */
export function waitingLine(task: ITask): string {
  const { since } = task.status === 'pending' ? offered(task) : underWay(task);
  return [literal(publicLine(task)), since === null ? '' : waiting(since)].filter(Boolean).join(' · ');
}

/** What the member wants; Flex shows it in large letters where a task is offered. */
export const matterLine = (task: ITask): string => literal(matterOf(task));

const waiting = (since: Date): string =>
  text('FlexcordWaiting', {
    duration: formatDuration(Math.max(0, Date.now() - since.getTime()), { whole: true }),
  });

const offered = (task: ITask) => ({ since: new Date(task.dateCreated), words: matterOf(task) });

/** The member waits since the first of their messages that nobody has answered. */
function underWay(task: ITask): { since: Date | null; words: string } {
  const { conversations } = Manager.getInstance().store.getState().flex.chat;
  const messages = conversations[conversationSidOf(task) ?? '']?.messages ?? [];
  const last = [...messages].reverse().find(({ source }) => source.body);
  const words = last?.source.body ?? '';
  let since: Date | null = null;
  for (const { source } of [...messages].reverse()) {
    if (!source.author?.startsWith('discord_')) break;
    since = source.dateCreated;
  }
  return {
    since: task.status === 'accepted' ? since : null,
    words: truncate(wordsOf(words), 100),
  };
}
