import type { incidents as english } from '../en/incidents.ts';

/** What is said where many ask much the same, to members and to the team. */
export const incidents: typeof english = {
  notice: {
    title: '確認済みの問題',
    titleOf: (topic) => `確認済みの問題：${topic}`,
    text: '同じご報告を複数いただいています。現在対応中です。解決しましたら、お問い合わせいただいた皆さまにこちらでお知らせします。',
  },
  over: {
    title: '解決しました',
    titleOf: (topic) => `解決しました：${topic}`,
    text: 'この問題は解決しました。ご報告ありがとうございました。まだうまくいかない場合は、もう一度お書きください。',
  },
  known: '確認済みの問題・自動応答',
  other: '別の問題です',
  moderators: (number, title, members, minutes) =>
    `${minutes}分間に${members}人からよく似た質問がありました：**${title}**（ケース #${number}）。案内の内容はFlexのコミュニティ画面でお決めください。`,
  team: 'チーム',
  tag: '障害',
  untitled: 'よく似た質問',
  description: (members, minutes, usual) =>
    `${minutes}分間に${members}人からよく似た質問がありました（通常は${usual}人）。質問はコミュニティ画面の「障害」にあります。このケースを解決済みにすると、質問した全員に一度だけ知らせます。終了にすると、だれにも知らせません。`,
  partOf: (number) => `同じ質問が多く寄せられています。障害 #${number} の一部です。`,
};
