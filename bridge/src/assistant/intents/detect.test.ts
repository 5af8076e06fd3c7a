import { describe, expect, test } from 'bun:test';
import { heldOutEnglish } from '../../../testing/intents/held-out-en.ts';
import { heldOutJapanese } from '../../../testing/intents/held-out-ja.ts';
import { detectIntent, supportRequestIn } from './detect.ts';
import { english } from './examples-en.ts';
import { japanese } from './examples-ja.ts';
import { expandPattern, linesOf } from './expand-pattern.ts';
import type { Intent } from './intent-model.ts';
import { englishPatterns } from './patterns-en.ts';
import { japanesePatterns } from './patterns-ja.ts';

const MIN_RECALL = 0.92;
const MAX_FALSE = 0.02;
const MIN_COURTESIES = 0.85;

describe.each([
  ['English', [english, englishPatterns], heldOutEnglish],
  ['Japanese', [japanese, japanesePatterns], heldOutJapanese],
] as const)('%s messages never learned from', (_, sets, heldOut) => {
  test('shares no message with the training examples', () => {
    const learned = new Set(
      sets
        .flatMap((set) => Object.values(set).flatMap(linesOf).flatMap(expandPattern))
        .map((line) => line.toLowerCase()),
    );
    const asked = Object.values(heldOut).flatMap(linesOf);
    expect(asked.filter((line) => learned.has(line.toLowerCase()))).toEqual([]);
    expect(linesOf(heldOut.handoff).length).toBeGreaterThanOrEqual(85);
    expect(linesOf(heldOut.other).length).toBeGreaterThanOrEqual(140);
  });

  test('detects requests for a person', () => {
    const lines = linesOf(heldOut.handoff);
    const missed = lines.filter((line) => detectIntent(line) !== 'handoff');
    expect(missed.length / lines.length, missed.join('\n')).toBeLessThanOrEqual(1 - MIN_RECALL);
  });

  test('does not hand off messages that only look like such requests', () => {
    const lines = linesOf(heldOut.other);
    const mistaken = lines.filter((line) => detectIntent(line) === 'handoff');
    expect(mistaken.length / lines.length, mistaken.join('\n')).toBeLessThanOrEqual(MAX_FALSE);
  });

  test('takes few questions for courtesies', () => {
    const lines = linesOf(heldOut.other);
    const mistaken = lines.filter((line) => detectIntent(line) !== 'other');
    expect(mistaken.length / lines.length, mistaken.join('\n')).toBeLessThanOrEqual(0.05);
  });

  test('tells the courtesies apart', () => {
    const lines = (['thanks', 'greeting', 'goodbye', 'solved'] as const).flatMap((intent) =>
      linesOf(heldOut[intent]).map((text) => ({ text, intent })),
    );
    const missed = lines.filter(({ text, intent }) => detectIntent(text) !== intent);
    expect(1 - missed.length / lines.length, JSON.stringify(missed)).toBeGreaterThanOrEqual(MIN_COURTESIES);
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
  ['I want to talk to a person about the lantern', 'handoff'],
  ['could a staff member help me with my purchase', 'handoff'],
  ['I forgot my password and want to talk to a person', 'handoff'],
  ["I've lost my island and would like to speak with someone", 'handoff'],
  ['I bought gems and never got them and I want to speak to support', 'handoff'],
  ["please don't connect me to a human, just tell me how", 'other'],
  ['no need to talk to anyone', 'other'],
  ["I don't want to talk to a bot, give me a human", 'handoff'],
  ["I don't know how to reach an agent", 'handoff'],
  ['担当者とは話したくないです', 'other'],
  ['ボットは結構です、人と話したいです', 'handoff'],
  ['I need to make a transfer to a friend', 'other'],
  ['I want to talk about the lantern', 'other'],
  ['my agent role was removed', 'other'],
  ['is there a person who plays with me', 'other'],
  ['担当者の名前が表示されません', 'other'],
  ['hello, I lost my password', 'other'],
  ['i need a oprator', 'handoff'],
  ['gimme a hooman', 'handoff'],
  ['can i speak to a persom', 'handoff'],
  ['にんげんとはなしたい', 'handoff'],
  ['ひとにかわってほしい', 'handoff'],
  ['send a fax over the internet', 'other'],
  ['turn off chat', 'other'],
  ['how do I turn off bots', 'other'],
  ['switch off the ai opponents', 'other'],
  ['give me the healing staff', 'other'],
  ['remind me to phone Stephanie', 'other'],
  ['こんにちは、返金したいです', 'other'],
  ['all good except the sound', 'other'],
  ['solved, except for my missing gems', 'other'],
  ['it works now but only on wifi', 'other'],
  ['turn off notifications', 'other'],
  ['他には?', 'other'],
  ['no', 'unhelpful'],
  ['sorry, that was of no use', 'unhelpful'],
  ['👎', 'unhelpful'],
  ['いいえ', 'unhelpful'],
  ['役に立ちませんでした', 'unhelpful'],
  ['did that already', 'tried'],
  ['もう試しました', 'tried'],
  ['got a different question', 'another'],
  ['yes please', 'agreed'],
  ['', 'other'],
  ['🙂', 'other'],
];
test.each(rows)('%p is %s', (text, intent) => expect(detectIntent(text)).toBe(intent));

describe('patterns', () => {
  test('expand to every combination', () => {
    expect(expandPattern('(talk|speak) to (a person|)').toSorted()).toEqual([
      'speak to',
      'speak to a person',
      'talk to',
      'talk to a person',
    ]);
    expect(expandPattern('no choice')).toEqual(['no choice']);
  });

  test('sample many combinations evenly', () => {
    const letters = 'a|b|c|d|e|f|g|h';
    const sampled = expandPattern(`(${letters})(${letters})(${letters})`);
    expect(sampled.length).toBeLessThanOrEqual(40);
    for (const place of [0, 1, 2])
      expect(new Set(sampled.map((text) => text[place])).size).toBeGreaterThanOrEqual(6);
  });
});

test.each([
  ['I forgot my password and want to talk to a person', 'I forgot my password'],
  ['talk to somebody about my refund', 'my refund'],
  ['パスワードを忘れました。担当者と話したいです', 'パスワードを忘れました'],
  ['where are my gems? I waited all day', 'where are my gems? I waited all day'],
  ['ok, can I speak with somebody real please', ''],
  ['that did not help, I want to talk to a person', ''],
  ['担当者をお願いします', ''],
  ['thanks!', ''],
])('besides small talk and a wish for a person, %j says %j', (text, matter) => {
  expect(supportRequestIn(text)).toBe(matter);
});
