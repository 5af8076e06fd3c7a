import { Client, type ClientOptions, Events, GatewayIntentBits as I, Partials } from 'discord.js';
import { type Discord, type DiscordOptions, startDiscord } from './index.ts';

/** The intents of a bot for direct messages that needs no privileged ones. */
export const dmIntents =
  I.Guilds | I.DirectMessages | I.DirectMessageReactions | I.DirectMessageTyping | I.GuildMessages;

/** A stand-in with one server (`general`, `news`) and two members, to be used with real discord.js clients. */
export async function setUp(options: DiscordOptions = {}) {
  const discord = await startDiscord({
    ...options,
    // Bots run in this process, and a busy machine must not make their responses late.
    limits: { interactionResponseMs: 60_000, ...options.limits },
  });
  const guild = discord.createGuild({
    name: 'Harbour',
    channels: [{ name: 'general' }, { name: 'news', type: 5 }],
  });
  const ada = discord.createUser({ username: 'ada', globalName: 'Ada' });
  const ben = discord.createUser({ username: 'ben', locale: 'ja' });
  guild.join(ada);
  guild.join(ben);
  const clients: Client[] = [];
  return {
    discord,
    guild,
    ada,
    ben,
    general: guild.channel('general'),
    /** A client that has logged in and is ready. */
    async login(intents: number = dmIntents, more: Partial<ClientOptions> = {}): Promise<Client<true>> {
      const client = new Client({
        intents,
        partials: [Partials.Channel, Partials.Message, Partials.Reaction, Partials.User],
        // Without the five seconds that clients wait between two log-ins.
        ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => undefined }) },
        ...more,
        rest: { api: discord.apiBase, version: '10', retries: 0, ...more.rest },
      });
      clients.push(client);
      const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
      await client.login(discord.botToken);
      return ready;
    },
    /** A bare REST call with the bot's token; answers status, JSON body and headers. */
    call: (method: string, path: string, body?: unknown) => call(discord, method, path, body),
    async tearDown() {
      await Promise.all(clients.map((client) => client.destroy()));
      await discord.stop();
    },
  };
}

export type SetUp = Awaited<ReturnType<typeof setUp>>;

async function call(discord: Discord, method: string, path: string, body?: unknown) {
  const response = await fetch(`${discord.apiBase}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined };
}

/** The next event of a client. */
export function once<T>(
  client: Client,
  event: string,
  accept: (value: T) => boolean = () => true,
): Promise<T> {
  return new Promise((resolve) => {
    const listener = (value: T) => {
      if (!accept(value)) return;
      client.off(event, listener);
      resolve(value);
    };
    client.on(event, listener);
  });
}
