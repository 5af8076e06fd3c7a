import { join } from 'node:path';
import words from '../../flex-plugin/src/strings/en/plugin.json';
import { freePort } from '../src/bridge-process.ts';
import type { DiscordUser } from '../src/discord/index.ts';
import { launchChromium } from '../src/flex/chromium.ts';
import { flexHost } from '../src/flex/flexHost.ts';
import { buildPlugin, flexcordPlugin } from '../src/flex/plugin.ts';
import { closeHarnesses, startHarness } from './harness.ts';
import { settle } from './settle.ts';

/** What agents read in the panel, by key: a story finds things as an agent does, and follows every new wording. */
export { default as words } from '../../flex-plugin/src/strings/en/plugin.json';

/** Folder for pictures of what the stories show; none are taken where it is not set. */
const pictures = process.env.FLEXCORD_PICTURES;

export type FlexDesk = Awaited<ReturnType<typeof openFlexDesk>>;

interface FlexDeskOptions {
  /** Flex roles of Mina and of Kim; default `agent` alone. */
  roles?: string[];
}

/** Both clouds, the bridge, and a browser in which Mina opens the real Flex UI. Kim is another agent, not at her desk. */
export async function openFlexDesk({ roles = ['agent'] }: FlexDeskOptions = {}) {
  const port = await freePort();
  const [harness, browser] = await Promise.all([
    startHarness({ env: { FLEX_ORIGINS: `http://127.0.0.1:${port}`, KNOWLEDGE_SAMPLE: 'true' } }),
    launchChromium(),
    buildPlugin(),
  ]);
  const { twilio, bridge, kim } = harness;
  kim.setAvailable(false);
  const mina = twilio.createAgent({ identity: 'mina', fullName: 'Mina', available: false, roles });
  const unanswered: string[] = [];
  const host = await flexHost({
    backend: twilio.flexBackend(mina),
    plugins: [flexcordPlugin],
    uiAttributes: { flexcord: { bridgeUrl: bridge.url } },
    token: twilio.issueToken(mina),
    roles,
    port,
    onUnknown: (what) => unanswered.push(what),
  });
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 }, locale: 'en-US' });
  // A machine that builds and tests at the same time may be slow.
  page.setDefaultTimeout(45_000);
  page.setDefaultNavigationTimeout(90_000);

  const log = page.locator('[class*=MessageBubble], [class*=MessageListItem]');
  const composer = page.locator('[contenteditable=true], textarea[placeholder*="message" i]').first();

  /** Resolves when the member has been told, already or later. */
  const hears = (member: DiscordUser, text: string) => harness.hears(text, member, { timeoutMs: 45_000 });

  /** Accepts whatever is offered. */
  const accept = () =>
    page
      .getByRole('button', { name: /Accept/i })
      .first()
      .click();

  /** Completes the task that is being wrapped up. */
  async function complete(): Promise<void> {
    const before = mina.tasks().length;
    await page.getByTestId('end-task-button').filter({ hasText: 'Complete' }).press('Enter');
    await twilio.waitFor(() => mina.tasks().length < before, { timeoutMs: 45_000, what: 'one task less' });
  }

  async function showTheme(theme: 'dark' | 'light'): Promise<void> {
    await page.evaluate((isLight) => {
      const { Twilio } = window as unknown as { Twilio: FlexGlobal };
      Twilio.Flex.Manager.getInstance().updateConfig({ theme: { isLight } });
    }, theme === 'light');
    await settle(page);
  }

  return {
    ...harness,
    mina,
    page,
    composer,
    unanswered,
    hears,

    /** Opens Flex at one of its paths, and makes Mina available. */
    async open(path = '/') {
      await page.goto(new URL(path, host.url).href);
      await page.getByTestId('activity-dropdown-button').click();
      await page.getByText('Available').first().click();
    },

    /** What the bridge says to Kim, who works somewhere else; a body is posted. */
    async asKim<Answer>(path: string, body?: unknown): Promise<Answer> {
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

    accept,
    complete,

    /** A new member asks for a person, and Mina takes the task. */
    async meet(name: string) {
      const member = harness.newMember(name);
      member.dm('I want to talk to a person');
      await accept();
      await hears(member, 'Mina joined the chat.');
      const task = twilio.tasks().findLast(({ attributes }) => attributes.customerName === name);
      return { member, conversationSid: task?.conversationSid ?? '', taskSid: task?.sid ?? '' };
    },

    /** Resolves when the transcript shows it. */
    reads: (text: string | RegExp) => log.getByText(text).last().waitFor(),

    /** How often the transcript shows it. */
    timesRead: (text: string | RegExp) => log.getByText(text).count(),

    async say(text: string) {
      await composer.fill(text);
      await page.getByTestId('send-message').click();
    },

    // By keyboard: Flex's notices lie over the tabs for some seconds.
    tab: (name: 'Profile' | 'Cases' | 'Knowledge') => page.getByRole('tab', { name }).press('Enter'),

    /** A button of the panel. */
    press: (key: keyof typeof words) =>
      page.getByRole('button', { name: words[key], exact: true }).first().click(),

    /** Presses a button of the panel that may go because the panel comes to say `text` by itself. */
    async pressUnless(key: keyof typeof words, text: string) {
      const button = page.getByRole('button', { name: words[key], exact: true }).first();
      await button.or(page.getByText(text)).first().waitFor();
      if (await button.isVisible()) await button.press('Enter', { timeout: 2_000 }).catch(() => {});
    },

    /** Resolves when the panel says it. */
    says: (text: string) => page.getByText(text).first().waitFor(),

    /** Ends the chat, and completes the task. */
    async finish(member: DiscordUser) {
      await page.getByTestId('end-task-button').press('Enter');
      await hears(member, 'This chat has ended');
      await complete();
    },

    /** Opens Flex's own directory and hands the conversation to an agent or a queue. */
    async transferTo(tab: 'Agents' | 'Queues', name: string) {
      await page.getByTestId('task-actions-menu-toggle').click();
      await page.getByTestId('task-transfer-button').click();
      const directory = page.locator('.Twilio-WorkerDirectory-Popup');
      await directory.getByText(tab, { exact: true }).click();
      await directory.getByText(name, { exact: true }).hover();
      await directory.getByRole('button', { name: new RegExp(`transfer.*${name}`, 'i') }).click();
      await page.getByTestId('confirm-transfer-button').click();
    },

    theme: showTheme,

    /** For the reader of the README, in both themes. */
    async picture(name: string) {
      if (!pictures) return;
      await page.getByTestId('notification-container').first().waitFor({ state: 'detached' });
      for (const theme of ['dark', 'light'] as const) {
        await showTheme(theme);
        await page.screenshot({ path: join(pictures, `${name}-${theme}.png`), animations: 'disabled' });
      }
    },

    async close() {
      await browser.close();
      await host.stop();
      await closeHarnesses();
    },
  };
}

interface FlexGlobal {
  Flex: { Manager: { getInstance(): { updateConfig(config: unknown): void } } };
}
