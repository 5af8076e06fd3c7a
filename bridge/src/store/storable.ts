/**
 * Values of a query without U+0000 in texts: PostgreSQL refuses it (https://www.postgresql.org/docs/current/datatype-character.html)
 * and SQLite ends texts there in some functions (https://www.sqlite.org/nulinstr.html). It says nothing to anybody, so both stores
 * keep every text without it.
 */
export function storable(values: readonly unknown[]): readonly unknown[] {
  return values.some(hasNul)
    ? values.map((value) => (hasNul(value) ? value.replaceAll('\0', '') : value))
    : values;
}

const hasNul = (value: unknown): value is string => typeof value === 'string' && value.includes('\0');
