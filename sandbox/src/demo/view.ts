import type {
  APIApplicationCommand,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { ClientGuild } from '../discord/index.ts';
import {
  type MemberKey,
  memberKeys,
  memberNames,
  type WorkerKey,
  type WorkerRole,
  workerKeys,
  workers,
} from './people.ts';
import type { World } from './world.ts';

/** Messages of a channel that the page is sent, the newest ones. */
const MAX_MESSAGES = 100;

/** What the page shows of one member in one channel, in Discord's own shapes, sent whole whenever something changes. */
export interface View {
  /** Grows with every reset: a page that holds another number loads anew. */
  generation: number;
  me: { id: string; key: MemberKey; name: string };
  members: { key: MemberKey; id: string; name: string }[];
  applicationId: string;
  guilds: ClientGuild[];
  dm: { id: string; lastMessageId: string | null };
  channelId: string;
  /** Oldest first, the member's ephemeral ones included. */
  messages: APIMessage[];
  commands: APIApplicationCommand[];
  /** Ids of those who are typing in this channel. */
  typing: string[];
  workers: WorkerView[];
}

export interface WorkerView {
  key: WorkerKey;
  name: string;
  role: WorkerRole;
  /** Tasks that wait for this worker to accept them. */
  offers: number;
}

/** What an interaction led to; what it posted comes with the view. */
export interface Outcome {
  /** Set where a form opened. */
  form: (APIModalInteractionResponseCallbackData & { interactionId: string }) | null;
  /** True where the application did not answer in Discord's time. */
  failed: boolean;
}

/** A channel that the member does not see becomes the direct message with the bot. */
export function viewOf(
  world: World,
  key: MemberKey,
  wanted: string,
  { generation, typing }: { generation: number; typing: (channelId: string) => string[] },
): View {
  const { discord, agents } = world;
  const member = world.members[key];
  const guilds = member.guilds();
  const inbox = member.inbox();
  const seen = guilds.some(({ channels, threads }) =>
    [...channels, ...threads].some(({ id }) => id === wanted),
  );
  const channelId = seen ? wanted : member.dmChannelId;
  return {
    generation,
    me: { id: member.id, key, name: memberNames[key] },
    members: memberKeys.map((each) => ({ key: each, id: world.members[each].id, name: memberNames[each] })),
    applicationId: discord.applicationId,
    guilds,
    dm: { id: member.dmChannelId, lastMessageId: inbox.at(-1)?.id ?? null },
    channelId,
    messages: (seen ? member.read(channelId) : inbox).slice(-MAX_MESSAGES),
    commands: member.commands(seen ? { channel: channelId } : { dm: true }),
    typing: typing(channelId).filter((id) => id !== member.id),
    workers: workerKeys.map((each) => ({
      key: each,
      name: workers[each].fullName,
      role: workers[each].role,
      offers: agents[each].reservations().filter(({ status }) => status === 'pending').length,
    })),
  };
}
