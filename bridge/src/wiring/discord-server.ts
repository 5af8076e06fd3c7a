import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Routes } from 'discord.js';
import { OperatorError } from '../config/command-line.ts';
import type { Config } from '../config/config.ts';
import { isTokenRefused } from '../discord/diagnosis.ts';
import { callDiscord } from '../discord/errors.ts';
import { createRest } from '../discord/gateway/gateway.ts';
import { createOwnId } from '../discord/own-id.ts';
import { isFault } from '../discord/servers/fitness.ts';
import { createSetup, type Outcome, type SetupReport } from '../discord/servers/setup.ts';
import { planSetup, type SetupPlan, type Unfit } from '../discord/servers/setup-plan.ts';
import { type Guild, guildQueries } from '../guilds/guilds.ts';
import { isRefusal, Refused } from '../relay/errors.ts';
import { openStore, type Store } from '../store/open.ts';
import { defaultTexts } from '../texts/index.ts';
import { foreign, keep, mend, type PlanStep } from '../twilio/provisioning/plan.ts';
import { inviteAddress } from './server-commands.ts';

const SERVER = 'Discord server';
const words = defaultTexts.community.setup;

const open = (config: Config): Promise<Store> =>
  openStore({ databaseUrl: config.DATABASE_URL || undefined, dataDir: config.DATA_DIR, beside: true });

/** A store that is only looked into is not made by that. */
const isThere = ({ DATABASE_URL, DATA_DIR }: Config): boolean =>
  DATABASE_URL !== '' || existsSync(join(DATA_DIR, 'flexcord.sqlite'));

const restOf = (config: Config) =>
  createRest({ apiUrl: config.DISCORD_API_URL, token: config.DISCORD_TOKEN, threads: false });

/** What `/setup` would do in that server; done by the same code, and known to the bridge afterwards. */
export async function planDiscordServer(config: Config, guildId: string): Promise<PlanStep[]> {
  const rest = restOf(config);
  const ownId = createOwnId(rest);
  // Without a store nothing is known; it is made when something is done.
  const stored = isThere(config)
    ? await withStore(config, (store) => guildQueries(store).find(guildId))
    : undefined;
  let plan: SetupPlan;
  try {
    const threadChannelId = config.DISCORD_SUPPORT_CHANNEL_ID;
    plan = await planSetup({ rest, ownId, guilds: { find: async () => stored }, threadChannelId }, guildId);
  } catch (error) {
    if (isTokenRefused(error)) return [mend(SERVER, 'Discord does not accept DISCORD_TOKEN, see above')];
    if (!isRefusal(error)) throw error;
    return [
      mend(
        SERVER,
        `the bot is not in the server ${guildId}, or that is none. Invite it: ${inviteAddress(config)}`,
      ),
    ];
  }
  const what = `${SERVER} "${plan.name}"`;
  const toMend = plan.unfit.filter(isMended);
  const changes = [...changesOf(plan), ...toMend.map(mendLine)];
  const left = plan.unfit
    .filter((unfit) => isFault(unfit.problem) && !isMended(unfit))
    .map((unfit) => mend(`${what} ${unfit.name}`, complaint(unfit)));
  if (changes.length === 0 && left.length > 0) return left;
  if (changes.length === 0) {
    const notes = plan.unfit.map((unfit) => `${unfit.name}: ${sentence(unfit)}`);
    return [{ ...keep(what, 'channels, role and the message with the buttons are there'), changes: notes }];
  }
  if (plan.missing.length > 0) {
    const missing = plan.missing.map((permission) => words.permissions[permission]).join(', ');
    return [
      mend(what, `the bot lacks ${missing}. Give them to its role in the server settings, under Roles.`),
      ...left,
    ];
  }
  return [
    ...left,
    {
      what,
      action: stored ? 'update' : 'create',
      detail: `${guildId}; channels that are there already are taken`,
      changes,
      carryOut: () =>
        withStore(config, async (store) => {
          const setUp = createSetup({
            rest,
            ownId,
            guilds: guildQueries(store),
            threadChannelId: config.DISCORD_SUPPORT_CHANNEL_ID,
          });
          let report = await setUp(guildId, plan.permissions);
          // What is unfit is looked for where the store now knows it.
          if (toMend.length > 0) report = await setUp(guildId, plan.permissions, 'without showing');
          const failed = failuresOf(report);
          if (failed.length > 0) throw new OperatorError(failed.join('; '));
        }),
    },
  ];
}

/** Names what stays of every server that was set up. Only the message with buttons that nobody answers is taken away. */
export async function planServerRemoval(config: Config): Promise<PlanStep[]> {
  if (!isThere(config)) return [];
  let guilds: Guild[];
  try {
    guilds = await withStore(config, (store) => guildQueries(store).all());
  } catch (error) {
    return [foreign(SERVER, `what was set up is not known: ${(error as Error).message}`)];
  }
  return guilds.flatMap((guild) => removalOf(config, guild));
}

function removalOf(config: Config, guild: Guild): PlanStep[] {
  const { id, support_id: supportId, panel_message_id: panelId, moderator_role_id: roleId } = guild;
  const channels = [guild.announcements_id, guild.bugs_id, guild.features_id, supportId].filter(Boolean);
  const stays = foreign(
    SERVER,
    `${id}: the channels ${channels.join(', ')}${roleId ? ` and the role ${roleId}` : ''} stay, because members have written there, and some may be older than the set-up; where you want them gone, delete them in Discord`,
  );
  if (!supportId || !panelId) return [stays];
  return [
    {
      what: SERVER,
      action: 'remove',
      detail: `${id}: the message with the buttons`,
      carryOut: async () => {
        const rest = restOf(config);
        try {
          await callDiscord('remove the panel', () => rest.delete(Routes.channelMessage(supportId, panelId)));
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
        }
        await withStore(config, (store) =>
          guildQueries(store).keep(id, { locale: guild.locale, panel_message_id: null }),
        );
      },
    },
    stays,
  ];
}

async function withStore<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await open(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function changesOf({ channels, roleId, roleName, panelId, isKnown }: SetupPlan): string[] {
  const changes = channels.flatMap(({ wanted, plan }) => {
    if (plan.is === 'keep') return [];
    if (plan.is === 'make')
      return [`+ #${wanted.name}${plan.news ? ', which other servers can follow' : ''}`];
    return [
      ...(plan.toNews ? [`~ #${wanted.name} becomes one that other servers can follow`] : []),
      ...(plan.closeToMembers ? [`~ #${wanted.name}: only moderators write`] : []),
    ];
  });
  if (!roleId) changes.push(`+ role "${roleName}"`);
  if (!panelId) changes.push('+ the message with the buttons, in #support');
  if (changes.length === 0 && !isKnown) changes.push('~ what the bridge knows of the server');
  return changes;
}

/** What a command changes by itself. Who sees a channel, with all that was written in it, somebody decides in Discord. */
const isMended = ({ problem }: Pick<Unfit, 'problem'>): boolean =>
  isFault(problem) && problem.mendable && problem.is !== 'hidden';

const sentence = ({ problem, roles }: Unfit): string => {
  const names = roles.join(', ');
  switch (problem.is) {
    case 'lacking':
      return `the bot cannot do its work there: it lacks ${problem.permissions.map((each) => words.permissions[each]).join(', ')}.`;
    case 'hidden':
      return 'members do not see it.';
    case 'partly':
      return `only ${names} see it, which may be meant so.`;
    case 'open':
      return `${names} can write there, where only moderators should.`;
    case 'powerless':
      return 'its holders lack Manage Messages, so Discord does not show them the commands for moderators.';
  }
};

const DONE = {
  lacking: 'the bot gives itself that there',
  open: 'that is closed',
  powerless: 'the role gets it',
};

function mendLine(unfit: Unfit): string {
  const { is } = unfit.problem;
  return `~ ${unfit.name}: ${sentence(unfit)} ${is in DONE ? `With this change ${DONE[is as keyof typeof DONE]}.` : ''}`.trim();
}

const complaint = (unfit: Unfit): string => `${sentence(unfit)} ${remedy(unfit)}`;

const remedy = ({ problem }: Unfit): string => {
  if (problem.is === 'powerless')
    return 'The bot may not change that. Do it in the server settings, under Roles.';
  if (problem.mendable)
    return 'Show it to them in the settings of the channel, under Permissions, or press "Fix permissions" under what /setup says.';
  return 'The bot may not change that. Do it in the settings of the channel, under Permissions, then run the command again.';
};

function failuresOf({ channels, role, panel }: SetupReport): string[] {
  const of = (name: string, outcome: Outcome): string[] => {
    if (outcome.is !== 'failed')
      return (outcome.problems ?? [])
        .filter((problem) => isMended({ problem }))
        .map(() => `${name}: Discord refused to change who may do what there`);
    return [
      `${name}: ${outcome.missing ? `the bot lacks ${words.permissions[outcome.missing]}` : words.failed}`,
    ];
  };
  return [
    ...Object.entries(channels).flatMap(([name, outcome]) => of(name, outcome)),
    ...of('role', role),
    ...of('message with the buttons', panel),
  ];
}
