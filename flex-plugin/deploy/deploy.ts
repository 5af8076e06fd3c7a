import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import { CannotDeploy, type TwilioCli } from './twilio-cli.ts';

export interface Deployment {
  /** Whether agents get the version at their next log-in, too. */
  release: boolean;
  /** What is new, for those who read the list of versions in Flex. */
  changelog: string;
}

const manifestFile = join(import.meta.dir, '../package.json');

/** Builds and deploys the version of the plugin's package.json. The CLI refuses one that is not above the latest. */
export async function deploy(cli: TwilioCli, { release, changelog }: Deployment): Promise<void> {
  await buildOnce();
  const { name, version } = manifest;
  // The CLI writes the version into it that stands there already, and formats it its own way.
  const before = readFileSync(manifestFile);
  try {
    await cli.run('flex:plugins:deploy', '--version', version, '--changelog', changelog);
  } finally {
    writeFileSync(manifestFile, before);
  }
  if (!release) return;
  const title = `${name} ${version}`;
  await cli.run(
    'flex:plugins:release',
    ...['--plugin', `${name}@${version}`, '--name', title, '--description', changelog],
  );
}

/** The CLI builds for itself, but knows nothing of the limit on the bundle's size: what is too large is not deployed. */
async function buildOnce(): Promise<void> {
  const build = Bun.spawn([process.execPath, 'run', 'build:plugin'], {
    cwd: join(import.meta.dir, '../..'),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if ((await build.exited) !== 0)
    throw new CannotDeploy('The plugin was not built, so nothing was deployed. The reason is above.');
}
