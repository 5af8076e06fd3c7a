import { expect, test } from 'bun:test';
import { markdownOf, pageOf } from './html.ts';

const words = 'Take a needle and a strong thread, then close the tear with short stitches from both ends. ';
const page = (content: string, head = '') =>
  `<!doctype html><html lang="en"><head><title>Sails | Help</title>${head}</head><body><nav><a href="/">Home</a></nav>
  <main><h1>Sails</h1>${content}</main></body></html>`;
const textOf = (content: string, head?: string) =>
  pageOf(page(content, head), 'https://help.example/en/sails')?.text;

test.each([
  ['hidden', (answer: string) => `<div hidden>${answer}</div>`],
  ['hidden until found', (answer: string) => `<div hidden="until-found">${answer}</div>`],
  ['aria-hidden', (answer: string) => `<div class="accordion-panel" aria-hidden="true">${answer}</div>`],
  ['display: none', (answer: string) => `<section style="color: red; display: none">${answer}</section>`],
  ['visibility: hidden', (answer: string) => `<ul style="visibility:hidden"><li>${answer}</li></ul>`],
  ['details', (answer: string) => `<details><summary>How?</summary>${answer}</details>`],
])('answers in closed accordions are read: %s', (_, closed) => {
  const accordion = ['Mend', 'Dye', 'Fold'].map(
    (what) =>
      `<h3><button aria-expanded="false">${what} it?</button></h3>${closed(`<p>${what}: ${words.repeat(3)}</p>`)}`,
  );
  const whole = page(accordion.join(''));
  // Pages say in several ways, or not at all, where their text is.
  const inList = /<ul/.test(whole);
  for (const html of [
    whole,
    whole.replace(/(?<=<\/?)main>/g, 'article>'),
    ...(inList ? [] : [whole.replace(/<\/?main>/g, '')]),
  ])
    for (const what of ['Mend', 'Dye', 'Fold'])
      expect(pageOf(html, 'https://help.example/')?.text).toContain(`${what}: Take a needle`);
});

test('a page that is empty ends no import', () => {
  for (const html of ['', '<!-- -->']) expect(pageOf(html, 'https://help.example/')).toBeNull();
});

test('what is closed around the text stays closed', () => {
  const around =
    `<div class="cookie-banner" hidden><p>We use cookies. ${words}</p></div><dialog><p>Subscribe! ${words}</p></dialog>` +
    '<form hidden><p>Search</p></form><h2>Needle <a class="anchor" aria-hidden="true" href="#n">¶</a></h2>';
  const text = textOf(`${around}<p>${words.repeat(6)}</p>`);
  expect(text).toContain('Take a needle');
  expect(text).not.toMatch(/cookies|Subscribe|Search|¶/);
});

test.each([
  ['a block of code without a code element', '<pre>a &lt; b\n  c</pre>', '```\na < b\n  c\n```'],
  [
    'line breaks in code',
    '<pre><code class="language-js">a();<br>b();</code></pre>',
    '```js\na();\nb();\n```',
  ],
  [
    'lines of code that are elements',
    '<pre class="language-sh"><div>a</div><div>b</div></pre>',
    '```sh\na\nb\n```',
  ],
  [
    'an embedded video',
    '<p>See</p><iframe title="Mending" src="https://www.youtube.com/embed/abcdefghijk?rel=0"></iframe>',
    'See\n\n[Mending](https://www.youtube.com/watch?v=abcdefghijk)',
  ],
  [
    'a video',
    '<video controls><source src="/v/sail.mp4"></video>',
    '[https://help.example/v/sail.mp4](https://help.example/v/sail.mp4)',
  ],
  ['a frame that counts visitors', '<p>See</p><iframe src="https://tracker.example/x"></iframe>', 'See'],
  ['a telephone number', '<a href="tel:+4930123">Call</a>', '[Call](tel:+4930123)'],
  ['a link that runs something', '<a href="javascript:alert(1)">No</a>', 'No'],
  [
    'a base for links',
    '<base href="https://cdn.example/x/"><a href="a">A</a>',
    '[A](https://cdn.example/x/a)',
  ],
  [
    'a picture that is loaded late',
    '<img alt="Sail" data-src="/sail.png">',
    '![Sail](https://help.example/sail.png)',
  ],
])('%s', (_, html, markdown) => {
  expect(markdownOf(html, 'https://help.example/en/')).toBe(markdown);
});

test('links of a page are relative to its base', () => {
  expect(textOf(`<p>${words.repeat(6)}<a href="a">A</a></p>`, '<base href="/docs/">')).toContain(
    '[A](https://help.example/docs/a)',
  );
});
