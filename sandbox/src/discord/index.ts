/**
 * A stand-in for Discord: REST v10, gateway v10 and CDN on one port, in memory, strict where Discord is strict.
 *
 *     const discord = await startDiscord();
 *     const guild = discord.createGuild({ name: 'Harbour' });
 *     const ada = discord.createUser({ username: 'ada' });
 *     guild.join(ada);
 *     const client = new Client({ intents, rest: { api: discord.apiBase, version: '10' } });
 *     await client.login(discord.botToken);
 *     ada.dm('hello');
 *     const answer = await discord.waitForMessage(({ message }) => message.author.bot === true);
 */
export type { ClientChannel, ClientGuild } from './driver/client.ts';
export {
  type Discord,
  type DiscordOptions,
  type NewGuild,
  type NewUser,
  type RequestLogEntry,
  startDiscord,
} from './driver/discord.ts';
export type { DriverEvent, DriverEvents, SeenMessage } from './driver/events.ts';
export type { DiscordGuild, NewChannel } from './driver/guild.ts';
export type { InteractionPlace, MessageLike, ModalValue } from './driver/interact.ts';
export type { OptionValue } from './driver/slash.ts';
export type { FileInput } from './driver/uploads.ts';
export type { DiscordUser, SendOptions } from './driver/user.ts';
export type { InteractionView } from './driver/view.ts';
export { DiscordError, type DiscordErrorCode } from './errors.ts';
export type { GatewayControl } from './gateway/control.ts';
export type { InteractionStatus } from './interactions/record.ts';
export { type DiscordLimits, defaultLimits, type RouteLimit } from './limits.ts';
export type { MemberOptions } from './state/members.ts';
export { everyonePermissions, usualBotPermissions } from './state/roles.ts';
export type { Clock } from './state/snowflake.ts';
