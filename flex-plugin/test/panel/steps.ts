import type { TestPage } from '../testPage.ts';

/** What tests of the panel do and see, by the texts and labels that an agent reads. */
export function panelSteps(testPage: () => TestPage) {
  const shown = (words: string | RegExp) => testPage().page.getByText(words).first().waitFor();
  const gone = (words: string | RegExp) =>
    testPage().page.getByText(words).first().waitFor({ state: 'detached' });
  const press = (name: string | RegExp) => testPage().page.getByRole('button', { name }).first().click();
  const composer = () => testPage().page.getByLabel('Type a message');
  const posted = () => testPage().api.requests.filter(({ method }) => method === 'POST');
  return { shown, gone, press, composer, posted };
}
