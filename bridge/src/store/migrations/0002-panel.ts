import { type Kysely, sql } from 'kysely';
import type { Dialect } from '../dialect.ts';

/** biome-ignore lint/suspicious/noExplicitAny: a migration is written against the schema of its own day. */
type AnyDb = Kysely<any>;

/** Cases grow into what agents work on; notes on members; feedback on articles. */
export async function up(db: AnyDb, dialect: Dialect): Promise<void> {
  const millis = dialect.bigint;
  const texts = [
    ['type', 'support'],
    ['priority', 'normal'],
    ['description', ''],
    ['tags', '[]'],
    ['fields', '{}'],
  ] as const;
  for (const [name, value] of texts) {
    await db.schema
      .alterTable('cases')
      .addColumn(name, 'text', (c) => c.notNull().defaultTo(value))
      .execute();
  }
  for (const name of ['assignee_identity', 'assignee_name']) {
    await db.schema.alterTable('cases').addColumn(name, 'text').execute();
  }
  await db.schema
    .alterTable('cases')
    .addColumn('version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema
    .createIndex('cases_unfinished')
    .on('cases')
    .column('number')
    .where(sql<boolean>`status in ('open', 'elevated', 'waiting')`)
    .execute();

  await db.schema.alterTable('conversations').addColumn('latest_text', 'text').execute();
  await db.schema
    .createIndex('conversations_by_case')
    .on('conversations')
    .column('case_number')
    .where(sql<boolean>`case_number is not null`)
    .execute();

  await db.schema
    .createTable('case_events')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('case_number', dialect.bigint, (c) => c.notNull().references('cases.number'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('actor_identity', 'text')
    .addColumn('actor_name', 'text', (c) => c.notNull())
    .addColumn('at', millis, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('case_events_by_case')
    .on('case_events')
    .columns(['case_number', 'id'])
    .execute();

  await db.schema
    .createTable('member_notes')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('member_id', 'text', (c) => c.notNull().references('members.id'))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('author_identity', 'text', (c) => c.notNull())
    .addColumn('author_name', 'text', (c) => c.notNull())
    .addColumn('created_at', millis, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('member_notes_by_member')
    .on('member_notes')
    .columns(['member_id', 'id'])
    .execute();

  await db.schema
    .createTable('knowledge_feedback')
    .addColumn('id', dialect.serial, (c) => dialect.autoIncrement(c))
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('article_id', 'text')
    .addColumn('verdict', 'text', (c) => c.notNull())
    .addColumn('conversation_sid', 'text')
    .addColumn('agent_identity', 'text', (c) => c.notNull())
    .addColumn('at', millis, (c) => c.notNull())
    .execute();
}
