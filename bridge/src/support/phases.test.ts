import { expect, test } from 'bun:test';
import fc from 'fast-check';
import type { Phase } from '../store/schema.ts';
import { type Effect, type SupportEvent, step } from './phases.ts';

const barrier = fc.constantFrom(undefined, 'closed-hours' as const, 'cooldown' as const, 'too-new' as const);

const event: fc.Arbitrary<SupportEvent> = fc.oneof(
  fc.record({ is: fc.constant('member-wrote' as const), wantsPerson: fc.boolean(), barrier }),
  fc.record({ is: fc.constant('person-asked' as const), barrier }),
  fc.record({ is: fc.constant('member-satisfied' as const) }),
  fc.record({ is: fc.constant('agent-joined' as const) }),
  fc.record({ is: fc.constant('agent-left' as const), remaining: fc.nat(3) }),
  fc.record({ is: fc.constant('ended' as const) }),
  fc.record({ is: fc.constant('member-gone' as const) }),
  fc.record({ is: fc.constant('member-withdrew' as const) }),
);

function play(events: SupportEvent[]) {
  let phase = 'bot' as Phase;
  const effects: Effect[] = [];
  const trail = events.map((happened) => {
    const before = phase;
    const result = step(phase, happened);
    phase = result.phase;
    effects.push(...result.effects);
    return { before, happened, ...result };
  });
  return { trail, effects, phase };
}

test('the story of a conversation', () => {
  const { phase, effects } = play([
    { is: 'member-wrote', wantsPerson: false },
    { is: 'member-wrote', wantsPerson: true },
    { is: 'agent-joined' },
    { is: 'member-wrote', wantsPerson: false },
    { is: 'agent-left', remaining: 0 },
    { is: 'member-wrote', wantsPerson: false },
    { is: 'agent-joined' },
    { is: 'ended' },
  ]);
  expect(phase).toBe('closed');
  expect(effects).toEqual([
    ...(['send-to-agent', 'answer'] as const),
    ...(['open-case', 'tell-transfer', 'send-to-agent', 'hand-over'] as const),
    'tell-joined',
    'send-to-agent',
    'tell-left',
    ...(['send-to-agent', 'tell-still-waiting', 'expect-task'] as const),
    'tell-joined',
    'tell-ended',
  ]);
});

test('whatever happens in whatever order, what members count on holds', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const { trail, effects } = play(events);
      // Handed over at most once, ended at most once, and each hand-over has a case and a notice.
      expect(effects.filter((effect) => effect === 'hand-over').length).toBeLessThanOrEqual(1);
      expect(
        effects.filter((effect) =>
          ['tell-ended', 'tell-solved', 'tell-closed-quiet', 'tell-left-queue'].includes(effect),
        ).length,
      ).toBeLessThanOrEqual(1);
      for (const { before, happened, phase, effects: own } of trail) {
        if (own.includes('hand-over')) expect(own).toContain('open-case');
        if (own.includes('hand-over')) expect(own).toContain('tell-transfer');
        // Whoever is told that nobody can come is not handed over as well, and keeps the virtual agent.
        if (own.includes('tell-barrier'))
          expect({ phase, handed: own.includes('hand-over') }).toEqual({ phase: 'bot', handed: false });
        // Nothing a member writes is dropped while a conversation is open.
        if (happened.is === 'member-wrote' && before !== 'closed') expect(own).toContain('send-to-agent');
        // Whoever begins to wait for an agent has somebody who sees to it that one is asked for.
        if (phase === 'queued' && before !== 'queued')
          expect(own.some((effect) => effect === 'hand-over' || effect === 'expect-task')).toBe(true);
        // Who waits for an agent is never closed for being silent.
        if (happened.is === 'member-gone' && (before === 'queued' || before === 'paused'))
          expect(phase).toBe(before);
        // The virtual agent is silent while a person is asked for or there.
        if (before === 'agent' || before === 'queued' || before === 'paused')
          expect(own).not.toContain('answer');
        // Whoever takes it back is neither waited for nor kept waiting, and agents hear why.
        if (happened.is === 'member-withdrew' && before !== 'closed') {
          expect({ phase, closed: own.includes('close-twilio') }).toEqual({ phase: 'closed', closed: true });
          if (before !== 'bot') expect(own).toContain('tell-agents-withdrawn');
        }
        if (before === 'closed') expect({ phase, own }).toEqual({ phase: 'closed', own: [] });
      }
    }),
    { numRuns: 500 },
  );
});
