import type { CaseResult } from '../../cases/case-change.ts';
import type { Texts } from '../../texts/index.ts';

/** The outcome of a change that a member made to a case, in their language. */
export function describeChange(
  change: CaseResult,
  number: number,
  texts: Texts,
  words: { done: string; illegal: (status: string) => string },
): string {
  const { community } = texts;
  switch (change.is) {
    case 'done':
      return words.done;
    case 'illegal':
      return words.illegal(texts.caseStatus[change.from] ?? change.from);
    case 'merged':
      return community.duplicate(number, change.into);
    case 'invalid':
      return change.fault.reason === 'too-long' ? community.tooLong(change.fault.most ?? 0) : community.empty;
    case 'missing':
      return community.noSuchCase(number);
    default:
      return texts.tryAgain;
  }
}
