import { GatewayIntentBits as I } from 'discord-api-types/v10';
import type { DiscordState } from '../state/state.ts';
import type { Connection } from './connection.ts';
import { type Dispatch, guildCreatePayload, withoutContent } from './dispatch.ts';
import { intentAllows } from './intents.ts';

/** A gateway session: outlives its connection, so that a client can resume. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  /** The number of the last dispatch. */
  seq: number;
  /** Dispatches that a resume can replay, oldest first. */
  buffer: { seq: number; frame: string }[];
  connection?: Connection;
  /** When the connection was lost (ms); 0 while connected. */
  lostAt: number;
}

/** Numbers an event, keeps it for a resume, and sends it where a connection is. */
export function dispatchTo(state: DiscordState, session: Session, t: string, d: unknown): void {
  session.seq += 1;
  const frame = JSON.stringify({ op: 0, t, s: session.seq, d });
  session.buffer.push({ seq: session.seq, frame });
  if (session.buffer.length > state.limits.resumeBufferEvents) session.buffer.shift();
  session.connection?.send(frame);
}

/** Dispatches an event where the session's shard and intents let it through. */
export function offer(state: DiscordState, session: Session, dispatch: Dispatch): void {
  const { t, guildId, message } = dispatch;
  const [shard, shards] = session.shard;
  const ownerShard = guildId ? Number((BigInt(guildId) >> 22n) % BigInt(shards)) : 0;
  if (ownerShard !== shard || !intentAllows(session.intents, t, guildId !== undefined)) return;
  let { d } = dispatch;
  if (t === 'GUILD_CREATE') {
    const guild = state.guilds.get(guildId ?? '');
    if (!guild) return;
    d = guildCreatePayload(state, guild, (session.intents & I.GuildMembers) !== 0);
  }
  const open =
    !message ||
    !guildId ||
    message.authorId === state.bot.id ||
    message.mentions.includes(state.bot.id) ||
    (session.intents & I.MessageContent) !== 0;
  dispatchTo(state, session, t, open ? d : withoutContent(d));
}

/** The events after `seq`; undefined where they are no longer all there. */
export function replayFrom(session: Session, seq: number): string[] | undefined {
  if (seq === session.seq) return [];
  const first = session.buffer[0];
  if (!first || first.seq > seq + 1) return undefined;
  return session.buffer.filter((entry) => entry.seq > seq).map((entry) => entry.frame);
}
