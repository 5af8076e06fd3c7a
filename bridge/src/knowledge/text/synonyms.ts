/**
 * Words that members use for one thing; each line is one meaning, its first word stands for all. Only meanings of
 * everyday support talk: a brand's own words belong in its articles' sample questions.
 */
const MEANINGS = `
buy purchase order bought shop
pay paid payment
charge fee cost price
refund reimburse reimbursement moneyback
cancel undo revert reverse
delete remove erase wipe
stolen theft stole thief robbed steal
lose lost misplaced missing disappeared vanished gone disappear vanish
login signin logon
verify verification authenticate authentication validate
identity identification id
decline declined reject rejected refuse refused deny denied
fail failed failing unsuccessful failure
arrive arrived receive received deliver delivered delivery
twice double duplicate duplicated
wrong incorrect
broken notworking malfunction defective
change modify edit alter update
phone mobile smartphone cellphone handset cell
link connect attach connection
send sent
fast quick quickly soon
long slow
reason explain why
limit maximum cap restriction
forgot forget forgotten remember
crash freeze frozen froze stuck crashing
ban banned suspend suspended suspension
email mail e-mail
begin start launch
photo picture image screenshot
person someone somebody anyone
cheat cheater
hack hacked hacker
friend buddy
reward prize gift
購入 買 買い 課金 買っ
返金 払い戻し 払戻し 払戻
消え 消失 無くなっ なくなっ 紛失
引き継ぎ 引継ぎ 移行 引き継 引継 引き継ぐ
変更 変え 変える 直し
削除 消し 消す 退会
端末 スマホ 機種 携帯 スマートフォン
起動 立ち上がら 立ち上げ
落ち 落ちる クラッシュ 強制終了
メール eメール
写真 画像 スクショ スクリーンショット
停止 凍結 ban 垢バン
不正 チート
報酬 プレゼント 賞品
接続 つながる 繋がる
`;

/** Several words that mean one: joined before words are looked at. */
const PHRASES: [RegExp, string][] = [
  [/\b(?:log|sign)(?:ged|ging|ing|ned)?[\s-]+(?:in|on)(?:to)?\b/g, 'login'],
  [/\bmoney back\b/g, 'moneyback'],
  [/(?:つな|繋)が(?=[らりるれん])/g, '接続'],
  [
    /\b(?:not|isnt|doesnt|wont|stopped|never|didnt|does not|is not|did not|will not) work(?:ing)?\b/g,
    'notworking',
  ],
  [/\b(?:charged|billed|paid) (?:me )?(?:two times|2 times|2x|two time)\b/g, 'charged twice'],
];

/** `text` (in small letters, without apostrophes) with known phrases made one word. */
export function joinPhrases(text: string): string {
  return PHRASES.reduce((joined, [phrase, word]) => joined.replace(phrase, word), text);
}

/** From each word, in the form `stem` gives it, to the one that stands for its meaning. */
export function meanings(stem: (word: string) => string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of MEANINGS.trim().split('\n')) {
    const [first, ...others] = line.split(' ').map(stem);
    for (const other of others) if (first && other !== first) found.set(other, first);
  }
  return found;
}
