import { startOfDay } from '@flexcord/shared/time';
import { isTimeZone, parseWeek, type Week } from '../support/barriers/hours.ts';
import { days, listOf, milliseconds, oneOf, setting } from './setting.ts';

/** How long the bridge waits for Twilio. */
export const turns = {
  STUDIO_DEADLINE_MS: setting<number>({
    about: 'How long the Studio flow may take to ask before the bridge answers or hands over by itself.',
    ...milliseconds(1000, 120_000),
    fallback: '15000',
  }),
  TRANSCRIPT_CHECK_MS: setting<number>({
    about:
      'After this much silence in a chat with an agent the bridge reads the transcript back once, in case a webhook was lost; the wait doubles from then on.',
    ...milliseconds(1000, 3_600_000),
    fallback: '120000',
    formerly: ['CHECK_QUIET_MS'],
  }),
  DELAY_NOTICE_MS: setting<number>({
    about: 'After how long the sender of a message that the other cloud does not take hears that it is late.',
    ...milliseconds(1000, 3_600_000),
    fallback: '60000',
  }),
};

/** What happens when a member no longer answers. */
export const inactivity = {
  INACTIVITY_REMINDER_MS: setting<number>({
    about:
      'How long a member may be silent when it is their turn before they are asked whether they are there; 0 never.',
    ...milliseconds(0, 604_800_000),
    fallback: '0',
  }),
  INACTIVITY_CLOSE_MS: setting<number>({
    about:
      'How long a member may be silent after that, or at all without a reminder, before the conversation is closed; 0 never.',
    ...milliseconds(0, 604_800_000),
    fallback: '0',
  }),
};

/** When a conversation begins, and when it may be handed over to a person. */
export const barriers = {
  THANKS_AFTER_END: setting<'ignore' | 'open'>({
    about:
      'ignore: thanks that follow a conversation that is over are answered and begin no new one. open: they begin one.',
    ...oneOf('ignore', 'open'),
    fallback: 'ignore',
    formerly: ['AFTERWORDS'],
  }),
  BUSINESS_HOURS: setting<Week | null>({
    about:
      'When the team can be reached, such as "Mon-Fri 09:00-18:00; Sat 10:00-12:00,13:00-16:00". Outside of it a case is opened and the virtual agent stays. Without it, always.',
    wants: 'days and 24-hour times, rules joined by semicolons, or nothing',
    absent: null,
    parse: parseWeek,
  }),
  BUSINESS_TIME_ZONE: setting<string>({
    about: 'Time zone of BUSINESS_HOURS, and of the times that agents read in messages.',
    wants: 'an IANA name such as Asia/Tokyo',
    fallback: 'UTC',
    parse: (raw) => (isTimeZone(raw) ? raw : undefined),
  }),
  BUSINESS_CLOSED_DAYS: setting<string[]>({
    about: 'Holidays: days on which BUSINESS_HOURS do not hold.',
    wants: 'dates such as 2027-01-01 joined by commas, or nothing',
    absent: [],
    parse: listOf((raw) => (startOfDay(raw) === null ? undefined : raw)),
  }),
  HANDOFF_COOLDOWN_MS: setting<number>({
    about: 'After a chat with an agent, how long a member waits before they can ask for a person again.',
    ...milliseconds(0, 604_800_000),
    fallback: '0',
  }),
  MINIMUM_ACCOUNT_DAYS: setting<number>({
    about: 'Discord accounts younger than this talk to the virtual agent only.',
    ...days(0, 3650),
    fallback: '0',
  }),
};
