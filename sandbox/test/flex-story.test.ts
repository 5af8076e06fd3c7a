import { afterAll, beforeAll, expect, test } from 'bun:test';
import { type Browser, chromium } from 'playwright-core';
import type { Served } from '../src/core/serve.ts';
import { chromiumPath } from '../src/flex/chromium.ts';
import { flexHost } from '../src/flex/flexHost.ts';
import { buildPlugin, flexcordPlugin } from '../src/flex/plugin.ts';
import { closeScenes, openScene } from './scene.ts';

let browser: Browser;
let host: Served | undefined;

beforeAll(async () => {
  if (!chromiumPath) return;
  await buildPlugin();
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}, 90_000);

afterAll(async () => {
  await browser?.close();
  await host?.stop();
  await closeScenes();
});

/** The whole path with nothing left out: a Discord member, the bridge, Studio, and an agent in the real Flex UI. */
test.skipIf(!chromiumPath)('a member’s question ends with an agent in the real Flex UI', async () => {
  const { ada, kim, twilio, bridge, hears } = await openScene();
  kim.setAvailable(false);
  const mina = twilio.createAgent({ identity: 'mina', fullName: 'Mina', available: false });
  const unanswered: string[] = [];
  host = await flexHost({
    backend: twilio.flexBackend(mina),
    plugins: [flexcordPlugin],
    uiAttributes: { flexcord: { bridgeUrl: bridge.url } },
    token: twilio.issueToken(mina),
    onUnknown: (what) => unanswered.push(what),
  });
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  await page.goto(host.url);

  ada.dm('I forgot my password');
  await hears('Reset a forgotten password');
  await page.getByText('Offline').first().click();
  await page.getByText('Available').first().click();
  ada.dm('that did not help, I want to talk to a person');
  await page.locator('button[aria-label*="Accept" i]').first().click();
  await hears('Mina joined the chat.');

  await page.getByText('Reset a forgotten password').last().waitFor();
  await page.getByText('I want to talk to a person').last().waitFor();
  const composer = page.locator('[contenteditable=true], textarea[placeholder*="message" i]').first();
  await composer.fill('Hello Ada, I look it up.');
  await page.locator('button:has-text("Send")').first().click();
  await hears('**Mina**: Hello Ada, I look it up.');
  ada.dm('thank you, I wait');
  await page.getByText('thank you, I wait').last().waitFor();
  // Flex writes the member's name over their messages, not their identity.
  const log = page.locator('[class*=MessageBubble], [class*=MessageListItem]');
  expect(await log.getByText(/^discord_\d+/).count()).toBe(0);
  expect(await log.getByText('Ada', { exact: true }).count()).toBeGreaterThan(0);

  await page.locator('button:has-text("End")').first().click();
  await hears('This chat has ended');
  await page.locator('button:has-text("Complete")').first().click();
  await twilio.waitFor(() => twilio.tasks().every(({ status }) => status === 'completed'), {
    timeoutMs: 10_000,
  });
  expect(unanswered).toEqual([]);
});
