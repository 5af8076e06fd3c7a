import { describe, expect, test } from 'bun:test';
import type { CaseStatus } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import fc from 'fast-check';
import { prefill } from './prefill.ts';
import { likeness } from './similarity.ts';
import { mayMove, transitions } from './transitions.ts';

const statuses = Object.keys(transitions) as CaseStatus[];
const anyStatus = fc.constantFrom(...statuses);

describe('transitions', () => {
  test('never lead to the present status or to an unknown one', () => {
    fc.assert(
      fc.property(fc.array(anyStatus), (wanted) => {
        let status: CaseStatus = 'open';
        for (const to of wanted) {
          if (!mayMove(status, to)) continue;
          expect(to).not.toBe(status);
          status = to;
        }
        expect(statuses).toContain(status);
      }),
    );
  });

  test('lead from every status to open and to closed', () => {
    for (const goal of ['open', 'closed'] as const) {
      for (const from of statuses) {
        const reached = new Set([from]);
        for (const at of reached) for (const next of transitions[at]) reached.add(next);
        expect(reached).toContain(goal);
      }
    }
  });

  test('lead from a finished status to no unfinished one but open', () => {
    fc.assert(
      fc.property(anyStatus, anyStatus, (from, to) => {
        if (!isUnfinished(from) && isUnfinished(to) && mayMove(from, to)) expect(to).toBe('open');
      }),
    );
  });
});

describe('likeness', () => {
  test('is symmetric, between 0 and 1, and 1 for the same words', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const score = likeness(a)(b);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(likeness(b)(a)).toBeCloseTo(score);
      }),
    );
    expect(likeness('Cannot log in!')('cannot log in')).toBe(1);
  });

  test('recognizes the same problem in other words, half typed and in Japanese', () => {
    expect(likeness('Game crashes on start')('The game crashes at start')).toBeGreaterThan(0.6);
    expect(likeness('game crashes')('The game crashes at start on my phone')).toBeGreaterThan(0.45);
    expect(likeness('Game crashes on start')('Refund of a purchase')).toBeLessThan(0.3);
    expect(likeness('ログインできません')('ログインできない')).toBeGreaterThan(0.6);
  });
});

describe('prefill', () => {
  const said = (from: 'member' | 'agent' | 'virtual-agent', text: string) => ({
    from,
    authorName: from,
    text,
  });

  test("takes its title from the member's first words and its type from all of them", () => {
    const draft = prefill([
      said('agent', 'Hi'),
      said('member', 'Hello,\nI need you'),
      said('member', 'it crashes'),
    ]);
    expect(draft).toMatchObject({ title: 'Hello, I need you', type: 'bug' });
    expect(draft.description).toBe('agent: Hi\nmember: Hello,\nI need you\nmember: it crashes');
    expect(prefill([said('member', 'please add a dark theme')]).type).toBe('feature');
    expect(prefill([]).title).toBe('');
  });

  test('leaves out what the virtual agent wrote for agents', () => {
    const draft = prefill([
      said('member', 'Hi'),
      said('virtual-agent', 'Mood: upset'),
      said('agent', 'Hello'),
    ]);
    expect(draft.description).toBe('member: Hi\nagent: Hello');
  });

  test('never exceeds the limits of a case', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 4000 }), { maxLength: 8 }), (texts) => {
        const draft = prefill(texts.map((text) => said('member', text)));
        expect(draft.title.length).toBeLessThanOrEqual(200);
        expect(draft.description.length).toBeLessThanOrEqual(8000);
      }),
    );
  });
});
