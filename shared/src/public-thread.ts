/** In the attributes of a task, under `discordThread`: its conversation is a thread in which everybody on a server reads. */
export interface DiscordThreadAttributes {
  /** Discord ids. */
  id: string;
  channelId: string;
  serverId: string;
  /** Of who asked. */
  authorId: string;
  title: string;
  /** Name of the channel, without `#`; empty where it is not known. */
  channel: string;
  /** The address of the thread. */
  link: string;
  /** Names of its tags. */
  tags: string[];
}

/** In the attributes of a message of a public thread, under `speaker`: whose words it has. */
export interface SpeakerAttributes {
  /** Discord id. */
  id: string;
  name: string;
  /** Address of their picture; null for one of Discord's own. */
  avatar: string | null;
}
