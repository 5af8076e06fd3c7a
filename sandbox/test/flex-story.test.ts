import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { CaseDetail, CaseList } from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { chromiumPath } from '../src/flex/chromium.ts';
import { openInteraction, sdkFor } from '../src/twilio/testing.ts';
import { waitUntil } from '../src/wait-until.ts';
import { FLEX_START_TIMEOUT_MS, type FlexBrowser, openFlexBrowser, words } from './flex-browser.ts';

// All tests share one browser and one start of Flex, which takes longer than any test. Each has its own member.

let flex: FlexBrowser;
beforeAll(async () => {
  if (!chromiumPath) return;
  flex = await openFlexBrowser();
  await flex.open();
}, FLEX_START_TIMEOUT_MS);
afterAll(() => flex?.close());

const flexTest = test.skipIf(!chromiumPath);

/** A picture that a member sends. */
const png = Bun.file(join(import.meta.dir, '../docs/demo.png'));

flexTest('a chat that the virtual agent hands over continues in Flex', async () => {
  const {
    newMember,
    waitForBotMessage,
    waitForTranscriptText,
    countInTranscript,
    acceptTask,
    sendReply,
    page,
    endChat,
  } = flex;
  const ada = newMember('Ada', 'f'.repeat(32));
  ada.dm('I forgot my password');
  await flex.discord.waitForMessage(
    ({ message }) => message.embeds[0]?.title === 'Reset a forgotten password',
  );
  ada.dm('that did not help, I want to talk to a person');
  // Who, what and since when, also to a screen reader; never an address.
  const offer = page.getByTestId('task-item');
  await offer.getByText('Ada', { exact: true }).waitFor();
  await offer.getByText(/^Waiting \d+ \w+ · I forgot my password/).waitFor();
  await offer.locator('img[alt=Discord]').waitFor();
  expect(await page.locator('body').ariaSnapshot()).not.toContain('discord_');
  await acceptTask();
  await waitForBotMessage('Mina joined the chat.', ada);
  await waitForTranscriptText('Reset a forgotten password');
  await waitForTranscriptText('I want to talk to a person');
  let shown = false;
  flex.discord.on('typing', ({ userId }) => {
    shown ||= userId === flex.discord.applicationId;
  });
  await flex.composer.fill('Hello Ada');
  await waitUntil(() => shown, { what: 'the typing indicator' });
  await sendReply('Hello Ada, I look it up.');
  await waitForBotMessage('**Mina**: Hello Ada, I look it up.', ada);
  ada.typing();
  await flex.waitForText('Ada is typing…');
  ada.dm('**bold** ||secret|| <:wave:123456789012345678>\n> quoted\n- one\n```js\nlet a\n``` <t:0:D>');
  await page.locator('strong', { hasText: 'bold' }).waitFor();
  await page.locator('blockquote', { hasText: 'quoted' }).waitFor();
  await page.locator('li', { hasText: 'one' }).waitFor();
  await page.locator('pre', { hasText: 'let a' }).waitFor();
  await page.locator('img[alt=":wave:"]').waitFor();
  await page.locator('time[datetime="1970-01-01T00:00:00.000Z"]').waitFor();
  const secret = page.getByTestId('message-body').getByText('secret');
  expect(await secret.isVisible()).toBe(false);
  await page.getByRole('button', { name: words.FlexcordShowSpoiler }).click();
  await secret.waitFor();
  ada.dm('thank you, I wait');
  await waitForTranscriptText('thank you, I wait');
  // Flex shows the member's name above their messages, not their identity.
  expect(await countInTranscript(/^discord_\d+/)).toBe(0);
  expect(await page.getByText('Ada', { exact: true }).count()).toBeGreaterThan(0);
  await flex.composer.fill('word '.repeat(900));
  await page.getByText('this will be sent as 3 messages').waitFor();
  await flex.composer.fill('');
  await endChat(ada);
});

flexTest('Flex shows files, a voice message, an edit, a deletion and a reply, and sends a file', async () => {
  const { waitForTranscriptText, countInTranscript, waitForBotMessage, page, endChat, sendReply } = flex;
  const { member: ben, conversationSid } = await flex.startChat('Ben');
  await sendReply('Which button is it?');
  await waitForBotMessage('Which button is it?', ben);

  ben.dm('it looks like this', {
    attachments: [{ name: 'screen.png', contentType: 'image/png', data: await png.bytes() }],
  });
  const shown = page.locator('img[alt="screen.png"]');
  await shown.waitFor();
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await shown.click();
  const opened = page.getByRole('dialog', { name: 'screen.png' });
  await opened.waitFor();
  expect(await flex.seriousFaults('[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
  await opened.waitFor({ state: 'detached' });

  const voice = {
    name: 'voice-message.ogg',
    contentType: 'audio/ogg',
    data: 'OggS sound',
    durationSecs: 3,
  };
  ben.dm('', { voice: true, attachments: [{ ...voice, waveform: 'AAAA' }] });
  await waitForTranscriptText('Voice message, 0:03');
  await page.locator('audio[aria-label$=".ogg"]').waitFor();
  expect(await latestFile(conversationSid)).toEqual({ type: 'audio/ogg', text: 'OggS sound' });

  const first = ben.dm('the button is bleu');
  await waitForTranscriptText('the button is bleu');
  ben.edit(first, 'the button is blue');
  await waitForTranscriptText('(edited)');
  await page.getByText('(edited)').click();
  await waitForTranscriptText('Before: the button is bleu');
  const slip = ben.dm('my secret is 4711');
  await waitForTranscriptText('my secret is 4711');
  ben.delete(slip);
  await waitForTranscriptText(words.FlexcordDeleted);
  const question = ben.inbox().find(({ content }) => content.includes('Which button is it?'));
  ben.dm('this one', { replyTo: question });
  await waitForTranscriptText(words.FlexcordReply);
  ben.react(question ?? first, '👍');
  await waitForTranscriptText('reacted with 👍 to');
  expect(await countInTranscript(/\[/)).toBe(0);
  await waitForTranscriptText('this one');

  const plan = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a plan') };
  const arrived = flex.discord.waitForMessage(
    ({ message }) => message.attachments[0]?.filename === 'plan.pdf',
  );
  await page.locator('input[type=file]').setInputFiles([plan]);
  await page.getByTestId('send-message').click();
  const url = (await arrived).attachments[0]?.url ?? '';
  expect(await (await fetch(url)).text()).toBe('%PDF-1.4 a plan');
  // The agent's own file is in the transcript, too.
  await page.locator('.flexcord-file', { hasText: 'plan.pdf' }).waitFor();
  // Bubbles of both sides, with everything that a message can be.
  for (const theme of ['dark', 'light'] as const) {
    await flex.setTheme(theme);
    expect({ theme, faults: await flex.seriousFaults('[class*=MessageBubble]') }).toEqual({
      theme,
      faults: [],
    });
  }
  const player = await page.locator('audio').boundingBox();
  expect(player?.width).toBeGreaterThan(200);
  await flex.takeScreenshot('flex-chat');
  await deskFits();
  await endChat(ben);
});

flexTest('the panel edits notes, cases and articles and shows other agents’ changes live', async () => {
  const {
    openTab,
    pressButton,
    waitForText,
    page,
    waitForTranscriptText,
    waitForBotMessage,
    endChat,
    callPanelAsKim,
  } = flex;
  const { member: cleo } = await flex.startChat('Cleo');
  cleo.dm('I forgot my password and cannot log in');
  await waitForTranscriptText('I forgot my password and cannot log in');

  await waitForText('@cleo');
  await page.getByLabel(words.FlexcordNewNote).fill('Prefers short answers');
  await pressButton('FlexcordAddNote');
  await page.getByText('Prefers short answers').last().waitFor();
  await callPanelAsKim(panelRoutes.notes(cleo.id), { text: 'Called twice this week' });
  await waitForText('Called twice this week');
  await flex.takeScreenshot('flex-profile');

  await openTab('Cases');
  await pressButton('FlexcordNewCase');
  // The suggested title arrives later and would overwrite this one.
  const title = page.getByLabel(words.FlexcordTitle);
  await waitUntil(async () => (await title.inputValue()) !== '', { what: 'the suggested title' });
  await title.fill('Cannot log in since the update');
  await pressButton('FlexcordCreateCase');
  await page.getByRole('button', { name: words.FlexcordCommentPublic }).waitFor();
  await page.getByLabel(words.FlexcordComment).fill('We are looking into it');
  await pressButton('FlexcordCommentPublic');
  await waitForBotMessage('We are looking into it', cleo);
  await page.getByLabel(words.FlexcordStatus, { exact: true }).selectOption('elevated');
  await page.getByRole('button', { name: 'Change to “In progress”' }).click();
  const created = await caseOf(cleo.id, 'Cannot log in since the update', 'elevated');
  await callPanelAsKim(panelRoutes.caseComments(created.id), {
    text: 'Same as the fault of Monday',
    visibility: 'internal',
    version: created.version,
  });
  await waitForText('Same as the fault of Monday');
  await flex.takeScreenshot('flex-cases');

  await openTab('Knowledge');
  await page.locator('mark').first().waitFor();
  await flex.takeScreenshot('flex-knowledge');
  await pressButton('FlexcordInsert');
  await page.getByTestId('send-message').click();
  await waitForBotMessage('**Mina**:', cleo);
  const card = flex.discord.waitForMessage(
    ({ message }) => message.embeds[0]?.title === 'Reset a forgotten password',
  );
  await page.getByRole('button', { name: words.FlexcordSend, exact: true }).last().click();
  await card;
  await endChat(cleo);

  /** The case as soon as it has this status: the panel's own change may still be under way. */
  async function caseOf(memberId: string, title: string, status: string): Promise<CaseDetail> {
    for (;;) {
      const { cases } = await callPanelAsKim<CaseList>(`${panelRoutes.cases}?memberId=${memberId}`);
      const found = cases.find((one) => one.title === title);
      if (found?.status === status) return callPanelAsKim<CaseDetail>(panelRoutes.case(found.id));
      await Bun.sleep(20);
    }
  }
});

flexTest('a conversation is transferred to an agent, back, and to a queue', async () => {
  const {
    twilio,
    kim,
    mina,
    waitForBotMessage,
    waitForTranscriptText,
    acceptTask,
    completeTask,
    transferChat,
    waitForText,
  } = flex;
  const { member: dora, conversationSid, taskSid } = await flex.startChat('Dora');
  kim.setAvailable(true);
  await transferChat('Agents', 'Kim');
  const offer = await kim.waitForReservation();
  await waitForText('Conversation transfer request made to Kim');
  const kims = await kim.accept(offer);
  await waitForBotMessage('Kim joined the chat.', dora);
  await completeTask();
  kim.send(conversationSid, 'I am Kim, hello');
  await waitForBotMessage('**Kim**: I am Kim, hello', dora);

  kim.transfer(kims, mina);
  await acceptTask();
  await waitForTranscriptText('I am Kim, hello');
  kim.complete(kims);

  await transferChat('Queues', 'Everyone');
  kim.accept(await kim.waitForReservation());
  await completeTask();
  const states = twilio.tasks().filter((task) => task.conversationSid === conversationSid);
  expect(states.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed', 'assigned']);
  expect(states[0]?.sid).toBe(taskSid);
  expect(twilio.messages(conversationSid).filter(({ body }) => body === 'I am Kim, hello')).toHaveLength(1);
  for (const task of kim.tasks()) kim.complete(task);
  kim.setAvailable(false);
});

flexTest(
  'the panel reports that the bridge is offline and recovers by itself, while Flex keeps working',
  async () => {
    const { bridge, openTab, waitForText, sendReply, waitForBotMessage, page, endChat } = flex;
    const { member: emil } = await flex.startChat('Emil');
    await waitForText('@emil');
    await bridge.stop();
    await openTab('Cases');
    await waitForText(words.FlexcordOffline);
    await sendReply('One moment please');
    await bridge.start();
    await page.getByText(words.FlexcordOffline).first().waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: words.FlexcordNewCase }).waitFor();
    await waitForBotMessage('**Mina**: One moment please', emil);
    await endChat(emil);
  },
);

flexTest('the panel explains why an expired, foreign or unauthorised token is refused', async () => {
  const { page, twilio, mina, waitForText, pressButton, endChat, bridge } = flex;
  const overdue = 'Your Flex login is missing or over. Log in to Flex again.';
  let token = twilio.issueToken(mina, { expiresIn: -1 });
  const statuses: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().startsWith(`${bridge.url}/panel/members`)) statuses.push(answer.status());
  });
  await page.route(`${bridge.url}/panel/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${token}` } }),
  );
  const { member: fay } = await flex.startChat('Fay');
  await waitForText(overdue);
  expect(await page.getByText('@fay').count()).toBe(0);
  token = twilio.issueToken(mina, { roles: ['wfo.dashboard.viewer'] });
  await pressButton('FlexcordRetry');
  await waitForText('role');
  token = twilio.issueToken(mina, { accountSid: `AC${'0'.repeat(32)}` });
  await pressButton('FlexcordRetry');
  await waitForText(overdue);
  expect(statuses.filter((status) => status !== 204 && status !== 401 && status !== 403)).toEqual([]);
  token = twilio.issueToken(mina);
  // The panel also retries by itself: whichever comes first.
  await flex.pressButtonUnless('FlexcordRetry', '@fay');
  await waitForText('@fay');
  await page.unroute(`${bridge.url}/panel/**`);
  await endChat(fay);
});

flexTest('tasks of other channels keep the default panel', async () => {
  const { page, twilio, acceptTask, completeTask, waitForTranscriptText } = flex;
  const { conversations } = sdkFor(twilio).conversations.v1;
  const { sid } = await conversations.create({ friendlyName: 'Website' });
  await conversations(sid).participants.create({ identity: 'visitor' });
  await conversations(sid).messages.create({ author: 'visitor', body: 'Hello from the website' });
  await openInteraction(twilio, sid, { name: 'Gus', address: 'visitor' });
  await acceptTask();
  await waitForTranscriptText('Hello from the website');
  expect(await page.getByRole('tab', { name: 'Knowledge' }).count()).toBe(0);
  await page.getByTestId('end-task-button').click();
  await completeTask();
});

flexTest('the page explains why the bridge’s views are missing or of another version', async () => {
  const { page, waitForText } = flex;
  const views = /\/panel\/views\.js/;
  await page.route(views, (route) => route.abort());
  await page.getByRole('link', { name: words.FlexcordCases, exact: true }).press('Enter');
  await waitForText('The Flexcord bridge does not answer');
  await page.unroute(views);
  await page.route(views, (route) =>
    route.fulfill({ body: 'alert(1)', headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await waitForText('does not have this view in your plugin’s version');
  await page.unroute(views);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Cases' }).waitFor();
});

flexTest('Flex sent no request that the sandbox does not support', () => {
  expect(flex.unknownRequests).toEqual([]);
});

/** The chat keeps the larger part, and what an agent needs is on the screen, also on a small one and at 200%. */
async function deskFits(): Promise<void> {
  const { page, composer } = flex;
  const before = page.viewportSize() ?? { width: 1500, height: 900 };
  const panel = page.getByRole('tablist').filter({ has: page.getByRole('tab', { name: 'Knowledge' }) });
  // The last is what a window of 1280 px has at 200%.
  for (const [width, height] of [
    [1280, 800],
    [1024, 768],
    [640, 400],
  ] as const) {
    await page.setViewportSize({ width, height });
    // Flex lays its panels out a moment after the window has changed.
    await waitUntil(
      async () => {
        const [chat, beside] = [await composer.boundingBox(), await panel.boundingBox()];
        const send = await page.getByTestId('send-message').boundingBox();
        if (!chat || !beside || !send) return false;
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        const isSeen = [send, beside].every(
          (box) => box.x + box.width <= width && box.y + box.height <= height,
        );
        return isSeen && overflow === 0 && beside.x - chat.x > beside.width;
      },
      { what: `a desk of ${width} pixels in which everything is on the screen and the chat is larger` },
    );
  }
  await page.setViewportSize(before);
}

/** The newest file of a conversation, as a player or a preview in the page would load it. */
async function latestFile(conversationSid: string): Promise<{ type: string; text: string }> {
  return flex.page.evaluate(async (sid) => {
    interface Media {
      getContentTemporaryUrl(): Promise<string>;
    }
    interface Client {
      getConversationBySid(sid: string): Promise<{
        getMessages(): Promise<{ items: { attachedMedia: Media[] | null }[] }>;
      }>;
    }
    const { Twilio } = window as unknown as {
      Twilio: { Flex: { Manager: { getInstance(): { conversationsClient: Client } } } };
    };
    const client = Twilio.Flex.Manager.getInstance().conversationsClient;
    const { items } = await (await client.getConversationBySid(sid)).getMessages();
    const [media] = items.findLast(({ attachedMedia }) => attachedMedia?.length)?.attachedMedia ?? [];
    const answer = await fetch((await media?.getContentTemporaryUrl()) ?? '');
    return { type: answer.headers.get('content-type') ?? '', text: await answer.text() };
  }, conversationSid);
}
