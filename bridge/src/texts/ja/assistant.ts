import type { assistant as english } from '../en/assistant.ts';

/** What the virtual agent says of itself, and its summary for the agent who takes over. */
export const assistant: typeof english = {
  which: 'どちらについてのご質問でしょうか？',
  articlesAgain: 'お役に立てず申し訳ありません。こちらはいかがでしょうか：',
  sorry: 'お役に立てず申し訳ありません。',
  reword:
    'どのような状況か、何をなさりたいか、別の言葉でお書きいただけますか？担当者をお呼びになることもできます。',
  offerPerson: 'ほかに合う記事が見つかりませんでした。担当者におつなぎしましょうか？',
  about:
    'このサーバーの自動案内です。ヘルプ記事から答えをお探しします。ご希望があれば、いつでも担当者におつなぎします。',
  sources: '参照した記事',
  readAll: '全文を読む',
  read: (title) => `「${title}」を読む`,
  page: (page, pages) => `${page}／${pages}ページ`,
  previousPage: '前へ',
  nextPage: '次へ',
  inLanguage: (language) => `この記事は${language}で書かれています。`,
  articleGone: 'この記事は現在ご覧いただけません。もう一度ご質問いただくか、担当者をお呼びください。',
  summary: {
    heading: '担当者向けの要約',
    member: 'お客様',
    who: (name, language) => (language ? `${name}さん（${language}）` : `${name}さん`),
    matter: 'ご質問',
    noMatter: '担当者との会話の希望のみ',
    tried: '案内した記事',
    triedCount: (count) => (count === 0 ? '案内した記事なし' : `記事${count}件を案内済み`),
    nothingTried: 'なし',
    unanswered: '記事が見つからなかった質問があります。',
    mood: '様子',
    moods: { calm: '落ち着いている', pressed: '急いでいる、または不安', angry: '不満がある' },
  },
};
