import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { freePort } from '../src/bridge-process.ts';
import { chromiumPath } from '../src/flex/chromium.ts';
import { flexHost } from '../src/flex/flexHost.ts';
import { buildPlugin, flexcordPlugin } from '../src/flex/plugin.ts';
import { closeScenes, openScene } from './scene.ts';
import { settle } from './settle.ts';

/** Folder for pictures of the views; none are taken where it is not set. */
const pictures = process.env.FLEXCORD_PICTURES;

export type ViewsDesk = Awaited<ReturnType<typeof openViewsDesk>>;

/** Both clouds, the bridge, and Sora, a supervisor, in the real Flex UI. */
export async function openViewsDesk() {
  if (!chromiumPath) throw new Error('There is no Chromium');
  const port = await freePort();
  const [scene, browser] = await Promise.all([
    openScene({ env: { FLEX_ORIGINS: `http://127.0.0.1:${port}` } }),
    chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
    }),
    buildPlugin(),
  ]);
  const { twilio, discord, guild, bridge } = scene;
  const roles = ['agent', 'supervisor'];
  const sora = twilio.createAgent({ identity: 'sora', fullName: 'Sora', roles });
  const token = twilio.issueToken(sora);
  const host = await flexHost({
    backend: twilio.flexBackend(sora),
    plugins: [flexcordPlugin],
    uiAttributes: { flexcord: { bridgeUrl: bridge.url } },
    token,
    roles,
    port,
  });
  const context = await browser.newContext({ viewport: { width: 1500, height: 950 }, locale: 'en-US' });
  const page = await context.newPage();
  // A machine that builds and tests at the same time may be slow.
  page.setDefaultTimeout(45_000);
  page.setDefaultNavigationTimeout(90_000);

  return {
    ...scene,
    page,
    origin: host.url,

    /** Opens Flex at one of its paths and waits until it has started. */
    async open(path: string) {
      await page.goto(new URL(path, host.url).href);
      await page.getByTestId('activity-dropdown-button').waitFor();
    },

    /** One request of the panel API as the supervisor. */
    async api<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
      const answer = await fetch(bridge.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (answer.status === 204 ? undefined : await answer.json()) as Answer;
    },

    /** Somebody on the server whom the bridge knows. */
    async member(username: string, globalName: string) {
      const member = discord.createUser({ username, globalName });
      guild.join(member);
      const answered = discord.waitForMessage(() =>
        member.inbox().some(({ author }) => author.id !== member.id),
      );
      member.dm('hello');
      await answered;
      return member;
    },

    /** Switches Flex's own theme. */
    async theme(name: 'light' | 'dark') {
      await page.evaluate((isLight) => {
        const { Twilio } = window as unknown as { Twilio: FlexGlobal };
        Twilio.Flex.Manager.getInstance().updateConfig({ theme: { isLight } });
      }, name === 'light');
      await settle(page);
    },

    async picture(name: string) {
      if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
    },

    async close() {
      await browser.close();
      await host.stop();
      await closeScenes();
    },
  };
}

interface FlexGlobal {
  Flex: { Manager: { getInstance(): { updateConfig(config: unknown): void } } };
}
