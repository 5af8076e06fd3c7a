import { describe, expect, test } from 'bun:test';
import { articleToDiscord } from '../../formats/markdown/to-discord.ts';
import { plainLines } from '../../formats/markdown/to-plain.ts';
import { extractOf } from './extract.ts';

const filler = 'Nothing of interest stands here, and it goes on for quite a while. '.repeat(4);
const steps = `# Moving

${filler}

## Swap the flux capacitor

1. Open the **hood**.
2. Unscrew the capacitor, then run:

   \`\`\`sh
   flux --off
   \`\`\`
3. See [the manual](https://manual.example/flux).

${filler}`;

describe('an extract', () => {
  test('begins at the hit and keeps the form of lists, code and links', () => {
    const { markdown, text, isPart } = extractOf(steps, 'how do I swap the flux capacitor', 110);
    expect(markdown).toBe(
      '## Swap the flux capacitor\n\n1. Open the **hood**.\n2. Unscrew the capacitor, then run:\n```sh\nflux --off\n```\n3. See [the manual](https://manual.example/flux).',
    );
    expect(text).toStartWith('…Swap the flux capacitor Open the hood. Unscrew');
    expect(isPart).toBe(true);
  });

  test('begins at the list item or line that was asked for', () => {
    expect(extractOf(steps, 'the manual', 60).markdown).toStartWith('3. See [the manual]');
    expect(extractOf(`${filler}\nRed lamps blink.\nBlue lamps glow.`, 'blue', 60).text).toBe(
      '…Blue lamps glow.',
    );
    expect(extractOf(`${'説明が続きます。'.repeat(30)}返金は三日です。`, '返金', 60).text).toBe(
      '…返金は三日です。',
    );
  });

  test('of a table says which column a cell is of', () => {
    const table = `${filler}\n\n| Country | Days |\n|---|---|\n| Japan | **3** |\n| Peru | 5 |`;
    expect(extractOf(table, 'Peru', 60)).toMatchObject({
      text: '…Country: Peru · Days: 5',
      markdown: '- Country: Peru · Days: 5',
    });
  });

  test('is the whole of a short article', () => {
    expect(extractOf('One. Two.', 'two')).toEqual({
      text: 'One. Two.',
      markdown: 'One. Two.',
      highlights: [{ start: 5, end: 8 }],
      isPart: false,
    });
  });
});

test.each([
  ['See [[Refund policy#When|our policy]] and [[Other page]].', 'See our policy and Other page.'],
  ['![[map.png]]Here', 'Here'],
  ['> [!WARNING]\n> Not after **30 days**.', 'Not after 30 days.'],
  ['> [!tip]- Good to know\n> Keep it.', 'Good to know\n\nKeep it.'],
  [':::tip[Hint]\n\nPress it.\n\n:::', 'Hint\n\nPress it.'],
  [
    'import Tabs from \'@theme/Tabs\';\n\n<Tabs><Tab label="Phone">\n\nTap it.\n\n</Tab></Tabs>',
    'Phone\n\nTap it.',
  ],
  ['<Card icon={<Star />} />Dear <Name>', 'Dear <Name>'],
  ['Kept <!-- not --> and {/* not */}this', 'Kept  and this'],
  ['[Settings](/settings) and [top](#top)', 'Settings and top'],
  ['<div>\n\n  <p>Tap <code>it</code>.</p>\n</div>', 'Tap it.'],
  ['`[[x]]` and\n\n```mdx\n:::tip\n<Card />\n```', '[[x]] and\n\n:::tip\n<Card />'],
])('%s is not shown raw', (markdown, shown) => {
  expect(plainLines(markdown)).toBe(shown);
  expect(articleToDiscord(markdown)).not.toMatch(/\[\[(?!x)|!\[|\[!|<!--|\{\/\*|<\/|import /);
});
