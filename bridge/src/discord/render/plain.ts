/**
 * Names, titles and words of others on one line and without meaning to Discord: no Markdown, no mention. An empty
 * title would be refused, so nothing becomes a dash.
 */
export function plain(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.replace(/([\\*_~`|<>#@[\]()-])/g, '\\$1') || '–';
}

/** The longest beginning of `text` that Discord takes where it takes `limit` characters; an escape is not cut in two. */
export function upTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/\\+$|[\uD800-\uDBFF]$/, '')}…`;
}
