import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../package.json';
import type { TwilioCli } from './twilio-cli.ts';

export interface Deployment {
  /** Whether agents get the version at their next log-in, too. */
  release: boolean;
  /** What is new, for those who read the list of versions in Flex. */
  changelog: string;
}

const manifestFile = join(import.meta.dir, '../package.json');

/** Builds and deploys the version of the plugin's package.json. The CLI refuses one that is not above the latest. */
export async function deploy(cli: TwilioCli, { release, changelog }: Deployment): Promise<void> {
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
