/**
 * Every environment variable of the bridge. `.env.example` is written from this table by `bun run env:example`,
 * and a test keeps the two equal.
 */

import { parseFields } from './cases/fields.ts';
import { ACTIVITIES } from './panel/activity.ts';
import { isTimeZone, parseWeek } from './support/barriers/hours.ts';
import { parseWebhookUrls } from './webhooks/address.ts';

export type Environment = Record<string, string | undefined>;

interface Setting<T> {
  /** One line: what it is for. */
  about: string;
  /** What a good value looks like, for the message about a bad one. */
  wants: string;
  /** Never printed. */
  secret?: true;
  example?: string;
  /** Used when the variable is absent or empty; a setting without one is required. */
  fallback?: T;
  /** Throws, or returns undefined, for a bad value. */
  parse(raw: string): T | undefined;
}

const matching = (pattern: RegExp) => (raw: string) => (pattern.test(raw) ? raw : undefined);
const sid = (prefix: string) => matching(new RegExp(`^${prefix}[0-9a-f]{32}$`));
const oneOf =
  <T extends string>(...values: T[]) =>
  (raw: string) =>
    values.find((value) => value === raw);
const url =
  (...protocols: string[]) =>
  (raw: string) => {
    const parsed = URL.parse(raw);
    return parsed && protocols.includes(parsed.protocol) ? raw.replace(/\/+$/, '') : undefined;
  };
const isLocal = (hostname: string) => ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
const urlOrLocal = (raw: string) => {
  const parsed = URL.parse(raw);
  const local = parsed && isLocal(parsed.hostname);
  return url(...(local ? ['https:', 'http:'] : ['https:']))(raw);
};
/** Web origins joined by commas; plain http for this machine only. */
const origins = (raw: string) => {
  const given = raw.split(',').map((part) => part.trim().replace(/\/$/, ''));
  const good = given.every((part) => {
    const parsed = URL.parse(part);
    if (!parsed || parsed.origin !== part) return false;
    return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal(parsed.hostname));
  });
  return good ? given.join(',') : undefined;
};
/** Addresses joined by commas; plain http for this machine only. */
const webAddresses = (raw: string) => {
  const given = raw.split(',').map((part) => part.trim());
  const good = given.every((part) => {
    const parsed = URL.parse(part);
    if (!parsed || parsed.username || parsed.password) return false;
    return parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLocal(parsed.hostname));
  });
  return good ? given.join(',') : undefined;
};
const whole = (least: number, most: number) => (raw: string) => {
  const value = Number(raw);
  return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
};

export const settings = {
  DISCORD_TOKEN: {
    about: 'Bot token, from the Bot page of your application in the Discord developer portal.',
    wants: 'three groups of letters and digits joined by dots',
    secret: true,
    parse: matching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  } as Setting<string>,
  DISCORD_APPLICATION_ID: {
    about: 'Application id, from the General Information page of the same application.',
    wants: '17 to 20 digits',
    example: '112233445566778899',
    parse: matching(/^\d{17,20}$/),
  } as Setting<string>,
  DISCORD_GUILD_ID: {
    about: 'Registers the slash commands in this one server, where they appear at once, instead of globally.',
    wants: '17 to 20 digits, or nothing',
    fallback: '',
    parse: matching(/^\d{17,20}$/),
  } as Setting<string>,
  DISCORD_SUPPORT_CHANNEL_ID: {
    about:
      'Text channel in which a private thread is opened for a member whose direct messages are closed. The bot needs Create Private Threads, Send Messages in Threads and Manage Threads there, and the Message Content intent. Without it the agent is told that the member cannot be reached.',
    wants: '17 to 20 digits, or nothing',
    fallback: '',
    parse: matching(/^\d{17,20}$/),
  } as Setting<string>,
  DISCORD_API_URL: {
    about: 'Base address of the Discord API; the sandbox and a test proxy change it.',
    wants: 'an http or https address',
    fallback: 'https://discord.com/api',
    parse: url('https:', 'http:'),
  } as Setting<string>,
  DISCORD_CDN_HOSTS: {
    about: "Hosts from which members' files are fetched; none other is ever asked.",
    wants: 'host names joined by commas',
    fallback: 'cdn.discordapp.com,media.discordapp.net',
    parse: matching(/^[\w.-]+(:\d+)?(,[\w.-]+(:\d+)?)*$/),
  } as Setting<string>,
  FILE_LIMIT_BYTES: {
    about:
      "Largest member's file that is carried to Flex; larger ones are named with a link. Flex shows up to 16 MiB.",
    wants: 'a whole number of bytes from 0 to 157286400',
    fallback: 16 * 1024 * 1024,
    parse: whole(0, 150 * 1024 * 1024),
  } as Setting<number>,
  AGENT_NAME_STYLE: {
    about:
      "How members see which agent writes. prefix: the name before the words. line: in small print above them. none: only the bot's own name.",
    wants: 'prefix, line or none',
    fallback: 'prefix',
    parse: oneOf('prefix', 'line', 'none'),
  } as Setting<'prefix' | 'line' | 'none'>,
  AGENT_LANGUAGE: {
    about:
      'Language of what agents read in Flex from the bridge itself, such as the summary of a conversation or that a message was edited.',
    wants: 'en or ja',
    fallback: 'en',
    parse: oneOf('en', 'ja'),
  } as Setting<'en' | 'ja'>,
  DELETED_MESSAGES: {
    about:
      'What becomes of a message in the transcript when its member deletes it. mark: it is marked and stays readable. erase: words and files are taken away.',
    wants: 'mark or erase',
    fallback: 'mark',
    parse: oneOf('mark', 'erase'),
  } as Setting<'mark' | 'erase'>,
  TRANSCRIPTION_URL: {
    about:
      'Base address of an OpenAI-compatible API that writes down voice messages, such as https://api.openai.com/v1. The recordings of members are sent there. Without it agents hear them only.',
    wants: 'an https address (http only for this machine), or nothing',
    fallback: '',
    parse: urlOrLocal,
  } as Setting<string>,
  TRANSCRIPTION_API_KEY: {
    about: 'Key for that API.',
    wants: 'a key without spaces, or nothing',
    secret: true,
    fallback: '',
    parse: matching(/^\S{1,512}$/),
  } as Setting<string>,
  TRANSCRIPTION_MODEL: {
    about: 'Model that writes them down.',
    wants: '1 to 128 letters, digits, and any of . : / _ -',
    fallback: 'whisper-1',
    parse: matching(/^[\w.:/-]{1,128}$/),
  } as Setting<string>,
  TWILIO_ACCOUNT_SID: {
    about: 'Account SID of the Flex project.',
    wants: 'AC and 32 hexadecimal digits',
    example: 'AC00000000000000000000000000000000',
    parse: sid('AC'),
  } as Setting<string>,
  TWILIO_AUTH_TOKEN: {
    about: 'Auth token of that account; it signs requests in both directions.',
    wants: '32 hexadecimal digits',
    secret: true,
    parse: matching(/^[0-9a-f]{32}$/),
  } as Setting<string>,
  TWILIO_WORKSPACE_SID: {
    about: 'TaskRouter workspace of Flex ("Flex Task Assignment").',
    wants: 'WS and 32 hexadecimal digits',
    example: 'WS00000000000000000000000000000000',
    parse: sid('WS'),
  } as Setting<string>,
  TWILIO_WORKFLOW_SID: {
    about: 'TaskRouter workflow that routes Discord tasks.',
    wants: 'WW and 32 hexadecimal digits',
    example: 'WW00000000000000000000000000000000',
    parse: sid('WW'),
  } as Setting<string>,
  TWILIO_TASK_CHANNEL: {
    about:
      'Unique name of the TaskRouter task channel for Discord tasks. Flex renders "chat" without any plugin.',
    wants: 'letters, digits, - and _',
    fallback: 'chat',
    parse: matching(/^[\w-]{1,64}$/),
  } as Setting<string>,
  TWILIO_API_URL: {
    about:
      'Sends every Twilio request to this address instead of https://<product>.twilio.com, the product as first path segment; for the sandbox.',
    wants: 'an http or https address, or nothing',
    fallback: '',
    parse: url('https:', 'http:'),
  } as Setting<string>,
  FLEX_ROUTING: {
    about:
      'studio: a Studio flow asks the bridge what to do with each message and sends to Flex. bridge: no Studio, the bridge creates the Interaction itself.',
    wants: 'studio or bridge',
    fallback: 'studio',
    parse: oneOf('studio', 'bridge'),
  } as Setting<'studio' | 'bridge'>,
  TWILIO_STUDIO_FLOW_SID: {
    about:
      'Studio flow that new conversations are attached to; needed when FLEX_ROUTING is studio. `bun run provision` makes it.',
    wants: 'FW and 32 hexadecimal digits',
    fallback: '',
    parse: sid('FW'),
  } as Setting<string>,
  STUDIO_SECRET: {
    about: 'Shared secret that the Studio flow sends with its question; needed when FLEX_ROUTING is studio.',
    wants: '16 to 128 letters, digits, - and _',
    secret: true,
    fallback: '',
    parse: matching(/^[\w-]{16,128}$/),
  } as Setting<string>,
  PUBLIC_URL: {
    about: 'Address under which Twilio reaches this bridge; webhook signatures are checked against it.',
    wants: 'an https address (http only for this machine)',
    example: 'https://flexcord.example.com',
    parse: urlOrLocal,
  } as Setting<string>,
  HOST: {
    about: 'Interface to listen on.',
    wants: 'an address of this machine',
    fallback: '0.0.0.0',
    parse: matching(/^[\w.:-]+$/),
  } as Setting<string>,
  PORT: {
    about: 'Port to listen on; 0 takes a free one.',
    wants: 'a whole number from 0 to 65535',
    fallback: 3000,
    parse: whole(0, 65535),
  } as Setting<number>,
  DATABASE_URL: {
    about:
      'PostgreSQL to keep everything in, which several bridges may share. Without it the store is embedded.',
    wants: 'postgres://user:password@host:port/database, or nothing',
    secret: true,
    fallback: '',
    parse: url('postgres:', 'postgresql:'),
  } as Setting<string>,
  DATA_DIR: {
    about: 'Folder of the embedded store.',
    wants: 'a folder that the bridge may write to',
    fallback: './data',
    parse: (raw) => raw,
  } as Setting<string>,
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
  KNOWLEDGE_SAMPLE: {
    about:
      'true: a store without any article is given the sixty of a made-up game, for trying things out. Put in your own with `bun run kb import`.',
    wants: 'true or false',
    fallback: 'false',
    parse: oneOf('true', 'false'),
  } as Setting<'true' | 'false'>,
  LLM_URL: {
    about:
      'Base URL of an OpenAI-compatible endpoint that writes answers out of articles, with citations. Without it members get the articles.',
    wants: 'an http or https URL, such as https://api.example.com/v1',
    fallback: '',
    parse: url('http:', 'https:'),
  } as Setting<string>,
  LLM_API_KEY: {
    about: 'Key for LLM_URL, where it wants one.',
    wants: 'a key without spaces',
    secret: true,
    fallback: '',
    parse: matching(/^\S+$/),
  } as Setting<string>,
  LLM_MODEL: {
    about: 'Name of the model at LLM_URL.',
    wants: 'a name without spaces',
    fallback: '',
    parse: matching(/^\S+$/),
  } as Setting<string>,
  LLM_TIMEOUT_MS: {
    about: 'How long a member waits for a written answer before the articles are shown instead.',
    wants: 'a whole number of milliseconds from 500 to 30000',
    fallback: 6000,
    parse: whole(500, 30_000),
  } as Setting<number>,
  KNOWLEDGE_GAP_DAYS: {
    about: 'How long questions that no article answered are kept for review.',
    wants: 'a whole number of days from 1 to 3650',
    fallback: 180,
    parse: whole(1, 3650),
  } as Setting<number>,
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
  LEASE_MS: {
    about:
      'Where several bridges share a store: how long one may be silent before the others take its work over.',
    wants: 'a whole number of milliseconds from 1000 to 60000',
    fallback: 10_000,
    parse: whole(1000, 60_000),
  } as Setting<number>,
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
  RATING_MEASURE: {
    about:
      "Which measure under `conversations` of the Flex task takes a member's rating, for Flex Insights; off leaves tasks alone.",
    wants: 'conversation_measure_1 to conversation_measure_10, or off',
    fallback: 'conversation_measure_1',
    parse: matching(/^(off|conversation_measure_([1-9]|10))$/),
  } as Setting<string>,
  FEEDS: {
    about:
      'RSS, Atom or JSON feeds whose news is announced by itself in every server that was set up. Only the hosts named here are ever asked.',
    wants: 'https addresses joined by commas (http only for this machine), or nothing',
    fallback: '',
    parse: webAddresses,
  } as Setting<string>,
  FEED_INTERVAL_MS: {
    about: 'How long to wait after one look at the feeds before the next.',
    wants: 'a whole number of milliseconds from 100 to 86400000',
    fallback: 300_000,
    parse: whole(100, 86_400_000),
  } as Setting<number>,
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
    about: 'Time zone of BUSINESS_HOURS.',
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
  CASE_FIELDS: {
    about:
      'Your own fields of cases: a JSON array such as [{"key":"platform","label":"Platform","labels":{"ja":"機種"},"type":"select","options":["iOS","Android"]}]. Types: text, number, select, boolean, date.',
    wants: 'a JSON array of at most 25 fields, each key once, options for a select alone, or nothing',
    fallback: '',
    parse: (raw) => (parseFields(raw) ? raw : undefined),
  } as Setting<string>,
  MEMBER_FIELDS: {
    about: 'Your own fields of members, in the form of CASE_FIELDS.',
    wants: 'a JSON array of at most 25 fields, each key once, options for a select alone, or nothing',
    fallback: '',
    parse: (raw) => (parseFields(raw) ? raw : undefined),
  } as Setting<string>,
  CASE_WEBHOOK_URLS: {
    about:
      'Addresses that are told of every new, changed and commented case, such as of a Jira or CRM integration. Redirects are not followed.',
    wants: 'https addresses joined by commas (http only for this machine), or nothing',
    fallback: '',
    parse: (raw) => parseWebhookUrls(raw)?.join(','),
  } as Setting<string>,
  CASE_WEBHOOK_SECRET: {
    about: 'Signs those webhooks (HMAC-SHA256); needed when CASE_WEBHOOK_URLS is set.',
    wants: '16 to 128 characters without spaces',
    secret: true,
    fallback: '',
    parse: matching(/^\S{16,128}$/),
  } as Setting<string>,
  CASE_WEBHOOK_PRIVATE: {
    about:
      'refuse: nothing is sent where a name leads into a private network. allow: it is. This machine itself is always allowed.',
    wants: 'refuse or allow',
    fallback: 'refuse',
    parse: oneOf('refuse', 'allow'),
  } as Setting<'refuse' | 'allow'>,
  LOG_LEVEL: {
    about: 'How much is logged.',
    wants: 'debug, info, warn, error or silent',
    fallback: 'info',
    parse: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  } as Setting<'debug' | 'info' | 'warn' | 'error' | 'silent'>,
};

type Settings = typeof settings;
export type Config = { [Name in keyof Settings]: Settings[Name] extends Setting<infer T> ? T : never };

/** Every fault of the configuration at once, each a line that names the variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(readonly faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}\nSee .env.example for every variable.`,
    );
  }
}

/**
 * Reads and checks the environment. Throws a ConfigError that names every missing or malformed variable.
 * `made`: variables that the caller is about to make, and that may therefore still be missing.
 */
export function loadConfig(env: Environment, made: readonly (keyof Config)[] = []): Config {
  const { config, faults } = read(env, Object.keys(settings) as (keyof Config)[]);
  if (config.FLEX_ROUTING === 'studio') {
    for (const name of ['TWILIO_STUDIO_FLOW_SID', 'STUDIO_SECRET'] as const) {
      if (config[name] === '' && !made.includes(name)) {
        faults.push(
          `${name} is missing. It wants ${settings[name].wants}, because FLEX_ROUTING is studio; set FLEX_ROUTING=bridge to do without Studio.`,
        );
      }
    }
  }
  if (config.CASE_WEBHOOK_URLS && config.CASE_WEBHOOK_SECRET === '') {
    faults.push(
      `CASE_WEBHOOK_SECRET is missing. It wants ${settings.CASE_WEBHOOK_SECRET.wants}, because CASE_WEBHOOK_URLS is set.`,
    );
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** Reads and checks some variables only, for commands that need no more. Throws a ConfigError that names those at fault. */
export function loadSettings<Name extends keyof Config>(
  env: Environment,
  names: readonly Name[],
): Pick<Config, Name> {
  const { config, faults } = read(env, names);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function read<Name extends keyof Config>(
  env: Environment,
  names: readonly Name[],
): { config: Pick<Config, Name>; faults: string[] } {
  const faults: string[] = [];
  const config: Record<string, unknown> = {};
  for (const name of names) {
    const setting = settings[name] as Setting<unknown>;
    const raw = env[name]?.trim() ?? '';
    if (raw === '') {
      if (setting.fallback === undefined) faults.push(`${name} is missing. It wants ${setting.wants}.`);
      else config[name] = setting.fallback;
      continue;
    }
    const value = setting.parse(raw);
    if (value === undefined) faults.push(`${name} is ${mask(raw, setting)}. It wants ${setting.wants}.`);
    else config[name] = value;
  }
  return { config: config as Pick<Config, Name>, faults };
}

/** The text of `.env.example`. */
export function envExample(): string {
  const lines = [
    '# Configuration of the Flexcord bridge. Copy to .env; lines that start with # are optional, with their defaults.',
    '',
  ];
  for (const [name, setting] of Object.entries(settings) as [string, Setting<unknown>][]) {
    lines.push(`# ${setting.about}`, `# ${setting.wants}`);
    lines.push(
      setting.fallback === undefined ? `${name}=${setting.example ?? ''}` : `#${name}=${setting.fallback}`,
      '',
    );
  }
  return lines.join('\n');
}

function mask(raw: string, setting: Setting<unknown>): string {
  if (!setting.secret) return JSON.stringify(raw.length > 80 ? `${raw.slice(0, 77)}…` : raw);
  return `a value of ${raw.length} characters (hidden)`;
}
