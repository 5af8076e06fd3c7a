/** What politeness puts around a question and says nothing of it; it would hide the few words that tell. */
const AROUND: readonly RegExp[] = [
  /^(?:(?:dear|hello|hi|hey|good (?:morning|afternoon|evening|day))\b[^,.!?\n]{0,40}[,.!\n]+\s*)+/i,
  /\b(?:i (?:really |do |sincerely )?(?:hope|trust|wish) (?:that )?(?:you|this|everything|all)\b[^,.!?\n]*)/gi,
  /\b(?:(?:i(?:'m| am)(?: so| very| really)? )?sorry|apologies|forgive me|excuse me)(?: (?:to|for|if)\b[^,.!?\n]*?)?(?=[,.!?\n]|$|\s+but\b)/gi,
  /\b(?:if (?:it(?:'s| is)|that(?:'s| is)) (?:not too much|no|at all|ok|okay|possible|alright)\b[^,.!?\n]*)/gi,
  /\b(?:(?:many |a thousand |kind |best |warm )?thank(?:s|ing)?(?: you)?|regards|sincerely)(?: (?:so|very) much)?(?: (?:in advance|again|for|and)\b[^.!?\n]*)?/gi,
  /\bhave a (?:nice|good|great|lovely|wonderful)\b[^.!?\n]*/gi,
  /\bi(?:'d| would| am|'m)? (?:really |very |be |was |so )*(?:just )?(?:wondering|grateful|glad|happy|thankful|appreciate(?: it)?|like to (?:know|ask)|love to know|curious)(?: about)?(?:,? (?:if|whether|when)?\s*(?:you|someone|somebody|anyone)?\s*(?:could|can|would|might)?)?/gi,
  /\b(?:could|can|would|will|might) (?:you|someone|somebody|anyone)(?: (?:please|kindly|maybe|perhaps|possibly))*(?: (?:tell|explain|show|let|help|advise|inform|assist|give|guide))(?: (?:to )?(?:me|us))?(?: (?:know|with|on|about|out|a hand))?/gi,
  /\b(?:please|kindly)(?: (?:tell|explain|show|help|advise|let)(?: (?:to )?me)?(?: know)?)?/gi,
];
const AROUND_JAPANESE: readonly RegExp[] = [
  /(?:いつも|大変|平素は?|日頃(?:から|より)?)*お世話になっ(?:ております|ています|てます)/g,
  /(?:お忙しい(?:ところ|中)|夜分(?:遅く)?に?|突然|度々|たびたび|何度も)*(?:大変|誠に)?(?:恐れ入り|申し訳(?:ござい|あり)|すみ|失礼し|恐縮です|失礼いたし)(?:ます|ません|)(?:が|けれども|けど)?/g,
  /(?:どうぞ|何卒|どうか)?(?:よろしく|宜しく)(?:お願い)?(?:いた|致)?(?:します|申し上げます|です)?/g,
  /(?:について)?(?:教えて|ご教示|お教え|ご説明|お知らせ|ご回答|お答え|説明して)(?:を)?(?:いただけ|頂け|くださ|下さ|もらえ|ほし|欲し|願え)[^、。！？?!\n]*/g,
  /(?:もし)?(?:よろしければ|可能でしたら|差し支えなければ|お手数ですが|お手数をおかけしますが|お時間のあるときに)/g,
  /(?:お|ご)?(?:返事|返信|回答|連絡)(?:を|の(?:ほど|程))?(?:お待ち|待って|お願い)[^、。！？?!\n]*/g,
  /(?:ありがとう|感謝)[^、。！？?!\n]*/g,
];

/** A message without what is only polite; as it is where nothing else is said. */
export function withoutCourtesy(text: string): string {
  const bare = [...AROUND, ...AROUND_JAPANESE].reduce((said, around) => said.replace(around, ' '), text);
  const trimmed = bare
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.!、。]+|[\s,、]+$/g, '')
    .replace(/^(?:and|but|so|that|because)\s+/i, '');
  return /[\p{L}\p{N}]/u.test(trimmed) ? trimmed : text;
}
