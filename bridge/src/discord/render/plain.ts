import { truncate } from '@flexcord/shared/messages/truncate';

/** Discord takes a backslash before any of these as "nothing special" (https://docs.discord.com/developers/reference#message-formatting). */
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

/** The longest beginning of a text in Markdown where Discord takes `limit` UTF-16 units; no escape is cut in two. */
export function truncateMarkdown(text: string, limit: number): string {
  const short = truncate(text, limit, { ellipsis: '…' });
  return text.length <= limit ? short : short.replace(/\\+…$/, '…');
}
