import type { message as english } from '../en/message.ts';

/** What the bridge says about a message: to members in their language, in transcripts in that of the agents. */
export const message: typeof english = {
  file: (name, size) => `ファイル：${name}、${size}`,
  fileLost: (name, size) => `ファイル：${name}、${size}（転送できませんでした）`,
  fileNotOpened: (name, size) =>
    `ファイル：${name}、${size}（Flex はこの種類のファイルを開く設定になっていません）`,
  linkExpires: 'リンクは数分間有効です。',
  notFormatted: '書式の入れ子が深すぎるため、書式なしで表示しています。',
  voice: (duration) => `ボイスメッセージ、${duration}`,
  voiceWords: (duration, words) => `ボイスメッセージ、${duration}：「${words}」`,
  described: (name, description) => `${name}：${description}`,
  sticker: (name) => `スタンプ：${name}`,
  gif: (name) => (name ? `GIF：${name}` : 'GIF'),
  sound: 'サウンド',
  spoiler: (words) => `ネタバレ：${words}`,
  poll: (question, answers) => `投票：${question}（${answers}）`,
  pollSeveral: (question, answers) => `投票（複数回答可）：${question}（${answers}）`,
  pollEnded: (question, winner) => `投票の終了：${question}${winner && ` – ${winner}`}`,
  forwarded: (words) => `転送されたメッセージ：${words}`,
  noText: '（本文なし）',
  embed: (words) => `埋め込み：${words}`,
  part: (words) => `カード：${words}`,
  unknownPart: (kind) => `ここに表示できないもの：${kind}`,
  activity: (name) => `アクティビティへの招待${name && `：${name}`}`,
  empty: '内容のないメッセージ',
  contentHidden: 'Discordがボットに内容を見せないメッセージ（Message Contentインテントがオフです）',
  unknown: (what) => `ここに表示できないメッセージ（${what}）`,
  attachment: '（添付ファイル）',
  originalDeleted: '（元のメッセージは削除されました）',
  originalUnknown: '（元のメッセージはここからは見られません）',
  somebody: 'メンバー',
  role: 'ロール',
  channel: 'チャンネル',
  page: {
    customize: 'チャンネル＆ロール',
    browse: 'チャンネル一覧',
    guide: 'サーバーガイド',
    'linked-roles': '連携ロール',
  },
  edited: (before) => `編集済み${before && `。編集前：${before}`}`,
  fileRemoved: (name) => `ファイルの削除：${name}`,
  deleted: (name) => `${name}さんがこのメッセージを削除しました`,
  wordsGone: '[削除済み]',
  deletedFile: (name) => `${name}さんがファイルを削除しました`,
  aFile: 'ファイル',
  reacted: (name, emoji, what) => `${name}さんが${what}に${emoji}でリアクションしました`,
  unreacted: (name, emoji, what) => `${name}さんが${what}への${emoji}を取り消しました`,
  leftQueue: (name) => `${name}が順番待ちをやめました`,
  endedChat: (name) => `${name}がチャットを終了しました`,
  stillHere: (name) => `${name}はまだいます`,
  threadLocked: (name) =>
    `モデレーターが${name}とのスレッドをロックしました。解除されるまで、相手は書き込めません`,
  threadUnlocked: (name) => `${name}とのスレッドのロックが解除されました`,
  threadArchived: (name) => `${name}とのスレッドがアーカイブされました。次のメッセージで再び開きます`,
  threadDeleted: (name) => `${name}とのスレッドが削除されました。次のメッセージで新しいスレッドが開きます`,
  removedFromThread: (name) => `モデレーターが${name}をスレッドから外しました。相手にはもう見えません`,
  banned: (name, server) => `${name}はサーバー「${server}」からBANされ、連絡できない可能性があります`,
  wordsRemoved: (what) => `モデレーターがスレッドから${what}を削除しました`,
  inPublic: {
    heading: (title, channel) =>
      `公開スレッド：返信はサーバーの全員に表示されます。#${channel}の「${title}」`,
    because: (reason) => {
      switch (reason.is) {
        case 'asked':
          return `${reason.by}がチームへの相談を希望しました`;
        case 'brought':
          return `${reason.by}がチームに引き継ぎました`;
        case 'unanswered':
          return `${Math.max(1, Math.round(reason.forMs / 60_000))}分間、誰も回答していません`;
        case 'rule':
          return 'このチャンネルの投稿はすべてチームに届きます';
      }
    },
    leftOut: (count) => `以前のメッセージ${count}件は省略しました。すべてリンク先で読めます`,
    archived: 'スレッドがアーカイブされました。次のメッセージで再び開きます',
    locked: 'モデレーターがスレッドをロックしました。解除されるまで誰も書き込めません',
    unlocked: 'スレッドのロックが解除されました',
    deleted: 'スレッドが削除されました。ここに書いても誰にも届きません',
    channel: (access) =>
      ({
        open: 'ボットが再びチャンネルで読み書きできるようになりました',
        'read-only': 'ボットがチャンネルに書き込めなくなりました。許可されるまで、書いたものは投稿されません',
        hidden: 'ボットにチャンネルが見えなくなりました。何も届かず、書いたものも投稿されません',
        deleted: 'チャンネルがすべてのスレッドごと削除されました。ここに書いても誰にも届きません',
      })[access],
    changedEarlier: (name, now) =>
      now === null
        ? `${name}が、スレッドが引き継がれる前のメッセージを削除しました`
        : `${name}が、スレッドが引き継がれる前のメッセージを編集しました。現在の内容：${now}`,
  },
  renamed: (from, to) => `${from}さんの名前が${to}に変わりました`,
  did: {
    1: (name) => `${name}さんが誰かを追加しました`,
    2: (name) => `${name}さんが誰かを外したか、退出しました`,
    3: (name) => `${name}さんが通話を開始しました`,
    4: (name) => `${name}さんがスレッドの名前を変えました`,
    6: (name) => `${name}さんがメッセージをピン留めしました`,
  },
  didUnknown: (name, kind) => `${name}さんが、ここに表示できない操作をしました（${kind}）`,
};
