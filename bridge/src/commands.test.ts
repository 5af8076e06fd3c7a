import { describe, expect, test } from 'bun:test';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import manifest from '../../package.json';

const COMMANDS = {
  start: 'main.ts',
  provision: 'provision.ts',
  doctor: 'doctor.ts',
  kb: 'kb.ts',
  store: 'store.ts',
  member: 'member.ts',
};

async function run(script: string, ...args: string[]) {
  const child = Bun.spawn(
    [process.execPath, isAbsolute(script) ? script : join(import.meta.dir, script), ...args],
    {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH ?? '' },
      stdout: 'pipe',
      stderr: 'pipe',
    },
  );
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, err, code };
}

describe.each(Object.entries(COMMANDS))('bun run %s', (name, script) => {
  test('explains itself with --help, without any configuration, and names its exit codes', async () => {
    const { out, err, code } = await run(script, '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`bun run ${name}`);
    expect(out).toMatch(/Exit codes:\n {2}0 {2}/);
  });

  test('refuses an option that it does not know, before it does anything', async () => {
    const { out, err, code } = await run(script, '--hlep');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toStartWith('There is no option --hlep. Did you mean --help?\n\nUsage:\n');
  });

  test('names what the configuration lacks and ends with 2', async () => {
    const args: Record<string, string[]> = {
      kb: ['list', '--language=klingon!'],
      store: ['backup'],
      member: ['export', '10000000000000000'],
    };
    const { err, code } = await run(script, ...(args[name] ?? []));
    expect(code).toBe(2);
    expect(err).not.toMatch(/\n +at /);
    if (name !== 'kb' && name !== 'store') expect(err).toContain('DISCORD_TOKEN is missing.');
  });
});

test('a mistyped --dry-run does not provision', async () => {
  const { err, code } = await run('provision.ts', '--dry-rn');
  expect(code).toBe(2);
  expect(err).toContain('There is no option --dry-rn. Did you mean --dry-run?');
  expect((await run('provision.ts', 'dry-run')).code).toBe(2);
});

test('a mistyped command of kb is named, with the one that was meant', async () => {
  expect((await run('kb.ts', 'improt', 'x.csv')).err).toStartWith(
    'There is no command "improt". Did you mean import?',
  );
  expect((await run('kb.ts', 'constructor')).code).toBe(2);
});

test('member wants a Discord id, and options of the command that is named', async () => {
  expect((await run('member.ts', 'erase', '@ada')).err).toStartWith('"@ada" is no Discord id.');
  const wrong = await run('member.ts', 'export', '10000000000000000', '--yes');
  expect(wrong).toMatchObject({ code: 2, out: '' });
  expect(wrong.err).toStartWith('--yes is not an option of export.');
});

test('a question that is answered with Ctrl-C or Ctrl-D is answered with no, without a stack trace', async () => {
  const asking = `const { confirmed } = await import('${join(import.meta.dir, 'config/command-line.ts')}');
    console.log((await confirmed('Erase it?')) ? 'answered yes' : 'answered no');`;
  for (const key of ['\x03', '\x04']) {
    let shown = '';
    const child = Bun.spawn([process.execPath, '--no-env-file', '-e', asking], {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH ?? '' },
      terminal: {
        cols: 80,
        rows: 24,
        data: (terminal, data) => {
          const asked = shown.includes('[y/N]');
          shown += new TextDecoder().decode(data);
          if (!asked && shown.includes('[y/N]')) terminal.write(key);
        },
      },
    });
    expect(await child.exited).toBe(0);
    expect(shown).toContain('answered no');
    expect(shown).not.toContain('AbortError');
  }
});

test('the doctor writes either JSON or the report of a probe', async () => {
  const { err, code } = await run('doctor.ts', '--json', '--probe');
  expect(code).toBe(2);
  expect(err).toStartWith('--json and --probe exclude each other');
});

/** Commands of package.json that are a script of the project, and the file that each runs. */
const scripts = Object.entries(manifest.scripts).flatMap(([name, line]) => {
  const [, file] = /(?:^|&& )bun (?:--\S+ )*(\S+\.ts)$/.exec(line) ?? [];
  return file ? [{ name, path: join(import.meta.dir, '../..', file) }] : [];
});
scripts.push({
  name: 'build:plugin',
  path: join(import.meta.dir, '../../flex-plugin/build-plugin.ts'),
});

test('no command that people run does anything on an option that it does not know', async () => {
  expect(scripts.length).toBeGreaterThan(20);
  // Benchmarks load for long before they look at their options, so that only the reader of those is looked for.
  const read = await Promise.all(
    scripts.map(async ({ path }) => [path, await Bun.file(path).text()] as const),
  );
  for (const [path, text] of read)
    expect(text, path).toMatch(/\b(argumentsOrExit|runCommand|readOptions|parseArgs)\(/);
  const tried = [
    'studio:flow',
    'docs:config',
    'build:plugin',
    'deploy:plugin',
    'deploy:plugin:dry',
    'test',
    'demo',
  ];
  await Promise.all(
    tried.map(async (name) => {
      const { out, err, code } = await run(
        scripts.find((script) => script.name === name)?.path ?? '',
        '--hlep',
      );
      expect({ name, code, out }).toEqual({ name, code: 2, out: '' });
      expect(err, name).toMatch(/--hlep[\s\S]*\n\nUsage:\n {2}bun run [\s\S]*Exit codes:\n {2}0 {2}/);
      expect(err, name).toContain(`bun run ${name}`);
    }),
  );
});

test('commands whose work stands at their top level explain themselves with --help, and write nothing', async () => {
  const { out, err, code } = await run('config/reference.ts', '--help');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^Usage:\n {2}bun run docs:config\n[\s\S]*Exit codes:/);
});
