import type { parseHTML } from 'linkedom';

type ParsedDocument = ReturnType<typeof parseHTML>['document'];
type ParsedElement = NonNullable<ReturnType<ParsedDocument['querySelector']>>;

const SAFE = new Set(['http:', 'https:', 'mailto:', 'tel:', 'sms:']);

/** What is closed on a page until somebody opens it: `until-found` too (https://html.spec.whatwg.org/#the-hidden-attribute). */
const CLOSED = '[hidden], [aria-hidden="true"], [style*="display"], [style*="visibility"]';
/** Elements that hold text of their own, in contrast to icons and anchors. */
const BLOCKS = new Set(
  'ARTICLE BLOCKQUOTE DD DETAILS DIV DL DT FIGURE LI MAIN OL P PRE SECTION TABLE TBODY TD TR UL'.split(' '),
);
/** What is closed there is no part of the text. */
const AROUND =
  'nav, header, footer, aside, form, dialog, template, noscript, svg, [role="dialog"], [role="alert"], [role="menu"], [role="navigation"], [role="search"], [role="tooltip"], [role="banner"]';
const AROUND_NAMES =
  /\b(?:modal|dialog|cookie|consent|banner|menu|nav|navbar|search|tooltip|popover|popup|overlay|toast|share|login|sign-?in|subscribe|newsletter|sr-only|visually-hidden|screen-reader\w*)\b/i;

/** Readies a document for reading: what is closed is opened, code keeps its lines, videos become links, links are whole. */
export function prepare(document: ParsedDocument, from: string | undefined): void {
  const base = baseOf(document, from);
  for (const dialog of document.querySelectorAll('dialog:not([open])')) dialog.remove();
  openWhatIsClosed(document);
  keepQuestions(document);
  keepLinesOfCode(document);
  linkVideos(document, base);
  for (const image of document.querySelectorAll('img[data-src]'))
    if (!/^(?!data:)\S/.test(image.getAttribute('src') ?? ''))
      image.setAttribute('src', image.getAttribute('data-src') ?? '');
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

function baseOf(document: ParsedDocument, from: string | undefined): string | undefined {
  const given = document.querySelector('base[href]')?.getAttribute('href');
  return (given && URL.parse(given, from)?.href) || from;
}

/** Answers stand in closed accordions, and who only sees what is open sees questions alone. */
function openWhatIsClosed(document: ParsedDocument): void {
  for (const element of document.querySelectorAll(CLOSED)) {
    if (!BLOCKS.has(element.tagName) || element.textContent?.trim() === '') continue;
    if (isAround(element)) continue;
    element.removeAttribute('hidden');
    element.removeAttribute('aria-hidden');
    const style = element.getAttribute('style');
    if (style) element.setAttribute('style', style.replace(/(?:display|visibility)\s*:[^;]*;?/gi, ''));
  }
}

/** The question of an accordion is the button that opens it, and buttons say nothing otherwise. */
function keepQuestions(document: ParsedDocument): void {
  const inHeadings = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dt', 'summary'].map((name) => `${name} button`);
  for (const button of document.querySelectorAll([...inHeadings, 'button[aria-expanded]'].join(', '))) {
    if (button.textContent?.trim() === '' || isAround(button)) continue;
    const words = document.createElement(
      button.closest('h1, h2, h3, h4, h5, h6, dt, summary') ? 'span' : 'p',
    );
    words.replaceChildren(...button.childNodes);
    button.replaceWith(words);
  }
}

/** The element that holds what a page is about, without what surrounds it; null where the page does not say. */
export function mainOf(document: ParsedDocument): ParsedElement | null {
  const parts = ['main, [role="main"]', 'article'].map((selector) => document.querySelectorAll(selector));
  const [main, ...others] = parts.find(({ length }) => length > 0) ?? [];
  if (!main || others.length > 0) return null;
  const copy = main.cloneNode(true) as ParsedElement;
  for (const around of copy.querySelectorAll(`${AROUND}, script, style`)) around.remove();
  return copy;
}

function isAround(element: ParsedElement): boolean {
  if (element.closest(AROUND)) return true;
  for (let at: ParsedElement | null = element; at && at.tagName !== 'BODY'; at = at.parentElement)
    if (AROUND_NAMES.test(`${at.getAttribute('class') ?? ''} ${at.getAttribute('id') ?? ''}`)) return true;
  return false;
}

function keepLinesOfCode(document: ParsedDocument): void {
  for (const line of document.querySelectorAll('pre br, code br')) line.replaceWith('\n');
  for (const line of document.querySelectorAll('pre div, pre p, pre li'))
    if (!line.textContent?.endsWith('\n')) line.append('\n');
  for (const block of document.querySelectorAll('pre')) {
    const [only] = block.childNodes;
    if (block.childNodes.length === 1 && only?.nodeName === 'CODE') continue;
    const language = /\b(?:language|lang|highlight-source)-([\w+#-]+)/.exec(
      `${block.getAttribute('class') ?? ''} ${block.querySelector('code')?.getAttribute('class') ?? ''}`,
    )?.[1];
    const code = document.createElement('code');
    if (language) code.setAttribute('class', `language-${language}`);
    code.textContent = block.textContent;
    block.replaceChildren(code);
  }
}

const VIDEOS = 'iframe[src], iframe[data-src], video, audio, embed[src], object[data]';
const VIDEO_HOSTS =
  /(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|wistia\.(?:com|net)|loom\.com|dailymotion\.com|twitch\.tv|bilibili\.com|nicovideo\.jp|vidyard\.com|brightcove\.net)$/;

/** A video as a link to it; other frames, such as those that count visitors, say nothing. */
function linkVideos(document: ParsedDocument, base: string | undefined): void {
  for (const element of document.querySelectorAll(VIDEOS)) {
    const address =
      ['src', 'data-src', 'data'].map((name) => element.getAttribute(name)).find(Boolean) ??
      element.querySelector('source[src]')?.getAttribute('src');
    const url = URL.parse(address ?? '', base);
    if (!url || !/^https?:$/.test(url.protocol)) continue;
    const isPlayer = element.tagName === 'VIDEO' || element.tagName === 'AUDIO';
    if (!isPlayer && !VIDEO_HOSTS.test(url.hostname) && !element.hasAttribute('allowfullscreen')) continue;
    const link = document.createElement('a');
    const page = pageOfVideo(url);
    link.setAttribute('href', page);
    link.textContent = (element.getAttribute('title') || element.getAttribute('aria-label') || page).trim();
    const paragraph = document.createElement('p');
    paragraph.append(link);
    element.replaceWith(paragraph);
  }
}

/** Where people can watch it: the address of an embedded player shows nothing by itself, or not everywhere. */
function pageOfVideo(url: URL): string {
  const [, youtube] = /^\/embed\/([\w-]{6,})/.exec(url.pathname) ?? [];
  if (youtube && youtube !== 'videoseries' && /youtube(?:-nocookie)?\.com$/.test(url.hostname))
    return `https://www.youtube.com/watch?v=${youtube}`;
  const [, vimeo] = /^\/video\/(\d+)/.exec(url.pathname) ?? [];
  return vimeo && /vimeo\.com$/.test(url.hostname) ? `https://vimeo.com/${vimeo}` : url.href;
}
