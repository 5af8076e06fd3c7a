import { LRUCache } from 'lru-cache';
import { allWords, languageOf } from '../../knowledge/text/terms.ts';
import { createVocabulary } from '../../knowledge/text/vocabulary.ts';

/**
 * Words of which every request for a person has at least one: who is wanted, or how they are reached. By themselves they
 * prove nothing; without any, "Please help, what should I do?" is a question like others.
 */
const ENGLISH = `
human humans hooman person people someone somebody anyone anybody agent representative rep operator staff employee manager
supervisor boss colleague team member support advisor specialist admin moderator mod gm master dude real living flesh
authority duty shift lot service desk helpdesk personnel charge management who whoever
reception front sales billing department office owner assistant consultant
bot bots robot machine automated scripts ai
talk speak chat contact call callback message connect transfer escalate reach touch live forward route through switch
takeover take over conversation phone assistance attended reply answer sum1 some1 lemme word
`;
const known = new Set(allWords(ENGLISH));
const vocabulary = createVocabulary();
for (const word of known) vocabulary.add(word);

/** Words of members come again and again, and likenesses are looked for among many. */
const MAX_REMEMBERED = 10_000;
/** Longer ones are no words, and would take room. */
const MAX_WORD_LENGTH = 40;
const remembered = new LRUCache<string, boolean>({ max: MAX_REMEMBERED });
const respelled = new LRUCache<string, string>({ max: MAX_REMEMBERED });

function isAsked(word: string): boolean {
  let is = remembered.get(word);
  if (is === undefined) {
    is = known.has(word) || vocabulary.similarTo(word).length > 0;
    if (word.length <= MAX_WORD_LENGTH) remembered.set(word, is);
  }
  return is;
}

/** Whom a wish is for, as it is spelled. */
const PERSONS = [
  'human',
  'person',
  'somebody',
  'agent',
  'operator',
  'representative',
  'supervisor',
  'manager',
  'employee',
];
const persons = createVocabulary();
for (const word of PERSONS) persons.add(word);

const JAPANESE =
  /人|担当|オペ|スタッフ|サポ|責任|上司|上席|上の|運営|gm|ゲームマスター|エージェント|窓口|誰か|どなた|係|社員|店長|管理|モデレーター|センター|デスク|代表|社長|支配人|部長|部署|受付|営業|経理|本社|専門|話|喋|つな|繋|代わ|替わ|変わ|呼|電話|折り返|直接|エスカレ|相談|マネージャー|にんげん|すたっふ|たんとう|おぺ|ひと|ボット|bot|ロボ|ａｉ|ai|機械|自動|チャット|アドミン|取り次|引き継/i;

export function mentionsPerson(text: string): boolean {
  if (languageOf(text) === 'ja') return JAPANESE.test(text);
  return allWords(withPersonSpelled(text)).some(isAsked);
}

/** With the persons that are meant by words of one or two wrong letters. */
export function withPersonSpelled(text: string): string {
  return text.replace(/[a-z]{5,}/gi, (word) => {
    let spelled = respelled.get(word);
    if (spelled === undefined) {
      spelled = persons.similarTo(word.toLowerCase())[0]?.term ?? word;
      if (word.length <= MAX_WORD_LENGTH) respelled.set(word, spelled);
    }
    return spelled;
  });
}
