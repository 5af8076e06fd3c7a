import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Dialect } from './dialect.ts';
import { StoreError } from './errors.ts';
import { up as first } from './migrations/0001-first.ts';
import { up as panel } from './migrations/0002-panel.ts';
import { up as links } from './migrations/0003-links.ts';
import { up as topic } from './migrations/0004-topic.ts';
import { up as cases } from './migrations/0005-cases.ts';
import { up as webhooks } from './migrations/0006-webhooks.ts';
import { up as community } from './migrations/0007-community.ts';
import { up as knowledge } from './migrations/0008-knowledge.ts';
import { up as blocking } from './migrations/0009-blocking.ts';
import { up as assistant } from './migrations/0010-assistant.ts';
import { up as vectors } from './migrations/0011-vectors.ts';
import { up as solved } from './migrations/0012-solved.ts';
import { up as matter } from './migrations/0013-matter.ts';
import { up as messages } from './migrations/0014-messages.ts';
import { up as outcomes } from './migrations/0015-outcomes.ts';
import { up as versions } from './migrations/0016-versions.ts';
import { up as messageChanges } from './migrations/0017-message-changes.ts';
import { up as interaction } from './migrations/0018-interaction.ts';
import { up as marks } from './migrations/0019-marks.ts';
import { up as operations } from './migrations/0021-operations.ts';
import { up as duties } from './migrations/0022-duties.ts';
import { up as folding } from './migrations/0023-folding.ts';
import { up as imports } from './migrations/0024-imports.ts';
import { up as threadState } from './migrations/0025-thread-state.ts';
import { up as refusedArticles } from './migrations/0026-refused-articles.ts';
import { up as limits } from './migrations/0029-limits.ts';
import { up as probes } from './migrations/0031-probes.ts';
import { up as publicThreads } from './migrations/0033-public-threads.ts';
import { up as forumDesk } from './migrations/0036-forum-desk.ts';
import { up as communityView } from './migrations/0037-community-view.ts';
import { up as incidents } from './migrations/0038-incidents.ts';
import { up as knowledgeSources } from './migrations/0040-knowledge-sources.ts';
import { up as postSearch } from './migrations/0041-post-search.ts';
import { up as unanswered } from './migrations/0044-unanswered.ts';
import type { Schema } from './schema.ts';

/** In the order of their names; a migration that was released is never changed. */
const migrations = {
  '0001-first': first,
  '0002-panel': panel,
  '0003-links': links,
  '0004-topic': topic,
  '0005-cases': cases,
  '0006-webhooks': webhooks,
  '0007-community': community,
  '0008-knowledge': knowledge,
  '0009-blocking': blocking,
  '0010-assistant': assistant,
  '0011-vectors': vectors,
  '0012-solved': solved,
  '0013-matter': matter,
  '0014-messages': messages,
  '0015-outcomes': outcomes,
  '0016-versions': versions,
  '0017-message-changes': messageChanges,
  '0018-interaction': interaction,
  '0019-marks': marks,
  '0021-operations': operations,
  '0022-duties': duties,
  '0023-folding': folding,
  '0024-imports': imports,
  '0025-thread-state': threadState,
  '0026-refused-articles': refusedArticles,
  '0029-limits': limits,
  '0031-probes': probes,
  '0033-public-threads': publicThreads,
  '0036-forum-desk': forumDesk,
  '0037-community-view': communityView,
  '0038-incidents': incidents,
  '0040-knowledge-sources': knowledgeSources,
  '0041-post-search': postSearch,
  '0044-unanswered': unanswered,
};

/** The version of the tables that this process knows. */
export const KNOWN_VERSION = Object.keys(migrations).at(-1) ?? '';

/** Whether the tables are those that this process knows, or older. */
export const isKnownVersion = (): Expression<SqlBool> =>
  sql<SqlBool>`not exists (select 1 from kysely_migration where name > ${sql.lit(KNOWN_VERSION)})`;

/** The version that the tables have, by the last migration that they went through; null where there are none yet. */
export async function versionOf(db: Kysely<Schema>): Promise<string | null> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return null;
  const { rows } = await sql<{ name: string | null }>`select max(name) as name from kysely_migration`.execute(
    db,
  );
  return rows[0]?.name ?? null;
}

/** What is said of tables that a newer version has changed; null where this version knows them. */
export async function tooNew(db: Kysely<Schema>): Promise<string | null> {
  const version = await versionOf(db);
  if (version === null || version <= KNOWN_VERSION) return null;
  return `a newer version of Flexcord has changed its tables (they are at ${version}; this version knows them up to ${KNOWN_VERSION}). Start the newer version, or restore a backup from before the upgrade`;
}

/**
 * Brings the tables up to date, all migrations in one transaction: one that fails, or a process that dies in it, leaves
 * the tables as they were. Several processes may call it at once: the others wait for the first. Throws a StoreError for
 * tables of a newer version.
 */
export async function migrate(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
  const newer = await tooNew(db);
  if (newer) throw new StoreError(newer);
  const migrator = new Migrator({
    db,
    // Parts of the project number their own migrations; none builds on one of another part that has a higher number.
    allowUnorderedMigrations: true,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(migrations).map(([name, up]) => [
            name,
            { up: (own: Kysely<unknown>) => up(own, dialect) },
          ]),
        ),
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
