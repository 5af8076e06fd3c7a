import type { forum as english } from '../en/forum.ts';

/** What is said in public threads, on their buttons, and to moderators about them. */
export const forum: typeof english = {
  answer: 'こちらがお答えになるかもしれません。私はこのサーバーの自動応答です。',
  answerAgain: 'では、こちらはいかがでしょうか。私はこのサーバーの自動応答です。',
  similar: 'よく似た解決済みの投稿があります。参考になるかもしれません。',
  solvedBefore: '解決済みの投稿',
  alike: 'よく似た解決済みの投稿',
  cited: 'ヘルプ記事より・自動応答',
  citedPost: '解決済みの投稿より・自動応答',
  reword:
    'これ以上の候補は見つかりませんでした。何が起きていて、どうなるはずだったか、もう少し詳しくお書きください。',
  rewordOrTeam:
    'これ以上の候補は見つかりませんでした。もう少し詳しくお書きいただくか、ボタンからチームにお尋ねください。',
  team: 'チームに引き継ぎました。このスレッドでお答えします。やり取りは全員に見えます。',
  askSolved: (name) => `${name} さんの書き込みで解決しましたか？`,
  solved: '解決しました。',
  solvedBy: (name) => `解決しました。${name} さん、ありがとうございます！`,
  writeToReopen: 'ここに書き込むと、もう一度開きます。',
  reopened: 'もう一度開きました。',
  reminder: (author) => `${author} さん、まだ解決していませんか？`,
  closesIn: (time) => `お返事がなければ${time}に終了します。内容は残り、書き込めばもう一度開きます。`,
  closed: 'しばらく書き込みがないため、未回答のまま終了しました。ここに書き込むと、もう一度開きます。',
  private: '全員に見せるべきではない内容のため、続きは非公開で行います。ご理解ありがとうございます。',
  duplicate: (url) => `${url} と同じ内容です。続きはそちらをご覧ください。`,
  button: {
    helped: '解決した',
    notYet: 'まだ解決していない',
    team: 'チームに尋ねる',
    private: '非公開で続ける',
    solution: '解決策にする',
    stillOpen: 'まだ解決していない',
    solved: '解決した',
  },
  noted: 'ありがとうございます。記録しました。',
  marked: '解決策にしました。',
  broughtToTeam: 'チームに引き継ぎました。',
  onlyDeciders: '質問した人とモデレーターだけが操作できます。',
  notServed: 'ここでは使えません。対象のスレッドではないか、すでにありません。',
  noTeam: 'このチャンネルからはチームに尋ねられません。',
  privateOpened: '続きはこちらで、非公開で行います。あなたとチームだけが読めます。',
  privateAsked: (title, url) => `「${title}」の続き：${url}`,
  secret: (kinds) =>
    `あなたのメッセージに${kinds}が含まれているようです。ここは全員に見えます。公開したくない場合は、編集または削除してください。`,
  secretRemoved: (kinds) =>
    `全員に見えるメッセージに${kinds}が含まれているようだったため、削除しました。それを除いて、もう一度お書きください。`,
  secretIn: (url) => `対象：${url}`,
  yourWords: 'お書きになった内容：',
  kinds: {
    token: 'パスワードまたはアクセストークン',
    card: 'カード番号',
    mail: 'メールアドレス',
    phone: '電話番号',
  },
  masked: { token: 'トークン', card: 'カード番号', mail: 'メールアドレス', phone: '電話番号' },
  moderators: {
    flood: (channel, posts) =>
      `${channel} に1分間で${posts}件の投稿がありました。収まるまで、自動応答は1人につき最大1件とし、自動ではチームに引き継ぎません。`,
    noSolvedTag: (channel) =>
      `${channel} には解決済みを表すタグがないため、解決した投稿も未解決に見えます。「解決済み」という名前のタグを追加してください（/setup でも追加できます）。`,
    secret: (url, kinds) => `${kinds}を含むと思われるメッセージがあります：${url}`,
    secretRemoved: (url, kinds) => `${kinds}を含むと思われるメッセージを削除しました：${url}`,
  },
  /** For agents: why they need not answer any longer. */
  released: {
    answered: 'モデレーターがDiscordで回答しました。',
    solved: 'Discordで解決しました。',
    closed: 'Discordで終了しました。',
    private: '続きは非公開で行います。',
  },
  learning: {
    on: '公開スレッドに書いた内容は、ほかの人の役に立つことがあります。解決済みの投稿は、メールアドレスや電話番号などを除いて、同じことを尋ねた人に表示されます。',
    off: '公開スレッドに書いた内容からは何も学習せず、これまでに学習したものも削除しました。',
    turnOff: '学習に使わない',
    turnOn: '学習に使ってよい',
  },
  setup: {
    forum: 'ヘルプフォーラム',
    made: (rule) => `作成しました（ルール：*${rule}*）`,
    taken: (rule) => `対象にしました（ルール：*${rule}*）`,
    tagMade: '解決済みの投稿用のタグを追加しました。',
    noTag: 'タグが20個あり、解決済みを表すものがありません。どれかの名前を「解決済み」に変えてください。',
    noCommunity:
      'フォーラムにはコミュニティサーバーが必要です。サーバー設定の「コミュニティを有効にする」をお使いください',
    byOperator: 'すでに運用者の設定で対象になっています',
  },
  solvedTagNames: ['解決済み', '解決済', '解決', '回答済み'],
  forumName: 'ヘルプ',
};
