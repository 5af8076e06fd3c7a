import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { en, ja } from '../texts/languages.ts';
import { type SummaryInput, summarize } from './handoff-summary.ts';
import { sentimentOf } from './sentiment.ts';

const story: SummaryInput = {
  name: 'Ada',
  locale: 'ja',
  topic: 'I bought gems but they did not arrive',
  latest: 'this is useless, I want a person!!',
  turns: [
    { question: 'I bought gems but they did not arrive', said: 'answer', articles: ['a', 'b'] },
    { question: 'and on Android?', said: 'nothing', articles: [] },
  ],
  pending: [],
  titleOf: (id) => ({ a: 'Missing purchase', b: 'Refunds' })[id],
};

test('says who asks, what for, what was tried and their sentiment, in the language of the agents', () => {
  const { note, line } = summarize(story, en);
  for (const part of [
    'Ada (Japanese)',
    '“I bought gems',
    '“and on Android?”',
    'Missing purchase / Refunds',
    'upset',
  ])
    expect(note).toContain(part);
  expect(note).toContain(en.assistant.summary.unanswered);
  expect(line).toBe('and on Android? · 2 articles shown · upset');
  expect(summarize(story, ja).note).toContain('Adaさん（日本語）');
});

test('includes a question that has no answer yet', () => {
  const { note, line } = summarize({ ...story, pending: ['where are my gems?'] }, en);
  expect(note).toContain('→ “where are my gems?”\n');
  expect(line).toStartWith('where are my gems?');
});

test('says so when there was no question', () => {
  const { note } = summarize({ ...story, topic: null, latest: 'agent please', turns: [] }, en);
  expect(note).toContain(en.assistant.summary.noMatter);
});

test('keeps the line within a task attribute and cuts no character, whatever was said', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), fc.boolean(), (text, japanese) => {
      const told = summarize({ ...story, topic: text, turns: [], latest: text }, japanese ? ja : en);
      expect(told.line.length).toBeLessThanOrEqual(240);
      expect(told.line.isWellFormed() && told.note.isWellFormed()).toBe(true);
      expect(told.note.length).toBeLessThan(1_600);
    }),
  );
});

describe('sentiment', () => {
  test.each([
    [['how do I change my name?'], 'calm'],
    [['名前を変えたいです'], 'calm'],
    [['my account was hacked, please help'], 'pressed'],
    [['至急お願いします'], 'pressed'],
    [['WHY IS NOBODY ANSWERING'], 'angry'],
    [['this is useless', 'ok, thanks'], 'angry'],
    [['ふざけるな'], 'angry'],
  ] as const)('%p', (texts, mood) => expect(sentimentOf(texts)).toBe(mood));
});
