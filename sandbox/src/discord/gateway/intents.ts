import { GatewayIntentBits as I } from 'discord-api-types/v10';

/** https://docs.discord.com/developers/events/gateway#privileged-intents */
const privileged = I.GuildMembers | I.GuildPresences | I.MessageContent;

const known = Object.values(I).reduce<number>((all, bit) => (typeof bit === 'number' ? all | bit : all), 0);

/** The close code that refuses these intents: 4013 for nonsense, 4014 for privileged ones that are not switched on. */
export function refuseIntents(intents: unknown, enabled: number): 4013 | 4014 | undefined {
  if (typeof intents !== 'number' || !Number.isInteger(intents) || intents < 0) return 4013;
  if (Number(BigInt(intents) & ~BigInt(known)) !== 0) return 4013;
  return (intents & privileged & ~enabled) !== 0 ? 4014 : undefined;
}

type RequiredIntents = { guild: number; dm: number };
const only = (bits: number): RequiredIntents => ({ guild: bits, dm: bits });

/** Which intent brings an event, in servers and in DMs. Events that are not listed always come. */
const requiredIntents: Record<string, RequiredIntents> = {
  ...table(only(I.Guilds), [
    'GUILD_CREATE',
    'GUILD_UPDATE',
    'GUILD_DELETE',
    'GUILD_ROLE_CREATE',
    'GUILD_ROLE_UPDATE',
    'GUILD_ROLE_DELETE',
    'CHANNEL_CREATE',
    'CHANNEL_UPDATE',
    'CHANNEL_DELETE',
    'THREAD_CREATE',
    'THREAD_UPDATE',
    'THREAD_DELETE',
    'THREAD_LIST_SYNC',
    'THREAD_MEMBER_UPDATE',
    'THREAD_MEMBERS_UPDATE',
  ]),
  ...table(only(I.GuildModeration), ['GUILD_BAN_ADD', 'GUILD_BAN_REMOVE']),
  CHANNEL_PINS_UPDATE: { guild: I.Guilds, dm: I.DirectMessages },
  ...table(only(I.GuildMembers), ['GUILD_MEMBER_ADD', 'GUILD_MEMBER_UPDATE', 'GUILD_MEMBER_REMOVE']),
  ...table({ guild: I.GuildMessages, dm: I.DirectMessages }, [
    'MESSAGE_CREATE',
    'MESSAGE_UPDATE',
    'MESSAGE_DELETE',
    'MESSAGE_DELETE_BULK',
  ]),
  ...table({ guild: I.GuildMessageReactions, dm: I.DirectMessageReactions }, [
    'MESSAGE_REACTION_ADD',
    'MESSAGE_REACTION_REMOVE',
    'MESSAGE_REACTION_REMOVE_ALL',
    'MESSAGE_REACTION_REMOVE_EMOJI',
  ]),
  TYPING_START: { guild: I.GuildMessageTyping, dm: I.DirectMessageTyping },
};

function table(bits: RequiredIntents, events: string[]): Record<string, RequiredIntents> {
  return Object.fromEntries(events.map((event) => [event, bits]));
}

/** https://docs.discord.com/developers/events/gateway#list-of-intents */
export function intentAllows(intents: number, event: string, inGuild: boolean): boolean {
  const bits = requiredIntents[event];
  return !bits || (intents & (inGuild ? bits.guild : bits.dm)) !== 0;
}
