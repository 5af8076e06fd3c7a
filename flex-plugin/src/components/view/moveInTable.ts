import type * as React from 'react';

const STOPS = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex]';

/** Moves the focus in a table by arrow keys: up and down to the same stop of another row, left and right within a row. */
export function moveInTable(event: React.KeyboardEvent<HTMLElement>): void {
  const target = event.target as HTMLElement;
  const row = target.closest('tr');
  if (!row || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
    return;
  const stops = stopsOf(row);
  const index = stops.indexOf(target);
  const isRtl = getComputedStyle(row).direction === 'rtl';
  const within = (key: string): HTMLElement | undefined => {
    const isForward = (key === 'ArrowRight') !== isRtl;
    return stops[index + (isForward ? 1 : -1)];
  };
  const vertical: Partial<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };
  const step = vertical[event.key];
  if (step === undefined && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  (step === undefined ? within(event.key) : sameStop(row, target, step))?.focus();
}

const stopsOf = (of: Element) => [...of.querySelectorAll<HTMLElement>(STOPS)];

/** What stands in the same column of another row, otherwise the first that the focus can go to there. */
function sameStop(row: Element, target: Element, step: 1 | -1): HTMLElement | undefined {
  const column = [...row.children].findIndex((cell) => cell.contains(target));
  const rows = [...(row.closest('table')?.querySelectorAll('tr') ?? [])];
  const other = rows[rows.indexOf(row as HTMLTableRowElement) + step];
  if (!other) return undefined;
  const cell = other.children[column];
  return (cell && stopsOf(cell)[0]) ?? stopsOf(other)[0];
}
