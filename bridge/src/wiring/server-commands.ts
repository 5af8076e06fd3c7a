import { DiscordAPIError, PermissionFlagsBits as P } from 'discord.js';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { PERMISSIONS, POST_PERMISSIONS, THREAD_PERMISSIONS } from '../discord/diagnosis.ts';

/** What a set-up, private threads and announcements need. */
const INVITE_PERMISSIONS = [
  ...new Set([...THREAD_PERMISSIONS, ...POST_PERMISSIONS].map((name) => PERMISSIONS[name])),
  P.ManageChannels,
  P.ManageRoles,
  P.ManageMessages,
].reduce((all, bit) => all | bit, 0n);

/** The address at which somebody who manages a server adds the bot to it. */
export const inviteAddress = ({ DISCORD_APPLICATION_ID }: Pick<Config, 'DISCORD_APPLICATION_ID'>): string =>
  `https://discord.com/oauth2/authorize?client_id=${DISCORD_APPLICATION_ID}&scope=bot+applications.commands&permissions=${INVITE_PERMISSIONS}`;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const UNKNOWN_GUILD = 10004;
const MISSING_ACCESS = 50001;

/** How often what Discord refused is tried again, unasked, in milliseconds. */
const RETRY_MS = 60_000;

/**
 * Why commands cannot be in the server of DISCORD_GUILD_ID, as a sentence for the operator; null for every other failure.
 * Only somebody who manages that server can mend it.
 */
export function notInServer(error: unknown, config: Config): string | null {
  const { cause } = (error ?? {}) as { cause?: unknown };
  const isAbsent =
    cause instanceof DiscordAPIError && (cause.code === MISSING_ACCESS || cause.code === UNKNOWN_GUILD);
  return isAbsent && config.DISCORD_GUILD_ID !== null ? absentFrom(config) : null;
}

const absentFrom = (config: Config): string =>
  `the bot is not in the server of DISCORD_GUILD_ID (${config.DISCORD_GUILD_ID}), or may have no commands there. Invite it, or name another server: ${inviteAddress(config)}`;

/**
 * Registers the commands. A server in which the bot is not any more keeps nobody else waiting: that is said once, and it is
 * tried again when the bot is there again, and every minute, as it may be there without commands. Rejects for every other
 * failure of the first attempt.
 */
export async function holdCommands({
  config,
  logger,
  register,
}: {
  config: Config;
  logger: Logger;
  register: () => Promise<'unchanged' | 'registered'>;
}) {
  let timer: Timer | undefined;
  let isStopped = false;
  let working: Promise<void> = Promise.resolve();

  async function attempt(isFirst: boolean): Promise<void> {
    clearTimeout(timer);
    try {
      logger.info({ commands: await register() }, 'the commands are on Discord');
    } catch (error) {
      const absent = notInServer(error, config);
      if (isFirst && !absent) throw error;
      if (isFirst) sayAbsent();
      else if (!absent) logger.warn({ err: error }, 'the commands could not be written; trying again');
      timer = isStopped ? undefined : setTimeout(again, RETRY_MS);
    }
  }

  function sayAbsent(): void {
    logger.error(
      `Members have no commands: ${absentFrom(config)} – everything else works meanwhile, and the commands are written when it is there.`,
    );
  }

  function again(): void {
    working = working.then(() => (isStopped ? undefined : attempt(false)));
  }

  await attempt(true);
  return {
    /** The bot has come into a server, or was taken out of it. */
    membershipIs(guildId: string, isMember: boolean): void {
      if (guildId !== config.DISCORD_GUILD_ID) return;
      if (isMember) again();
      else sayAbsent();
    },
    async stop(): Promise<void> {
      isStopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
