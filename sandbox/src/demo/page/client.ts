import { createContext, useContext } from 'react';
import type { PageLanguage } from '../people.ts';
import type { Outcome, View } from '../view.ts';
import type { Strings } from './strings/en.ts';

export type OpenForm = NonNullable<Outcome['form']>;

/** What every part of the member's client shares. */
export interface Client {
  view: View;
  strings: Strings;
  language: PageLanguage;
  /** Does what the member does, at a path under their own; shows why it failed and then answers undefined. */
  post<T = unknown>(path: string, body: unknown): Promise<T | undefined>;
  /** Uses a command, button or select: a form that it opens is shown, and so is that nobody answered. */
  interact(path: string, body: unknown): Promise<void>;
  upload(file: File): Promise<string | undefined>;
  openChannel(id: string): void;
  reply: { id: string; name: string } | null;
  setReply(reply: Client['reply']): void;
}

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('This part stands outside of the client.');
  return client;
}

/** The name of a user as the server shows it. */
export function nameOf({ view }: Pick<Client, 'view'>, userId: string): string {
  const { me, members, guilds, applicationId } = view;
  const known = members.find(({ id }) => id === userId);
  if (known) return known.name;
  if (userId === applicationId) return 'Flexcord';
  if (userId === me.id) return me.name;
  const member = guilds.flatMap((guild) => guild.members).find(({ user }) => user.id === userId);
  return member?.nick ?? member?.user.global_name ?? member?.user.username ?? userId;
}

/** The channel that is open; null in the direct message. */
export function openedChannel({ view }: Pick<Client, 'view'>) {
  for (const { channels, threads } of view.guilds) {
    const found = [...channels, ...threads].find(({ id }) => id === view.channelId);
    if (found) return found;
  }
  return null;
}

/** Whether the member may do this in the open channel; everything but managing in the direct message. */
export function may(client: Pick<Client, 'view'>, bit: bigint): boolean {
  const channel = openedChannel(client);
  if (!channel) return bit !== MANAGE_MESSAGES;
  return (BigInt(channel.permissions) & bit) === bit;
}

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const SEND_MESSAGES = 1n << 11n;
export const MANAGE_MESSAGES = 1n << 13n;
