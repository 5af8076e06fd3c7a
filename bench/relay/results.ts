import type { KindName } from './kinds.ts';
import { median } from './statistics.ts';

/** What a figure is held to, for the bridge only. */
export interface Goal {
  /** Of the original's figure in the same run. */
  ratioAtMost?: number;
  atMost?: number;
  atLeast?: Partial<Record<KindName, number>>;
}

export interface Figure {
  /** The table that it stands in, and the topic that measures it again. */
  table: string;
  topic: string;
  name: string;
  unit: string;
  goal?: Goal;
}

export interface Row extends Figure {
  values: Map<KindName, number[]>;
}

/** Figures of all relays, one value for each round. */
export class Results {
  #rows = new Map<string, Row>();

  add(kind: KindName, figure: Figure, value: number): void {
    if (!Number.isFinite(value)) return;
    const key = `${figure.table}/${figure.name}`;
    const row = this.#rows.get(key) ?? { ...figure, values: new Map() };
    this.#rows.set(key, row);
    row.values.set(kind, [...(row.values.get(kind) ?? []), value]);
  }

  rows(): Row[] {
    return [...this.#rows.values()];
  }
}

/** The median of the rounds; undefined where the relay has no such figure. */
export function figureOf(row: Row, kind: KindName): number | undefined {
  const values = row.values.get(kind);
  return values && median(values);
}

/**
 * To the original's figure of the same run: the median over the rounds, each beside the original in the same round.
 * Undefined where one of them is missing or nothing.
 */
export function ratioOf(row: Row, kind: KindName): number | undefined {
  const values = row.values.get(kind);
  const baseline = row.values.get('original');
  if (!values || !baseline || values.length !== baseline.length || baseline.includes(0)) return undefined;
  return median(values.map((value, round) => value / (baseline[round] ?? Number.NaN)));
}
