import type { PanelEvent } from '@flexcord/shared/panel/events';
import { days, listOf, matching, oneOf, origin, setting } from './setting.ts';

type Activity = Extract<PanelEvent, { type: 'activity' }>['activity'];
const ACTIVITIES: readonly Activity[] = ['typing', 'edited', 'deleted', 'left-server'];

/** What Flex shows of the bridge, and who may call it. */
export const flex = {
  BOT_NAME: setting<string>({
    about: "Author of the virtual agent's answers in the Flex transcript.",
    wants: '1 to 64 characters',
    fallback: 'Virtual agent',
    parse: matching(/^.{1,64}$/u),
  }),
  FLEX_ORIGINS: setting<string[]>({
    about:
      'Web origins from which the Flex plugin may call the panel API. Add http://localhost:3000 while you develop the plugin.',
    wants: 'https origins joined by commas (http only for this machine)',
    fallback: 'https://flex.twilio.com',
    parse: listOf(origin),
  }),
  AGENT_SCOPE: setting<'all' | 'own'>({
    about:
      'all: every agent may see and change every member and case. own: only members whom they are chatting with or were within a day, and cases that are assigned to them or of such members; supervisors always all.',
    ...oneOf('all', 'own'),
    fallback: 'all',
  }),
};

const parseActivities = listOf((part) => ACTIVITIES.find((activity) => activity === part));

/** What agents see of a member. */
export const members = {
  NEW_ACCOUNT_DAYS: setting<number>({
    about: 'Discord accounts younger than this are flagged to agents as new.',
    ...days(0, 3650),
    fallback: '30',
  }),
  MEMBER_ACTIVITY: setting<Activity[]>({
    about: 'What agents see a member do besides writing, in the conversation; none for nothing.',
    wants: `any of ${ACTIVITIES.join(', ')} joined by commas, or none`,
    fallback: ACTIVITIES.join(','),
    parse: (raw) => (raw === 'none' ? [] : parseActivities(raw)),
  }),
};
