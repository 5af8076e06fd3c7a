/** Where escaped signs wait while marks are taken out: the beginning of a private use area. */
const SHELTER = 0xe000;

/** Markdown without its marks, on one line; links keep their words, and escaped signs stay. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => String.fromCharCode(SHELTER + sign.charCodeAt(0)))
    .replace(/```[^\n]*\n?/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, '')
    .replace(/[\uE000-\uE07F]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - SHELTER))
    .replace(/\s+/g, ' ')
    .trim();
}
