import { truncate } from '@flexcord/shared/messages/truncate';

/** Discord takes a backslash before any of these as "nothing special" (https://docs.discord.com/developers/reference#message-formatting). */
const escaped = (line: string): string =>
  line.replace(/([\\*_~`|<>#@[\]()+-])/g, '\\$1').replace(/^(\d+)\./, '$1\\.');

const WEB_ADDRESS = /(https?:\/\/[^\s<>()*|`]+)/;

/**
 * Names and titles of others on one line and without meaning to Discord: no Markdown, no mention, no link. An empty one
 * would be refused, so nothing becomes a dash.
 */
export function plain(text: string): string {
  return escaped(text.replace(/\s+/g, ' ').trim()).replaceAll('://', ':\\//') || '–';
}

/** Words of others over several lines; nothing in them means anything to Discord but web addresses. */
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
