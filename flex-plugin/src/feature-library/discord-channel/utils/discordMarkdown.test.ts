import { expect, test } from 'bun:test';

import { blocksOf, nodesOf } from './discordMarkdown.ts';

const shapeOf = (text: string) =>
  blocksOf(nodesOf(text, true)).map((block) =>
    block.is === 'list'
      ? block.items.map(({ mark, depth }) => `${mark}${depth}`)
      : block.is === 'node'
        ? block.node.type
        : 'line',
  );

test('a text is lines, lists with their depth, and what stands by itself', () => {
  expect(shapeOf('one\n- a\n  - b\n2. c\n\nlast')).toEqual(['line', ['•0', '•1', '2.0'], 'line', 'line']);
  expect(shapeOf('# head\nlook\n```js\nlet a\n```\n> quote')).toEqual([
    'heading',
    'line',
    'codeBlock',
    'blockQuote',
  ]);
});

test('an agent’s text hides nothing and mentions nobody, as the bridge sends it', () => {
  const types = (byMember: boolean) =>
    nodesOf('||a|| <@123456789012345678>', byMember).map(({ type }) => type);
  expect(types(true)).toContain('spoiler');
  expect(types(true)).toContain('user');
  expect(types(false)).not.toContain('spoiler');
  expect(types(false)).not.toContain('user');
});
