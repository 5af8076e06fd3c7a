import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { CaseDetail, CaseList } from '@flexcord/shared/panel/case';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { chromiumPath } from '../src/flex/chromium.ts';
import { until } from '../src/tour/until.ts';
import { openInteraction, sdkFor } from '../src/twilio/testing.ts';
import { type FlexDesk, openFlexDesk, words } from './flex-desk.ts';

// One browser and one start of Flex for all of them: that start costs more than any story. Each has a member of its own.

let desk: FlexDesk;
beforeAll(async () => {
  if (!chromiumPath) return;
  desk = await openFlexDesk();
  await desk.open();
}, 120_000);
afterAll(() => desk?.close());

const story = test.skipIf(!chromiumPath);

/** A picture as members send them. */
const png = Bun.file(join(import.meta.dir, '../docs/demo.png'));

story('a question that the virtual agent could not settle ends with a person in Flex', async () => {
  const { newMember, hears, reads, timesRead, accept, say, page, finish } = desk;
  const ada = newMember('Ada');
  ada.dm('I forgot my password');
  await desk.discord.waitForMessage(
    ({ message }) => message.embeds[0]?.title === 'Reset a forgotten password',
  );
  ada.dm('that did not help, I want to talk to a person');
  await accept();
  await hears(ada, 'Mina joined the chat.');
  await reads('Reset a forgotten password');
  await reads('I want to talk to a person');
  let shown = false;
  desk.discord.on('typing', ({ userId }) => {
    shown ||= userId === desk.discord.applicationId;
  });
  await desk.composer.fill('Hello Ada');
  await until(() => shown, { what: 'that the agent is seen typing' });
  await say('Hello Ada, I look it up.');
  await hears(ada, '**Mina**: Hello Ada, I look it up.');
  ada.typing();
  await desk.says('Ada is typing…');
  ada.dm('thank you, I wait');
  await reads('thank you, I wait');
  // Flex writes the member's name over their messages, not their identity.
  expect(await timesRead(/^discord_\d+/)).toBe(0);
  expect(await page.getByText('Ada', { exact: true }).count()).toBeGreaterThan(0);
  await desk.composer.fill('word '.repeat(900));
  await page.getByText('this will be sent as 3 messages').waitFor();
  await desk.composer.fill('');
  await finish(ada);
});

story(
  'files, a voice message, an edit, a deletion and a reply are seen in Flex, and a file goes back',
  async () => {
    const { reads, hears, page, finish, say } = desk;
    const { member: ben, conversationSid } = await desk.meet('Ben');
    await say('Which button is it?');
    await hears(ben, 'Which button is it?');

    ben.dm('it looks like this', {
      attachments: [{ name: 'screen.png', contentType: 'image/png', data: await png.bytes() }],
    });
    const shown = page.locator('img[alt="screen.png"]');
    await shown.waitFor();
    expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    const picture = page.locator('.Twilio-Media-MessageBubble', { hasText: 'screen.png' });
    const [opened] = await Promise.all([page.context().waitForEvent('page'), picture.click()]);
    await opened.waitForLoadState();
    expect(await opened.evaluate(() => document.images[0]?.naturalWidth)).toBeGreaterThan(100);
    await opened.close();

    const voice = {
      name: 'voice-message.ogg',
      contentType: 'audio/ogg',
      data: 'OggS sound',
      durationSecs: 3,
    };
    ben.dm('', { voice: true, attachments: [{ ...voice, waveform: 'AAAA' }] });
    await reads('[Voice message, 0:03]');
    await page.locator('audio[aria-label$=".ogg"]').waitFor();
    expect(await latestFile(conversationSid)).toEqual({ type: 'audio/ogg', text: 'OggS sound' });

    const first = ben.dm('the button is bleu');
    await reads('the button is bleu');
    ben.edit(first, 'the button is blue');
    await reads('[Edited. Before: the button is bleu]');
    const slip = ben.dm('my secret is 4711');
    await reads('my secret is 4711');
    ben.delete(slip);
    await reads('[Ben deleted this message]');
    const question = ben.inbox().find(({ content }) => content.includes('Which button is it?'));
    ben.dm('this one', { replyTo: question });
    await reads(/> .*Which button is it/);
    await reads('this one');

    const plan = { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a plan') };
    const arrived = desk.discord.waitForMessage(
      ({ message }) => message.attachments[0]?.filename === 'plan.pdf',
    );
    await page.locator('input[type=file]').setInputFiles([plan]);
    await page.getByTestId('send-message').click();
    const url = (await arrived).attachments[0]?.url ?? '';
    expect(await (await fetch(url)).text()).toBe('%PDF-1.4 a plan');
    // A file that only one side has seen would be of no use to whoever reads the transcript later.
    await page.locator('.Twilio-Media-MessageBubble', { hasText: 'plan.pdf' }).waitFor();
    await desk.picture('flex-chat');
    await finish(ben);
  },
);

story('notes, cases and articles beside the chat, and what another agent does shows at once', async () => {
  const { tab, press, says, page, reads, hears, finish, asKim } = desk;
  const { member: cleo } = await desk.meet('Cleo');
  cleo.dm('I forgot my password and cannot log in');
  await reads('I forgot my password and cannot log in');

  await says('@cleo');
  await page.getByLabel(words.FlexcordNewNote).fill('Prefers short answers');
  await press('FlexcordAddNote');
  await page.getByText('Prefers short answers').last().waitFor();
  await asKim(panelRoutes.notes(cleo.id), { text: 'Called twice this week' });
  await says('Called twice this week');
  await desk.picture('flex-profile');

  await tab('Cases');
  await press('FlexcordNewCase');
  // What the form is filled in with would else come while this is written.
  const title = page.getByLabel(words.FlexcordTitle);
  await until(async () => (await title.inputValue()) !== '', { what: 'that the form is filled in' });
  await title.fill('Cannot log in since the update');
  await press('FlexcordCreateCase');
  await page.getByRole('button', { name: words.FlexcordCommentPublic }).waitFor();
  await page.getByLabel(words.FlexcordComment).fill('We are looking into it');
  await press('FlexcordCommentPublic');
  await hears(cleo, 'We are looking into it');
  await page.getByLabel(words.FlexcordStatus, { exact: true }).selectOption('elevated');
  const created = await caseOf(cleo.id, 'Cannot log in since the update', 'elevated');
  await asKim(panelRoutes.caseComments(created.id), {
    text: 'Same as the fault of Monday',
    visibility: 'internal',
    version: created.version,
  });
  await says('Same as the fault of Monday');
  await desk.picture('flex-cases');

  await tab('Knowledge');
  await page.locator('mark').first().waitFor();
  await desk.picture('flex-knowledge');
  await press('FlexcordInsert');
  await page.getByTestId('send-message').click();
  await hears(cleo, '**Mina**:');
  const card = desk.discord.waitForMessage(
    ({ message }) => message.embeds[0]?.title === 'Reset a forgotten password',
  );
  await page.getByRole('button', { name: words.FlexcordSend, exact: true }).last().click();
  await card;
  await finish(cleo);

  /** The case as soon as it has this status: the panel's own change may still be under way. */
  async function caseOf(memberId: string, title: string, status: string): Promise<CaseDetail> {
    for (;;) {
      const { cases } = await asKim<CaseList>(`${panelRoutes.cases}?memberId=${memberId}`);
      const found = cases.find((one) => one.title === title);
      if (found?.status === status) return asKim<CaseDetail>(panelRoutes.case(found.id));
      await Bun.sleep(20);
    }
  }
});

story('a conversation is handed to another agent, comes back, and goes to a queue', async () => {
  const { twilio, kim, mina, hears, reads, accept, complete, transferTo, says } = desk;
  const { member: dora, conversationSid, taskSid } = await desk.meet('Dora');
  kim.setAvailable(true);
  await transferTo('Agents', 'Kim');
  const offer = await kim.waitForReservation(undefined, { timeoutMs: 45_000 });
  await says('Conversation transfer request made to Kim');
  const kims = await kim.accept(offer);
  await hears(dora, 'Kim joined the chat.');
  await complete();
  kim.send(conversationSid, 'I am Kim, hello');
  await hears(dora, '**Kim**: I am Kim, hello');

  kim.transfer(kims, mina);
  await accept();
  await reads('I am Kim, hello');
  kim.complete(kims);

  await transferTo('Queues', 'Everyone');
  kim.accept(await kim.waitForReservation(undefined, { timeoutMs: 45_000 }));
  await complete();
  const states = twilio.tasks().filter((task) => task.conversationSid === conversationSid);
  expect(states.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed', 'assigned']);
  expect(states[0]?.sid).toBe(taskSid);
  expect(twilio.messages(conversationSid).filter(({ body }) => body === 'I am Kim, hello')).toHaveLength(1);
  for (const task of kim.tasks()) kim.complete(task);
  kim.setAvailable(false);
});

story('while the bridge is away Flex goes on, the panel says so, and it comes back by itself', async () => {
  const { bridge, tab, says, say, hears, page, finish } = desk;
  const { member: emil } = await desk.meet('Emil');
  await says('@emil');
  await bridge.stop();
  await tab('Cases');
  await says(words.FlexcordOffline);
  await say('One moment please');
  await bridge.start();
  await page.getByText(words.FlexcordOffline).first().waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: words.FlexcordNewCase }).waitFor();
  await hears(emil, '**Mina**: One moment please');
  await finish(emil);
});

story('a token that is stale, foreign or of another role opens nothing, and the panel says why', async () => {
  const { page, twilio, mina, says, press, finish, bridge } = desk;
  const overdue = 'Your Flex login is missing or over. Log in to Flex again.';
  let token = twilio.issueToken(mina, { expiresIn: -1 });
  const statuses: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().startsWith(`${bridge.url}/panel/members`)) statuses.push(answer.status());
  });
  await page.route(`${bridge.url}/panel/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), authorization: `Bearer ${token}` } }),
  );
  const { member: fay } = await desk.meet('Fay');
  await says(overdue);
  expect(await page.getByText('@fay').count()).toBe(0);
  token = twilio.issueToken(mina, { roles: ['wfo.dashboard.viewer'] });
  await press('FlexcordRetry');
  await says('role');
  token = twilio.issueToken(mina, { accountSid: `AC${'0'.repeat(32)}` });
  await press('FlexcordRetry');
  await says(overdue);
  expect(statuses.filter((status) => status !== 204 && status !== 401 && status !== 403)).toEqual([]);
  token = twilio.issueToken(mina);
  // The panel also tries again by itself: whichever comes first.
  await desk.pressUnless('FlexcordRetry', '@fay');
  await says('@fay');
  await page.unroute(`${bridge.url}/panel/**`);
  await finish(fay);
});

story('a task of another channel keeps the panel Flex has for it', async () => {
  const { page, twilio, accept, complete, reads } = desk;
  const { conversations } = sdkFor(twilio).conversations.v1;
  const { sid } = await conversations.create({ friendlyName: 'Website' });
  await conversations(sid).participants.create({ identity: 'visitor' });
  await conversations(sid).messages.create({ author: 'visitor', body: 'Hello from the website' });
  await openInteraction(twilio, sid, { name: 'Gus', address: 'visitor' });
  await accept();
  await reads('Hello from the website');
  expect(await page.getByRole('tab', { name: 'Knowledge' }).count()).toBe(0);
  await page.getByTestId('end-task-button').click();
  await complete();
});

story('without the bridge’s views, and with another version’s, the agent reads why', async () => {
  const { page, says } = desk;
  const views = /\/panel\/views\.js/;
  await page.route(views, (route) => route.abort());
  await page.getByRole('link', { name: words.FlexcordCases, exact: true }).press('Enter');
  await says('The Flexcord bridge does not answer');
  await page.unroute(views);
  await page.route(views, (route) =>
    route.fulfill({ body: 'alert(1)', headers: { 'access-control-allow-origin': '*' } }),
  );
  await page.getByRole('button', { name: 'Try again' }).click();
  await says('does not have this view in your plugin’s version');
  await page.unroute(views);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Cases' }).waitFor();
});

story('Flex has asked for nothing that the sandbox does not know', () => {
  expect(desk.unanswered).toEqual([]);
});

/** The newest file of a conversation, as a player or a preview in the page would load it. */
async function latestFile(conversationSid: string): Promise<{ type: string; text: string }> {
  return desk.page.evaluate(async (sid) => {
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
