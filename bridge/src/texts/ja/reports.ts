import type { reports as english } from '../en/reports.ts';

/** The forms for bugs and ideas, and the answers to them. */
export const reports: typeof english = {
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
    screenshotHint: (limit) => `ここに書いた内容と画像は、サーバーの全員に見えます。${limit}まで`,
    idea: 'どんな機能が、なぜほしいですか？',
  },
  reported: {
    bug: (caseNumber) =>
      `ありがとうございます！お問い合わせ番号は **#${caseNumber}** です。進展があればお知らせします。`,
    feature: (caseNumber) =>
      `ありがとうございます！ご要望の番号は **#${caseNumber}** です。進展があればお知らせします。`,
    everybody: (channel) => `${channel} で全員が見られます。`,
    noPlaceForFile:
      'このサーバーには投稿先のチャンネルがないため、ファイルは保存できませんでした。内容を文章でお知らせください。',
    fileTooLarge: (limit) =>
      `ファイルがこのサーバーの上限（${limit}）を超えているため、表示されません。内容を \`/case comment\` でお知らせください。`,
  },
  empty: '内容がありません。ご用件を簡単にお書きください。',
  tooLong: (limit) => `長すぎます。${limit}文字までにしてください。`,
};
