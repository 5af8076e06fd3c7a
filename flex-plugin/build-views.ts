/**
 * Builds what is not needed at log-in into files that the bridge serves, because a Flex plugin is one file and every agent
 * loads it at each log-in: the views of the side navigation, and the parts of the agent's desk that a first conversation
 * or a case brings up. Run by itself it prints the files' integrity values by name as JSON, which the plugin's bundle
 * carries, so that a file of another version never runs.
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

const fromFlex = (name: string): BunPlugin => ({
  name: 'from-flex-and-plugin',
  setup(build) {
    const shared = new Set<string>(Object.keys(sharedModuleNames));
    build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
      if (path in globals) return { path, namespace: 'flex' };
      // `@twilio-paste/core/box` is nothing but `@twilio-paste/box`.
      for (const own of [path, path.replace('@twilio-paste/core/', '@twilio-paste/')]) {
        if (shared.has(own)) return { path: own, namespace: 'plugin' };
      }
      if (!path.startsWith('.') || !importer.startsWith(source)) return undefined;
      // One list of languages serves all files: here it leads to the texts of this one.
      if (importer === languages)
        return { path: join(importer, '..', path.replace('plugin.json', `${name}.json`)) };
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
});

/** One of the files, and its integrity value (https://www.w3.org/TR/SRI/). */
export async function buildFile(
  name: 'views' | 'desk',
): Promise<{ bytes: Uint8Array<ArrayBuffer>; integrity: string }> {
  const result = await Bun.build({
    entrypoints: [join(source, `${name}.ts`)],
    target: 'browser',
    format: 'iife',
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [fromFlex(name)],
  });
  const [script] = result.outputs;
  if (!script) throw new Error(`the file of the ${name} was not built`);
  const bytes = new Uint8Array(await script.arrayBuffer());
  return { bytes, integrity: `sha256-${createHash('sha256').update(bytes).digest('base64')}` };
}

/** Writes `build/flexcord-<name>.js`. */
async function writeFile(name: 'views' | 'desk'): Promise<string> {
  const { bytes, integrity } = await buildFile(name);
  await Bun.write(join(folder, 'build', `flexcord-${name}.js`), bytes);
  return integrity;
}

if (import.meta.main)
  console.log(JSON.stringify({ views: await writeFile('views'), desk: await writeFile('desk') }));
