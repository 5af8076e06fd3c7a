/**
 * Builds what is not needed at log-in into files that the bridge serves, because a Flex plugin is one file and every agent
 * loads it at each log-in: the views of the side navigation, and the parts of the agent's desk that a first conversation
 * or a case brings up. Run by itself it prints the files' integrity values by name as JSON, which the plugin's bundle
 * carries, so that a file of another version never runs.
 */
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { BunPlugin } from 'bun';

import { sharedModuleNames } from './src/view-loader/sharedModuleNames.ts';

const folder = import.meta.dir;
const source = join(folder, 'src');
const strings = join(source, 'strings');
const languages = join(strings, 'languages.ts');

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

export interface BuiltFile {
  bytes: Uint8Array<ArrayBuffer>;
  /** https://www.w3.org/TR/SRI/ */
  integrity: string;
}

const builtOf = (bytes: Uint8Array<ArrayBuffer>): BuiltFile => ({
  bytes,
  integrity: `sha256-${createHash('sha256').update(bytes).digest('base64')}`,
});

/** The texts of the views by language: an agent loads one. English is in the script, for whoever has no other. */
export async function viewTexts(): Promise<Record<string, BuiltFile>> {
  const built: Record<string, BuiltFile> = {};
  for (const path of [...new Bun.Glob('*/views.json').scanSync(strings)].sort()) {
    const language = dirname(path);
    if (language === 'en') continue;
    const texts: unknown = await Bun.file(join(strings, path)).json();
    built[language] = builtOf(new TextEncoder().encode(JSON.stringify(texts)));
  }
  return built;
}

/** One of the scripts. */
export async function buildFile(name: 'views' | 'desk'): Promise<BuiltFile> {
  const integrities = Object.entries(await viewTexts()).map(([language, { integrity }]) => [
    language,
    integrity,
  ]);
  const result = await Bun.build({
    entrypoints: [join(source, `${name}.ts`)],
    target: 'browser',
    format: 'iife',
    minify: true,
    define: {
      'process.env.NODE_ENV': '"production"',
      FLEXCORD_VIEW_TEXTS: JSON.stringify(Object.fromEntries(integrities)),
    },
    plugins: [fromFlex(name)],
  });
  const [script] = result.outputs;
  if (!script) throw new Error(`the file of the ${name} was not built`);
  return builtOf(new Uint8Array(await script.arrayBuffer()));
}

/** Writes `build/flexcord-<name>.js`. */
async function writeFile(name: 'views' | 'desk'): Promise<string> {
  const { bytes, integrity } = await buildFile(name);
  await Bun.write(join(folder, 'build', `flexcord-${name}.js`), bytes);
  return integrity;
}

if (import.meta.main) {
  for (const [language, { bytes }] of Object.entries(await viewTexts()))
    await Bun.write(join(folder, 'build/views', `${language}.json`), bytes);
  console.log(JSON.stringify({ views: await writeFile('views'), desk: await writeFile('desk') }));
}
