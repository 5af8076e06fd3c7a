import { expect } from 'bun:test';
import { join } from 'node:path';
import type { FlexBrowser } from '../flex-browser.ts';

/** Finds accessibility violations of a page (https://github.com/dequelabs/axe-core). */
const axeFile = Bun.resolveSync('axe-core/axe.min.js', join(import.meta.dir, '../../../flex-plugin'));

/** Makes the page that is open ready for `expectSound`. */
export async function injectAxe({ page }: FlexBrowser): Promise<void> {
  await page.addScriptTag({ path: axeFile });
  // The contrast is wrong while colours change from one theme to the other.
  await page.addStyleTag({ content: '* { transition: none !important }' });
}

/** Fails for violations in our view that axe calls serious or critical, in both themes. Flex's own frame is excluded. */
export async function expectAccessible(
  flex: FlexBrowser,
  name: string,
  { exclude = [] }: { exclude?: string[] } = {},
): Promise<void> {
  await flex.takeScreenshot(name);
  for (const theme of ['dark', 'light'] as const) {
    await flex.setTheme(theme);
    const found = await flex.page.evaluate(
      async ({ exclude, isDark }) => {
        const { axe } = window as never as { axe: { run(on: object, how: object): Promise<AxeResults> } };
        const { violations } = await axe.run(
          { include: ['[data-flexcord-view]'], exclude },
          // A theme changes only colours.
          { resultTypes: ['violations'], ...(isDark && { runOnly: ['color-contrast'] }) },
        );
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
      },
      { exclude, isDark: theme === 'dark' },
    );
    expect({ name, theme, found }).toEqual({ name, theme, found: [] });
  }
}

interface AxeResults {
  violations: Array<{ id: string; impact: string | null; nodes: Array<{ html: string }> }>;
}
