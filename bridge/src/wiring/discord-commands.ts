import type { Config } from '../config/config.ts';
import { isTokenRefused } from '../discord/diagnosis.ts';
import { createRest } from '../discord/gateway/gateway.ts';
import { commands } from '../discord/interactions/commands.ts';
import { compareCommands, registerCommands, removeCommands } from '../discord/interactions/register.ts';
import { isRefusal } from '../relay/errors.ts';
import { foreign, keep, mend, type PlanStep } from '../twilio/provisioning/plan.ts';
import { notInServer } from './server-commands.ts';

const COMMANDS = 'Discord commands';

/** What is to be done about the commands: ours are written or taken away, others are named and stay. */
export async function planDiscordCommands(config: Config, destroy: boolean): Promise<PlanStep[]> {
  const { DISCORD_APPLICATION_ID: applicationId, DISCORD_GUILD_ID: guildId } = config;
  const rest = createRest({ apiUrl: config.DISCORD_API_URL, token: config.DISCORD_TOKEN, threads: false });
  const where = guildId ? `in the server ${guildId}` : 'in every server';
  try {
    const found = await compareCommands(rest, applicationId, guildId, commands);
    const others = found.foreign.map((name) => foreign(COMMANDS, `"${name}" is not ours and stays`));
    return [ofOurs(found), ...others];
  } catch (error) {
    if (isTokenRefused(error)) {
      const says =
        'Discord does not accept DISCORD_TOKEN. Copy it anew from the Bot page in the developer portal ("Reset Token").';
      return [mend(COMMANDS, says)];
    }
    const absent = notInServer(error, config);
    if (absent) return [mend(COMMANDS, absent)];
    const { message } = error as Error;
    if (isRefusal(error))
      return [mend(COMMANDS, `${message}. Check DISCORD_APPLICATION_ID and DISCORD_GUILD_ID.`)];
    return [foreign(COMMANDS, `could not be looked at (${message}); the start of the bridge writes them`)];
  }

  function ofOurs(found: Awaited<ReturnType<typeof compareCommands>>): PlanStep {
    if (destroy) {
      if (found.present.length === 0) return foreign(COMMANDS, 'has nothing of ours');
      return {
        what: COMMANDS,
        action: 'remove',
        detail: where,
        changes: found.present.map(({ name }) => `- ${name}`),
        carryOut: () => removeCommands(rest, applicationId, guildId, found.present),
      };
    }
    const { missing, changed } = found;
    if (missing.length + changed.length === 0) return keep(COMMANDS, `${commands.length}, ${where}`);
    return {
      what: COMMANDS,
      action: changed.length > 0 ? 'update' : 'create',
      detail: where,
      changes: [
        ...missing.map(({ name }) => `+ ${name}`),
        ...changed.flatMap(({ name }) => [`- ${name}, as it was`, `+ ${name}`]),
      ],
      carryOut: async () => {
        await registerCommands(rest, applicationId, guildId, commands);
      },
    };
  }
}
