import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { fillDataDir } from '@flexcord/bridge/testing/templates';
import type { Browser, Page } from 'playwright-core';
import { en } from '../src/demo/page/strings/en.ts';
import { type Demo, serveDemo } from '../src/demo/server.ts';
import { startWorld, type World } from '../src/demo/world.ts';
import { chromiumPath, launchChromium } from '../src/flex/chromium.ts';
import { buildPlugin, isPluginFresh } from '../src/flex/plugin.ts';
import { waitUntil } from '../src/wait-until.ts';

// One demo and one page for all tests, which build on each other as a visitor's visit does.

/** For the hook that builds the plugin where nobody has, and bundles Flex. */
const START_TIMEOUT_MS = 240_000;
const WAIT_TIMEOUT_MS = 60_000;
/** Flex takes ten seconds of processor time to start, which is a minute and more on a busy machine. */
const FLEX_START_TIMEOUT_MS = 180_000;
const axe = Bun.file(require.resolve('axe-core/axe.min.js'));
const screenshotFolder = process.env.FLEXCORD_PICTURES;

let demo: Demo;
let browser: Browser;
let page: Page;
let world: World;
const pageErrors: string[] = [];

beforeAll(async () => {
  if (!chromiumPath) return;
  if (!isPluginFresh()) await buildPlugin();
  [demo, browser] = await Promise.all([
    serveDemo({
      port: 0,
      language: 'en',
      async start(language) {
        const messageRate = { limit: 1000, windowMs: 1000 };
        world = await startWorld({ routing: 'bridge', language, fillDataDir, messageRate });
        return world;
      },
    }),
    launchChromium(),
  ]);
  page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    colorScheme: 'dark',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(WAIT_TIMEOUT_MS);
  page.on('pageerror', ({ message }) => pageErrors.push(message));
  await page.goto(`${demo.url}?show=discord`);
}, START_TIMEOUT_MS);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

const demoTest = test.skipIf(!chromiumPath);
const composer = () => page.locator('.composer textarea');
const message = (text: string | RegExp) => page.getByRole('article').filter({ hasText: text }).last();

async function openChannel(name: string): Promise<void> {
  await page.getByRole('button', { name: /^Lantern Isles/ }).click();
  await page.getByRole('navigation', { name: en.channels }).getByRole('button', { name }).click();
  await page.getByRole('region', { name: en.conversation(`#${name}`) }).waitFor();
}

demoTest('/bug opens its form, and what is sent becomes a case and a card with the picture', async () => {
  await composer().fill('/bu');
  await page.getByRole('option', { name: /bug/ }).waitFor();
  await composer().press('Enter');
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: 'Report a bug' });
  await form.getByLabel('Title').fill('The lantern goes out');
  expect(await form.getByRole('button', { name: en.submit }).isDisabled()).toBe(true);
  await form.getByLabel('What happened?').fill('At night, ||at the pier||.');
  await form.getByLabel('Windows').check();
  await form.getByLabel('Screenshots').setInputFiles(join(import.meta.dir, '../docs/demo.png'));
  await form.getByRole('button', { name: en.submit }).click();
  await message('Your report is case #1').getByText(en.onlyYou).waitFor();
  await openChannel('bug-report');
  const card = message('The lantern goes out');
  await card.getByText('Windows').waitFor();
  await card.locator('img').waitFor();
});

demoTest('an option is completed by the bridge while it is typed', async () => {
  await composer().fill('/case view');
  await composer().press('Enter');
  await page.getByRole('button', { name: /^#1 · open · The lantern goes out/ }).click();
  await page.getByRole('button', { name: en.run }).click();
  const answer = message('#1 · The lantern goes out').filter({ hasText: en.onlyYou });
  await answer.waitFor();
  await answer.getByRole('button', { name: en.dismissMessage }).click();
  await answer.waitFor({ state: 'detached' });
});

demoTest('an agent reads what a member edits, deletes, answers and reacts to', async () => {
  const { kim } = world.agents;
  await page.getByRole('button', { name: en.directMessages }).click();
  await page.getByRole('region', { name: en.conversation('@Flexcord') }).waitFor();
  await composer().fill('I want to talk to a person');
  await composer().press('Enter');
  const task = await kim.accept(await kim.waitForReservation());
  const sid = task.conversationSid ?? '';
  const heard = (text: string) =>
    waitUntil(() => kim.transcript(sid).some(({ body }) => body?.includes(text)), { what: text });
  kim.send(sid, 'Hello Ada');
  const hello = message('Hello Ada');
  await hello.hover();
  await hello.getByRole('button', { name: en.react }).click();
  await page.getByRole('menuitem', { name: '🎉' }).click();
  await hello.getByRole('button', { name: en.reaction('🎉', 1) }).waitFor();
  await hello.getByRole('button', { name: en.reply, exact: true }).click();
  await composer().fill('it is bleu');
  await composer().press('Enter');
  const own = message('it is bleu');
  await own.getByText('Hello Ada').waitFor();
  await heard('it is bleu');
  await composer().press('ArrowUp');
  await page.getByLabel(en.editLabel).fill('it is blue');
  await page.keyboard.press('Enter');
  await message('it is blue').getByText(`(${en.edited})`).waitFor();
  await heard('[Edited. Before: it is bleu]');
  await composer().fill('my secret');
  await composer().press('Enter');
  await heard('my secret');
  await message('my secret').click({ button: 'right' });
  await page.getByRole('menuitem', { name: en.remove }).click();
  await message('my secret').waitFor({ state: 'detached' });
  await heard('[Ada deleted this message]');
  await heard('reacted');
});

demoTest('a second member sees the card and votes, and a moderator opens a case from a message', async () => {
  await switchMember('Bo');
  await openChannel('bug-report');
  await message('The lantern goes out').getByRole('button', { name: /^Vote/ }).click();
  await message('The lantern goes out').getByRole('button', { name: 'Vote (1)' }).waitFor();
  await openChannel('general');
  await composer().fill('the boat is gone');
  await composer().press('Enter');
  await message('the boat is gone').waitFor();
  world.members.ada.typing(world.guild.channel('general'));
  await page.getByText(en.typing(['Ada'])).waitFor();
  await switchMember('Mina');
  await openChannel('general');
  await message('the boat is gone').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /case/i }).click();
  await message(/#3/).getByText(en.onlyYou).waitFor();
  await switchMember('Ada');
});

demoTest('a post in the forum is answered in its thread, and the list shows it with its tags', async () => {
  await openChannel('help');
  await page.getByRole('button', { name: en.newPost }).click();
  const form = page.getByRole('dialog', { name: en.newPost });
  await form.getByLabel(en.postTitle).fill('Locked out');
  await form.getByLabel(en.postText).fill('I forgot my password, how can I reset it?');
  await form.getByLabel('account').check();
  await form.getByRole('button', { name: en.postSend }).click();
  const answer = message('This may answer your question');
  await answer.getByRole('button', { name: 'That helped' }).click();
  await message('This is solved').waitFor();
  await page.getByRole('heading', { name: 'Locked out' }).waitFor();
  await page.getByRole('button', { name: en.toPosts('help') }).click();
  const post = page.getByRole('list', { name: en.posts(1) }).getByRole('button', { name: /Locked out/ });
  await post.getByText('account', { exact: true }).waitFor();
  await post.getByText('solved', { exact: true }).waitFor();
});

demoTest('Flex is loaded again for another worker, with their role', async () => {
  await page.getByRole('radio', { name: /Robin/ }).check({ force: true });
  await page.getByRole('radio', { name: en.layouts.both }).check({ force: true });
  const frame = page.frameLocator('.desk iframe');
  await frame.getByRole('link', { name: 'Teams', exact: true }).waitFor({ timeout: FLEX_START_TIMEOUT_MS });
});

demoTest('axe finds no serious fault, light or dark', async () => {
  await page.addScriptTag({ content: await axe.text() });
  for (const theme of ['dark', 'light']) {
    await screenshot(`demo-${theme}`);
    expect(await seriousFaults()).toEqual([]);
    await page.getByRole('button', { name: en.newPost }).click();
    await page.getByRole('dialog', { name: en.newPost }).waitFor();
    expect(await seriousFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page
      .getByRole('list', { name: en.posts(1) })
      .getByRole('button')
      .click();
    await page.getByRole('heading', { name: 'Locked out' }).waitFor();
    expect(await seriousFaults()).toEqual([]);
    await screenshot(`demo-post-${theme}`);
    await composer().fill('/bu');
    await composer().press('Enter');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Report a bug' }).waitFor();
    expect(await seriousFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: en.tour }).click();
    await page.getByRole('dialog', { name: en.tourLabel }).waitFor();
    expect(await seriousFaults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: en.toPosts('help') }).click();
    await page.getByRole('button', { name: en.theme }).click();
  }
});

demoTest('a reset brings back the beginning, in a world of its own', async () => {
  const before = world;
  await page.getByRole('button', { name: en.reset }).click();
  await page.getByRole('dialog', { name: en.resetAsk }).getByRole('button', { name: en.reset }).click();
  await page.getByText(en.emptyDm).waitFor();
  expect(world).not.toBe(before);
  expect(world.members.ada.inbox()).toEqual([]);
});

demoTest('the tour is walked from start to end by keyboard alone', async () => {
  await page.getByRole('button', { name: en.tour }).focus();
  await page.keyboard.press('Enter');
  const tour = page.getByRole('dialog', { name: en.tourLabel });
  const titles = Object.values(en.steps).map(({ title }) => title);
  for (const title of titles) {
    await tour.getByRole('heading', { name: title }).waitFor();
    await tour.getByRole('button', { name: title === titles.at(-1) ? en.done : en.next }).waitFor();
    await screenshot(`demo-tour-${titles.indexOf(title)}`);
    await page.keyboard.press(title === titles.at(-1) ? 'Enter' : 'ArrowRight');
  }
  await tour.waitFor({ state: 'detached' });
  expect(await page.getByRole('alert').count()).toBe(0);
  await message('Solved before').getByText('Sign in on both phones').waitFor();
  expect(world.agents.kim.tasks()).toHaveLength(2);
});

demoTest('the page speaks Japanese, and so do the commands', async () => {
  await page.getByRole('button', { name: en.language }).click();
  await page.getByRole('button', { name: 'リセット' }).waitFor();
  await composer().fill('/');
  await page.getByRole('option', { name: /不具合|バグ/ }).waitFor();
  expect(pageErrors).toEqual([]);
});

async function switchMember(name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${en.switchMember}`) }).click();
  await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('button', { name: `${en.switchMember}: ${name}` }).waitFor();
}

/** What axe calls serious or critical in the page, Flex left out. */
const seriousFaults = () =>
  page.evaluate(async () => {
    interface Found {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    }
    const { axe } = window as never as { axe: { run(at: Node, options: object): Promise<Found> } };
    const { violations } = await axe.run(document.body, { iframes: false, resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });

async function screenshot(name: string): Promise<void> {
  if (screenshotFolder) await page.screenshot({ path: join(screenshotFolder, `${name}.png`) });
}
