import { type APIApplication, ApplicationFlags, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { callDiscord } from '../errors.ts';

/**
 * Whether Discord lets the bot read messages in servers that do not mention it. Asking for that without the flag would have the
 * log-in refused (https://docs.discord.com/developers/resources/application#application-object-application-flags).
 */
export async function readsMessages(rest: REST, logger: Logger): Promise<boolean> {
  const { flags = 0 } = (await callDiscord('own application', () =>
    rest.get(Routes.currentApplication()),
  )) as APIApplication;
  const wanted = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  if ((flags & wanted) !== 0) return true;
  logger.error(
    'the Message Content intent is switched off, so that nobody is understood in threads: in public, titles, tags, mentions and commands still are. Switch it on in the developer portal, on the Bot page, and start the bridge again',
  );
  return false;
}
