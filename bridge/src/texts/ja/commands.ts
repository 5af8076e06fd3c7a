import type { commands as english } from '../en/commands.ts';

/** Names and descriptions of the commands, as Discord shows them. */
export const commands: typeof english = {
  helpme: { name: 'helpme', description: 'すぐに回答、または担当者におつなぎします' },
  question: { name: 'question', description: 'お知りになりたいこと' },
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
};
