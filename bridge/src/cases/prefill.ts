import { oneLine } from '@flexcord/shared/messages/one-line';
import { truncate, truncateStart } from '@flexcord/shared/messages/truncate';
import type { CasePrefill } from '@flexcord/shared/panel/case';

/** One message of the conversation that a case comes from. */
export interface Said {
  from: 'member' | 'agent' | 'virtual-agent';
  authorName: string;
  text: string;
}

const TITLE_LENGTH = 120;
const DESCRIPTION_LENGTH = 8000;

const BUG =
  /\b(?:bug|crash(?:es|ed|ing)?|error|glitch|broken|freez(?:es|ing)|froze|exception)\b|バグ|不具合|エラー|落ち(?:る|ます|ました)|クラッシュ|フリーズ/i;
const FEATURE =
  /\b(?:feature request|suggestion|i suggest|please add|could you add|would be (?:nice|great) if|wish (?:there|you|i could))\b|要望|提案|追加して(?:ほしい|ください)|機能がほしい/i;

/**
 * A draft of a case from what was said, oldest first: the agent changes what does not fit. Members read a case's
 * description; the virtual agent's messages are left out, for among them are words for agents alone, such as the summary.
 */
export function prefill(said: readonly Said[]): CasePrefill {
  const byMember = said.filter(({ from, text }) => from === 'member' && text.trim() !== '');
  const words = byMember.map(({ text }) => text).join('\n');
  const transcript = said
    .filter(({ from }) => from !== 'virtual-agent')
    .map(({ authorName, text }) => `${authorName}: ${text}`)
    .join('\n');
  return {
    title: truncate(oneLine(byMember[0]?.text ?? ''), TITLE_LENGTH, { ellipsis: '…' }),
    // The end of a long conversation says more about what is left to do.
    description: truncateStart(transcript, DESCRIPTION_LENGTH, { ellipsis: '…' }),
    type: BUG.test(words) ? 'bug' : FEATURE.test(words) ? 'feature' : 'support',
    priority: 'normal',
    tags: [],
    fields: {},
  };
}
