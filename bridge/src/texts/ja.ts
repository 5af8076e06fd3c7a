import type { RefusalReason } from '../relay/errors.ts';
import type { Texts } from './en.ts';

const undelivered: Record<RefusalReason, string> = {
  unreachable: '相手がこのボットからのダイレクトメッセージを受け付けていない',
  left: '相手がサーバーから退出したため、もう連絡できない',
  gone: '会話がすでに存在しない',
  unacceptable: '長すぎるか、送れない形式である',
  forbidden: 'ブリッジに書き込みの権限がない',
  'gave-up': '相手側から一日応答がなかった',
  fault: '内部エラーが起きた',
};

export const ja: Texts = {
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
    'まだいらっしゃいますか？ご都合のよいときにお書きください。お返事がない場合、このチャットは終了します。',
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
  undelivered: (reason) => `このメッセージは届けられませんでした。理由：${undelivered[reason]}。`,
  button: {
    ask: '質問する',
    cases: 'お問い合わせ一覧',
    person: '担当者と話す',
    solved: '解決しました',
    'case-solved': 'はい、解決しました',
    openDm: '会話を開く',
  },
  helpReply: 'ダイレクトメッセージをお送りしました。内容はあなたと担当チームだけが読めます。',
  threadOpened: (thread) =>
    `このサーバーからのダイレクトメッセージが許可されていないため、こちらにお書きしました：${thread}。内容はあなたと担当チームだけが読めます。`,
  dmClosed:
    'メッセージをお送りできません。このサーバーからのダイレクトメッセージが許可されていないようです。（サーバー名 › プライバシー設定 › ダイレクトメッセージ）で許可してから、もう一度 /helpme をお使いください。',
  tryAgain: 'うまくいきませんでした。しばらくしてからもう一度お試しください。',
  command: {
    helpme: { name: 'helpme', description: 'すぐに回答、または担当者におつなぎします' },
    question: { name: 'question', description: 'お知りになりたいこと' },
  },
  community: {
    command: {
      bug: { name: '不具合報告', description: '不具合をチームに報告します' },
      bugText: { name: '内容', description: '起きたこと。省略するとフォームが開きます' },
      feature: { name: '機能要望', description: '新しい機能や改善のアイデアを送ります' },
      featureText: { name: '内容', description: 'アイデア。省略するとフォームが開きます' },
      case: { name: 'お問い合わせ', description: 'あなたのお問い合わせ' },
      list: { name: '一覧', description: 'あなたのお問い合わせの一覧' },
      view: { name: '表示', description: 'お問い合わせの内容と経過' },
      comment: { name: 'コメント', description: 'お問い合わせに書き足します' },
      close: { name: '終了', description: '不要になったお問い合わせを終了します' },
      number: { name: '番号', description: 'お問い合わせ番号' },
      text: { name: '本文', description: 'チームに伝えたいこと' },
      fromMessage: { name: 'このメッセージからお問い合わせを作成' },
      setup: { name: '初期設定', description: 'サポートに必要なチャンネルとロールを作成・修復します' },
      announce: { name: 'お知らせ', description: 'お知らせを書き、確認して公開します' },
    },
    form: {
      bug: '不具合を報告する',
      feature: '機能を要望する',
      title: '件名',
      titleHint: '一行で',
      happened: '何が起きましたか？',
      happenedHint: '期待していた動作もお書きください',
      steps: '再現する手順',
      platform: 'どこで起きましたか？',
      platforms: {
        windows: 'Windows',
        mac: 'macOS',
        linux: 'Linux',
        ios: 'iPhone・iPad',
        android: 'Android',
        web: 'ブラウザー',
        console: 'ゲーム機',
        other: 'その他',
      },
      screenshot: 'スクリーンショット',
      screenshotHint: 'ここに書いた内容と画像は、サーバーの全員に見えます',
      idea: 'どんな機能が、なぜほしいですか？',
    },
    reported: {
      bug: (caseNumber) =>
        `ありがとうございます！お問い合わせ番号は **#${caseNumber}** です。進展があればお知らせします。`,
      feature: (caseNumber) =>
        `ありがとうございます！ご要望の番号は **#${caseNumber}** です。進展があればお知らせします。`,
      everybody: (channel) => `${channel} で全員が見られます。`,
    },
    empty: '内容がありません。ご用件を簡単にお書きください。',
    tooLong: (limit) => `長すぎます。${limit}文字までにしてください。お書きになった内容はこちらです：`,
    type: { support: 'サポート', bug: '不具合', feature: '要望' },
    card: {
      status: '状態',
      votes: '投票',
      followers: 'フォロワー',
      number: '番号',
      updated: '更新',
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
    onlyModerators: 'これはこのサーバーのモデレーター専用です。',
    onlyAdministrators: 'これはこのサーバーの管理者専用です。',
    onlyInServers: 'これはサーバー内でのみ使えます。',
    notSetUp: 'お知らせ用のチャンネルがまだありません。管理者が `/setup` で作成できます。',
    announcement: {
      form: 'お知らせ',
      title: '件名',
      text: '本文',
      textHint: 'Markdownが使えます',
      link: 'リンク',
      linkHint: 'https://…',
      preview: (channel) => `${channel} ではこのように表示されます。今はあなただけに見えています。`,
      badLink: 'リンクがウェブアドレスではないため、省きました。',
      publish: '公開する',
      discard: '破棄する',
      published: (channel) => `${channel} に公開します。`,
      discarded: '破棄しました。何も公開されていません。',
    },
    panel: {
      title: 'ご用件は何でしょうか？',
      text: 'サポートは非公開で行います。すぐに回答し、ご希望なら担当者におつなぎします。不具合と要望は全員が見て、フォローし、投票できます。',
      help: 'サポートを受ける',
      bug: '不具合を報告する',
      feature: '機能を要望する',
    },
    setup: {
      done: 'このサーバーの設定が整いました。',
      unfinished:
        'このサーバーの設定は完了していません。❌ の項目を直してから、もう一度 `/setup` をお使いください。',
      made: '作成しました',
      repaired: '修復しました',
      kept: 'すでにありました',
      role: 'モデレーターのロール',
      panel: 'ボタン付きのメッセージ',
      lacks: (permission) => `「${permission}」の権限がありません`,
      failed: 'Discordに拒否されました',
      plain:
        'コミュニティサーバーではないため、テキストチャンネルとして作成しました。ほかのサーバーからはフォローできません',
      permissions: {
        channels: 'チャンネルの管理',
        roles: 'ロールの管理',
        see: 'チャンネルを見る',
        send: 'メッセージを送信',
        embed: '埋め込みリンク',
      },
      roleName: 'サポートモデレーター',
    },
    rating: {
      ask: 'いかがでしたか？（1：悪い ～ 5：良い）',
      thanks: (score) => `ありがとうございます！評価：${'★'.repeat(score)}${'☆'.repeat(5 - score)}`,
      addComment: 'コメントを添える',
      form: 'コメント',
      comment: 'よかった点、よくなかった点',
      commented: 'コメントをありがとうございます！チームが拝見します。',
      notYours: 'あなたの会話ではありません。',
    },
    cardNotPosted: (reason) => `サーバーにカードを投稿できませんでした。理由：${undelivered[reason]}。`,
  },
};
