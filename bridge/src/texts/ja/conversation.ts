import type { conversation as english } from '../en/conversation.ts';
import { refusals } from './refusals.ts';

/** What the bridge itself says in a conversation, and the buttons under it. */
export const conversation: typeof english = {
  greeting: (name) =>
    `${name}さん、こんにちは！ご用件をそのままお書きください。お調べするか、担当者におつなぎします。`,
  askAway: 'どうぞ、ご質問をお書きください。',
  articlesSure: 'こちらがお役に立つと思います：',
  articlesUnsure: '確実ではありませんが、この中にあるかもしれません：',
  noAnswer: 'お答えできる記事が見つかりませんでした。推測でお答えするより、担当者におつなぎしましょうか？',
  welcome: 'どういたしまして！またいつでもお書きください。',
  transfer: (caseNumber, ahead) =>
    `お問い合わせ番号は **#${caseNumber}** です。担当者におつなぎします。これまでの内容も担当者に引き継がれます。${ahead > 0 ? `先にお待ちの方：${ahead}名。` : ''}`,
  barred: {
    closedHours: (caseNumber, when) =>
      `ただいま営業時間外です。${when ? `次の営業開始は ${when} です。` : ''}${caseNumber === null ? '' : `お問い合わせ **#${caseNumber}** として受け付けましたので、ご安心ください。`}それまでは、わかる範囲でお答えします。`,
    cooldown: (when) =>
      `先ほど担当者とお話しいただいたばかりです。次は ${when} から担当者をお呼びいただけます。それまでは、わかる範囲でお答えします。`,
    tooNew: (when) =>
      `Discordアカウントが作成されたばかりのため、まだ担当者におつなぎできません。${when} からご利用いただけます。それまでは、わかる範囲でお答えします。`,
  },
  blocked:
    '担当チームは、こちらでのあなたからのメッセージを受け付けていません。お書きになった内容は読まれません。',
  stillWaiting: (caseNumber) =>
    caseNumber === null
      ? '担当者の手が空きしだい、ご案内します。'
      : `お問い合わせ **#${caseNumber}** を受け付けています。担当者の手が空きしだい、ご案内します。`,
  joined: (name) => `${name}がチャットに参加しました。`,
  left: (name) => `${name}がチャットから退出しました。`,
  solved: 'お役に立ててよかったです！またいつでもお書きください。',
  ended: (caseNumber) =>
    `このチャットは終了しました${caseNumber === null ? '' : `（お問い合わせ #${caseNumber}）`}。ありがとうございました。またお書きいただくと、新しいチャットが始まります。`,
  stillThere:
    'まだいらっしゃいますか？ご都合のよいときに、お書きいただくかボタンを押してください。お返事がない場合、このチャットは終了します。',
  takeYourTime: 'どうぞごゆっくり。このチャットは開いたままにします。',
  leftQueue: (caseNumber, caseClosed) =>
    `担当者の順番待ちを取り消しました。${caseNumber === null ? '' : caseClosed ? `お問い合わせ **#${caseNumber}** は終了しました。` : `お問い合わせ **#${caseNumber}** は受け付けたままですので、担当者がお答えできます。すでに解決しましたか？`}${caseNumber !== null && !caseClosed ? '' : 'またいつでもお書きください。'}`,
  inChat: '担当者がこのチャットにいます。ここにお書きいただくと担当者に届きます。',
  offerToLeave: 'よかったです！ほかにご用件がなければ、担当者をお待ちいただく必要はありません。',
  offerToEnd: 'このチャットを終了しますか？',
  chatOver: 'そのチャットはすでに終了しています。ここにお書きいただくと、新しいチャットが始まります。',
  neverMind: '承知しました。またいつでもお書きください。',
  closedQuiet: (caseNumber) =>
    `しばらくお返事がなかったため、このチャットを終了しました${caseNumber === null ? '' : `（お問い合わせ #${caseNumber}）`}。またお書きいただくと新しいチャットが始まり、これまでの内容も担当者に引き継がれます。`,
  noCases: 'お問い合わせはありません。',
  cases: '最近のお問い合わせ',
  caseTitle: (caseNumber, title) => `お問い合わせ #${caseNumber}${title ? `：${title}` : ''}`,
  caseCheckIn: 'こちらは解決しましたか？まだでしたら、ここにお書きいただくか、担当者をお呼びください。',
  caseStatus: {
    open: '受付済み',
    elevated: '対応中',
    waiting: 'お返事待ち',
    resolved: '解決済み',
    closed: '終了',
  },
  undelivered: (reason) => `このメッセージは届けられませんでした。理由：${refusals[reason]}。`,
  discarded:
    'このメッセージは届けられず、サポートチームにより破棄されました。まだ必要な場合は、もう一度お送りください。',
  discardedFromMember: (by, name) =>
    `${name} さんからのメッセージを Flex に届けられませんでした。${by} さんが破棄し、${name} さんに知らせました。`,
  discardedToMember: (by, name) =>
    `${name} さんへのメッセージを届けられませんでした。${by} さんが破棄したため、送信されません。`,
  discardedOther: (by) => `届けられなかったものを ${by} さんが破棄しました。`,
  delayed:
    'このメッセージはまだ届いていません。自動的に再送されますので、もう一度お送りいただく必要はありません。',
  button: {
    ask: '質問する',
    cases: 'お問い合わせ一覧',
    person: '担当者と話す',
    solved: '解決しました',
    'case-solved': 'はい、解決しました',
    choose: 'この中にはない',
    leave: '順番待ちをやめる',
    end: 'チャットを終了する',
    here: 'います',
    openDm: '会話を開く',
  },
  helpReply: 'ダイレクトメッセージをお送りしました。内容はあなたと担当チームだけが読めます。',
  threadOpened: (thread) =>
    `このサーバーからのダイレクトメッセージが許可されていないため、こちらにお書きしました：${thread}。内容はあなたと担当チームだけが読めます。`,
  dmClosed:
    'メッセージをお送りできません。このサーバーからのダイレクトメッセージが許可されていないようです。（サーバー名 › プライバシー設定 › ダイレクトメッセージ）で許可してから、もう一度 /helpme をお使いください。',
  tryAgain: 'うまくいきませんでした。しばらくしてからもう一度お試しください。',
  tooMany: '一度に多くの操作がありました。数秒待ってから、もう一度お試しください。',
};
