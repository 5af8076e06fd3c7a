import { existsSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../flex-plugin/package.json';
import type { FlexPlugin } from './flexHost.ts';

const FOLDER = join(import.meta.dir, '../../../flex-plugin');

const BUNDLE = join(FOLDER, 'build', `${manifest.name}.js`);

/** The plugin of this repository as its scripts built it. */
export const flexcordPlugin: FlexPlugin = {
  name: manifest.name,
  version: manifest.version,
  source: Bun.file(BUNDLE),
};

export const isPluginBuilt = () => existsSync(BUNDLE);

/** Builds the plugin, which takes some ten seconds. Throws with the scripts' own words when that fails. */
export async function buildPlugin(): Promise<void> {
  const build = Bun.spawn([process.execPath, 'build-plugin.ts'], {
    cwd: FOLDER,
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [code, out, err] = await Promise.all([
    build.exited,
    new Response(build.stdout).text(),
    new Response(build.stderr).text(),
  ]);
  if (code !== 0) throw new Error(`The Flex plugin could not be built:\n${out}${err}`);
}
