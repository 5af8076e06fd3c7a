import type { PlanStep } from '../twilio/provisioning/plan.ts';

/** What one check came to. */
export interface Finding {
  check: string;
  /** `unknown`: it could not be looked at, and nothing speaks of a fault. */
  is: 'good' | 'bad' | 'unknown';
  says: string;
  /** What the operator does about it. */
  mend?: string;
  /** Of an `unknown` one: what had to be asked did not answer, so that nothing is known of it. */
  unanswered?: true;
}

export const good = (check: string, says: string): Finding => ({ check, is: 'good', says });
export const bad = (check: string, says: string, mend?: string): Finding => ({
  check,
  is: 'bad',
  says,
  mend,
});
export const unknown = (check: string, says: string, mend?: string): Finding => ({
  check,
  is: 'unknown',
  says,
  ...(mend ? { mend } : {}),
});

/** Something that did not answer, such as a cloud out of reach; `mend` is what the operator does about that. */
export const unanswered = (check: string, says: string, mend?: string): Finding => ({
  ...unknown(check, says, mend),
  unanswered: true,
});

/** What a step of provisioning says of how things are now. */
export function findingOf({ what, action, detail, changes = [] }: PlanStep): Finding {
  if (action === 'keep' || action === 'foreign') return good(what, detail);
  if (action === 'mend') return bad(what, detail, '');
  const says = action === 'create' ? 'is missing' : `differs: ${[detail, ...changes].join('; ')}`;
  return bad(what, says, 'Run bun run provision.');
}

/** Runs a check; what it throws is its finding. */
export async function looking(check: string, look: () => Promise<Finding | Finding[]>): Promise<Finding[]> {
  try {
    return [await look()].flat();
  } catch (error) {
    return [
      unanswered(check, `could not be looked at: ${error instanceof Error ? error.message : String(error)}`),
    ];
  }
}
