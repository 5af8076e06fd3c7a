import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';

const candidates = [
  process.env.CHROMIUM_PATH ?? '',
  // The same engine without a browser's windows and tabs: a third less processor time.
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The system's Chromium for browser tests: CHROMIUM_PATH, else where Debian and others put it; null, with a warning, where there is none. */
export const chromiumPath: string | null = candidates.find((path) => path !== '' && existsSync(path)) ?? null;

if (!chromiumPath) {
  console.warn('\n*** Browser tests are SKIPPED: install Chromium, or name it in CHROMIUM_PATH. ***\n');
}

/** Starts it without a window. Throws where there is none. */
export async function launchChromium(): Promise<Browser> {
  if (!chromiumPath) throw new Error('There is no Chromium');
  // Half a second to load, of no use to those who only ask for the path.
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}
