/** What a message is for, where that can be told without the articles. */
export type Intent = 'handoff' | 'greeting' | 'thanks' | 'goodbye' | 'solved' | 'other';

const PERSON =
  '(?:person|human|human being|someone|somebody|agent|live agent|real agent|representative|operator|staff|support team|support agent|real person|actual person|advisor|supporter)';
const REACH = '(?:talk|speak|chat|write|get through|connect|transfer|put me through|escalate|switch)';

/** Whole phrases, because "my agent role" and "is there a person who plays" ask for nobody. */
const HANDOFF = [
  new RegExp(`\\b${REACH}\\b[^.!?]{0,24}\\b(?:to|with)\\b[^.!?]{0,16}\\b${PERSON}\\b`, 'i'),
  new RegExp(`\\b(?:connect|transfer|bring|put) (?:me|us)\\b[^.!?]{0,24}\\b${PERSON}\\b`, 'i'),
  new RegExp(
    `\\b(?:want|need|get|give|have|prefer|like) (?:me |to have |to get )?(?:a |an |some )?(?:real |live |actual |human )*${PERSON}\\b(?! (?:role|account|skin|card|character|name|badge))`,
    'i',
  ),
  new RegExp(`^\\W*(?:a |an )?(?:real |live |human )*${PERSON}(?: please)?\\W*$`, 'i'),
  /(担当者?|オペレーター|人間|有人|サポート(の人|担当)|スタッフ)(の方)?(に|と|へ)?(直接)?(話|繋|つな|代わ|変わ|かわ|相談|お願い|対応|チャット)/,
  /^(担当者?|オペレーター|有人対応|有人)(を|で)?(お願いします|希望|ください)?[。！!]*$/,
];

const PATTERNS: [Intent, RegExp][] = [
  [
    'solved',
    /^\W*(?:that|it|this)? ?(?:solved|fixed|worked|works now|resolved)(?: it| the problem)?\W*(?:thanks?|thank you)?\W*$/i,
  ],
  ['solved', /^(解決|できま|直りま)(し)?(した|ました)[。！!]*/],
  [
    'thanks',
    /^\W*(?:ok(?:ay)?|great|perfect|cool)?\W*(?:thanks?|thank you|thx|ty|cheers)(?: (?:a lot|so much|very much|you))?\W*$/i,
  ],
  ['thanks', /^(どうも)?(ありがとう|有難う|助かりました)(ございます|ございました)?[。！!]*$/],
  ['goodbye', /^\W*(?:bye|goodbye|good bye|see you|cya|that is all|thats all)\W*$/i],
  ['goodbye', /^(さようなら|またね|失礼します|以上です)[。！!]*$/],
  ['greeting', /^\W*(?:hi|hello|hey|good (?:morning|evening|afternoon)|help)(?: there| again)?\W*$/i],
  ['greeting', /^(こんにちは|こんばんは|おはよう(ございます)?|はじめまして|ヘルプ)[。！!]*$/],
];

/** Tells by its wording what a message is for. */
export function detectIntent(text: string): Intent {
  const plain = text.normalize('NFKC').replace(/[’']/g, '').trim();
  if (HANDOFF.some((pattern) => pattern.test(plain))) return 'handoff';
  return PATTERNS.find(([, pattern]) => pattern.test(plain))?.[0] ?? 'other';
}
