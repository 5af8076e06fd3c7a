import type { PublicRule } from '../store/schema.ts';
import { listOf, matching, milliseconds, oneOf, pairsOf, setting, url } from './setting.ts';

const PUBLIC_RULES = [
  'watch',
  'answer',
  'answer-and-escalate',
  'person',
] as const satisfies readonly PublicRule[];
const snowflake = matching(/^\d{17,20}$/);

/** How Discord is reached. */
export const discord = {
  DISCORD_TOKEN: setting<string>({
    about: 'Bot token, from the Bot page of your application in the Discord developer portal.',
    wants: 'three groups of letters and digits joined by dots',
    secret: true,
    parse: matching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
  }),
  DISCORD_APPLICATION_ID: setting<string>({
    about: 'Application id, from the General Information page of the same application.',
    wants: '17 to 20 digits',
    example: '112233445566778899',
    parse: snowflake,
  }),
  DISCORD_GUILD_ID: setting<string | null>({
    about: 'Registers the slash commands in this one server, where they appear at once, instead of globally.',
    wants: '17 to 20 digits, or nothing',
    absent: null,
    parse: snowflake,
  }),
  DISCORD_SUPPORT_CHANNEL_ID: setting<string>({
    about:
      'Text channel in which a private thread is opened for a member whose direct messages are closed. The bot needs Create Private Threads, Send Messages in Threads and Manage Threads there, and the Message Content intent. Without it the agent is told that the member cannot be reached.',
    wants: '17 to 20 digits, or nothing',
    absent: '',
    parse: snowflake,
  }),
  DISCORD_PUBLIC_CHANNELS: setting<[string, PublicRule][]>({
    about:
      'Forum channels, and text channels whose threads, are served in public, each with its rule. watch: posts are seen in Flex and nobody is answered; answer: with what is certain; answer-and-escalate: also brought to the team where that helps; person: always brought to the team. What was posted before a channel is served is never answered. The bot needs View Channels, Read Message History, Send Messages in Threads and Manage Threads there, and the Message Content intent.',
    wants: 'channel=rule pairs joined by commas, such as 112233445566778899=answer, or nothing',
    absent: [],
    parse: pairsOf(snowflake, oneOf(...PUBLIC_RULES).parse),
  }),
  SECOND_LOOK_MS: setting<number>({
    about:
      'How long a request that was given up may still take effect. What was sent again meanwhile is looked for once more after this, and removed where it is there twice.',
    ...milliseconds(1000, 3_600_000),
    fallback: '180000',
  }),
  DISCORD_API_URL: setting<string>({
    about: 'Base address of the Discord API; the sandbox and a test proxy change it.',
    wants: 'an http or https address',
    fallback: 'https://discord.com/api',
    parse: url('https:', 'http:'),
  }),
  DISCORD_CDN_HOSTS: setting<string[]>({
    about: "Hosts from which members' files are fetched; none other is ever asked.",
    wants: 'host names joined by commas',
    fallback: 'cdn.discordapp.com,media.discordapp.net',
    parse: listOf(matching(/^[\w.-]+(:\d+)?$/)),
  }),
};
