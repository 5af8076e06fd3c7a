import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { FLEXCORD_VERSION } from './version.ts';

test.each(['.', 'bridge', 'flex-plugin'])(
  'the package.json of %s has the version that the code names',
  async (folder) => {
    const path = join(import.meta.dir, '../..', folder, 'package.json');
    expect(((await Bun.file(path).json()) as { version: string }).version).toBe(FLEXCORD_VERSION);
  },
);
