import type { Config } from '../config/config.ts';
import {
  isTokenRefused,
  missingPermissions,
  type PermissionName,
  POST_PERMISSIONS,
  readApplication,
  readServers,
  THREAD_PERMISSIONS,
} from '../discord/diagnosis.ts';
import { createRest } from '../discord/gateway/gateway.ts';
import { createOwnId } from '../discord/own-id.ts';
import type { Guild } from '../guilds/guilds.ts';
import { isRefusal } from '../relay/errors.ts';
import type { PlanStep } from '../twilio/provisioning/plan.ts';
import { bad, type Finding, findingOf, good, looking, unanswered } from './finding.ts';

const TOKEN = 'Discord token';

/**
 * `guilds`: the servers that were set up, where the store could be read. `planCommands`: what provisioning would do with the
 * commands. `invite`: the address at which the bot is added to a server.
 */
export async function checkDiscord(
  config: Config,
  guilds: readonly Guild[],
  planCommands: () => Promise<PlanStep[]>,
  invite: string,
): Promise<Finding[]> {
  const rest = createRest({
    apiUrl: config.DISCORD_API_URL,
    token: config.DISCORD_TOKEN,
    threads: config.DISCORD_SUPPORT_CHANNEL_ID !== '',
  });
  const ownId = createOwnId(rest);
  let application: Awaited<ReturnType<typeof readApplication>>;
  try {
    application = await readApplication(rest);
  } catch (error) {
    if (isTokenRefused(error)) {
      return [
        bad(
          TOKEN,
          'Discord does not accept DISCORD_TOKEN',
          'Copy it anew from the Bot page in the developer portal ("Reset Token").',
        ),
      ];
    }
    return [
      unanswered(
        TOKEN,
        `Discord cannot be reached (${(error as Error).message})`,
        'Check the network and DISCORD_API_URL.',
      ),
    ];
  }
  const findings = [good(TOKEN, `of the application "${application.name}"`)];
  findings.push(
    application.id === config.DISCORD_APPLICATION_ID
      ? good('Discord application id', application.id)
      : bad(
          'Discord application id',
          `DISCORD_APPLICATION_ID is ${config.DISCORD_APPLICATION_ID}, but the token belongs to ${application.id}`,
          `Set DISCORD_APPLICATION_ID=${application.id}, or take the other application's token.`,
        ),
    application.interactionsEndpoint === null
      ? good('Interactions Endpoint URL', 'empty, so that commands reach the gateway')
      : bad(
          'Interactions Endpoint URL',
          `${application.interactionsEndpoint} gets every command and button instead of the bridge`,
          'Empty it on the General Information page in the developer portal.',
        ),
  );
  findings.push(
    ...(await looking('Discord servers', async () => {
      const servers = await readServers(rest);
      if (servers.length > 0) return good('Discord servers', `the bot is in ${servers.length}`);
      return bad(
        'Discord servers',
        'the bot is in no server, so that nobody can write to it',
        `Add it to yours: ${invite}`,
      );
    })),
  );
  if (application.id === config.DISCORD_APPLICATION_ID)
    findings.push(...(await looking('Discord commands', async () => (await planCommands()).map(findingOf))));
  if (config.DISCORD_SUPPORT_CHANNEL_ID === '' && config.DISCORD_PUBLIC_CHANNELS.length === 0)
    findings.push(good('Discord intents', 'none that is privileged is needed'));
  else {
    findings.push(
      application.messageContent
        ? good('Discord intents', 'Message Content is switched on')
        : bad(
            'Discord intents',
            'Message Content is off, but threads, private and public, cannot be read without it',
            'Switch it on on the Bot page in the developer portal, or leave DISCORD_SUPPORT_CHANNEL_ID and DISCORD_PUBLIC_CHANNELS empty.',
          ),
    );
  }
  const channels: [string, readonly PermissionName[]][] = [
    ...(config.DISCORD_SUPPORT_CHANNEL_ID
      ? [[config.DISCORD_SUPPORT_CHANNEL_ID, THREAD_PERMISSIONS] as [string, readonly PermissionName[]]]
      : []),
    ...guilds
      .flatMap(({ announcements_id, bugs_id, features_id, support_id }) => [
        announcements_id,
        bugs_id,
        features_id,
        support_id,
      ])
      .filter((id) => id !== null)
      .map((id): [string, readonly PermissionName[]] => [id, POST_PERMISSIONS]),
  ];
  for (const [id, wanted] of channels) {
    findings.push(
      ...(await looking(`Channel ${id}`, async () => {
        try {
          const { channel, missing } = await missingPermissions(rest, id, await ownId(), wanted);
          if (missing.length === 0) return good(`Channel ${channel}`, 'every permission that is needed');
          return bad(
            `Channel ${channel}`,
            `the bot lacks ${missing.join(', ')}`,
            'Give them to its role in the settings of that channel.',
          );
        } catch (error) {
          if (!isRefusal(error)) throw error;
          return bad(
            `Channel ${id}`,
            'is gone, or the bot may not see it',
            'Give the bot View Channel there, or name another channel.',
          );
        }
      })),
    );
  }
  return findings;
}
