import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { shownOnDiscord } from '../../../testing/shown-on-discord.ts';
import { toDiscordMarkdown } from './to-discord.ts';
import { forComposer, plainLines, plainText } from './to-plain.ts';

describe('an article as plain text', () => {
  const setting = 'Set MAX_CARGO_SIZE=20*1024 in ship_config.yaml (~5 minutes)';
  const rows: [name: string, markdown: string, line: string, lines?: string][] = [
    ['settings', setting, setting],
    [
      'marks',
      '**Bold** and [a link](https://x.example) in `co_de`',
      'Bold and a link in co_de',
      'Bold and a link (https://x.example) in co_de',
    ],
    ['a list', '# Title\n\n- one\n- two', 'Title one two', 'Title\n\n- one\n- two'],
    [
      'steps',
      '1. Open\n2. Press\n\n   Wait\n3. Close',
      'Open Press Wait Close',
      '1. Open\n2. Press\n\n   Wait\n3. Close',
    ],
    ['escapes', 'my\\_file\\*name is \\[here\\], \\`so\\`', 'my_file*name is [here], `so`'],
    ['names', '`__init__` and \\_\\_init\\_\\_ and a__b__c', '__init__ and __init__ and a__b__c'],
    ['a link with brackets', '[wiki](https://x/A_(b)) end', 'wiki end', 'wiki (https://x/A_(b)) end'],
    ['a link with underscores', 'https://x.example/a_b_c?d=*e*', 'https://x.example/a_b_c?d=*e*'],
    [
      'a link by reference',
      '[a page][1]\n\n[1]: https://x.example/a_b',
      'a page',
      'a page (https://x.example/a_b)',
    ],
    ['what looks like a reference', '[note]: later', '[note]: later'],
    ['a picture', '![a map](https://x.example/m.png)', 'a map', 'a map (https://x.example/m.png)'],
    ['mail', '<help@x.example>', 'help@x.example'],
    ['code', 'Run:\n\n```sh\nrm *.tmp\n  a_b_\n```', 'Run: rm *.tmp a_b_', 'Run:\n\nrm *.tmp\n  a_b_'],
    ['a table', '| a | b |\n|---|---|\n| **1** | 2 |', 'a b 1 2', 'a | b\n1 | 2'],
    ['tasks', '- [x] a\n- [ ] b', 'a b', '- ☑ a\n- ☐ b'],
    ['a quote', '> a\n> b', 'a b', 'a\nb'],
    ['approximations', '~5–~10 minutes, ~~no~~', '~5–~10 minutes, no'],
    ['signs by name', 'AT&amp;T &lt;b&gt;&nbsp;&copy;', 'AT&T <b> ©', 'AT&T <b>\u00a0©'],
    ['a tag that is a word', 'Drop <script> tags from <name>', 'Drop <script> tags from <name>'],
    ['one tag alone', 'Use the <b> tag', 'Use the <b> tag'],
    [
      'tags',
      'Press <kbd>Ctrl</kbd>+<kbd>C</kbd><br>twice<!-- no -->',
      'Press Ctrl+C twice',
      'Press Ctrl+C\ntwice',
    ],
    [
      'a block of HTML',
      '<details>\n<summary>More</summary>\n<p>Words</p>\n</details>',
      'More Words',
      'More\nWords',
    ],
    [
      'a block that is none',
      '<your name>\n\nthat is you',
      '<your name> that is you',
      '<your name>\n\nthat is you',
    ],
    ['sums', '2 * 3 * 4 = 24 and 5 < 6', '2 * 3 * 4 = 24 and 5 < 6'],
    ['a price', 'It costs 4.99', 'It costs 4.99'],
  ];
  test.each(rows)('%s', (_, markdown, line, lines = line) => {
    expect(plainText(markdown)).toBe(line);
    expect(plainLines(markdown)).toBe(lines);
  });

  test('however many marks or quotes it has', () => {
    for (const piece of ['*a ', '> ', '- ', '[', '**', '`', '<b>', '<']) {
      expect(plainText(`${piece.repeat(5000)}\n\nthe words`)).toContain('the words');
    }
  });
});

describe('plain text in a composer for Markdown', () => {
  const rows: [name: string, text: string, composed: string][] = [
    ['settings', 'Set MAX_CARGO_SIZE=20*1024 (~5 minutes)', 'Set MAX_CARGO_SIZE=20*1024 (~5 minutes)'],
    ['steps', '1. Open\n2. Press __init__', '1. Open\n2. Press \\_\\_init\\_\\_'],
    ['a comment', '# comment', '\\# comment'],
    ['marks over lines', '*a\nb*', '\\*a\nb\\*'],
  ];
  test.each(rows)('%s', (_, text, composed) => expect(forComposer(text)).toBe(composed));

  test('whatever the text, the member reads it as it is', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        ' ',
        '\n',
        '*',
        '**',
        '_',
        '__',
        '~~',
        '`',
        '[',
        '](',
        ')',
        '<',
        '&',
        'x_y',
        '# ',
        '|',
        '\\',
        '!',
        '5',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `s${pieces.join('')}e`;
        expect(shownOnDiscord(toDiscordMarkdown(forComposer(text)) ?? '')).toBe(text.replace(/\s+/g, ''));
      }),
      { numRuns: 1000 },
    );
  });
});
