import { type FlexUser, isSupervisor } from '@flexcord/shared/flex-user';
import type { CaseDetail } from '@flexcord/shared/panel/case';
import type { Actor, CaseRefusal, CaseResult } from '../cases/case-change.ts';
import { faultSentence } from '../cases/rules.ts';
import { notFound, Problem } from './problem.ts';

/** Somebody of the team as the author of changes. */
export const actorOf = async (
  caller: FlexUser,
  agentName: (identity: string) => Promise<string>,
): Promise<Actor> => ({
  identity: caller.identity,
  name: await agentName(caller.identity),
  mayAssign: isSupervisor(caller),
});

/** The number in the id of a case. */
export function numberOf(id: string): number {
  if (!/^[1-9][0-9]{0,11}$/.test(id)) throw notFound('This case');
  return Number(id);
}

/** The case after a change; throws the refusal of it. */
export function settled(change: CaseResult): CaseDetail {
  if (change.is === 'done') return change.case;
  throw problemOf(change);
}

/** A refused change, as the API says it. */
export function problemOf(refusal: CaseRefusal): Problem {
  switch (refusal.is) {
    case 'missing':
      return notFound('This case');
    case 'conflict':
      return new Problem(
        'conflict',
        'Somebody else changed this case meanwhile. Look at its present state, then try again.',
        { case: refusal.case },
      );
    case 'may-not-assign':
      return new Problem(
        'forbidden',
        'Agents may take a case that nobody has and give their own back. Ask a supervisor to assign this one.',
      );
    case 'illegal':
      return new Problem(
        'invalid',
        `A case that is ${refusal.from} cannot take this step. Look at its present status, then choose another one.`,
      );
    case 'merged':
      return new Problem(
        'invalid',
        `This case is a duplicate of #${refusal.into}. CaseResult that one, or unmerge this one first.`,
      );
    case 'has-duplicates':
      return new Problem(
        'invalid',
        `Cases were merged into this one: ${refusal.duplicates.map((number) => `#${number}`).join(', ')}. Unmerge them first.`,
      );
    case 'bad-target':
      return new Problem(
        'invalid',
        'It cannot be merged into this case: it is the same one, a duplicate itself, or does not exist. Choose another one.',
      );
    case 'not-merged':
      return new Problem('invalid', 'This case is no duplicate.');
    case 'invalid': {
      const { of, reason } = refusal.fault;
      return reason === 'unknown-member' || reason === 'unknown-conversation'
        ? notFound(`This ${of}`)
        : new Problem('invalid', faultSentence(refusal.fault));
    }
  }
}
