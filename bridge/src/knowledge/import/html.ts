import { gfm } from '@joplin/turndown-plugin-gfm';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import TurndownService from 'turndown';
import { mainOf, prepare } from './html-cleaning.ts';
import { checkSize } from './html-limits.ts';
import { ImportError } from './records.ts';

const turndown = new TurndownService({
  headingStyle: 'atx',
  codeBlockStyle: 'fenced',
  bulletListMarker: '-',
  emDelimiter: '*',
});
turndown.use(gfm);
turndown.remove(['script', 'style', 'noscript', 'iframe', 'form', 'button', 'object', 'template']);
turndown.addRule('summary', {
  filter: 'summary',
  replacement: (content) => (content.trim() === '' ? '' : `\n\n**${content.trim()}**\n\n`),
});

/**
 * HTML as Markdown; relative links are made whole by its `base` element, else by `base`, and links to anything but the web,
 * mail and telephones lose their target.
 * @throws ImportError where it is too large, or cannot be read
 */
export const markdownOf = (html: string, base: string | undefined): string =>
  bounded(html, () => readMarkdown(html, base));

function readMarkdown(html: string, base: string | undefined): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  prepare(document, base);
  return turndown.turndown(document.body.innerHTML).trim();
}

export interface Page {
  /** Empty where the page names none. */
  title: string;
  text: string;
  /** As the page names it, such as `ja-JP`. */
  language: string | null;
  /** Where it says that it stands (https://www.rfc-editor.org/rfc/rfc6596). */
  canonical: string | null;
}

/**
 * What a page is about, without what surrounds it; null where there is nothing to read.
 * @throws ImportError where it is too large, or cannot be read
 */
export const pageOf = (html: string, url: string | undefined): Page | null =>
  bounded(html, () => readPage(html, url));

/** Whatever the libraries fail with is said of this page alone, and the others go on. */
function bounded<T>(html: string, read: () => T): T {
  checkSize(html);
  try {
    return read();
  } catch (error) {
    throw new ImportError(`cannot be read: ${(error as Error).message}.`);
  }
}

function readPage(html: string, url: string | undefined): Page | null {
  const document = documentOf(html);
  // An empty answer has no element at all.
  if (!document) return null;
  const canonical = document.querySelector('link[rel="canonical"]')?.getAttribute('href') || null;
  prepare(document, url ?? canonical ?? undefined);
  const language = document.documentElement.getAttribute('lang') || null;
  const headings = document.querySelectorAll('h1');
  const heading = headings.length === 1 ? headings[0]?.textContent?.trim() : '';
  const main = mainOf(document);
  const found = new Readability(document as unknown as Document).parse();
  // Of several parts that look alike, such as the answers of a list of questions, one may be taken for all.
  const isWhole = lengthOf(found?.textContent) >= lengthOf(main?.textContent) * MIN_SHARE;
  if (!isWhole) for (const own of main?.querySelectorAll('h1') ?? []) own.remove();
  const content = isWhole ? found?.content : main?.innerHTML;
  const title = heading || found?.title?.trim() || '';
  const text = withoutTitle(content ? turndown.turndown(content).trim() : '', title);
  return text === '' ? null : { title, text, language, canonical };
}

/** A title is shown above the text already. */
function withoutTitle(text: string, title: string): string {
  const [first = '', ...rest] = text.split('\n\n');
  const [, words] = /^#{1,6} (.+)$/.exec(first) ?? [];
  return rest.length > 0 && words?.replaceAll('\\', '') === title ? rest.join('\n\n').trim() : text;
}

/** `html`, `head` and `body` may be left out (https://html.spec.whatwg.org/#optional-tags), and the libraries want them. */
function documentOf(html: string) {
  const { document } = parseHTML(html);
  if (!document.documentElement || document.querySelector('body'))
    return document.documentElement && document;
  const language = document.querySelector('html')?.getAttribute('lang');
  const heads = [...document.querySelectorAll('title, link, meta, base')].map(({ outerHTML }) => outerHTML);
  const { document: whole } = parseHTML(
    `<!doctype html><html><head>${heads.join('')}</head><body>${html}</body></html>`,
  );
  if (language) whole.documentElement.setAttribute('lang', language);
  for (const part of whole.body.querySelectorAll('title, link, meta, base')) part.remove();
  return whole;
}

/** Of what a page's main element says, the least that a reading of it keeps. */
const MIN_SHARE = 0.6;

const lengthOf = (text: string | null | undefined) => text?.replace(/\s+/g, '').length ?? 0;
