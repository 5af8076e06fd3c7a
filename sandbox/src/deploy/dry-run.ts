import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deploy } from '../../../flex-plugin/deploy/deploy.ts';
import { CannotDeploy, cliModules, openTwilioCli } from '../../../flex-plugin/deploy/twilio-cli.ts';
import { type Exchange, serve } from '../core/serve.ts';
import type { FlexPlugin } from '../flex/flexHost.ts';
import { startTwilio, type Twilio } from '../twilio/index.ts';

export interface DryRun {
  /** Still running; the caller stops it. */
  twilio: Twilio;
  /** The plugin as this Twilio's Flex loads it now. */
  plugin: FlexPlugin;
}

/**
 * Deploys and releases the plugin with Twilio's own CLI to a Twilio on this machine; no packet leaves it. Throws
 * `CannotDeploy` with a sentence where the CLI fails, and where it sent a request that the sandbox does not support.
 */
export async function dryRun(onExchange?: (exchange: Exchange) => void): Promise<DryRun> {
  const scratch = mkdtempSync(join(tmpdir(), 'flexcord-deploy-'));
  const refusedFile = join(scratch, 'refused');
  const twilio = await startTwilio({ onExchange });
  const registry = serve({ service: 'npm', handle: installedPackage });
  try {
    const cli = await openTwilioCli({
      TERM: process.env.TERM,
      LANG: process.env.LANG,
      TWILIO_ACCOUNT_SID: twilio.accountSid,
      TWILIO_API_KEY: twilio.apiKey,
      TWILIO_API_SECRET: twilio.apiSecret,
      NODE_OPTIONS: `--require ${JSON.stringify(join(import.meta.dir, 'redirect.cjs'))}`,
      FLEXCORD_SANDBOX: twilio.url,
      FLEXCORD_LOCAL_PORTS: [twilio.url, registry.url].map((url) => new URL(url).port).join(','),
      FLEXCORD_REFUSED: refusedFile,
      npm_config_registry: registry.url,
    });
    try {
      await deploy(cli, { release: true, changelog: 'A dry run' });
    } finally {
      cli.close();
      reportGaps(twilio, refusedFile);
    }
    const [plugin] = twilio.releasedPlugins();
    if (!plugin)
      throw new CannotDeploy('Twilio’s CLI says that it released the plugin, and no release is there.');
    return { twilio, plugin };
  } catch (error) {
    await twilio.stop();
    throw error;
  } finally {
    await registry.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A request without a real answer makes the dry run worthless, even where the CLI continued. */
function reportGaps(twilio: Twilio, refusedFile: string): void {
  const refused = existsSync(refusedFile) ? readFileSync(refusedFile, 'utf8').trim().split('\n') : [];
  const gaps = [
    ...[...twilio.unsupportedRequests].map((what) => `the sandbox does not support ${what}`),
    ...[...new Set(refused)].map((where) => `${where} is no host of the sandbox and was not reached`),
  ];
  if (gaps.length > 0)
    throw new CannotDeploy(`Twilio’s CLI asked for what is not here:\n  ${gaps.join('\n  ')}`);
}

/**
 * The CLI first asks the npm registry for the latest version of itself, and fails without an answer. The answer here is
 * the installed version.
 */
async function installedPackage(request: Request): Promise<Response> {
  const name = decodeURIComponent(new URL(request.url).pathname.slice(1));
  const file = Bun.file(join(cliModules, name, 'package.json'));
  if (!(await file.exists())) return new Response('not found', { status: 404 });
  const manifest = await file.json();
  const { version } = manifest as { version: string };
  return Response.json({ name, 'dist-tags': { latest: version }, versions: { [version]: manifest } });
}
