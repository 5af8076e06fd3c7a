/** A page of a list, and the cursor of its last row where there are more. */
export interface Page<Row> {
  rows: Row[];
  nextCursor: string | null;
}

/** Makes a page of rows that were read with a limit of `limit + 1`, the last of which only says that there are more. */
export function toPage<Row>(read: readonly Row[], limit: number, cursorOf: (last: Row) => string): Page<Row> {
  const rows = read.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: read.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** The place of a row in a list that is ordered by a number and, where that is the same, by an id. */
export interface ListPosition {
  value: number;
  id: string;
}

export const toCursor = ({ value, id }: ListPosition): string => `${value}.${id}`;

/** Null for a text that `toCursor` did not make. */
export function fromCursor(cursor: string): ListPosition | null {
  const found = /^(\d{1,15})\.([\w-]{1,64})$/.exec(cursor);
  return found ? { value: Number(found[1]), id: found[2] as string } : null;
}
