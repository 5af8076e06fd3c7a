/**
 * Builds the plugin with Twilio's own scripts and checks what they leave behind: they end with code 0 on failure, too.
 * Prints the sizes of all files. Fails where the bundle, which every agent downloads at each log-in, is above its limit,
 * or where TypeBox has come into one of them.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Most bytes of a file, gzipped, of the bundle and of what loads when it is needed. Flex, React and Redux are not in them: Flex
 * brings them.
 */
const MAX_GZIPPED_BYTES = {
  bundle: 90 * 1024,
  'flexcord-views.js': 80 * 1024,
  'flexcord-desk.js': 80 * 1024,
};

const USAGE = `Usage:
  bun run build:plugin
      builds the plugin and its views into flex-plugin/build, and prints their sizes

Exit codes:
  0  built
  1  Twilio's scripts failed, or the bundle is above its limit
  2  wrong options`;

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h' } } });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exit(2);
}

const folder = import.meta.dir;
const bundle = join(folder, 'build', 'plugin-flexcord.js');
rmSync(join(folder, 'build'), { recursive: true, force: true });

const run = Bun.spawn([join(folder, 'node_modules', '.bin', 'flex-plugin'), 'build'], {
  cwd: folder,
  env: { ...process.env, CI: 'true', TERM: 'dumb' },
  stdout: 'pipe',
  stderr: 'pipe',
});
const [output, errors, code] = await Promise.all([
  new Response(run.stdout).text(),
  new Response(run.stderr).text(),
  run.exited,
]);

if (code !== 0 || !existsSync(bundle)) {
  console.error(output, errors);
  console.error('The plugin was not built: Twilio’s scripts left no bundle. Their output is above.');
  process.exit(1);
}

const kilobytes = (size: number) => `${(size / 1024).toFixed(1)} KB`;
for (const [name, most] of Object.entries(MAX_GZIPPED_BYTES)) {
  const file = name === 'bundle' ? bundle : join(folder, 'build', name);
  const bytes = readFileSync(file);
  const gzipped = Bun.gzipSync(bytes, { level: 9 }).byteLength;
  console.log(`${file}: ${kilobytes(bytes.byteLength)}, ${kilobytes(gzipped)} gzipped`);
  if (bytes.includes('TypeBox')) {
    console.error(`${file} contains TypeBox. Import values from the files of shared/ that have no schemas.`);
    process.exit(1);
  }
  if (gzipped > most) {
    console.error(`${file} may have ${kilobytes(most)} gzipped at most. Take a smaller component.`);
    process.exit(1);
  }
}
