import { join } from 'node:path';
import { GatewayIntentBits } from 'discord-api-types/v10';
import deskWords from '../../flex-plugin/src/strings/en/desk.json';
import pluginWords from '../../flex-plugin/src/strings/en/plugin.json';
import { freePort } from '../src/bridge-process.ts';
import type { DiscordUser } from '../src/discord/index.ts';
import { launchChromium } from '../src/flex/chromium.ts';
import { flexHost } from '../src/flex/flexHost.ts';
import { buildPlugin, flexcordPlugin } from '../src/flex/plugin.ts';
import { closeHarnesses, startHarness } from './harness.ts';
import { waitForAnimations } from './wait-for-animations.ts';

/** The panel's texts by key, so that a test finds things as an agent does and a new wording does not break it. */
export const words = { ...pluginWords, ...deskWords };

/** Folder for screenshots of what the tests show; none are taken where it is not set. */
const screenshotFolder = process.env.FLEXCORD_PICTURES;

/** For everything that the browser or the member waits for: a machine that builds and tests at the same time is slow. */
const WAIT_TIMEOUT_MS = 90_000;
const NAVIGATION_TIMEOUT_MS = 90_000;
/** For a hook that opens Flex: it bundles Flex and the plugin, starts a bridge and a browser. */
export const FLEX_START_TIMEOUT_MS = 240_000;

export type FlexBrowser = Awaited<ReturnType<typeof openFlexBrowser>>;

interface FlexBrowserOptions {
  /** Flex roles of Mina and of Kim; default `agent` alone. */
  roles?: string[];
}

/** Both stand-ins, the bridge, and a browser in which Mina uses the real Flex UI. Kim is another agent, without a browser. */
export async function openFlexBrowser({ roles = ['agent'] }: FlexBrowserOptions = {}) {
  const port = await freePort();
  const [harness, browser] = await Promise.all([
    startHarness({
      env: { FLEX_ORIGINS: `http://127.0.0.1:${port}`, KNOWLEDGE_SAMPLE: 'true' },
      grantedIntents: GatewayIntentBits.MessageContent,
    }),
    launchChromium(),
    buildPlugin(),
  ]);
  const { twilio, bridge, kim } = harness;
  kim.setAvailable(false);
  const mina = twilio.createAgent({ identity: 'mina', fullName: 'Mina', available: false, roles });
  const unknownRequests: string[] = [];
  const host = await flexHost({
    backend: twilio.flexBackend(mina),
    plugins: [flexcordPlugin],
    uiAttributes: { flexcord: { bridgeUrl: bridge.url } },
    token: twilio.issueToken(mina),
    roles,
    port,
    onUnknown: (what) => unknownRequests.push(what),
  });
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 }, locale: 'en-US' });
  page.setDefaultTimeout(WAIT_TIMEOUT_MS);
  page.setDefaultNavigationTimeout(NAVIGATION_TIMEOUT_MS);

  // Discord's CDN, for the pictures of members and emoji.
  await page.route('https://cdn.discordapp.com/**', (route) =>
    route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="#e91e63"/></svg>',
    }),
  );

  const log = page.locator('[class*=MessageBubble], [class*=MessageListItem]');
  const composer = page.locator('[contenteditable=true], textarea[placeholder*="message" i]').first();

  /** Resolves when the bot has sent the member this text, already or later. */
  const waitForBotMessage = (text: string, member: DiscordUser) =>
    harness.waitForBotMessage(text, member, { timeoutMs: WAIT_TIMEOUT_MS });

  /** Accepts the task that is offered. */
  const acceptTask = () =>
    page
      .getByRole('button', { name: /Accept/i })
      .first()
      .click();

  /** Completes the task that is being wrapped up. */
  async function completeTask(): Promise<void> {
    const before = mina.tasks().length;
    await page.getByTestId('end-task-button').filter({ hasText: 'Complete' }).press('Enter');
    await twilio.waitFor(() => mina.tasks().length < before, {
      timeoutMs: WAIT_TIMEOUT_MS,
      what: 'one task less',
    });
  }

  async function setTheme(theme: 'dark' | 'light'): Promise<void> {
    await page.evaluate((isLight) => {
      const { Twilio } = window as unknown as { Twilio: FlexGlobal };
      Twilio.Flex.Manager.getInstance().updateConfig({ theme: { isLight } });
    }, theme === 'light');
    await waitForAnimations(page);
  }

  return {
    ...harness,
    mina,
    page,
    composer,
    unknownRequests,
    waitForBotMessage,

    /** Opens Flex at one of its paths, and makes Mina available. */
    async open(path = '/') {
      await page.goto(new URL(path, host.url).href);
      await page.getByTestId('activity-dropdown-button').click();
      await page.getByText('Available').first().click();
    },

    /** Calls the panel API with Kim's token: POST with a body, GET without. */
    async callPanelAsKim<Answer>(path: string, body?: unknown): Promise<Answer> {
      const answer = await fetch(bridge.url + path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${twilio.issueToken(kim, { roles })}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (answer.status === 204 ? undefined : await answer.json()) as Answer;
    },

    acceptTask,
    completeTask,

    /** A new member asks for a person, and Mina takes the task. */
    async startChat(name: string) {
      const member = harness.newMember(name);
      member.dm('I want to talk to a person');
      await acceptTask();
      await waitForBotMessage('Mina joined the chat.', member);
      const task = twilio.tasks().findLast(({ attributes }) => attributes.customerName === name);
      return { member, conversationSid: task?.conversationSid ?? '', taskSid: task?.sid ?? '' };
    },

    /** Resolves when the transcript shows it. */
    waitForTranscriptText: (text: string | RegExp) => log.getByText(text).last().waitFor(),

    /** How often the transcript shows it. */
    countInTranscript: (text: string | RegExp) => log.getByText(text).count(),

    async sendReply(text: string) {
      await composer.fill(text);
      await page.getByTestId('send-message').click();
    },

    // By keyboard: Flex's notifications cover the tabs for some seconds.
    openTab: (name: 'Profile' | 'Cases' | 'Knowledge') => page.getByRole('tab', { name }).press('Enter'),

    /** Presses a button of the panel. */
    pressButton: (key: keyof typeof words) =>
      page.getByRole('button', { name: words[key], exact: true }).first().click(),

    /** Presses a button of the panel, unless the panel shows `text` by itself and the button disappears. */
    async pressButtonUnless(key: keyof typeof words, text: string) {
      const button = page.getByRole('button', { name: words[key], exact: true }).first();
      await button.or(page.getByText(text)).first().waitFor();
      if (await button.isVisible()) await button.press('Enter', { timeout: 2_000 }).catch(() => {});
    },

    /** Resolves when the page shows the text. */
    waitForText: (text: string) => page.getByText(text).first().waitFor(),

    /** Ends the chat, and completes the task. */
    async endChat(member: DiscordUser) {
      await page.getByTestId('end-task-button').press('Enter');
      await waitForBotMessage('This chat has ended', member);
      await completeTask();
    },

    /** Opens Flex's own directory and hands the conversation to an agent or a queue. */
    async transferChat(tab: 'Agents' | 'Queues', name: string) {
      await page.getByTestId('task-actions-menu-toggle').click();
      await page.getByTestId('task-transfer-button').click();
      const directory = page.locator('.Twilio-WorkerDirectory-Popup');
      await directory.getByText(tab, { exact: true }).click();
      await directory.getByText(name, { exact: true }).hover();
      await directory.getByRole('button', { name: new RegExp(`transfer.*${name}`, 'i') }).click();
      await page.getByTestId('confirm-transfer-button').click();
    },

    setTheme,

    /** What axe calls serious or critical in what fits a selector; Flex's own parts are not the plugin's. */
    async seriousFaults(selector: string): Promise<string[]> {
      if (!(await page.evaluate(() => 'axe' in window)))
        await page.addScriptTag({ content: await Bun.file(require.resolve('axe-core/axe.min.js')).text() });
      return page.evaluate(async (within) => {
        const { axe } = window as never as { axe: { run(at: object, options: object): Promise<Found> } };
        const { violations } = await axe.run({ include: [within] }, { resultTypes: ['violations'] });
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
      }, selector);
    },

    /** A screenshot for the README, in both themes. */
    async takeScreenshot(name: string) {
      if (!screenshotFolder) return;
      await page.getByTestId('notification-container').first().waitFor({ state: 'detached' });
      for (const theme of ['dark', 'light'] as const) {
        await setTheme(theme);
        await page.screenshot({
          path: join(screenshotFolder, `${name}-${theme}.png`),
          animations: 'disabled',
        });
      }
    },

    async close() {
      await browser.close();
      await host.stop();
      await closeHarnesses();
    },
  };
}

interface Found {
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

interface FlexGlobal {
  Flex: { Manager: { getInstance(): { updateConfig(config: unknown): void } } };
}
