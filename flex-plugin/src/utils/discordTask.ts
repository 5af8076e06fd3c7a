/** The part of a Flex task that this plugin reads. */
export interface TaskLike {
  taskChannelUniqueName?: string;
  attributes?: unknown;
}

/** Attributes that Interactions and the bridge put on a task. */
interface DiscordTaskAttributes {
  customerAddress?: string;
  channelType?: string;
  customerName?: string;
  name?: string;
  from?: string;
  conversationSid?: string;
}

const ADDRESS_PREFIX = 'discord_';

function attributesOf(task: TaskLike): DiscordTaskAttributes {
  return typeof task.attributes === 'object' && task.attributes !== null ? task.attributes : {};
}

/** Whether a task is a conversation with a Discord member. */
export function isDiscordTask(task: TaskLike | undefined, taskChannel = 'discord'): boolean {
  if (!task) return false;
  const attributes = attributesOf(task);
  return (
    attributes.customerAddress?.startsWith(ADDRESS_PREFIX) === true ||
    attributes.channelType === taskChannel ||
    task.taskChannelUniqueName === taskChannel
  );
}

/** The Discord id in the customer's address (`discord_<id>`), or nothing where there is none. */
export function memberIdOf(task: TaskLike): string | undefined {
  const address = attributesOf(task).customerAddress;
  const id = address?.startsWith(ADDRESS_PREFIX) ? address.slice(ADDRESS_PREFIX.length) : '';
  return /^[0-9]{15,21}$/.test(id) ? id : undefined;
}

/** What the agent should see as the customer's name. */
export function memberNameOf(task: TaskLike): string {
  const { customerName, name, from } = attributesOf(task);
  return customerName || name || from || 'Discord';
}

export function conversationSidOf(task: TaskLike): string | undefined {
  return attributesOf(task).conversationSid;
}
