import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../../flex-plugin/package.json';
import type { FlexPlugin } from './flexHost.ts';

const ROOT = join(import.meta.dir, '../../..');
const FOLDER = join(ROOT, 'flex-plugin');
/** What the bundle is made of. */
const SOURCES = [
  ...['src', 'public', 'stubs', 'build-plugin.ts', 'build-views.ts', 'package.json', 'webpack.config.js'].map(
    (name) => join(FOLDER, name),
  ),
  ...['shared/src', 'bun.lock'].map((name) => join(ROOT, name)),
];

const BUNDLE = join(FOLDER, 'build', `${manifest.name}.js`);

/** The plugin of this repository as its scripts built it. */
export const flexcordPlugin: FlexPlugin = {
  name: manifest.name,
  version: manifest.version,
  source: Bun.file(BUNDLE),
};

/** True where there is a bundle and nothing that it is made of has changed since. */
export function isPluginFresh(): boolean {
  const bundle = statSync(BUNDLE, { throwIfNoEntry: false });
  return bundle !== undefined && SOURCES.every((path) => newestIn(path) < bundle.mtimeMs);
}

/** When a file, or anything in a folder, was last changed; a folder changes when a file comes or goes. */
function newestIn(path: string): number {
  const paths = [path];
  if (statSync(path).isDirectory())
    for (const name of readdirSync(path, { recursive: true, encoding: 'utf8' })) paths.push(join(path, name));
  return Math.max(...paths.map((each) => statSync(each).mtimeMs));
}

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
