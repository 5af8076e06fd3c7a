import { afterAll, expect, test } from 'bun:test';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeHarnesses, startHarness } from '../../test/harness.ts';
import { waitUntil } from '../wait-until.ts';
import { type RehearsedImage, rehearseImage } from './rehearse.ts';

const folder = mkdtempSync(join(tmpdir(), 'flexcord-image-'));
const data = join(folder, 'data');
/** Root can become somebody else; others run the image as themselves. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

afterAll(async () => {
  await closeHarnesses();
  rmSync(folder, { recursive: true, force: true });
});

/** The image, with a file in the place of the views, which take minutes to build. */
async function image(): Promise<RehearsedImage> {
  const views = join(folder, 'built-views/flexcord/flex-plugin/build');
  mkdirSync(join(views, 'views'), { recursive: true });
  writeFileSync(join(views, 'views/ja.json'), '{}');
  for (const name of ['views', 'desk']) writeFileSync(join(views, `flexcord-${name}.js`), '// built');
  return rehearseImage(folder, { views: join(folder, 'built-views') });
}

test('the image has what the bridge needs, answers its health check, runs without root and stops on SIGTERM', async () => {
  const { root, workdir, env, command, healthcheck, left } = await image();
  expect(left).toEqual(['mkdir /data && chown bun:bun /data']);
  expect(existsSync(join(workdir, 'flex-plugin/build/flexcord-views.js'))).toBe(true);
  expect(existsSync(join(workdir, 'flex-plugin/build/views/ja.json'))).toBe(true);
  expect(existsSync(join(workdir, 'bridge/src/kb.test.ts'))).toBe(false);
  expect(existsSync(join(workdir, 'node_modules/.bun/@twilio+flex-ui@2.17.1'))).toBe(false);
  expect(existsSync(join(root, '.git'))).toBe(false);

  mkdirSync(data);
  chmodSync(data, 0o777);
  chmodSync(folder, 0o755);
  const harness = await startHarness({ routing: 'bridge' });
  await harness.bridge.stop();
  const settings: Record<string, string> = {
    ...harness.env,
    PATH: `${process.env.PATH}`,
    HOME: '/nonexistent',
  };
  const [program, ...rest] = command;
  expect(program).toBe('bun');
  const child = Bun.spawn([process.execPath, ...rest], {
    cwd: workdir,
    env: { ...settings, ...env, DATA_DIR: data, PORT: settings.PORT as string, HOST: '127.0.0.1' },
    stdout: 'pipe',
    stderr: 'inherit',
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  const isHealthy = async () =>
    (await Bun.spawn([process.execPath, ...healthcheck.slice(1)], {
      cwd: workdir,
      env: { ...env, PORT: settings.PORT as string },
      stderr: 'ignore',
    }).exited) === 0;
  try {
    await waitUntil(isHealthy);
    await waitUntil(async () => (await fetch(`${harness.bridge.url}/ready`).catch(() => null))?.ok === true);
    harness.ada.dm('I forgot my password');
    await harness.waitForBotMessage(/./);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await child.exited).toBe(0);
});
