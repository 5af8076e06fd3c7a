import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { planChannel, wantedChannels } from './server-plan.ts';

test('a plan that was carried out needs no further change', () => {
  const channel = fc.record({
    id: fc.constantFrom('1', '2', '3'),
    name: fc.constantFrom('announcements', 'support', 'general'),
    kind: fc.constantFrom('text' as const, 'news' as const, 'other' as const),
    membersWrite: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(channel, { selector: ({ id }) => id }),
      fc.constantFrom(...wantedChannels),
      fc.option(fc.constantFrom('1', '2', '9')),
      fc.boolean(),
      (present, wanted, knownId, newsPossible) => {
        const plan = planChannel(wanted, present, { knownId, newsPossible });
        const after =
          plan.is === 'make'
            ? [
                ...present,
                {
                  id: '7',
                  name: wanted.name,
                  kind: plan.news ? ('news' as const) : ('text' as const),
                  membersWrite: wanted.membersWrite,
                },
              ]
            : present.map((each) =>
                plan.is === 'repair' && each.id === plan.id
                  ? {
                      ...each,
                      kind: plan.toNews ? ('news' as const) : each.kind,
                      membersWrite: plan.closeToMembers ? false : each.membersWrite,
                    }
                  : each,
              );
        const again = planChannel(wanted, after, {
          knownId: plan.is === 'make' ? '7' : plan.id,
          newsPossible,
        });
        expect(again.is).toBe('keep');
      },
    ),
  );
});
