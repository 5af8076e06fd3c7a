/**
 * Builds the plugin with Twilio's own scripts and checks what they leave behind: they end with code 0 on failure, too.
 * Prints the size of the bundle and fails above the limit; every agent downloads it at each log-in.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Flex, React and Redux are not in the bundle: Flex brings them. */
const MAX_GZIPPED_BYTES = 90 * 1024;

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

const bytes = readFileSync(bundle);
const gzipped = Bun.gzipSync(bytes, { level: 9 }).byteLength;
const kilobytes = (size: number) => `${(size / 1024).toFixed(1)} KB`;
console.log(`${bundle}: ${kilobytes(bytes.byteLength)}, ${kilobytes(gzipped)} gzipped`);
if (gzipped > MAX_GZIPPED_BYTES) {
  console.error(
    `The bundle may have ${kilobytes(MAX_GZIPPED_BYTES)} gzipped at most. Take a smaller component.`,
  );
  process.exit(1);
}
