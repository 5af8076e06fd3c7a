import { ACTIVITIES } from '../panel/activity.ts';
import { matching, origins, type Setting, whole } from './setting.ts';

/** What Flex shows of the bridge, and who may call it. */
export const flex = {
  BOT_NAME: {
    about: "Author of the virtual agent's answers in the Flex transcript.",
    wants: '1 to 64 characters',
    fallback: 'Virtual agent',
    parse: matching(/^.{1,64}$/u),
  } as Setting<string>,
  FLEX_ORIGINS: {
    about:
      'Web origins from which the Flex plugin may call the panel API. Add http://localhost:3000 while you develop the plugin.',
    wants: 'https origins joined by commas (http only for this machine)',
    fallback: 'https://flex.twilio.com',
    parse: origins,
  } as Setting<string>,
};

/** What agents see of a member. */
export const members = {
  NEW_ACCOUNT_DAYS: {
    about: 'Discord accounts younger than this are flagged to agents as new.',
    wants: 'a whole number of days from 0 to 3650',
    fallback: 30,
    parse: whole(0, 3650),
  } as Setting<number>,
  MEMBER_ACTIVITY: {
    about: 'What agents see a member do besides writing, in the conversation; none for nothing.',
    wants: `any of ${ACTIVITIES.join(', ')} joined by commas, or none`,
    fallback: ACTIVITIES.join(','),
    parse: matching(new RegExp(`^(none|(${ACTIVITIES.join('|')})(,(${ACTIVITIES.join('|')}))*)$`)),
  } as Setting<string>,
};
