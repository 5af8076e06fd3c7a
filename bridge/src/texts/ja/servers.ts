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
};
