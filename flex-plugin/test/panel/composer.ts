import { beforeEach, describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { caseDetail, conversationSid } from '../fixtures.ts';
import type { TestPage, TestPageWindow } from '../testPage.ts';
import { panelSteps } from './steps.ts';

declare const window: TestPageWindow;

/** What the plugin shows and checks at the composer, with and without the panel. */
export const composerBehaviour = (testPage: () => TestPage) =>
  describe('composer', () => {
    beforeEach(async () => {
      testPage().api.respondWith();
      await testPage().forgetDrafts();
    });

    const { shown, gone, press, composer, posted } = panelSteps(testPage);

    test('says into how many messages a long text is split, and blocks one that Twilio would refuse', async () => {
      const { open, page, expectAccessible } = testPage();
      await open();
      await composer().fill('word '.repeat(500));
      await shown('so this will be sent as 2 messages.');
      await composer().fill('猫'.repeat(11_000));
      await shown('This text has 32.2 KB');
      await press('Send');
      await page.getByRole('alert').getByText('This text has 32.2 KB').waitFor();
      expect(await page.evaluate(() => window.sentMessages())).toEqual([]);
      expect((await composer().inputValue()).length).toBe(11_000);
      await expectAccessible('composer-too-long');
      await composer().fill('short');
      await press('Send');
      expect(await page.evaluate(() => window.sentMessages())).toEqual(['short']);
    });

    test('a public thread is said to be one, and the panel follows the speaker that is chosen', async () => {
      const { open, page, expectAccessible, api } = testPage();
      await open({ isPublic: true });
      const notes = page.getByRole('note');
      await notes.filter({ hasText: 'Everybody on the server can read this.' }).waitFor();
      await notes.filter({ hasText: 'Public · #help' }).waitFor();
      expect(await notes.last().getByRole('link').getAttribute('href')).toBe(
        'https://discord.com/channels/900000000000000001/910000000000000001',
      );
      const message = page.getByRole('listitem').filter({ hasText: 'Hold the button' });
      expect((await message.getByTestId('message-body').textContent())?.trim()).toBe('Hold the button');
      await message.getByRole('button', { name: 'Bo' }).press('Enter');
      await shown('Shown here: Bo.');
      while (!api.requests.some(({ path }) => path === panelRoutes.member('920000000000000009')))
        await Bun.sleep(20);
      await expectAccessible('public-thread');
      await press('Back to Ada, who asked');
      await gone('Shown here: Bo.');
      await open();
      expect(await notes.count()).toBe(0);
    });

    test('a slash finds articles, and Enter puts one into the composer instead of sending', async () => {
      const { open, page, expectAccessible } = testPage();
      await open();
      await composer().fill('/password');
      const chosen = page.getByRole('option', { selected: true });
      await chosen.first().waitFor();
      await composer().press('ArrowDown');
      expect(await page.getByRole('option').nth(1).getAttribute('aria-selected')).toBe('true');
      await expectAccessible('composer-slash');
      await composer().press('Enter');
      await page.getByRole('listbox').waitFor({ state: 'detached' });
      expect(await composer().inputValue()).toContain('https://help.example/password');
      expect(await page.evaluate(() => window.sentMessages())).toEqual([]);
    });

    test('keeps a draft over a reload and a refused send', async () => {
      const { open, page } = testPage();
      await open();
      await composer().fill('Half a thought');
      await open();
      await page.waitForFunction(
        () =>
          document.querySelector<HTMLTextAreaElement>('[aria-label="Type a message"]')?.value ===
          'Half a thought',
      );
      await page.evaluate(() => window.refuseMessages());
      await press('Send');
      await page.waitForFunction(
        () =>
          document.querySelector<HTMLTextAreaElement>('[aria-label="Type a message"]')?.value ===
          'Half a thought',
      );
      expect(await page.evaluate(() => window.sentMessages())).toEqual([]);
      await open();
      await press('Send');
      await open();
      expect(await composer().inputValue()).toBe('');
    });

    test('shows the activity of the member above the composer', async () => {
      const { api, open, page, expectAccessible } = testPage();
      await open();
      const does = (activity: string, sid = conversationSid) =>
        api.publish({ type: 'activity', conversationSid: sid, memberName: 'Ada', activity });
      await shown('Prefers short answers.');
      await does('typing', `CH${'9'.repeat(32)}`);
      await does('edited');
      await shown('Ada edited a message');
      await does('typing');
      await shown('Ada is typing…');
      await expectAccessible('composer-typing');
      await api.publish({ type: 'suggestions-changed', conversationSid });
      await gone('Ada is typing…');
      await does('deleted');
      await shown('Ada deleted a message');
      await does('left-server');
      await shown('Ada left the server');
      expect(await page.getByText(/^Ada (is|edited|deleted|left)/).count()).toBe(1);
    });

    test('registers case actions and texts with the panel switched off', async () => {
      const { api, open, page } = testPage();
      api.respondWith({ [`POST ${panelRoutes.caseTransitions(':id')}`]: () => caseDetail() });
      await open({ switchedOff: 'discordPanel' });
      await composer().fill('word '.repeat(500));
      await shown('so this will be sent as 2 messages.');
      expect(await page.getByRole('tab').count()).toBe(0);
      await page.evaluate((payload) => window.actions.invokeAction('FlexcordMoveCase', payload), {
        caseId: '5',
        to: 'resolved',
        version: 4,
      });
      expect(posted().at(-1)).toMatchObject({
        path: panelRoutes.caseTransitions('5'),
        body: { to: 'resolved', version: 4 },
      });
      expect(await page.evaluate(() => window.textOf('FlexcordRetry'))).toBe('Try again');
    });
  });
