import type { DiscordThreadAttributes } from '@flexcord/shared/public-thread';

/** The part of a Flex task that this plugin reads. */
export interface TaskLike {
  taskChannelUniqueName?: string;
  attributes?: unknown;
}

/** Attributes that Interactions and the bridge put on a task. */
interface DiscordTaskAttributes {
  customerAddress?: string;
  /** What the bridge calls its channel, which nobody overwrites. */
  channel?: string;
  channelType?: string;
  customerName?: string;
  name?: string;
  from?: string;
  summary?: string;
  caseNumber?: number | string;
  conversationSid?: string;
  /** The public thread that it is about; absent in private. */
  discordThread?: Partial<DiscordThreadAttributes>;
}

const ADDRESS_PREFIX = 'discord_';

function attributesOf(task: TaskLike): DiscordTaskAttributes {
  return typeof task.attributes === 'object' && task.attributes !== null ? task.attributes : {};
}

/** The member's address (`discord_<id>`): the bridge's own, or what Flex took from the sender where the bridge was not asked. */
const addressOf = ({ customerAddress, from, name }: DiscordTaskAttributes): string | undefined =>
  [customerAddress, from, name].find((text) => typeof text === 'string' && text.startsWith(ADDRESS_PREFIX));

/** Whether a task is a conversation with a Discord member. By any of its marks: Flex may overwrite `channelType`. */
export function isDiscordTask(task: TaskLike | undefined, taskChannel = 'discord'): boolean {
  if (!task) return false;
  const attributes = attributesOf(task);
  return (
    addressOf(attributes) !== undefined ||
    attributes.channel === 'discord' ||
    attributes.channelType === taskChannel ||
    task.taskChannelUniqueName === taskChannel
  );
}

/** The public thread that is the task's conversation; undefined for a private one. */
export function threadOf(task: TaskLike | undefined): DiscordThreadAttributes | undefined {
  const thread = task && attributesOf(task).discordThread;
  if (!thread || typeof thread.id !== 'string') return undefined;
  const empty = { channelId: '', serverId: '', authorId: '', title: '', channel: '', link: '', tags: [] };
  const whole = { ...empty, ...thread, id: thread.id };
  // Whatever else wrote the attributes, nothing but Discord is opened.
  return whole.link.startsWith('https://discord.com/')
    ? whole
    : { ...whole, link: `https://discord.com/channels/${whole.serverId}/${whole.id}` };
}

/** The Discord id in the customer's address (`discord_<id>`), of a public thread that of who asked; nothing where there is none. */
export function memberIdOf(task: TaskLike): string | undefined {
  const attributes = attributesOf(task);
  const id = attributes.discordThread?.authorId ?? addressOf(attributes)?.slice(ADDRESS_PREFIX.length) ?? '';
  return /^[0-9]{15,21}$/.test(id) ? id : undefined;
}

/** What the agent should see as the member's name; undefined where the task has none but their address. */
export function memberNameOf(task: TaskLike): string | undefined {
  const { customerName, name, from } = attributesOf(task);
  return [customerName, name, from].find((text) => text && !text.startsWith(ADDRESS_PREFIX));
}

/** What the member wants, in a few words of the bridge's summary: it stands before what was tried. */
export function matterOf(task: TaskLike): string {
  const { summary } = attributesOf(task);
  return typeof summary === 'string' ? (summary.split(' · ')[0] ?? '') : '';
}

export function conversationSidOf(task: TaskLike): string | undefined {
  return attributesOf(task).conversationSid;
}

/** The number of the case that the conversation is about; undefined where it has none. */
export function caseNumberOf(task: TaskLike): string | undefined {
  const { caseNumber } = attributesOf(task);
  return caseNumber ? String(caseNumber) : undefined;
}
