/** Words that deny, or say that it was done before. */
const DENIES =
  /\b(?:no+|nope|nah|naw|nay|not|never|none|nothing|neither|cannot|wrong(?:ly)?|incorrect(?:ly)?|inaccurate|erroneous|negative|mistake[ns]?|misunderst\w+|false|untrue|unrelated|irrelevant|unhelpful|useless|worthless|already|still)\b|\b(?:do|does|did|is|are|was|were|has|have|had|can|could|wo|would|should|ai)n['’]?t\b|ない|ません|なかった|なく|なし|違[いうっ]|ちが[いうっ]|だめ|ダメ|駄目|無理|無関係|役立たず|間違|もう|すでに|既に|まだ|同じ/i;
/** Words that mean what was shown. */
const POINTS =
  /\b(?:it|its|that|thats|this|those|these|them|there|answer|article|page|link|steps|information|info|way|you|you['’]?(?:re|ve)|youre|youve)\b|それ|これ|その|この|そう|記事|回答|答え|質問|説明|ページ/i;
const ASKS =
  /[?？]\s*$|(?:^|[,.;!]\s*)(?:(?:and|but|so|ok|okay|no|hi|hey)[\s,]+)*(?:how|what|where|when|why|who|which|(?:can|could|do|does|did|is|are|am|will|would|should|may|has|have) (?:i|you|we|they|it|there|my|the|an?|some\w+|any\w+))\b|か[。！]?\s*$|どう(?!も)|何(?!度|も|一つ)|いつ(?!も)|どこ|なぜ|教えて|たい(?:です)?[。！]?\s*$|方法/i;

/**
 * What a message says that denies what was shown before: its other words, and whether some of those that were taken out mean
 * what was shown. Null for questions, and for what denies nothing.
 */
export function denialIn(text: string): { rest: string; points: boolean } | null {
  if (ASKS.test(text) || !DENIES.test(text)) return null;
  const said = [DENIES, POINTS].reduce(
    (rest, { source }) => rest.replace(new RegExp(source, 'gi'), ' '),
    text,
  );
  return { rest: said, points: POINTS.test(text) };
}
