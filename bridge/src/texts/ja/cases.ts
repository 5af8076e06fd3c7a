import type { cases as english } from '../en/cases.ts';
import { refusals } from './refusals.ts';

/** Cases on Discord: cards, votes, followers, a member's own cases, ratings. */
export const cases: typeof english = {
  card: {
    status: 'ステータス',
    votes: '投票',
    followers: 'フォロワー',
    by: (name) => `${name}さんより`,
    vote: (votes) => `投票 (${votes})`,
    follow: 'フォロー',
    view: '表示',
  },
  voted: (caseNumber, votes) => `#${caseNumber} に投票しました。現在 ${votes} 票です。`,
  votedAlready: (caseNumber) => `#${caseNumber} にはすでに投票しています。投票はお一人一票です。`,
  unvoted: (caseNumber) => `#${caseNumber} への投票を取り消しました。`,
  unvote: '投票を取り消す',
  following: (caseNumber) => `#${caseNumber} をフォローしました。進展があればお知らせします。`,
  followingAlready: (caseNumber) => `#${caseNumber} はすでにフォローしています。`,
  unfollowed: (caseNumber) => `#${caseNumber} のフォローをやめました。`,
  unfollow: 'フォローをやめる',
  finished: (caseNumber) => `#${caseNumber} は完了しているため、投票はもう数えられません。`,
  noSuchCase: (caseNumber) =>
    `あなたのお問い合わせに #${caseNumber} はありません。\`/case list\` で一覧をご覧いただけます。`,
  gone: 'そのお問い合わせはもうありません。',
  none: 'お問い合わせはまだありません。`/bug`、`/new_feature`、`/helpme` で作成できます。',
  page: (from, to) => `${from}～${to}`,
  newer: '新しいもの',
  older: '古いもの',
  commented: (caseNumber) => `お問い合わせ #${caseNumber} にコメントを追加しました。`,
  closed: (caseNumber) => `お問い合わせ #${caseNumber} を終了しました。ご連絡ありがとうございました。`,
  alreadyFinished: (caseNumber, status) =>
    `お問い合わせ #${caseNumber} はすでに「${status}」です。終了する必要はありません。`,
  reopened: (caseNumber) =>
    `お問い合わせ #${caseNumber} を再開しました。足りない点を \`/case comment\` でお知らせください。`,
  notReopened: (caseNumber, status) =>
    `お問い合わせ #${caseNumber} は「${status}」です。再開する必要はありません。`,
  duplicate: (caseNumber, other) =>
    `お問い合わせ #${caseNumber} は #${other} と同じ内容のため、そちらで続けます。`,
  notYet: 'いいえ、まだです',
  unsolved: (caseNumber) => `ご連絡ありがとうございます。お問い合わせ #${caseNumber} の対応を続けます。`,
  created: '受付',
  nothingYet: 'まだ動きはありません。',
  told: {
    elevated: 'お問い合わせへの対応を始めました。',
    waiting: '続けるために、お返事が必要です。ここにお書きいただくか、`/case comment` をお使いください。',
    resolved: 'お問い合わせは解決済みになりました。まだでしたら、再開して足りない点をお知らせください。',
  },
  toldFollower: {
    elevated: 'フォロー中のお問い合わせへの対応が始まりました。',
    resolved: 'フォロー中のお問い合わせが解決しました。',
  },
  reopen: '再開する',
  opened: (caseNumber, name) => `${name}さんのお問い合わせ **#${caseNumber}** を作成しました。`,
  openedBefore: (caseNumber) => `このメッセージはすでにお問い合わせ **#${caseNumber}** になっています。`,
  notAMember: 'ボットまたはウェブフックの投稿のため、お問い合わせの相手がいません。',
  rating: {
    ask: 'いかがでしたか？（1：悪い ～ 5：良い）',
    thanks: (score) => `ありがとうございます！評価：${'★'.repeat(score)}${'☆'.repeat(5 - score)}`,
    addComment: 'コメントを添える',
    form: 'コメント',
    comment: 'よかった点、よくなかった点',
    commented: 'コメントをありがとうございます！チームが拝見します。',
    notYours: 'あなたの会話ではありません。',
  },
  cardRemoved:
    'このお問い合わせのカードは、サーバーのチャンネルから削除されました。再投稿はされませんが、お問い合わせは続いています。',
  cardNotPosted: (reason) => `サーバーにカードを投稿できませんでした。理由：${refusals[reason]}。`,
};
