/**
 * Words that hold sentences together, of languages in Latin letters. A word that two of them share is with both; one that
 * English has too is with none, so that English is not taken for another.
 */
const WORDS: Record<string, string> = {
  de: 'der die das den dem des ein eine einen einem einer und oder nicht ist sind wird werden wurde wie wo wann warum wer welche ich mein meine meinen sie ihr ihre ihren wir unser unsere es im am zum zur vom mit von für auf aus bei nach über unter bis kann können muss müssen möchten haben hat auch nur noch wenn dann dass damit sich kein keine bitte hier durch als ab uns euch du dein deine deinen ihnen diese dieser dieses alle sobald sofort',
  fr: 'le la les un une des du de et ou est sont pas ne que qui quoi quand comment pourquoi où je mon ma mes vous votre vos nous notre nos il elle ce cette ces dans sur avec pour par aux au peut pouvez puis être avoir êtes avez sans plus très aussi si lorsque cliquez',
  es: 'el la los las un una unos de del y o es son está están no que qué quién cuándo cómo dónde por para con sin en mi mis su sus tu tus nuestro nuestra se lo al puede puedes puedo ser tener tiene haga más muy también si cuando este esta estos estas',
  it: 'il lo la gli un una di del della dei delle degli e è sono non che chi cosa quando come dove perché per con senza su nel nella nei alla al ai dal dalla mio mia miei suo sua tuo tua nostro si può puoi posso essere avere ha hai più molto anche se questo questa',
  pt: 'o os as um uma de do da dos das e é são não que quem quando como onde por para com sem em no na nos nas ao à está estão meu minha meus minhas seu sua seus suas nosso nossa se pode posso ser ter tem você mais muito também este esta isso',
  nl: 'de het een en of niet is zijn wordt worden wie wat waar wanneer waarom hoe ik mijn u uw je jouw wij ons onze hij zij dit deze die dat van voor met op uit bij naar over tot kan kunt kunnen moet moeten heeft hebben ook nog als dan geen te er aan',
  pl: 'i lub nie jest są się jak gdzie kiedy dlaczego kto co czy mój moja moje twój swoje w z ze na do od dla przez przy po pod o można może możesz być mieć ma który która które ten ta to tej tym także bardzo jeśli oraz',
  sv: 'och eller inte är var när varför vem vad hur jag min mitt mina du din ditt dina ni vi vår våra den det detta dessa en ett av för med på från till hos efter över kan måste har hade också bara om då att som ingen',
  tr: 've veya değil bir bu şu ne nasıl nerede neden kim için ile gibi daha çok var yok olarak ben benim siz sizin biz bizim mi mı mu mü da de ki kadar sonra önce olan eğer',
};
/** Short words of English that others have too, and that alone say nothing of them. */
const ENGLISH = new Set(
  `a an the and or not is are was were be been to of in on at for from with by as if then than that this these those it its
  i my me you your we our he she they their do does did can could will would should must may have has had no so but up out
  how what when where which who why please there here into about all any some only also more most other one over under`.split(
    /\s+/,
  ),
);
const BY_WORD = new Map<string, string[]>();
for (const [language, words] of Object.entries(WORDS))
  for (const word of words.split(' ')) BY_WORD.set(word, [...(BY_WORD.get(word) ?? []), language]);

const MAX_WORDS = 2_000;
/** Fewer may be a name. */
const MIN_FOUND = 2;

/** The language of a text in Latin letters, by its short words; undefined where they do not tell one, or tell English. */
export function latinLanguageOf(text: string): string | undefined {
  const found = new Map<string, number>();
  let english = 0;
  const words = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  for (const word of words.slice(0, MAX_WORDS)) {
    if (ENGLISH.has(word)) english += 1;
    for (const language of BY_WORD.get(word) ?? []) found.set(language, (found.get(language) ?? 0) + 1);
  }
  const [best, next] = [...found].sort((a, b) => b[1] - a[1]);
  if (!best || best[1] < MIN_FOUND || best[1] <= english || best[1] === next?.[1]) return undefined;
  return best[0];
}
