import { DAY_MS, HOUR_MS, MINUTE_MS } from '@flexcord/shared/time';
import { listOf, matching, milliseconds, oneOf, setting, whole } from './setting.ts';

const snowflake = matching(/^\d{17,20}$/);

/** What becomes of posts in the channels that are served in public. */
export const publicSupport = {
  PUBLIC_ESCALATE_AFTER_MS: setting<number>({
    about:
      'How long the author of a post waits without an answer before it is brought to the team, in channels whose rule is answer-and-escalate or person; 0 never. An answer of a member or moderator ends the waiting.',
    ...milliseconds(0, 30 * DAY_MS),
    fallback: '30m',
  }),
  PUBLIC_REMINDER_MS: setting<number>({
    about:
      'How long nobody writes in an open post before its author is asked there whether it is still open; 0 never. Not while the team has it.',
    ...milliseconds(0, 365 * DAY_MS),
    fallback: '7d',
  }),
  PUBLIC_CLOSE_MS: setting<number>({
    about: 'How long after that question a post is closed as unanswered, with a word; 0 never.',
    ...milliseconds(0, 365 * DAY_MS),
    fallback: '7d',
  }),
  PUBLIC_REST_AFTER_MS: setting<number>({
    about: 'How long after its solution a post is put away; 0 never.',
    ...milliseconds(0, 365 * DAY_MS),
    fallback: '3d',
  }),
  PUBLIC_REST: setting<'archive' | 'lock'>({
    about:
      'How posts are put away. archive: whoever writes there opens it again. lock: also nobody but moderators writes there any more.',
    ...oneOf('archive', 'lock'),
    fallback: 'archive',
  }),
  PUBLIC_SOLVED_TAG: setting<string>({
    about:
      'Name of the tag that solved posts of a forum get. Without it, a tag that says so in a language of the bot, such as solved or 解決済み.',
    wants: 'the name of a tag, or nothing',
    absent: '',
    parse: (raw) => (raw.length <= 20 ? raw : undefined),
  }),
  PUBLIC_HELPER_ROLES: setting<string[]>({
    about:
      'Roles whose holders may do in public threads what moderators may: mark solutions and ask the team for others.',
    wants: '17 to 20 digits each, joined by commas, or nothing',
    absent: [],
    parse: listOf(snowflake),
  }),
  PUBLIC_SOLVED_AS_SOURCES: setting<'off' | 'links' | 'answers'>({
    about:
      'How later posts of the same channel are helped by solved ones. links: by their title and address. answers: also by the words that solved them, without personal details. off: not at all; they are candidates for articles only.',
    ...oneOf('off', 'links', 'answers'),
    fallback: 'links',
  }),
  PUBLIC_SECRETS: setting<'off' | 'tell' | 'remove'>({
    about:
      'What happens where a message in public seems to hold a mail address, phone number, card number or access token. tell: its author is told, in private where that is possible. remove: it is also deleted, for which the bot needs Manage Messages.',
    ...oneOf('off', 'tell', 'remove'),
    fallback: 'tell',
  }),
  PUBLIC_MODERATORS_CHANNEL_ID: setting<string>({
    about:
      'Text channel in which moderators are told of floods of posts, of incidents, and of messages that seem to hold what others should not read; their words are not repeated.',
    wants: '17 to 20 digits, or nothing',
    absent: '',
    parse: snowflake,
  }),
  INCIDENT_MEMBERS: setting<number>({
    about:
      'How many members must ask much the same within INCIDENT_WINDOW_MS, in private, in public or as bugs, before an incident is opened for it; copies by accounts younger than NEW_ACCOUNT_DAYS count once. 0: none is opened.',
    ...whole(0, 1000),
    fallback: '5',
  }),
  INCIDENT_WINDOW_MS: setting<number>({
    about: 'Within how long those members must ask.',
    ...milliseconds(MINUTE_MS, DAY_MS),
    fallback: '1h',
  }),
  INCIDENT_RISE: setting<number>({
    about:
      'How many times as many as usual they must be. Usual is how many asked much the same within such a time, on average of the days before, or of the last day where that is more.',
    ...whole(1, 100),
    fallback: '4',
  }),
  INCIDENT_LOOK_MS: setting<number>({
    about: 'How often it is looked whether there is an incident.',
    ...milliseconds(100, HOUR_MS),
    fallback: '15s',
  }),
};
