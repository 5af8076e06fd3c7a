import { foldForSearch } from '@flexcord/shared/messages/fold';

/**
 * What somebody takes back, as a whole message. `never-mind`: the matter itself; `leave`: the waiting, which means nothing
 * where nobody waits ("cancel" may be about an order); `end`: the talk.
 */
export type Withdrawal = 'never-mind' | 'leave' | 'end';

const all = (...patterns: string[]) => new RegExp(`^(?:${patterns.join('|')})$`);

const BEFORE = '(?:(?:oh|ok|okay|ah|well|no|actually|sorry|please|hi|hey) )*';
const AFTER =
  '(?: (?:then|now|please|pls|sorry|thanks|thank you|thx|bye|any ?more|any longer|its fine|its ok|its okay|all good))*';
const NOT = '(?:do not|dont|no longer)';

const NEVER_MIND = all(
  `${BEFORE}(?:never ?mind|nvm|forget (?:it|about it|that)|i changed my mind|(?:it|that) (?:does not|doesnt|no longer) matters?|(?:it is |its )?(?:no longer|not) needed|i ${NOT} need (?:it|this|that|help|any help|a person|anyone|anybody|someone|an agent|support|you))${AFTER}`,
  // Folded: every kana is hiragana, and no letter has an accent.
  '(?:あ|あの|すみません|ごめんなさい|ごめん|申し訳ありません| )*(?:(?:やっぱり?|やはり|もう|もういいや) ?(?:いい|いいです|大丈夫|大丈夫です|結構です|けっこうです|いいや)|(?:やっぱり?|やはり|もう)? ?(?:いらない(?:です)?|いりません|要りません|必要(?:は)?(?:ないです|ありません|なくなりました)|不要です|なんでもない(?:です)?|何でもない(?:です)?|なんでもありません|何でもありません|気にしないで(?:ください|下さい)?|忘れて(?:ください|下さい)|やめます|やめておきます|やめときます|やめとく))(?:よ|ね)?(?: |すみません|ごめんなさい|ありがとうございます|ありがとうございました|ありがとう|失礼します)*',
  '(?:ach|oh|ok|okay|sorry|entschuldigung|danke|nein| )*(?:schon gut|egal|ist egal|vergiss (?:es|das)|vergessen sie (?:es|das)|(?:das )?hat sich (?:schon )?erledigt|(?:ist )?nicht mehr notig|ich brauche (?:das|es|sie|keine hilfe) (?:doch )?nicht mehr|ich brauche keine hilfe mehr|doch nicht)(?: danke| trotzdem danke| entschuldigung)*',
);

const LEAVE = all(
  `${BEFORE}(?:cancel(?: (?:it|this|that|please|(?:my|the|this) (?:request|chat|transfer)))?|(?:leave|exit|quit) (?:the )?(?:queue|line)|take me out of the (?:queue|line)|remove me from the (?:queue|line)|stop waiting|i ${NOT} want to wait)${AFTER}`,
  '(?:やっぱり?|やはり|もう|すみません| )*(?:きゃんせる(?:します|して(?:ください|下さい)|で|でお願いします|したいです)?|取り消(?:します|して(?:ください|下さい))|待つのをやめます|待つのはやめます|もう待てません)(?: |すみません|ありがとうございます)*',
  '(?:bitte )?(?:abbrechen|(?:die )?warteschlange verlassen|ich (?:mochte|will) nicht (?:mehr|langer) warten)(?: bitte| danke)*',
);

const END = all(
  `${BEFORE}(?:(?:i want|i would like|id like|lets|can (?:you|we)|could (?:you|we)|you can|we can) )?(?:to )?(?:end|close|finish|stop|quit|exit|leave) (?:(?:the|this|our|my) )?(?:chat|conversation|session)${AFTER}`,
  '(?:もう|この|では|それでは|すみません| )*(?:ちゃっと|会話|お話)(?:を)? ?(?:終了|終わり|おわり|終わります|終わって(?:ください|下さい)|終わらせて(?:ください|下さい)|閉じて(?:ください|下さい)|閉じます|やめます)(?:します|したいです|して(?:ください|下さい)|にします|にして(?:ください|下さい)|でお願いします)?(?: |ありがとうございました)*',
  '(?:bitte )?(?:(?:den|diesen|das) )?(?:chat|gesprach) (?:bitte )?(?:beenden|schliessen)(?: bitte| danke)*',
);

/** What is taken back by these words; null where they say anything else besides. */
export function withdrawalIn(text: string): Withdrawal | null {
  if (text.length > MAX_LENGTH) return null;
  const said = foldForSearch(text)
    .replace(/[’'`´]/g, '')
    .replace(/[^\p{L}\p{N}ー\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (NEVER_MIND.test(said)) return 'never-mind';
  if (LEAVE.test(said)) return 'leave';
  return END.test(said) ? 'end' : null;
}

const MAX_LENGTH = 120;
