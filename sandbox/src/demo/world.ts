import { ChannelType, GatewayIntentBits } from 'discord-api-types/v10';
import { freePort } from '../bridge-process.ts';
import type { Served } from '../core/serve.ts';
import type { Discord, DiscordGuild, DiscordUser, InteractionView, NewChannel } from '../discord/index.ts';
import { flexHost } from '../flex/flexHost.ts';
import { flexcordPlugin } from '../flex/plugin.ts';
import { type SandboxOptions, startSandbox } from '../sandbox.ts';
import type { Agent, Twilio } from '../twilio/index.ts';
import {
  localeOf,
  type MemberKey,
  memberKeys,
  memberNames,
  type PageLanguage,
  type WorkerKey,
  workerKeys,
  workers,
} from './people.ts';

/** Seconds for which a worker's log-in to Flex is valid. */
const TOKEN_SECONDS = 24 * 3600;
/** Interactions whose form may still be sent. */
const MAX_OPEN_FORMS = 100;

export interface WorldOptions extends Pick<SandboxOptions, 'routing' | 'fillDataDir' | 'messageRate'> {
  /** Of the server and of what the bridge tells agents. */
  language: PageLanguage;
}

/** Both clouds, the bridge, a Discord server that is set up, and everybody in it. A reset makes another one. */
export interface World {
  readonly discord: Discord;
  readonly twilio: Twilio;
  readonly guild: DiscordGuild;
  readonly members: Record<MemberKey, DiscordUser>;
  readonly agents: Record<WorkerKey, Agent>;
  /** Interactions that opened a form, by id. */
  readonly forms: Map<string, InteractionView>;
  keepForm(view: InteractionView): void;
  /** The address of the real Flex UI with this worker logged in. Each worker has an origin, as each has a browser. */
  flexUrl(worker: WorkerKey): Promise<string>;
  stop(): Promise<void>;
}

/** What the server's help forum is like before `/setup`, which gives it a tag for solved posts. */
const forums: Record<PageLanguage, Pick<NewChannel, 'name' | 'topic' | 'forum'>> = {
  en: {
    name: 'help',
    topic: 'Ask anything about the game',
    forum: { tags: [{ name: 'devices' }, { name: 'account' }, { name: 'gameplay' }] },
  },
  ja: {
    name: 'ヘルプ',
    topic: 'ゲームのことなら何でもどうぞ',
    forum: { tags: [{ name: '端末' }, { name: 'アカウント' }, { name: '遊び方' }] },
  },
};

export async function startWorld({ language, ...options }: WorldOptions): Promise<World> {
  const ports = Object.fromEntries(
    await Promise.all(workerKeys.map(async (key) => [key, await freePort()] as const)),
  ) as Record<WorkerKey, number>;
  const sandbox = await startSandbox({
    ...options,
    grantedIntents: GatewayIntentBits.MessageContent,
    env: {
      AGENT_LANGUAGE: language,
      PUBLIC_SOLVED_AS_SOURCES: 'answers',
      FLEX_ORIGINS: Object.values(ports)
        .map((port) => `http://127.0.0.1:${port}`)
        .join(','),
    },
  });
  const { discord, twilio, bridge } = sandbox;
  const locale = localeOf(language);
  const newMember = (key: MemberKey) =>
    discord.createUser({ username: key, globalName: memberNames[key], locale });
  const members = Object.fromEntries(memberKeys.map((key) => [key, newMember(key)])) as Record<
    MemberKey,
    DiscordUser
  >;
  const guild = discord.createGuild({
    name: 'Lantern Isles',
    owner: members.mina,
    preferredLocale: locale,
    channels: [{ name: 'general' }, { type: ChannelType.GuildForum, ...forums[language] }],
  });
  guild.join(members.ada);
  guild.join(members.bo);
  const agents = Object.fromEntries(
    workerKeys.map((key) => {
      const { fullName, role } = workers[key];
      const available = key === 'kim';
      return [key, twilio.createAgent({ identity: key, fullName, roles: [role], available })];
    }),
  ) as Record<WorkerKey, Agent>;
  const hosts = new Map<WorkerKey, Promise<Served>>();
  const forms = new Map<string, InteractionView>();

  const world: World = {
    discord,
    twilio,
    guild,
    members,
    agents,
    forms,
    keepForm(view) {
      forms.set(view.id, view);
      for (const oldest of forms.keys()) {
        if (forms.size <= MAX_OPEN_FORMS) break;
        forms.delete(oldest);
      }
    },
    async flexUrl(key) {
      const agent = agents[key];
      let host = hosts.get(key);
      if (!host) {
        host = flexHost({
          backend: twilio.flexBackend(agent),
          plugins: [flexcordPlugin],
          uiAttributes: { flexcord: { bridgeUrl: bridge.url } },
          token: twilio.issueToken(agent, { expiresIn: TOKEN_SECONDS }),
          roles: agent.roles,
          port: ports[key],
        });
        hosts.set(key, host);
      }
      return (await host).url;
    },
    async stop() {
      for (const host of hosts.values()) await (await host).stop();
      await sandbox.stop();
    },
  };
  try {
    await setUp(world);
    return world;
  } catch (error) {
    await world.stop();
    throw error;
  }
}

/** What the owner of a server does first: `/setup` makes the channels and the message with the buttons, and takes the forum. */
async function setUp({ guild, members: { mina } }: World): Promise<void> {
  const view = await mina.slash('setup', { forum_rule: 'answer-and-escalate' }, { guild }).waitFor();
  // Nobody but Mina sees the answer, and it would be the first thing in her server.
  if (view.response) mina.delete(view.response);
}
