/** After a backslash Discord reads any of these as the character alone (https://docs.discord.com/developers/reference#message-formatting). */
const escaped = (line: string): string =>
  line.replace(/([\\*_~`|<>#@[\]()+-])/g, '\\$1').replace(/^(\d+)\./, '$1\\.');

const WEB_ADDRESS = /(https?:\/\/[^\s<>()*|`]+)/;

/**
 * A name or title that people wrote, on one line and escaped: no Markdown, no mention, no link. Discord refuses an empty
 * one, so it becomes a dash.
 */
export function plain(text: string): string {
  return escaped(text.replace(/\s+/g, ' ').trim()).replaceAll('://', ':\\//') || '–';
}

/** Text that people wrote, over several lines and escaped; only web addresses stay what they are. */
export function plainLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) =>
      line
        .replace(/\s+/g, ' ')
        .trim()
        .split(WEB_ADDRESS)
        .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
        .join(''),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The longest beginning of `text` where Discord takes `limit` characters; an escape is not cut in two. */
export function upTo(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/(?:\\+|[\uD800-\uDBFF])$/, '')}…`;
}
