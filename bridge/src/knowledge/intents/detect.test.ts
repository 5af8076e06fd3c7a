import { describe, expect, test } from 'bun:test';
import { detectIntent, type Intent, linesOf } from './detect.ts';
import { english } from './examples-en.ts';
import { japanese } from './examples-ja.ts';
import { heldOutEnglish } from './held-out-en.ts';
import { heldOutJapanese } from './held-out-ja.ts';

const LEAST_RECALL = 0.9;
const MOST_FALSE = 0.02;

describe.each([
  ['English', english, heldOutEnglish],
  ['Japanese', japanese, heldOutJapanese],
] as const)('%s messages never learned from', (_, examples, heldOut) => {
  test('none of them is among the examples', () => {
    const learned = new Set(Object.values(examples).flatMap(linesOf));
    const known = Object.values(heldOut)
      .flatMap(linesOf)
      .filter((line) => learned.has(line));
    expect(known).toEqual([]);
    expect(linesOf(examples.handoff).length).toBeGreaterThanOrEqual(60);
    expect(linesOf(examples.other).length).toBeGreaterThanOrEqual(150);
  });

  test('those that ask for a person are understood', () => {
    const lines = linesOf(heldOut.handoff);
    const missed = lines.filter((line) => detectIntent(line) !== 'handoff');
    expect(missed.length / lines.length, missed.join('\n')).toBeLessThanOrEqual(1 - LEAST_RECALL);
  });

  test('those that only look so are not handed off', () => {
    const lines = linesOf(heldOut.other);
    const mistaken = lines.filter((line) => detectIntent(line) === 'handoff');
    expect(mistaken.length / lines.length, mistaken.join('\n')).toBeLessThanOrEqual(MOST_FALSE);
  });

  test('most questions are no courtesy', () => {
    const lines = linesOf(heldOut.other);
    const mistaken = lines.filter((line) => detectIntent(line) !== 'other');
    expect(mistaken.length / lines.length, mistaken.join('\n')).toBeLessThanOrEqual(0.05);
  });

  test.each(['thanks', 'greeting', 'goodbye', 'solved'] as const)('%s', (intent) => {
    expect(linesOf(heldOut[intent]).map(detectIntent)).toEqual(linesOf(heldOut[intent]).map(() => intent));
  });
});

const rows: [text: string, intent: Intent][] = [
  ['live agent', 'handoff'],
  ['Live agent, please!', 'handoff'],
  ['human', 'handoff'],
  ['担当者', 'handoff'],
  ['担当者をお願いします。', 'handoff'],
  ['オペレーター', 'handoff'],
  ['I bought gems yesterday and nothing came. I want to talk to a person.', 'handoff'],
  ['that was helpful but i want to talk to a live agent', 'handoff'],
  ['まだ届きません。担当者と話したいです。', 'handoff'],
  ['my agent role was removed', 'other'],
  ['is there a person who plays with me', 'other'],
  ['担当者の名前が表示されません', 'other'],
  ['hello, I lost my password', 'other'],
  ['', 'other'],
  ['🙂', 'other'],
];
test.each(rows)('%p is %s', (text, intent) => expect(detectIntent(text)).toBe(intent));

test('a message of any length takes under a millisecond', () => {
  const lines = [...linesOf(heldOutEnglish.other), ...linesOf(heldOutJapanese.other)];
  for (const line of lines) detectIntent(line);
  const begin = performance.now();
  for (const line of lines) detectIntent(line);
  expect((performance.now() - begin) / lines.length).toBeLessThan(1);
});
