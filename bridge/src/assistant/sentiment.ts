/** How a member sounds. `angry` is said of words, `pressed` of haste or trouble. */
export type Sentiment = 'calm' | 'pressed' | 'angry';

const ANGRY =
  /\b(?:useless|garbage|trash|ridiculous|unacceptable|scam(?:mers?)?|rip ?off|worst|terrible|awful|pathetic|joke of a|hate|angry|furious|fed up|sick of|wtf|damn|hell|crap|bullshit|shit(?:ty)?|fuck\w*|stupid|idiots?|lawyer|sue you)\b|ふざけ|最悪|ひどい|酷い|許せない|腹が立|怒って|詐欺|いい加減に|クソ|くそ|使えない|役に立たない|馬鹿|ばか|訴え/i;
const PRESSED =
  /\b(?:urgent(?:ly)?|asap|immediately|right now|please help|desperate|panic|worried|hacked|stolen|charged twice|still not|again and again|third time|for days|for weeks)\b|至急|急い|早く|すぐに|困って|助けて|焦って|心配|乗っ取|何度も|まだ(?:直|届|解決)/i;
/** Letters in a row that make a message shouted, and marks that make it insistent. */
const SHOUTED = /(?:\b[A-Z]{3,}\b[^a-z]*){3,}/;
const INSISTENT = /[!！]{2,}|[?？]{3,}|[!?！？]{3,}/;

/** From the member's words, newest last: what was written last counts, anger a little longer. */
export function sentimentOf(texts: readonly string[]): Sentiment {
  const recent = texts.slice(-4);
  if (recent.some((text) => ANGRY.test(text) || SHOUTED.test(text))) return 'angry';
  if (recent.some((text) => PRESSED.test(text) || INSISTENT.test(text))) return 'pressed';
  return 'calm';
}
