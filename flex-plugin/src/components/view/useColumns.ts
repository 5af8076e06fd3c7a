import * as React from 'react';

import { keepPreference, readPreference } from '../../utils/preferences.ts';

export interface TableColumn<Item> {
  id: string;
  label: string;
  /** In px; the first column takes what is left, and this is its least. */
  width: number;
  /** It cannot be taken away. */
  isFixed?: boolean;
  /** It is there only where the agent chooses it. */
  isHidden?: boolean;
  /** Where there is no room, columns of the lowest rank go first. */
  rank?: number;
  /** What the list is ordered by when its header is pressed. */
  sort?: string;
  isNumeric?: boolean;
  cell: (item: Item) => React.ReactNode;
}

const isNames = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

export interface Columns<Item> {
  all: TableColumn<Item>[];
  /** Ids of the columns that the agent chose; undefined where they left it to the view. */
  chosen: string[] | undefined;
  choose: (ids: string[] | undefined) => void;
  shown: TableColumn<Item>[];
  /** The table says how wide it is, in px. */
  setRoom: (room: number) => void;
}

/** The columns of a table and which of them the agent wants, kept under `name` in this browser. */
export function useColumns<Item>(name: string, all: TableColumn<Item>[]): Columns<Item> {
  const [chosen, setChosen] = React.useState(() => readPreference(`${name}-columns`, isNames));
  const [room, setRoom] = React.useState(0);
  return {
    all,
    chosen,
    shown: visibleColumns(all, chosen, room),
    setRoom,
    choose: (ids) => {
      setChosen(ids);
      keepPreference(`${name}-columns`, ids);
    },
  };
}

/** The columns that are shown: those that the agent chose, otherwise as many as there is room for, in px; 0 before that is known. */
function visibleColumns<Item>(
  all: TableColumn<Item>[],
  chosen: string[] | undefined,
  room: number,
): TableColumn<Item>[] {
  if (chosen) return all.filter(({ id, isFixed }) => isFixed || chosen.includes(id));
  const shown = new Set(all.filter(({ isHidden }) => !isHidden));
  const widths = () => [...shown].reduce((sum, { width }) => sum + width, 0);
  const dispensable = [...shown]
    .filter(({ isFixed }) => !isFixed)
    .sort((one, other) => (one.rank ?? 0) - (other.rank ?? 0));
  for (const column of dispensable) {
    if (room === 0 || widths() <= room) break;
    shown.delete(column);
  }
  return all.filter((column) => shown.has(column));
}
