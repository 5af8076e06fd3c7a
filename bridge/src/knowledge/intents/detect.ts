import type { Language } from '../article.ts';
import { fitVectorizer } from '../features.ts';
import { type Example, type LinearModel, trainLinearModel } from '../linear-model.ts';
import { runWhole } from '../slices.ts';
import { languageOf, plain } from '../terms.ts';
import { english } from './examples-en.ts';
import { japanese } from './examples-ja.ts';

/** What a message is for, where that can be told without the articles. */
export type Intent = 'handoff' | 'greeting' | 'thanks' | 'goodbye' | 'solved' | 'other';

export interface IntentModel {
  /** The likeliest intent and its chance, 0 to 1. */
  detect(sentence: string): { intent: Intent; chance: number };
}

/** Whole messages that ask for a person, whatever the model holds: nobody may be refused one for a short wording. */
const PLAIN_HANDOFF =
  /^(?:(?:a |an )?(?:(?:real|live|human) )*(?:person|human|human being|agent|representative|operator|support agent)(?: now| please| pls)?|(?:please )?(?:talk|speak|chat) (?:to|with) (?:a |an )?(?:(?:real|live|human) )*(?:person|human|agent|someone|somebody|representative|operator)(?: please)?|担当者?|担当の方|オペレーター|有人|有人対応|人間|スタッフ)(?:を|で|に)?(?:お願い(?:します)?|希望|ください)?$/;

/** Below this chance a sentence is `other`; an unwanted hand-off costs an agent's time, a missed one only a button.
 * By five-fold cross-validation on the examples. */
const LEAST = { handoff: 0.6, usual: 0.55 };
/** Greetings and thanks with more to them than this are about something else. */
const LONGEST_COURTESY = 60;
const LONGEST_TEXT = 2_000;
const MOST_SENTENCES = 12;
const BUCKETS = 2 ** 13;
const EPOCHS = 30;

const EXAMPLES = { en: english, ja: japanese };
const models: Partial<Record<Language, IntentModel>> = {};

/** Tells what a message is for: by meaning, with a linear model over example sentences in its language. */
export function detectIntent(text: string): Intent {
  const message = text.slice(0, LONGEST_TEXT).trim();
  if (message === '') return 'other';
  if (PLAIN_HANDOFF.test(bare(message))) return 'handoff';
  const language = languageOf(message);
  models[language] ??= trainIntents(EXAMPLES[language]);
  const model = models[language];
  const { intent, chance } = model.detect(message);
  if (intent === 'handoff') return chance >= LEAST.handoff ? 'handoff' : 'other';
  // A person may be asked for in one sentence among others.
  const sentences = sentencesOf(message);
  if (sentences.length > 1 && sentences.some((sentence) => wantsPerson(model, sentence))) return 'handoff';
  const courtesy = intent !== 'other' && chance >= LEAST.usual && message.length <= LONGEST_COURTESY;
  return courtesy ? intent : 'other';
}

function wantsPerson(model: IntentModel, sentence: string): boolean {
  const { intent, chance } = model.detect(sentence);
  return intent === 'handoff' && chance >= LEAST.handoff;
}

/** Example sentences by intent, one a line. */
export function trainIntents(examples: Partial<Record<Intent, string>>): IntentModel {
  const intents = Object.keys(examples) as Intent[];
  const lines = intents.flatMap((intent, label) =>
    linesOf(examples[intent] ?? '').map((text) => ({ text, label })),
  );
  const vectorizer = runWhole(
    fitVectorizer(
      lines.map(({ text }) => text),
      BUCKETS,
    ),
  );
  const learned: Example[] = lines.map(({ text, label }) => ({
    label,
    features: vectorizer.vectorize(text),
    weight: 1,
  }));
  const model: LinearModel = runWhole(trainLinearModel(learned, intents.length, BUCKETS, { epochs: EPOCHS }));
  return {
    detect(sentence) {
      const chances = model.probabilities(vectorizer.vectorize(sentence));
      const chance = Math.max(...chances);
      return { intent: intents[chances.indexOf(chance)] ?? 'other', chance };
    },
  };
}

export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function sentencesOf(text: string): string[] {
  return text
    .split(/[.!?。！？\n]+|,\s+|、|\s+but\s+|\s+so\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 3)
    .slice(0, MOST_SENTENCES);
}

function bare(text: string): string {
  return plain(text)
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
