import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What operators start: each is a file of `bridge/src/`. */
const SCRIPTS = ['main', 'provision', 'doctor', 'store', 'member'] as const;
export type BridgeScript = (typeof SCRIPTS)[number];

const SOURCES = realpathSync(join(import.meta.dir, '../../bridge/src'));

/** The folder of `bundleBridge`, set for processes of its own by whoever has just made one, such as a test run. */
export const BRIDGE_BUNDLE = 'FLEXCORD_BRIDGE_BUNDLE';

/** What `bun run start`, `provision` or `doctor` runs. */
export const bridgeSource = (script: BridgeScript) => join(SOURCES, `${script}.ts`);

/** The same, from the bundle where there is one. */
export function bridgeScript(script: BridgeScript): string {
  const folder = process.env[BRIDGE_BUNDLE];
  return folder ? join(folder, `${script}.js`) : bridgeSource(script);
}

/**
 * Compiles the bridge and its commands to bytecode in `folder`, which takes some seconds of processor time. A bridge then
 * starts with half of the processor time (0.5 instead of 1.1 s), and a run of all tests starts some hundred and fifty.
 * https://bun.com/docs/bundler/bytecode
 */
export async function bundleBridge(folder: string): Promise<void> {
  const entry = join(folder, 'bundle.ts');
  const load = (script: BridgeScript) => `${script}: () => import(${JSON.stringify(bridgeSource(script))})`;
  await Bun.write(entry, `module.exports = { ${SCRIPTS.map(load).join(', ')} };`);
  await Bun.build({
    // One for all: most of it is what they share.
    entrypoints: [entry],
    outdir: folder,
    target: 'bun',
    // The only one that Bun writes bytecode of, except for executables.
    format: 'cjs',
    bytecode: true,
    plugins: [
      {
        name: 'files and workers are found where the sources are',
        setup(build) {
          build.onLoad({ filter: /\/(bridge|shared)\/src\/.*\.ts$/ }, async ({ path }) => ({
            loader: 'ts',
            contents: (await Bun.file(path).text())
              .replaceAll('import.meta.dir', JSON.stringify(dirname(path)))
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
              .replaceAll('import.meta.main', 'false'),
          }));
        },
      },
    ],
  });
  for (const script of SCRIPTS)
    await Bun.write(join(folder, `${script}.js`), `require('./bundle.js').${script}();`);
}
