import { isTimeZone, parseWeek } from '../support/barriers/hours.ts';
import { matching, oneOf, type Setting, whole } from './setting.ts';

/** How long is waited for Twilio. */
export const turns = {
  STUDIO_DEADLINE_MS: {
    about: 'How long the Studio flow may take to ask before the bridge answers or hands over by itself.',
    wants: 'a whole number of milliseconds from 1000 to 120000',
    fallback: 15_000,
    parse: whole(1000, 120_000),
  } as Setting<number>,
  CHECK_QUIET_MS: {
    about:
      'After this much silence in a chat with an agent the bridge reads the transcript back once, in case a webhook was lost; the wait doubles from then on.',
    wants: 'a whole number of milliseconds from 1000 to 3600000',
    fallback: 120_000,
    parse: whole(1000, 3_600_000),
  } as Setting<number>,
};

/** Members who have fallen silent. */
export const inactivity = {
  INACTIVITY_REMINDER_MS: {
    about:
      'How long a member may be silent when it is their turn before they are asked whether they are there; 0 never.',
    wants: 'a whole number of milliseconds from 0 to 604800000',
    fallback: 0,
    parse: whole(0, 604_800_000),
  } as Setting<number>,
  INACTIVITY_CLOSE_MS: {
    about:
      'How long a member may be silent after that, or at all without a reminder, before the conversation is closed; 0 never.',
    wants: 'a whole number of milliseconds from 0 to 604800000',
    fallback: 0,
    parse: whole(0, 604_800_000),
  } as Setting<number>,
};

/** When a conversation begins, and when it may go to a person. */
export const barriers = {
  AFTERWORDS: {
    about:
      'ignore: thanks that follow a conversation that is over are answered and begin no new one. open: they begin one.',
    wants: 'ignore or open',
    fallback: 'ignore',
    parse: oneOf('ignore', 'open'),
  } as Setting<'ignore' | 'open'>,
  BUSINESS_HOURS: {
    about:
      'When the team can be reached, such as "Mon-Fri 09:00-18:00; Sat 10:00-12:00,13:00-16:00". Outside of it a case is opened and the virtual agent stays. Without it, always.',
    wants: 'days and 24-hour times, rules joined by semicolons, or nothing',
    fallback: '',
    parse: (raw) => (parseWeek(raw) ? raw : undefined),
  } as Setting<string>,
  BUSINESS_TIME_ZONE: {
    about: 'Time zone of BUSINESS_HOURS, and of the times that agents read in messages.',
    wants: 'an IANA name such as Asia/Tokyo',
    fallback: 'UTC',
    parse: (raw) => (isTimeZone(raw) ? raw : undefined),
  } as Setting<string>,
  BUSINESS_CLOSED_DAYS: {
    about: 'Holidays: days on which BUSINESS_HOURS do not hold.',
    wants: 'dates such as 2027-01-01 joined by commas, or nothing',
    fallback: '',
    parse: matching(/^\d{4}-\d\d-\d\d(,\d{4}-\d\d-\d\d)*$/),
  } as Setting<string>,
  HANDOFF_COOLDOWN_MS: {
    about: 'After a chat with an agent, how long a member waits before they can ask for a person again.',
    wants: 'a whole number of milliseconds from 0 to 604800000',
    fallback: 0,
    parse: whole(0, 604_800_000),
  } as Setting<number>,
  MINIMUM_ACCOUNT_DAYS: {
    about: 'Discord accounts younger than this talk to the virtual agent only.',
    wants: 'a whole number of days from 0 to 3650',
    fallback: 0,
    parse: whole(0, 3650),
  } as Setting<number>,
};
