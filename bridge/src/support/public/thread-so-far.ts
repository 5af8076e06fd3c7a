import { truncate } from '@flexcord/shared/messages/truncate';
import type { CanonicalMessage, MessageTexts } from '../../messages/canonical.ts';
import type { EscalationReason } from '../../threads/requests.ts';
import { type PublicThread, threadLink } from '../../threads/threads.ts';

/** https://www.twilio.com/docs/conversations-classic/conversations-limits: a body has 32 KB. */
const MAX_BYTES = 32 * 1024;
/** Of one message of the thread; the rest is a click away. */
const MAX_LINE_BYTES = 4 * 1024;

const bytes = (text: string) => Buffer.byteLength(text);

function lineOf({ author, quoted, text, files, notes }: CanonicalMessage): string {
  const said = [
    ...(quoted ? [`> ${quoted.author ? `${quoted.author}: ` : ''}${quoted.excerpt}`] : []),
    ...(text ? [text] : []),
    ...files.map(({ name }) => `[${name}]`),
    ...notes,
  ];
  return truncate(`${author.name}: ${said.join('\n')}`, MAX_LINE_BYTES, { unit: 'bytes', ellipsis: '…' });
}

function why(reason: EscalationReason, words: MessageTexts['inPublic']): string {
  switch (reason.is) {
    case 'asked':
    case 'brought':
      return words[reason.is](reason.by);
    case 'unanswered':
      return words.unanswered(Math.max(1, Math.round(reason.forMs / 60_000)));
    case 'rule':
      return words.rule;
  }
}

/**
 * A public thread as an agent reads it first: that everybody reads what is answered, where it is, why it was brought, and what
 * was said. Where it does not fit, the question stays and the oldest of the rest go.
 */
export function threadSoFar(
  {
    thread,
    channelName,
    reason,
    messages,
  }: {
    thread: Pick<PublicThread, 'id' | 'guild_id' | 'title'>;
    channelName: string;
    reason: EscalationReason;
    messages: readonly CanonicalMessage[];
  },
  texts: MessageTexts,
): string {
  const words = texts.inPublic;
  const head = [
    `[${words.heading(thread.title, channelName)}]`,
    threadLink(thread),
    `[${why(reason, words)}]`,
  ].join('\n');
  const [first, ...rest] = messages.map(lineOf);
  if (first === undefined) return head;
  let room = MAX_BYTES - bytes(head) - bytes(first) - 2 - 200;
  const shown: string[] = [];
  for (const line of rest.toReversed()) {
    room -= bytes(line) + 1;
    if (room < 0) break;
    shown.unshift(line);
  }
  const left = rest.length - shown.length;
  return [head, first, ...(left > 0 ? [`[${words.leftOut(left)}]`] : []), ...shown].join('\n');
}
