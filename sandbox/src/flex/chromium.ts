import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The system's Chromium for browser tests: CHROMIUM_PATH, else where Debian and others put it; null after saying so loudly. */
export const chromiumPath: string | null = candidates.find((path) => path !== '' && existsSync(path)) ?? null;

if (!chromiumPath) {
  console.warn('\n*** Browser tests are SKIPPED: install Chromium, or name it in CHROMIUM_PATH. ***\n');
}
