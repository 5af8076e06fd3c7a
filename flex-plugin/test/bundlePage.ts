import { join } from 'node:path';

import { buildFile, viewTexts } from '../build-views.ts';

const folder = import.meta.dir;

/** What the bridge serves, by name. */
export interface PluginFiles {
  desk: Uint8Array<ArrayBuffer>;
  views: Uint8Array<ArrayBuffer>;
  /** Texts of the views by language. */
  texts: Record<string, Uint8Array<ArrayBuffer>>;
}

/**
 * The test page's script: the plugin's own sources, with a stand-in for Flex UI and everything else as it is shipped; and
 * the files that the bridge serves.
 */
export async function bundlePage(): Promise<{ page: string; files: PluginFiles }> {
  const desk = await buildFile('desk');
  const views = await buildFile('views');
  const result = await Bun.build({
    entrypoints: [join(folder, 'page/main.tsx')],
    target: 'browser',
    define: {
      'process.env.NODE_ENV': '"production"',
      FLEXCORD_FILES: JSON.stringify({ desk: desk.integrity, views: views.integrity }),
    },
    plugins: [
      {
        name: 'flex-ui',
        setup: (build) => {
          build.onResolve({ filter: /^@twilio-paste\/react-textarea-autosize-library$/ }, () => ({
            path: join(folder, '../stubs/paste/textarea-autosize.js'),
          }));
          build.onResolve({ filter: /^@twilio\/flex-ui$/ }, () => ({
            path: join(folder, 'page/flex-ui.tsx'),
          }));
        },
      },
    ],
  });
  const [script] = result.outputs;
  if (!script) throw new Error('the test page was not built');
  const texts = Object.entries(await viewTexts()).map(([language, { bytes }]) => [language, bytes]);
  return {
    page: await script.text(),
    files: { desk: desk.bytes, views: views.bytes, texts: Object.fromEntries(texts) },
  };
}
