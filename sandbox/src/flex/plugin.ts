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

let built: Promise<void> | undefined;

/** Set by whoever has just built the plugin for processes of its own, such as those of a test run. */
export const PLUGIN_IS_BUILT = 'FLEXCORD_PLUGIN_IS_BUILT';

/** Builds the plugin once, which takes some ten seconds. Throws with the scripts' own words when that fails. */
export function buildPlugin(): Promise<void> {
  built ??= process.env[PLUGIN_IS_BUILT] ? Promise.resolve() : build();
  return built;
}

async function build(): Promise<void> {
  const scripts = Bun.spawn([process.execPath, 'build-plugin.ts'], {
    cwd: FOLDER,
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [code, out, err] = await Promise.all([
    scripts.exited,
    new Response(scripts.stdout).text(),
    new Response(scripts.stderr).text(),
  ]);
  if (code !== 0) throw new Error(`The Flex plugin could not be built:\n${out}${err}`);
}
