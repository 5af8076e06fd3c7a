import type { servers as english } from '../en/servers.ts';

/** What is set up and published in a server, and who may do it. */
export const servers: typeof english = {
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
    held: (channel, reason) =>
      `${channel} に公開できませんでした。理由：${reason}。足りないものは \`/setup\` でわかります。お知らせは失われません。1日以内に直していただければ、自動的に公開されます。`,
    because: { gone: 'チャンネルが存在しません', forbidden: '書き込む権限がありません' },
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
    missingPermission: (permission) => `「${permission}」の権限がありません`,
    failed: 'Discordに拒否されました',
    plain:
      'コミュニティサーバーではないため、テキストチャンネルです。ほかのサーバーからはフォローできません。サーバー設定の「コミュニティを有効にする」のあと、もう一度 `/setup` をお使いください',
    full: {
      channels: 'このサーバーにはチャンネルが500個あり、Discordの上限です。不要なものを削除してください',
      roles: 'このサーバーにはロールが250個あり、Discordの上限です。不要なものを削除してください',
    },
    lacking: (permissions) => `${permissions} の権限がないため、ここでは動作できません。`,
    hidden: 'メンバーには見えません。',
    partly: (roles) => `${roles} だけに見えます。`,
    open: (roles) => `モデレーターだけが書き込むべきですが、${roles} も書き込めます。`,
    powerless:
      'このロールには「メッセージの管理」の権限がないため、モデレーター用のコマンドが表示されません。',
    mend: '権限を修復する',
    mendHere: '「権限を修復する」で直せます。',
    mendShows: '「権限を修復する」を押すと、これまでの内容も含めて全員に見えるようになります。',
    askForChannel:
      'こちらでは変更できません。チャンネル設定の「権限」で変更してから、もう一度 `/setup` をお使いください。',
    askForRole: 'こちらでは変更できません。サーバー設定の「ロール」で変更してください。',
    permissions: {
      channels: 'チャンネルの管理',
      roles: 'ロールの管理',
      see: 'チャンネルを見る',
      send: 'メッセージを送信',
      embed: '埋め込みリンク',
      attach: 'ファイルを添付',
      history: 'メッセージ履歴を読む',
      makeThreads: 'プライベートスレッドの作成',
      sendInThreads: 'スレッドでメッセージを送信',
      manageThreads: 'スレッドの管理',
    },
    roleName: 'サポートモデレーター',
  },
};
