import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import type { APIEmbed } from 'discord.js';
import { escapeLine, escapeLines } from '../../formats/markdown/escape.ts';
import { toDiscordMarkdown } from '../../formats/markdown/to-discord.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const MAX_TITLE_LENGTH = 256;
const MAX_TEXT_LENGTH = 4000;

/** What is said of an incident, as a supervisor wrote it: the title is plain text, the text is Markdown. */
export const incidentEmbed = ({ title, text }: { title: string; text: string }, color: number): APIEmbed => ({
  color,
  title: truncateMarkdown(escapeLine(title), MAX_TITLE_LENGTH),
  description: truncateMarkdown(toDiscordMarkdown(text) ?? escapeLines(text), MAX_TEXT_LENGTH),
});
