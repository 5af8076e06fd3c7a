import type { Texts } from '../en/index.ts';
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

export const de: Texts = {
  tag: 'de',
  locale: 'de',
  discordLocales: ['de'],
  ...conversation,
  message,
  assistant,
  commands,
  privacy,
  forum,
  incidents,
  community: { ...reports, ...cases, ...servers },
};
