import { expect, test } from 'bun:test';
import view from '../../../flex-plugin/src/strings/en/views.json';
import type { DiscordUser } from '../../src/discord/index.ts';
import { type FlexBrowser, words } from '../flex-browser.ts';

/** Tests of the administrators' view of the bridge. */
export function operationsView(flex: () => FlexBrowser): void {
  const button = (key: keyof typeof view) =>
    flex().page.getByRole('button', { name: view[key], exact: true }).first();
  const waitForText = (text: string) => flex().page.getByText(text, { exact: true }).first().waitFor();
  const givenUp = (count: number) => waitForText(view.FlexcordOpsParked.replace('{{count}}', String(count)));

  /** Somebody new writes, and Discord refuses the answer for good. */
  function refuseAnswerTo(name: string): DiscordUser {
    const member = flex().newMember(name);
    flex().faults.add({
      on: 'api',
      method: 'POST',
      match: /channels\/\d+\/messages/,
      times: 1,
      effect: { kind: 'status', status: 400, body: { code: 50035, message: 'Invalid Form Body' } },
    });
    member.dm('hello');
    return member;
  }

  test('administrators see what was given up, and have it tried again', async () => {
    const { page } = flex();
    const member = refuseAnswerTo('Noor');
    await page.getByRole('link', { name: words.FlexcordOperations, exact: true }).press('Enter');
    await givenUp(1);
    await waitForText('Noor');
    await waitForText(view.FlexcordOpsReason_unacceptable);
    await waitForText(view.FlexcordOpsMeans_discord_works);
    await page.getByText('an entry was parked').first().waitFor();
    await flex().takeScreenshot('flex-operations-view');
    await button('FlexcordOpsRetry').press('Enter');
    await flex().waitForBotMessage('Hi Noor!', member);
    await givenUp(0);
    await waitForText(view.FlexcordOpsNothingParked);
  });

  test('what is discarded is asked about first, by keyboard, and never delivered', async () => {
    const { page } = flex();
    const member = refuseAnswerTo('Sam');
    await givenUp(1);
    await button('FlexcordOpsDiscard').press('Enter');
    const question = page.getByRole('group', { name: view.FlexcordOpsDiscardAsk });
    await question.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Escape');
    await button('FlexcordOpsRetry').waitFor();
    await button('FlexcordOpsDiscard').press('Enter');
    await question.getByRole('button', { name: view.FlexcordOpsDiscard }).press('Enter');
    await givenUp(0);
    expect(flex().botMessages(member)).toEqual([]);
  });
}
