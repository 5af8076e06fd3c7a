import { describe, expect, test } from 'bun:test';

import type { TestPage } from '../testPage.ts';

/** What every view of the side navigation has from the parts that it is made of. */
export const viewParts = (testPage: () => TestPage) =>
  describe('the parts of the views', () => {
    const page = () => testPage().page;
    const button = (name: string | RegExp) => page().getByRole('button', { name });
    const press = (key: string) => page().keyboard.press(key);
    const table = () => page().getByRole('table').first().waitFor();
    const cases = '/flexcord-cases?view=table';

    test('columns and views are chosen once and kept for this agent alone', async () => {
      await testPage().openView(cases);
      await table();
      await button('Columns').press('Enter');
      await page().getByLabel('Changed').press('Space');
      await press('Escape');
      await page().getByRole('columnheader', { name: 'Changed' }).waitFor();
      const framed = () =>
        page()
          .getByRole('search')
          .locator('[data-flexcord-set] select')
          .evaluateAll((all) => all.map((one) => one.ariaLabel));
      expect(await framed()).toEqual([]);
      await page().getByLabel('Status', { exact: true }).selectOption('waiting');
      expect(await framed()).toEqual(['Status']);
      await button('Views').press('Enter');
      await page().getByLabel('Name of this view').fill('For Ada');
      await press('Enter');
      await button('For Ada').first().waitFor();
      await testPage().openView(cases);
      await page().getByRole('columnheader', { name: 'Changed' }).waitFor();
      await button('Views').press('Enter');
      await page().getByRole('button', { name: 'For Ada', exact: true }).press('Enter');
      await page().getByRole('row').nth(2).waitFor({ state: 'detached' });
      await page().getByRole('row').filter({ hasText: 'The payment' }).waitFor();
      expect(await page().evaluate(() => Object.keys(localStorage))).toEqual([
        'flexcord-cases-columns:kim',
        'flexcord-cases-views:kim',
      ]);
      await page().evaluate(() => localStorage.clear());
    });

    test('what was pressed is painted before a board is drawn, and boxes share one style', async () => {
      await testPage().openView('/flexcord-cases?view=board');
      const card = page().locator('[data-card]').first();
      await card.waitFor();
      await button('Table').press('Enter');
      await table();
      const boxes = () =>
        [...document.querySelectorAll('style')].filter(({ textContent }) =>
          textContent?.includes('flexcord-check'),
        );
      expect(await page().evaluate(`(${boxes})().length`)).toBe(1);
      const drawn = await page().evaluate(
        () =>
          new Promise<number>((resolve) => {
            const board = [...document.querySelectorAll('button')].find(
              ({ textContent }) => textContent === 'Board',
            );
            if (!board) throw new Error('there is no button for the board');
            const observer = new MutationObserver(() =>
              resolve(document.querySelectorAll('[data-card]').length),
            );
            observer.observe(board, { attributes: true, attributeFilter: ['aria-pressed'] });
            board.click();
          }),
      );
      expect(drawn).toBe(0);
      await card.waitFor();
    });
  });
