/**
 * Every environment variable of the bridge, out of the tables of `config/`, in the order of `.env.example` and
 * `docs/configuration.md`, which `bun run docs:config` writes from them; a test keeps them equal.
 */

import { truncate } from '@flexcord/shared/messages/truncate';
import { cases } from './cases.ts';
import { community } from './community.ts';
import { discord } from './discord.ts';
import { flex, members } from './flex.ts';
import { knowledge } from './knowledge.ts';
import { messages } from './messages.ts';
import { isPlaceholder, unknownVariables } from './mistakes.ts';
import { publicSupport } from './public-support.ts';
import { retention } from './retention.ts';
import { lease, logging, monitoring, server } from './server.ts';
import type { Setting } from './setting.ts';
import { barriers, inactivity, turns } from './support.ts';
import { twilio } from './twilio.ts';

export type Environment = Record<string, string | undefined>;

/** The tables under the headings that `.env.example` and `docs/configuration.md` give them. */
export const sections: readonly (readonly [
  heading: string,
  table: Readonly<Record<string, Setting<unknown>>>,
])[] = [
  ['Discord', discord],
  ['Messages', messages],
  ['Twilio', twilio],
  ['Where the bridge listens and keeps everything', server],
  ['Flex', flex],
  ['Knowledge', knowledge],
  ['Members and conversations', members],
  ['The virtual agent and the way to a person', turns],
  ['Several bridges on one store', lease],
  ['Silence', inactivity],
  ['Support in public', publicSupport],
  ['The server and its news', community],
  ['Who may ask, and how often', barriers],
  ['Cases', cases],
  ['How long things are kept', retention],
  ['Monitoring', monitoring],
  ['Logs', logging],
];

export const settings = {
  ...discord,
  ...messages,
  ...twilio,
  ...server,
  ...flex,
  ...knowledge,
  ...members,
  ...turns,
  ...lease,
  ...inactivity,
  ...publicSupport,
  ...community,
  ...barriers,
  ...cases,
  ...retention,
  ...monitoring,
  ...logging,
};

type Settings = typeof settings;
export type Config = { [Name in keyof Settings]: Settings[Name] extends Setting<infer T> ? T : never };

/** Every fault of the configuration at once, each a line that names the variable. */
export class ConfigError extends Error {
  override name = 'ConfigError';

  constructor(
    readonly faults: string[],
    /** What may explain them. */
    hints: readonly string[] = [],
  ) {
    const lines = [...faults, ...hints].map((line) => `  ${line}`);
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}\nSee .env.example for every variable.`,
    );
  }
}

export interface Loaded<Name extends keyof Config = keyof Config> {
  /** The typed values, by the names of their variables. */
  config: Pick<Config, Name>;
  /** What the operator should change, each a sentence; nothing is wrong yet. */
  warnings: string[];
  /** Of the variables that may still be missing, those that hold the placeholder of an example, each as a sentence. */
  unfilled: Partial<Record<keyof Config, string>>;
}

/**
 * Reads and checks the environment. Throws a ConfigError that names every missing or malformed variable.
 * `created`: variables of SIDs that the caller is about to create, and that may therefore still be missing; they are empty then.
 */
export function loadConfig(env: Environment, created: readonly (keyof Config)[] = []): Loaded {
  const { config, faults, warnings, unfilled } = read(
    env,
    Object.keys(settings) as (keyof Config)[],
    created,
  );
  if (config.FLEX_ROUTING === 'studio') {
    for (const name of ['TWILIO_STUDIO_FLOW_SID', 'STUDIO_SECRET'] as const) {
      if (config[name] === '' && !created.includes(name)) {
        faults.push(
          `${name} is missing. It wants ${settings[name].wants}, because FLEX_ROUTING is studio; set FLEX_ROUTING=bridge to do without Studio.`,
        );
      }
    }
  }
  // A variable at fault has no value here.
  if (config.CASE_WEBHOOK_URLS?.length > 0 && config.CASE_WEBHOOK_SECRET === '') {
    faults.push(
      `CASE_WEBHOOK_SECRET is missing. It wants ${settings.CASE_WEBHOOK_SECRET.wants}, because CASE_WEBHOOK_URLS is set.`,
    );
  }
  if ((config.TWILIO_API_KEY === '') !== (config.TWILIO_API_SECRET === '')) {
    const [given, missing] =
      config.TWILIO_API_KEY === ''
        ? (['TWILIO_API_SECRET', 'TWILIO_API_KEY'] as const)
        : (['TWILIO_API_KEY', 'TWILIO_API_SECRET'] as const);
    faults.push(`${missing} is missing. It wants ${settings[missing].wants}, because ${given} is set.`);
  }
  const unknown = unknownVariables(env, everyName());
  if (faults.length > 0) throw new ConfigError(faults, unknown);
  return { config, warnings: [...warnings, ...unknown], unfilled };
}

/** Names of variables, the former ones included. */
const everyName = () =>
  Object.entries(settings as Record<string, Setting<unknown>>).flatMap(([name, { formerly = [] }]) => [
    name,
    ...formerly,
  ]);

/** Reads and checks some variables only, for commands that need no more. Throws a ConfigError that names those at fault. */
export function loadSettings<Name extends keyof Config>(
  env: Environment,
  names: readonly Name[],
): Loaded<Name> {
  const { config, faults, warnings, unfilled } = read(env, names);
  if (faults.length > 0) throw new ConfigError(faults);
  return { config, warnings, unfilled };
}

function read<Name extends keyof Config>(
  env: Environment,
  names: readonly Name[],
  created: readonly string[] = [],
): Loaded<Name> & { faults: string[] } {
  const faults: string[] = [];
  const warnings: string[] = [];
  const unfilled: Loaded<Name>['unfilled'] = {};
  const config: Record<string, unknown> = {};
  for (const name of names) {
    const setting = settings[name] as Setting<unknown>;
    const given = find(env, name, setting, warnings);
    const raw = given?.raw ?? setting.fallback;
    const standsIn = given && isPlaceholder(given.raw, setting) ? stillHolds(given, setting) : undefined;
    if (created.includes(name) && (raw === undefined || standsIn)) {
      config[name] = '';
      if (standsIn) unfilled[name] = standsIn;
      continue;
    }
    if (raw === undefined) {
      if (setting.absent === undefined) faults.push(`${name} is missing. It wants ${setting.wants}.`);
      else config[name] = setting.absent;
      continue;
    }
    if (standsIn) {
      faults.push(standsIn);
      continue;
    }
    const value = setting.parse(raw);
    if (value === undefined)
      faults.push(`${given?.name ?? name} is ${mask(raw, setting)}. It wants ${setting.wants}.`);
    else config[name] = value;
  }
  return { config: config as Pick<Config, Name>, faults, warnings, unfilled };
}

const stillHolds = ({ name, raw }: { name: string; raw: string }, setting: Setting<unknown>): string =>
  `${name} still holds the placeholder ${mask(raw, setting)}. Put your own value in: ${setting.wants}.`;

/** What the environment holds under the name of a setting, or else under a former one; warns of former names. */
function find(
  env: Environment,
  name: string,
  { formerly = [] }: Setting<unknown>,
  warnings: string[],
): { name: string; raw: string } | undefined {
  const [given, ...others] = [name, ...formerly].flatMap((each) => {
    const raw = env[each]?.trim() ?? '';
    return raw === '' ? [] : [{ name: each, raw }];
  });
  if (given && given.name !== name)
    warnings.push(`${given.name} is called ${name} now. Rename it: the next version no longer reads it.`);
  for (const other of others)
    warnings.push(`${other.name} is called ${name} now and is ignored, because ${given?.name} is set too.`);
  return given;
}

function mask(raw: string, setting: Setting<unknown>): string {
  if (!setting.secret) return JSON.stringify(truncate(raw, 80, { ellipsis: '…' }));
  return `a value of ${raw.length} characters (hidden)`;
}
