import { matching, type Setting, url } from './setting.ts';

/** How Discord is reached. */
export const discord = {
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
};
