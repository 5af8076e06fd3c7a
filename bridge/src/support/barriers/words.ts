import type { Barrier } from '../../messages/notices.ts';
import type { Texts } from '../../texts/index.ts';

/** What a member is told of a barrier; `time` writes a time for whoever reads it. */
export function barredText(
  { barrier, caseNumber }: { barrier: Barrier; caseNumber: number | null },
  time: (at: number) => string,
  { barred }: Texts,
): string {
  switch (barrier.is) {
    case 'closed-hours':
      return barred.closedHours(caseNumber, barrier.until === null ? null : time(barrier.until));
    case 'cooldown':
      return barred.cooldown(time(barrier.until));
    case 'too-new':
      return barred.tooNew(time(barrier.until));
  }
}
