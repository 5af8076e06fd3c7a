import type { ColumnDataType, ColumnDefinitionBuilder } from 'kysely';

/** The few places in which the two stores differ. */
export interface Dialect {
  name: 'sqlite' | 'postgres';
  /** 64-bit integer column. */
  bigint: ColumnDataType;
  /** Column of bytes. */
  bytes: ColumnDataType;
  /** Type of a column that numbers its rows. */
  serial: ColumnDataType;
  /** The collation that orders texts by their code points, whatever the database was made with. */
  byCodePoints: string;
  /** Makes that column a primary key whose numbers are never used again. */
  autoIncrement(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder;
}

export const sqlite: Dialect = {
  name: 'sqlite',
  bigint: 'integer',
  bytes: 'blob',
  serial: 'integer',
  byCodePoints: 'binary',
  autoIncrement: (column) => column.primaryKey().autoIncrement(),
};

export const postgres: Dialect = {
  name: 'postgres',
  bigint: 'bigint',
  bytes: 'bytea',
  serial: 'bigserial',
  byCodePoints: '"C"',
  autoIncrement: (column) => column.primaryKey(),
};
