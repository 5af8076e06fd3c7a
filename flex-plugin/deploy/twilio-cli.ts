/**
 * Twilio's own CLI, unmodified. It brings 1,650 packages that nothing else here needs, so it is no part of the workspace:
 * `twilio-cli/package.json` and its lock pin it, and the first deployment installs it there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const pluginFolder = join(import.meta.dir, '..');
const cliFolder = join(import.meta.dir, 'twilio-cli');
export const cliModules = join(cliFolder, 'node_modules');

/** What stands in the way of a deployment, as a sentence for the person who ran it. */
export class CannotDeploy extends Error {}

export interface TwilioCli {
  /** Runs `twilio …args` in the plugin's folder, its output on this terminal. Throws `CannotDeploy` where it fails. */
  run(...args: string[]): Promise<void>;
  /** Removes the scratch home. */
  close(): void;
}

/**
 * Installs the CLI where it is not installed yet and gives it a scratch home, so that the CLI of the person who runs this
 * is neither read nor changed.
 * @param env all of the environment that the CLI gets beside PATH and HOME; credentials among it
 */
export async function openTwilioCli(env: Record<string, string | undefined>): Promise<TwilioCli> {
  await requireNode20();
  await install();
  const home = mkdtempSync(join(tmpdir(), 'flexcord-twilio-cli-'));
  const childEnv = {
    ...env,
    HOME: home,
    // These would lead out of the scratch home again.
    XDG_CONFIG_HOME: undefined,
    XDG_CACHE_HOME: undefined,
    XDG_DATA_HOME: undefined,
    // The CLI starts itself by name.
    PATH: [join(cliModules, '.bin'), process.env.PATH].join(delimiter),
    // Asks nothing, keeps no credentials, reports no usage.
    CI: 'true',
    NO_UPDATE_NOTIFIER: '1',
    TWILIO_SKIP_NEW_VERSION_CHECK: 'true',
  };
  const run = async (...args: string[]) => {
    console.log(`\n$ twilio ${args.map((arg) => (/\s/.test(arg) ? JSON.stringify(arg) : arg)).join(' ')}`);
    const child = Bun.spawn([join(cliModules, '.bin/twilio'), ...args], {
      cwd: pluginFolder,
      env: childEnv,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const code = await child.exited;
    if (code !== 0)
      throw new CannotDeploy(`twilio ${args[0]} ended with code ${code}. Its own words are above.`);
  };
  const close = () => rmSync(home, { recursive: true, force: true });
  try {
    await run('plugins:link', join(cliModules, '@twilio-labs/plugin-flex'));
  } catch (error) {
    close();
    throw error;
  }
  return { run, close };
}

async function requireNode20(): Promise<void> {
  const node = Bun.which('node');
  const version = node ? await new Response(Bun.spawn([node, '--version']).stdout).text() : '';
  const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
  if (major >= 20) return;
  const found = major ? `here is ${version.trim()}` : 'there is none on the PATH';
  throw new CannotDeploy(
    `Twilio’s CLI needs Node 20 or newer, and ${found}. Install it from https://nodejs.org.`,
  );
}

async function install(): Promise<void> {
  // Hoisted: the CLI's parts load one another without having said so in their package.json.
  const child = Bun.spawn([process.execPath, 'install', '--frozen-lockfile', '--linker', 'hoisted'], {
    cwd: cliFolder,
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [code, errors] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  if (code !== 0)
    throw new CannotDeploy(`Twilio’s CLI could not be installed from the npm registry:\n${errors.trim()}`);
}
