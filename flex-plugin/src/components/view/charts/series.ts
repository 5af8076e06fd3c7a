import type * as React from 'react';

import { formatDate } from '../../../utils/format.ts';

/** One colour for each series, readable on light and on dark. */
export const SERIES_COLORS = ['#3d78e8', '#14a07a'];

export interface Series {
  label: string;
  /** One value for each day; null where there is none. */
  values: Array<number | null>;
  /** The days of the period before, in the same order. */
  before?: Array<number | null>;
}

export interface ChartProps {
  title: string;
  /** What is counted or measured, and in what, in a sentence. */
  help: string;
  /** The value over all days, formatted. */
  total: string;
  /** The value over all days, and over the period before, to be compared. */
  compared?: { now: number | null; before: number | null; better: 'more' | 'less' | 'neither' };
  /** `2026-11-24`, oldest first. */
  days: string[];
  series: Series[];
  format: (value: number) => string;
  /** What is said about one day beside its values, such as how many there were. */
  noteOf?: (dayIndex: number) => string | null;
  /** What the axis shows; without it, from 0 to what fits. */
  ticks?: number[];
  integersOnly?: boolean;
  /** Stands under the chart: what the total is made of. */
  parts?: React.ReactNode;
  /** It is as wide as two others. */
  isWide?: boolean;
}

/** A value in words; a dash where there is none. */
export const valueText = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? '—' : format(value);

/** A day such as `2026-11-24`, as people write it. */
export const dayName = (day: string) => formatDate(`${day}T12:00:00Z`);
