import { assistant } from './assistant.ts';
import { cases } from './cases.ts';
import { commands } from './commands.ts';
import { conversation } from './conversation.ts';
import { forum } from './forum.ts';
import { incidents } from './incidents.ts';
import { message } from './message.ts';
import { privacy } from './privacy.ts';
import { reports } from './reports.ts';
import { servers } from './servers.ts';

export const en = {
  /** The language's tag, as `AGENT_LANGUAGE` names it. */
  tag: 'en',
  /** Tag by which `Intl` writes dates, and the names of languages. British English names the day before the month. */
  locale: 'en-GB',
  /** Discord's codes of the language (https://docs.discord.com/developers/reference#locales). */
  discordLocales: ['en-US', 'en-GB'],
  ...conversation,
  message,
  assistant,
  commands,
  privacy,
  forum,
  incidents,
  community: { ...reports, ...cases, ...servers },
};

/** The shape that every language has. */
export type Texts = typeof en;
