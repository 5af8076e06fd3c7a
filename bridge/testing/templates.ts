import { Database } from 'bun:sqlite';
import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names, in JSON, what `makeTemplates` of another process made: a folder for DATA_DIR, and a database. */
export const TEMPLATES = 'FLEXCORD_TEST_TEMPLATES';
export const templates: { folder?: string; database?: string } = JSON.parse(process.env[TEMPLATES] ?? '{}');

/** For a copy of a store: its age decides which messages it must have heard, and a copy by hand would count as restored. */
export const beginsNow = () =>
  `update kysely_migration set timestamp = '${new Date().toISOString()}'; delete from marks where name = 'lineage'`;

/** Puts what a bridge leaves that was started once into a folder for DATA_DIR; nothing where there is no template. */
export function fillDataDir(dataDir: string): void {
  const { folder } = templates;
  if (!folder) return;
  mkdirSync(dataDir, { recursive: true });
  for (const name of readdirSync(folder)) copyFileSync(join(folder, name), join(dataDir, name));
  const database = new Database(join(dataDir, 'flexcord.sqlite'));
  database.exec(beginsNow());
  database.close();
}
