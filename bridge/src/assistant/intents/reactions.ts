import type { Language } from '../../knowledge/article.ts';
import type { IntentExamples } from './intent-model.ts';

/** What is said to an answer, as patterns (see expand-pattern.ts). It means something only after one. */
export const reactions: Record<Language, IntentExamples[number]> = {
  en: {
    unhelpful: `
(no|nope|nah|na|nop|negative|wrong|not really|not quite|sadly not|unfortunately not|no sorry|no thanks) (that is not it|not that|wrong one|it is not|it did not|)
(that|this|it|the article|your answer|the link|this one) (did not help|didnt help|does not help|doesnt help|is no help|was not helpful|isnt helpful|is not helpful|was useless|did nothing|helped nothing) (me|) (at all|)
(that|this|it) (is not|isnt|was not|wasnt) (it|what i asked|what i meant|what i need|what i am looking for|my question|my problem|the right one|the right article|right|helpful|correct)
(that|this|it) (does not|doesnt|did not|didnt) (answer my question|solve it|solve my problem|fix it|work|work for me|fit|match|apply to me)
(still|it is still|its still|it still is) (not working|not solved|not fixed|broken|the same|the same problem|happening|not right)
(not|none of these|neither|none) (helpful|useful|what i asked|what i meant|it|of them helps|of those|of these|fits|the right one)
(wrong|bad|useless|unhelpful) (article|answer|one|link|result)
(the|my) (problem|issue) is (not solved|not fixed|still there|not gone|unsolved)
(you|u) (got me wrong|misunderstood|misunderstood me|did not understand|dont understand me|are wrong)
(i meant|i asked|i want|i need) something (else|different)
`,
    tried: `
(i|ive|i have|we) (tried|did|read|done|already tried|already did|already read|have tried|have done|have read) (that|this|it|all of that|everything|those|all that) (already|before|twice|many times|and it is the same|)
(tried|did|done|read|seen) (that|this|it|already|everything) (already|before|and nothing|)
(already|i already|ive already) (tried|did|done|read|checked|seen) (that|this|it|everything|)
(been there done that|i know that already|i know this one|i know that article)
`,
    another: `
(i have|ive got|i got|may i ask|can i ask|let me ask) (another|a different|one more|a new|a second|some other) (question|problem|issue|thing|topic)
(another|other|different|new|next|one more|second) (question|problem|topic|issue|thing)
(something|anything) (else|different|other)
(can i|may i|let me) ask (something|you something) (else|different)
(different|other|new) (subject|topic|matter)
`,
    agreed: `
(yes|yep|yeah|yea|yup|sure|yes please|please do|of course|go ahead|do it|fine|correct|right|exactly|absolutely|definitely) (please|do that|)
(that would be|sounds|that is) (great|good|nice|fine|lovely|right)
`,
  },
  ja: {
    unhelpful: `
いいえ | いや | いえ | 違う | 違います | ちがう | ちがいます | 違った | そうじゃない | そうではありません | それじゃない | それではありません
(いいえ|いや|うーん、|)(違います|役に立ちません|解決しません|だめでした|そうじゃない|関係ない)
(これ|それ|この記事|その回答|この説明)(は違います|ではないです|じゃない|では解決しません|は役に立たない|は役に立ちません|は関係ない|では分かりません|では直りません)
(解決しません|解決しない|解決しませんでした|解決しなかった|解決していません|まだ解決していません)
(役に立たない|役に立たなかった|役に立ちませんでした|役に立ちません|参考になりません|参考にならなかった)
(まだ|やっぱり|それでも)(直りません|直らない|だめです|ダメ|変わらない|できません|同じです|解決しない)
(だめ|ダメ|駄目)(です|でした|だった|)
(どれも|全部|どれも全部)(違います|違う|当てはまりません|役に立たない)
(聞きたいこと|質問|求めている答え)(と違います|ではありません|とは違う)
`,
    tried: `
(もう|すでに|既に|何度も|全部|それは|)(試しました|試した|やりました|やった|読みました|読んだ|確認しました|確認した)
(それ|これ|その方法|その記事) は(もう|すでに|)(試しました|やりました|読みました|試した)
(試したけどだめでした|やってみたけど変わらない|試しましたが同じです)
`,
    another: `
(別の|他の|ほかの|もう一つ|次の|違う)(質問|質問です|質問があります|こと|話|件|問題)
(他に|ほかに|もう一つ|別のことを)(聞きたい|質問があります|聞いてもいいですか)
`,
    agreed: `
はい | うん | ええ | そうです | はい、お願いします | はいお願いします | お願いします | ぜひ | ぜひお願いします | そうしてください | オーケー | それで | それでお願いします
`,
  },
};
