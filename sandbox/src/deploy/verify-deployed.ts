import { CannotDeploy } from '../../../flex-plugin/deploy/twilio-cli.ts';
import { chromiumPath, launchChromium } from '../flex/chromium.ts';
import { flexHost } from '../flex/flexHost.ts';
import { flexcordPlugin } from '../flex/plugin.ts';
import type { DryRun } from './dry-run.ts';

/**
 * Verifies that agents get what was deployed: the bytes are those that the CLI built, the sandbox's Flex serves that
 * version, and the real Flex UI starts with it. Prints each check; throws `CannotDeploy` for the first that fails.
 */
export async function verifyDeployed({ twilio, plugin }: DryRun): Promise<void> {
  const { name, version } = plugin;
  const built = await flexcordPlugin.source.bytes();
  const same = (bytes: Uint8Array) => Buffer.compare(bytes, built) === 0;
  if (!same(await plugin.source.bytes()))
    throw new CannotDeploy('What was deployed differs from flex-plugin/build.');
  console.log(`\n✔ ${name} ${version} was deployed as it was built: ${built.byteLength} bytes`);

  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim', available: false });
  const host = await flexHost({ backend: twilio.flexBackend(kim), plugins: twilio.releasedPlugins() });
  try {
    const [entry] = (await (await fetch(`${host.url}/plugins`)).json()) as { version: string; src: string }[];
    const served = entry && (await (await fetch(new URL(entry.src, host.url))).bytes());
    if (entry?.version !== version || !served || !same(served))
      throw new CannotDeploy(`The sandbox’s Flex does not serve ${name} ${version}.`);
    console.log(`✔ The sandbox’s Flex serves it at ${entry.src}`);
    if (chromiumPath) await loadInBrowser(host.url, `${name}@${version}`);
  } finally {
    await host.stop();
  }
}

async function loadInBrowser(url: string, plugin: string): Promise<void> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    // What Flex logs when it starts a plugin.
    const loading = page.waitForEvent('console', {
      predicate: (line) => line.text().includes(`loading ${plugin} plugin`),
    });
    await Promise.all([loading, page.goto(url)]);
    await page.getByText('Offline').first().waitFor();
    console.log(`✔ The real Flex UI started with ${plugin}`);
  } catch (error) {
    throw new CannotDeploy(`The real Flex UI did not load ${plugin}: ${(error as Error).message}`);
  } finally {
    await browser.close();
  }
}
