import { join } from 'node:path';

import { buildFile } from '../build-views.ts';

const folder = import.meta.dir;

/**
 * The test page's script: the plugin's own sources, with a stand-in for Flex UI and everything else as it is shipped; and
 * the desk's file, which the bridge serves.
 */
export async function bundlePage(): Promise<{ page: string; desk: Uint8Array<ArrayBuffer> }> {
  const { bytes: desk, integrity } = await buildFile('desk');
  const result = await Bun.build({
    entrypoints: [join(folder, 'page/main.tsx')],
    target: 'browser',
    define: {
      'process.env.NODE_ENV': '"production"',
      FLEXCORD_FILES: JSON.stringify({ desk: integrity }),
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
  return { page: await script.text(), desk };
}
