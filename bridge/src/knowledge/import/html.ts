import { gfm } from '@joplin/turndown-plugin-gfm';
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import TurndownService from 'turndown';

const turndown = new TurndownService({
  headingStyle: 'atx',
  codeBlockStyle: 'fenced',
  bulletListMarker: '-',
  emDelimiter: '*',
});
turndown.use(gfm);
turndown.remove(['script', 'style', 'noscript', 'iframe', 'form', 'button', 'object', 'template']);

const SAFE = new Set(['http:', 'https:', 'mailto:']);

/** HTML as Markdown; relative links are made whole by `base`, and links to anything but the web and mail lose their target. */
export function markdownOf(html: string, base: string | undefined): string {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  makeLinksWhole(document, base);
  return turndown.turndown(document.body.innerHTML).trim();
}

export interface Page {
  title: string;
  text: string;
  /** As the page names it, such as `ja-JP`. */
  language: string | null;
}

/** What a page is about, without what surrounds it; null where there is nothing to read. */
export function pageOf(html: string, url: string): Page | null {
  const { document } = parseHTML(html);
  makeLinksWhole(document, url);
  const language = document.documentElement?.getAttribute('lang') || null;
  const headings = document.querySelectorAll('h1');
  const heading = headings.length === 1 ? headings[0]?.textContent?.trim() : '';
  const found = new Readability(document as unknown as Document, { maxElemsToParse: 50_000 }).parse();
  const text = found?.content ? turndown.turndown(found.content).trim() : '';
  const title = heading || found?.title?.trim() || '';
  return text === '' || title === '' ? null : { title, text, language };
}

function makeLinksWhole(document: ParsedDocument, base: string | undefined): void {
  for (const [selector, name] of [
    ['a[href]', 'href'],
    ['img[src]', 'src'],
  ] as const) {
    for (const element of document.querySelectorAll(selector)) {
      const url = URL.parse(element.getAttribute(name) ?? '', base);
      if (url && SAFE.has(url.protocol)) element.setAttribute(name, url.href);
      else element.removeAttribute(name);
    }
  }
}

type ParsedDocument = ReturnType<typeof parseHTML>['document'];
