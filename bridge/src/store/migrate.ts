import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { Dialect } from './dialect.ts';
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
import { up as folding } from './migrations/0023-folding.ts';
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
  '0023-folding': folding,
};

/** Brings the tables up to date. Several processes may call it at once: Kysely takes a lock. */
export async function migrate(db: Kysely<Schema>, dialect: Dialect): Promise<void> {
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
