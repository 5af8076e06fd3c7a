import { truncate } from '@flexcord/shared/messages/truncate';
import { LRUCache } from 'lru-cache';
import { runInSlices, runToEnd } from '../../knowledge/learning/time-slices.ts';
import { languageOf, plain, words } from '../../knowledge/text/terms.ts';
import { english } from './examples-en.ts';
import { japanese } from './examples-ja.ts';
import {
  type Intent,
  type IntentExamples,
  type IntentModel,
  type Reaction,
  restoreIntentModel,
  trainIntentModel,
} from './intent-model.ts';
import { mentionsPerson, withPersonSpelled } from './mentions-person.ts';
import { modelFile } from './model-file.ts';
import { englishPatterns } from './patterns-en.ts';
import { japanesePatterns } from './patterns-ja.ts';
import { reactions } from './reactions.ts';
import { createSaysMore } from './says-more.ts';
import { withdrawalIn } from './withdrawal.ts';

/** Whole messages that ask for a person, whatever the model holds: nobody may be refused one for a short wording. */
const PLAIN_HANDOFF =
  /^(?:(?:a |an )?(?:(?:real|live|human) )*(?:person|human|human being|agent|representative|operator|support agent)(?: now| please| pls)?|(?:please )?(?:talk|speak|chat) (?:to|with) (?:a |an )?(?:(?:real|live|human) )*(?:person|human|agent|someone|somebody|representative|operator)(?: please)?|担当者?|担当の方|オペレーター|有人|有人対応|人間|スタッフ)(?:を|で|に)?(?:お願い(?:します)?|希望|ください)?$/;

/** Of one word a model learns little. */
const PLAIN_NO = /^(?:no+|nop|nope|nah|negative|no thanks?|no sorry|いいえ|いや|いえ|違う|違います|ちがう)$/;
const PLAIN_YES = /^(?:y|yes+|yep|yeah|yea|yup|sure|ok|okay|yes please|はい|うん|ええ|はいお願いします)$/;

/** A person is spoken of, and is not wanted: the model sees the same words as in a wish. */
const REFUSED =
  /\b(?:do(?:n.?t| not) (?:want|need|have|wish) to|(?:no|not any) need to|would rather not|rather not|(?:please |^)(?:do not|don.?t)) (?:talk|speak|chat|be |connect|transfer|put|call|get)(?:(?!\b(?:bots?|robots?|machines?|ai)\b)[^.!?,])*\b(?:humans?|person|people|agents?|any(?:one|body)|some(?:one|body)|representative|manager|operator)\b|(?:人|人間|担当者?|オペレーター|スタッフ)(?:(?!ボット|bot|ai|ロボ|機械|自動)[^、。！])*(?:話したくな|必要は?(?:ない|ありません)|不要|いらない|いりません|結構です|大丈夫です)/i;

/** Below this chance a sentence is `other`. */
const MIN_CHANCE = 0.5;
/** Greetings and thanks with more to them than this are about something else. */
const MAX_COURTESY_LENGTH = 60;
const MAX_TEXT_LENGTH = 2_000;
const MAX_SENTENCES = 12;

/** Languages with examples. */
type Language = ReturnType<typeof languageOf>;
const EXAMPLES = {
  en: [english, englishPatterns, reactions.en],
  ja: [japanese, japanesePatterns, reactions.ja],
};
/** Said of what was said before: with a word that is in no example they are about something else. */
const CLOSED: readonly Intent[] = [
  'greeting',
  'thanks',
  'goodbye',
  'solved',
  'unhelpful',
  'tried',
  'another',
  'agreed',
];
/** What only ends a talk does not ask. */
const ENDINGS: readonly Intent[] = ['thanks', 'goodbye', 'solved'];
const ASKS = /[?？]\s*$/;
/** But for something, nothing is solved. */
const EXCEPT =
  /\b(?:except|apart from|aside from|but|besides|however|still|although|only)\b|以外|けど|けれど|ですが|でも|ただ/i;
const THUMBS: readonly [thumb: RegExp, words: string][] = [
  [/👎\p{Emoji_Modifier}?/gu, ' that did not help '],
  [/👍\p{Emoji_Modifier}?/gu, ' yes '],
];
const models: { [language in Language]?: IntentModel | undefined } = {};

/** One message is looked at for several questions in a row: is it a wish for a person, a farewell, a request? */
const recent = new LRUCache<string, Intent>({ max: 64 });

/** Tells what a message is for: by meaning, with a linear model over example sentences in its language. */
export function detectIntent(text: string): Intent {
  let intent = recent.get(text);
  if (intent === undefined) {
    intent = detect(text);
    recent.set(text, intent);
  }
  return intent;
}

function detect(text: string): Intent {
  const message = THUMBS.reduce(
    (said, [thumb, meant]) => said.replace(thumb, meant),
    truncate(text, MAX_TEXT_LENGTH),
  ).trim();
  if (message === '') return 'other';
  // It ends what was talked about, and asks for nothing.
  if (withdrawalIn(message) === 'never-mind') return 'goodbye';
  const said = bare(message);
  if (PLAIN_HANDOFF.test(said)) return 'handoff';
  if (PLAIN_NO.test(said)) return 'unhelpful';
  if (PLAIN_YES.test(said)) return 'agreed';
  const language = languageOf(message);
  if (wantsPerson(language, message)) return 'handoff';
  // A person may be asked for in one sentence among others.
  const sentences = sentencesOf(message);
  if (sentences.length > 1 && sentences.some((sentence) => wantsPerson(language, sentence))) return 'handoff';
  if (message.length > MAX_COURTESY_LENGTH) return 'other';
  const { intent, chance } = modelOf(language).detect(message);
  if (intent === 'handoff' || chance < MIN_CHANCE) return 'other';
  if (ENDINGS.includes(intent) && (ASKS.test(message) || EXCEPT.test(message))) return 'other';
  return CLOSED.includes(intent) && saysMore(message, language) ? 'other' : intent;
}

const moreThanClosed: { [language in Language]?: (message: string) => boolean } = {};

/** Whether a telling word stands in no example of small talk or a reaction. */
function saysMore(message: string, language: Language): boolean {
  const sets: IntentExamples = EXAMPLES[language];
  moreThanClosed[language] ??= createSaysMore(
    sets.flatMap((set) => CLOSED.flatMap((intent) => set[intent] ?? [])),
  );
  return moreThanClosed[language](message);
}

/** What is said in a message besides small talk and a wish for a person; empty where that is all. */
export function supportRequestIn(text: string): string {
  if (detectIntent(text) === 'other') return text.trim();
  return mattersIn(text).join('. ');
}

/** The sentences of a message that say what it is about, without small talk and wishes for a person. */
export function mattersIn(text: string): string[] {
  return sentencesOf(truncate(text, MAX_TEXT_LENGTH)).filter(
    (sentence) => detectIntent(sentence) === 'other' && words(sentence).length > 0,
  );
}

/** A reaction that a message begins with, and what is said after it. */
export function reactionIn(text: string): { reaction: Reaction; rest: string } | null {
  const whole = detectIntent(text);
  if (isReaction(whole)) return { reaction: whole, rest: '' };
  const clauses = text.split(CUTS).map((clause) => clause.trim());
  const place = clauses.findIndex((clause) => clause !== '' && !ENDINGS.includes(detectIntent(clause)));
  const reaction = detectIntent(clauses[place] ?? '');
  return isReaction(reaction)
    ? {
        reaction,
        rest: clauses
          .slice(place + 1)
          .filter(Boolean)
          .join('. '),
      }
    : null;
}

function isReaction(intent: Intent): intent is Reaction {
  return (['unhelpful', 'tried', 'another', 'agreed'] as const).some((known) => known === intent);
}

/**
 * Learns ahead of the first message, which would otherwise wait for it; what was learned is kept in `folder` for the next
 * start. `onUnkept` is told why it could not be.
 */
export async function warmIntents(folder: string, onUnkept: (error: unknown) => void): Promise<void> {
  for (const language of ['en', 'ja'] as const) {
    if (models[language]) continue;
    const examples = EXAMPLES[language];
    const file = modelFile(folder, examples);
    const learned = file.read();
    models[language] = (learned && restoreIntentModel(examples, learned)) ?? undefined;
    if (models[language]) continue;
    models[language] ??= await runInSlices(trainIntentModel(examples));
    await file.write(models[language].learned).catch(onUnkept);
  }
}

function modelOf(language: Language): IntentModel {
  models[language] ??= runToEnd(trainIntentModel(EXAMPLES[language]));
  return models[language];
}

function wantsPerson(language: Language, sentence: string): boolean {
  if (!mentionsPerson(sentence) || REFUSED.test(sentence)) return false;
  const isWish = (said: string) => {
    const { intent, chance } = modelOf(language).detect(said);
    return intent === 'handoff' && chance >= MIN_CHANCE;
  };
  // A model of few examples knows few ways to misspell whom they ask for.
  const spelled = language === 'en' ? withPersonSpelled(sentence) : sentence;
  return isWish(sentence) || (spelled !== sentence && isWish(spelled));
}

/** Between sentences and wishes, and between somebody who is asked for and what about: "talk to somebody | about my refund". */
const CUTS =
  /[.!?。！？\n]+|,\s+|、|\s+(?:but|so)\s+|\s+and\s+(?=(?:i|id|i'd|would|want|need|please|let|can|could|connect|transfer|put|get|give|speak|talk)\b)|(?<=\b(?:person|human|agent|someone|somebody|anyone|rep|representative|operator|staff|support|team|service|manager|supervisor|me))\s+(?:about|regarding|concerning|because|with my|who (?:can|could))\s+/i;

function sentencesOf(text: string): string[] {
  return text
    .split(CUTS)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 3)
    .slice(0, MAX_SENTENCES);
}

function bare(text: string): string {
  return plain(text)
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
