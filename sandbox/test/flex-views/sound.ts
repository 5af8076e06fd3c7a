import { expect } from 'bun:test';
import { join } from 'node:path';
import type { FlexDesk } from '../flex-desk.ts';

/** Reads of a page what keeps people from using it (https://github.com/dequelabs/axe-core). */
const axeFile = Bun.resolveSync('axe-core/axe.min.js', join(import.meta.dir, '../../../flex-plugin'));

/** Makes the page that is open ready for `expectSound`. */
export async function bringAxe({ page }: FlexDesk): Promise<void> {
  await page.addScriptTag({ path: axeFile });
  // Colours half-way from one theme to the other are nobody's fault.
  await page.addStyleTag({ content: '* { transition: none !important }' });
}

/** Nothing in the view that axe calls serious, in light and in dark; Flex's own frame is left out. */
export async function expectSound(
  desk: FlexDesk,
  name: string,
  { exclude = [] }: { exclude?: string[] } = {},
): Promise<void> {
  await desk.picture(name);
  for (const theme of ['dark', 'light'] as const) {
    await desk.theme(theme);
    const found = await desk.page.evaluate(
      async ({ exclude, isDark }) => {
        const { axe } = window as never as { axe: { run(on: object, how: object): Promise<AxeResults> } };
        const { violations } = await axe.run(
          { include: ['[data-flexcord-view]'], exclude },
          // A theme changes nothing but colours.
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
