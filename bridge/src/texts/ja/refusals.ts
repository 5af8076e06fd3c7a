import type { RefusalReason } from '../../relay/errors.ts';

/** Why a message or card did not reach the other side, as the end of a sentence. */
export const refusals: Record<RefusalReason, string> = {
  unreachable: '相手がこのボットからのダイレクトメッセージを受け付けていない',
  left: '相手がサーバーから退出したため、もう連絡できない',
  gone: '会話がすでに存在しない',
  unacceptable: '長すぎるか、送れない形式である',
  forbidden: 'ブリッジに書き込みの権限がない',
  'gave-up': '相手側から一日応答がなかった',
  fault: '内部エラーが起きた',
};
