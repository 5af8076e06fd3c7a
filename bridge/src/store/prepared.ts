import type { Compilable, CompiledQuery, Kysely, QueryResult } from 'kysely';
import type { Schema } from './schema.ts';

type Values = Record<string, unknown>;

/** Stands for a value while a query is built; where it ends up among the parameters is where the value goes later. */
class Placeholder {
  constructor(readonly name: string) {}
}

/**
 * A query that is built and compiled once for each store and then only filled in, for those on a message's way: building
 * and compiling took a fifth of the bridge's processor time. The builder is given `value(name)` for each value; it must
 * not look at it, and the query's form must not depend on it.
 *
 *     const memberName = prepared<{ id: string }, { name: string }>((db, value) =>
 *       db.selectFrom('members').select('name').where('id', '=', value('id')));
 *     const { rows } = await memberName(tx, { id });
 */
export function prepared<Given extends Values, Row = never>(
  build: (
    db: Kysely<Schema>,
    value: <Name extends keyof Given & string>(name: Name) => Given[Name],
  ) => Compilable,
): (db: Kysely<Schema>, values: Given) => Promise<QueryResult<Row>> {
  /** By the adapter's class: SQLite and PostgreSQL spell parameters differently. */
  const compiled = new WeakMap<object, { query: CompiledQuery; names: (string | null)[] }>();
  return (db, values) => {
    const executor = db.getExecutor();
    const dialect = executor.adapter.constructor;
    let known = compiled.get(dialect);
    if (!known) {
      const query = build(db, (name) => new Placeholder(name) as never).compile();
      const names = query.parameters.map((value) => (value instanceof Placeholder ? value.name : null));
      known = { query, names };
      compiled.set(dialect, known);
    }
    const { query, names } = known;
    const parameters = names.map((name, at) => (name === null ? query.parameters[at] : values[name]));
    return db.executeQuery<Row>({ ...query, parameters });
  };
}
