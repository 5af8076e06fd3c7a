/** How people put a question; `*` stands for it. One of them was seen before the sentences of a message were told apart. */
export const frames = {
  en: [
    'Dear support, I hope this message finds you well. I have been a customer of yours for several years and was always content until today. *. I would be very thankful for a quick answer, as I have to leave soon. Kind regards, Maria',
    'hey guys, sorry to bother you again, I know you must be swamped at the moment, but here is my question: *? thanks so much in advance and have a lovely evening!',
    'Good morning! First of all thanks for all the work that you do. My brother told me to write to you because he could not help me either. * - could you please kindly tell me what I should do? I appreciate it a lot.',
    'I was wondering if somebody could maybe help me with something, it has been on my mind since this morning and I did not find it anywhere. * If it is not too much trouble, please explain it slowly because English is not my first language. Thank you!',
  ],
  ja: [
    'お世話になっております。いつも楽しく遊ばせていただいております。お忙しいところ大変恐れ入りますが、ひとつ質問させてください。*。お手数をおかけしますが、ご確認のほどよろしくお願いいたします。',
    'はじめまして。突然のご連絡失礼いたします。いろいろ調べてみたのですが自分では解決できず、ご連絡しました。*。お時間のあるときにご返信いただけますと幸いです。',
  ],
};

/** What is said to an article that was none. */
export const refusals = {
  en: [
    'no',
    'nope',
    "that didn't help",
    'that did not help me at all',
    '👎',
    'not what I asked',
    'still the same problem',
    'tried that already',
    'I already did that',
    "that's not it",
    'wrong article',
    'no, something else',
    'doesnt work',
    'this is not helpful',
    'nah thats not my issue',
    'did all of this before',
    'none of these',
    'that does not answer my question',
    'unfortunately not',
    'i read that one already',
    'different question',
  ],
  ja: [
    'いいえ',
    '違います',
    '役に立ちませんでした',
    'それはもう試しました',
    '解決しませんでした',
    'そうじゃないです',
    '👎',
    'まだ直りません',
    '別の質問です',
    'この記事ではないです',
  ],
};
