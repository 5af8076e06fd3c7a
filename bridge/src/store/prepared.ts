import {
  type Compilable,
  type CompiledQuery,
  type DatabaseConnection,
  type Expression,
  type Kysely,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PostgresAdapter,
  type QueryResult,
  type SelectQueryBuilder,
  sql,
  ValueNode,
} from 'kysely';
import { steadyNow } from './clock.ts';
import type { Schema } from './schema.ts';
import { NOW_MS } from './server/now.ts';
import type { Tx } from './store.ts';

/** What a prepared query may need of its store; see `Store`. */
export interface Forms {
  /** The clock that decides, in milliseconds since the epoch. */
  now(): Expression<number>;
  /** Locks the rows of a query until the transaction ends. */
  locked<Table extends keyof Schema, Row>(
    query: SelectQueryBuilder<Schema, Table, Row>,
  ): SelectQueryBuilder<Schema, Table, Row>;
  /** As `locked`, without the rows that another transaction has locked. */
  skippingLocked<Table extends keyof Schema, Row>(
    query: SelectQueryBuilder<Schema, Table, Row>,
  ): SelectQueryBuilder<Schema, Table, Row>;
}

/** Stands for a value while a query is built; where it ends up among the parameters is where the value goes later. */
class Placeholder {
  constructor(readonly name: string) {}
}

/** Stands for the time at which a query runs. */
const NOW = Object.freeze({});

export const serverForms: Forms = {
  now: () => sql<number>`${sql.raw(NOW_MS)}`,
  locked: (query) => query.forNoKeyUpdate(),
  skippingLocked: (query) => query.forUpdate().skipLocked(),
};
const embeddedForms: Forms = {
  now: () => sql.val(NOW as never),
  locked: (query) => query,
  skippingLocked: (query) => query,
};

/**
 * Spells values out that are the same each time. A partial index is of use only where the planner sees that its condition
 * holds: SQLite prepared such a query anew with each parameter that was bound, and PostgreSQL's plan for all parameters
 * never uses the index.
 */
const constants = new (class extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    const { value } = node;
    return value instanceof Placeholder || value === NOW ? node : ValueNode.createImmediate(value);
  }
})();
const spellingConstants = {
  transformQuery: ({ node }: PluginTransformQueryArgs) => constants.transformNode(node),
  transformResult: async ({ result }: PluginTransformResultArgs) => result,
};

/** The connections of transactions. */
const connections = new WeakMap<object, DatabaseConnection>();

/** Runs `work` in a transaction; prepared queries in it go straight to its connection. */
export const inTransaction = <T>(db: Kysely<Schema>, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (tx) => {
    await tx.getExecutor().provideConnection(async (connection) => {
      connections.set(tx, connection);
    });
    return work(tx);
  });

/** A query of all columns; what its rows hold changes with a migration. */
const ALL_COLUMNS = /(?:^|[\s,.])\*/;

/**
 * What a server knows prepared queries by: names by their text. One of all columns has none: where another process adds a
 * column, PostgreSQL refuses such a query on every connection that knows it ("cached plan must not change result type").
 */
const names = new Map<string, string>();
export const nameOfPrepared = (text: string): string | undefined => names.get(text);

/**
 * A query that is built and compiled once for each kind of store and then only filled in, for those on a message's way:
 * building and compiling took a fifth of the bridge's processor time. The builder is given `value(name)` for each value;
 * it must not look at it, and the query's form must not depend on it.
 *
 *     const memberName = prepared<{ id: string }, { name: string }>((db, value) =>
 *       db.selectFrom('members').select('name').where('id', '=', value('id')));
 *     const { rows } = await memberName(tx, { id });
 */
export function prepared<Given extends Record<string, unknown>, Row = never>(
  build: (
    db: Kysely<Schema>,
    value: <Name extends keyof Given & string>(name: Name) => Given[Name],
    forms: Forms,
  ) => Compilable,
): (db: Kysely<Schema>, values: Given) => Promise<QueryResult<Row>> {
  /** By the adapter's class: SQLite and PostgreSQL spell parameters differently. */
  const compiled = new WeakMap<object, CompiledQuery>();
  return (db, values) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter.constructor);
    if (!query) {
      const forms = adapter instanceof PostgresAdapter ? serverForms : embeddedForms;
      query = build(
        db.withPlugin(spellingConstants),
        (name) => new Placeholder(name) as never,
        forms,
      ).compile();
      compiled.set(adapter.constructor, query);
      if (!names.has(query.sql) && !ALL_COLUMNS.test(query.sql))
        names.set(query.sql, `flexcord ${names.size + 1}`);
    }
    const parameters = query.parameters.map((value) => {
      if (value instanceof Placeholder) return values[value.name];
      return value === NOW ? steadyNow() : value;
    });
    const connection = connections.get(db);
    if (connection) return connection.executeQuery<Row>({ ...query, parameters });
    return db.executeQuery<Row>({ ...query, parameters });
  };
}

/** The first row of what a prepared query gives. */
export async function firstOf<Row>(result: Promise<QueryResult<Row>>): Promise<Row | undefined> {
  return (await result).rows[0];
}

/**
 * Prepared queries that write some of a table's columns: one for each set of columns that is asked for, of which the code
 * names a few. `build` is given the columns; their values and `more` go in by name.
 */
export function preparedByColumns<
  Changes extends Record<string, unknown>,
  More extends Record<string, unknown>,
>(
  build: (
    db: Kysely<Schema>,
    columns: Changes,
    value: <Name extends keyof More & string>(name: Name) => More[Name],
  ) => Compilable,
): (db: Kysely<Schema>, changes: Partial<Changes>, more: More) => Promise<QueryResult<unknown>> {
  const known = new Map<
    string,
    (db: Kysely<Schema>, values: Record<string, unknown>) => Promise<QueryResult<unknown>>
  >();
  return (db, changes, more) => {
    const names = Object.keys(changes);
    const key = names.join();
    let query = known.get(key);
    if (!query) {
      query = prepared<Record<string, unknown>, unknown>((own, value) =>
        build(
          own,
          Object.fromEntries(names.map((name) => [name, value(name)])) as Changes,
          value as <Name extends keyof More & string>(name: Name) => More[Name],
        ),
      );
      known.set(key, query);
    }
    return query(db, { ...changes, ...more });
  };
}
