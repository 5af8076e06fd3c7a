import type { Article } from './article.ts';

const en = (id: string, title: string, questions: string[], text: string): Article => ({
  id: `en-${id}`,
  title,
  questions,
  text,
  url: `https://help.lantern-isles.example/en/${id}`,
  language: 'en',
});
const ja = (id: string, title: string, questions: string[], text: string): Article => ({
  id: `ja-${id}`,
  title,
  questions,
  text,
  url: `https://help.lantern-isles.example/ja/${id}`,
  language: 'ja',
});

/** The help centre of a game that does not exist, so that there is something to ask before a brand has put in its own. */
export const sampleArticles: Article[] = [
  en(
    'reset-password',
    'Reset a forgotten password',
    [
      'I forgot my password',
      'how do I change my password',
      'I cannot log in',
      'the reset mail does not arrive',
    ],
    'Choose **Forgot password** on the sign-in page and enter the e-mail address of your account. The link in the mail is good for one hour. No mail? Look in the spam folder, then ask for another after five minutes.',
  ),
  en(
    'change-email',
    'Change your e-mail address',
    ['how do I change my e-mail address', 'I lost access to my email', 'update account mail'],
    'Open **Settings › Account › E-mail**. We write to the old address first; the change takes effect when you confirm it there. Without access to the old address a person on our team can check who you are.',
  ),
  en(
    'missing-purchase',
    'A purchase has not arrived',
    ['I paid but got no gems', 'my purchase is missing', 'bought lanterns and nothing came'],
    'Purchases arrive within ten minutes. Restart the game while you are online, then open **Shop › Restore purchases**. If it is still missing after an hour, send us the order number from your receipt.',
  ),
  en(
    'refund',
    'Ask for a refund',
    ['can I get my money back', 'refund a purchase', 'my child bought something by mistake'],
    'Refunds are decided by the store that took the payment. Ask there within 14 days: App Store, Google Play or Steam. Items bought with the money are removed when the refund is granted.',
  ),
  en(
    'transfer-device',
    'Move your game to a new device',
    ['I have a new phone', 'transfer my save', 'play on another device', 'move from iPhone to Android'],
    'Link the game to an account on the old device under **Settings › Account › Link**. Sign in with that account on the new device, and your islands come with you, also between iOS, Android and PC.',
  ),
  en(
    'crash-start',
    'The game crashes when it starts',
    ['the app closes at once', 'black screen on start', 'it keeps crashing'],
    'Restart the device and install the latest version of the game. Free at least 2 GB of storage. On Android also clear the cache of the app. Your progress is kept on our servers.',
  ),
  en(
    'event-rewards',
    'Rewards of an event',
    ['I did not get my event reward', 'when do event prizes come', 'lantern festival reward missing'],
    'Rewards are sent to your in-game mailbox within 24 hours after an event ends and stay there for 14 days. Only players who joined before the last day are counted.',
  ),
  en(
    'report-player',
    'Report a player',
    ['somebody is cheating', 'a player insulted me', 'how do I report harassment'],
    'Open the profile of the player and choose **Report**. Pick a reason; a screenshot helps. We look at every report within two days and do not tell the other player who sent it.',
  ),
  en(
    'suspended',
    'My account is suspended',
    ['why was I banned', 'appeal a ban', 'my account was suspended'],
    'The mail about the suspension names the reason and the length. You can appeal once, within 30 days, by answering that mail. Somebody who did not make the first decision looks at it.',
  ),
  en(
    'delete-account',
    'Delete your account and data',
    ['delete my account', 'remove my personal data', 'privacy request'],
    'Open **Settings › Account › Delete**. The account is locked at once and deleted for good after 14 days; signing in before stops it. Deleted islands cannot be brought back.',
  ),
  ja(
    'reset-password',
    'パスワードを忘れたとき',
    ['パスワードを忘れました', 'パスワードを変更したい', 'ログインできません'],
    'ログイン画面で「パスワードをお忘れですか」を選び、登録したメールアドレスを入力してください。届いたリンクは1時間有効です。届かない場合は迷惑メールフォルダもご確認ください。',
  ),
  ja(
    'change-email',
    'メールアドレスの変更',
    ['メールアドレスを変更したい', '登録メールが使えません'],
    '「設定 › アカウント › メール」から変更できます。確認のメールは、まず現在のアドレスに届きます。現在のアドレスが使えない場合は、担当者が本人確認を行います。',
  ),
  ja(
    'missing-purchase',
    '購入したものが届かないとき',
    ['課金したのにジェムが届きません', '購入が反映されない'],
    '購入したものは10分以内に届きます。オンラインの状態でゲームを再起動し、「ショップ › 購入の復元」をお試しください。1時間たっても届かない場合は、領収書の注文番号をお知らせください。',
  ),
  ja(
    'refund',
    '返金について',
    ['返金してほしい', '間違えて購入しました'],
    '返金は、お支払いを受けたストアが判断します。14日以内に App Store、Google Play、Steam のいずれかへお申し込みください。',
  ),
  ja(
    'transfer-device',
    '機種変更の引き継ぎ',
    ['機種変更したい', 'データを引き継ぎたい', '新しいスマホで遊びたい'],
    '元の端末の「設定 › アカウント › 連携」でアカウントと連携してください。新しい端末で同じアカウントにログインすると、データが引き継がれます。',
  ),
  ja(
    'crash-start',
    '起動時に落ちるとき',
    ['アプリが落ちる', '起動しない', '画面が真っ暗になる'],
    '端末を再起動し、ゲームを最新版に更新してください。空き容量は2GB以上必要です。進行状況はサーバーに保存されています。',
  ),
];
