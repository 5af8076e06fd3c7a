import { expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test('a bridge of the sandbox reads nothing from the .env of the folder that it is started in', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-env-'));
  try {
    await Bun.write(join(folder, '.env'), 'DISCORD_TOKEN=a.b.c\nTWILIO_AUTH_TOKEN=abc\n');
    const script = `import { runProvision } from ${JSON.stringify(join(import.meta.dir, 'bridge-process.ts'))};
      await runProvision({}).catch((error) => console.log(error.message));`;
    const run = Bun.spawn([process.execPath, '-e', script], { cwd: folder, stdout: 'pipe' });
    const said = await new Response(run.stdout).text();
    expect(said).toContain('DISCORD_TOKEN is missing.');
    expect(said).toContain('TWILIO_AUTH_TOKEN is missing.');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
