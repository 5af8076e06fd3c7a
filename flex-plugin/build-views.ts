/**
 * Builds the views: what only those load who open one, in a file that the bridge serves, because a Flex plugin is one
 * file and every agent loads it at each log-in. Run by itself it prints the file's integrity value, which the plugin's
 * bundle carries, so that a view of another version never runs.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { BunPlugin } from 'bun';

import { sharedModuleNames } from './src/view-loader/sharedModuleNames.ts';

const folder = import.meta.dir;
const source = join(folder, 'src');
const languages = join(source, 'strings/languages.ts');

/** Flex brings these as globals, as it does for the plugin itself. */
const globals: Record<string, string> = {
  react: 'React',
  'react-dom': 'ReactDOM',
  redux: 'Redux',
  'react-redux': 'ReactRedux',
  '@twilio/flex-ui': 'Twilio.Flex',
};

const fromFlex: BunPlugin = {
  name: 'from-flex-and-plugin',
  setup(build) {
    const shared = new Set<string>(Object.keys(sharedModuleNames));
    build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
      if (path in globals) return { path, namespace: 'flex' };
      // `@twilio-paste/core/box` is nothing but `@twilio-paste/box`.
      for (const name of [path, path.replace('@twilio-paste/core/', '@twilio-paste/')]) {
        if (shared.has(name)) return { path: name, namespace: 'plugin' };
      }
      if (!path.startsWith('.') || !importer.startsWith(source)) return undefined;
      // One list of languages serves both files: here it leads to the texts of the views.
      if (importer === languages)
        return { path: join(importer, '..', path.replace('plugin.json', 'views.json')) };
      const own = join(importer, '..', path).slice(source.length + 1);
      return shared.has(own) ? { path: own, namespace: 'plugin' } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace: 'flex' }, ({ path }) => ({
      contents: `module.exports = ${globals[path]}`,
      loader: 'js',
    }));
    build.onLoad({ filter: /.*/, namespace: 'plugin' }, ({ path }) => {
      const names = sharedModuleNames[path as keyof typeof sharedModuleNames];
      return {
        contents: `export const {${names.join(', ')}} = FlexcordPlugin.shared`,
        loader: 'js',
      };
    });
  },
};

/** Writes `build/flexcord-views.js` and returns its integrity value (https://www.w3.org/TR/SRI/). */
async function buildViews(): Promise<string> {
  const result = await Bun.build({
    entrypoints: [join(source, 'views.ts')],
    target: 'browser',
    format: 'iife',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [fromFlex],
  });
  const [script] = result.outputs;
  if (!script) throw new Error('the views were not built');
  const bytes = new Uint8Array(await script.arrayBuffer());
  await Bun.write(join(folder, 'build', 'flexcord-views.js'), bytes);
  return `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
}

if (import.meta.main) console.log(await buildViews());
