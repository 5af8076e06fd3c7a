import { constants, createDeflate, type Deflate } from 'node:zlib';
import type { ServerWebSocket } from 'bun';
import type { APIMessage } from 'discord-api-types/v10';
import { GatewayCloseCodes, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { guildPayload, withFreshLinks } from './payloads.ts';
import type { World, WorldEvent } from './world.ts';

export interface SocketData {
  compress: boolean;
  connection?: Connection;
}

type Socket = ServerWebSocket<SocketData>;

interface Session {
  id: string;
  intents: number;
  seq: number;
  /** What a resume replays; bounded. */
  replay: { seq: number; frame: string }[];
  connection: Connection | null;
  resumable: boolean;
}

export interface GatewayOptions {
  world: World;
  token: string;
  /** Intents of GatewayIntentBits that the application was not granted. */
  deniedIntents: number;
  heartbeatMs: number;
  url: () => string;
  /** Address of the stand-in, for links to attachments. */
  baseUrl: () => string;
}

/** https://docs.discord.com/developers/events/gateway#rate-limiting and #sending-events */
const LARGEST_PAYLOAD = 4096;
const MOST_EVENTS = 120;
const EVENTS_WINDOW_MS = 60_000;
const REPLAY_KEPT = 1000;

/** One socket. Its session may outlive it. */
class Connection {
  session: Session | null = null;
  silent = false;
  #deflate: Deflate | null;
  #sent: number[] = [];

  constructor(
    readonly socket: Socket,
    compress: boolean,
  ) {
    this.#deflate = compress ? createDeflate({ flush: constants.Z_SYNC_FLUSH }) : null;
    this.#deflate?.on('data', (chunk: Buffer) => this.socket.send(chunk));
  }

  send(payload: object): void {
    this.sendFrame(JSON.stringify(payload));
  }

  sendFrame(frame: string): void {
    if (this.silent) return;
    if (this.#deflate) {
      this.#deflate.write(frame);
      this.#deflate.flush(constants.Z_SYNC_FLUSH);
    } else this.socket.send(frame);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }

  /** False once the client has sent more than it may. */
  mayTalk(now: number): boolean {
    this.#sent = this.#sent.filter((at) => at > now - EVENTS_WINDOW_MS);
    this.#sent.push(now);
    return this.#sent.length <= MOST_EVENTS;
  }
}

/** Gateway v10 with JSON, with or without zlib-stream: identify, heartbeat, resume, intents. */
export function createGateway(options: GatewayOptions) {
  const { world } = options;
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  let identified = 0;

  function dispatch(session: Session, type: string, data: unknown): void {
    session.seq += 1;
    const frame = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: type, s: session.seq, d: data });
    session.replay.push({ seq: session.seq, frame });
    if (session.replay.length > REPLAY_KEPT) session.replay.shift();
    session.connection?.sendFrame(frame);
  }

  function onEvent(event: WorldEvent): void {
    for (const session of sessions.values()) {
      const seen = visible(event, session.intents);
      if (seen) dispatch(session, event.type, seen);
    }
  }
  world.on('event', onEvent);

  /** What a session with these intents is told of an event; null when nothing. */
  function visible(event: WorldEvent, intents: number): object | null {
    if (event.type === 'INTERACTION_CREATE') return event.data;
    const needed = intentFor(event.type, event.guildId !== null);
    if (needed === null || !(intents & needed)) return null;
    const carriesContent = event.type === 'MESSAGE_CREATE' || event.type === 'MESSAGE_UPDATE';
    if (carriesContent && event.guildId !== null && !(intents & GatewayIntentBits.MessageContent)) {
      const message = event.data as { author?: { id: string }; mentions?: { id: string }[] };
      const mine = message.author?.id === world.applicationId;
      const mentioned = message.mentions?.some(({ id }) => id === world.applicationId);
      if (!mine && !mentioned)
        return { ...event.data, content: '', embeds: [], attachments: [], components: [] };
    }
    return carriesContent
      ? withFreshLinks(options.baseUrl(), event.data as unknown as APIMessage)
      : event.data;
  }

  function identify(connection: Connection, data: { token?: string; intents?: number }): void {
    if (connection.session)
      return connection.close(GatewayCloseCodes.AlreadyAuthenticated, 'Already authenticated.');
    if (data.token?.replace(/^Bot /, '') !== options.token) {
      return connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    }
    if (!Number.isInteger(data.intents) || (data.intents ?? -1) < 0) {
      return connection.close(GatewayCloseCodes.InvalidIntents, 'Invalid intent(s).');
    }
    if ((data.intents ?? 0) & options.deniedIntents) {
      return connection.close(GatewayCloseCodes.DisallowedIntents, 'Disallowed intent(s).');
    }
    identified += 1;
    const session: Session = {
      id: crypto.randomUUID().replaceAll('-', ''),
      intents: data.intents ?? 0,
      seq: 0,
      replay: [],
      connection,
      resumable: true,
    };
    sessions.set(session.id, session);
    connection.session = session;
    const guilds = [...world.guilds.values()].filter((guild) => guild.members.has(world.applicationId));
    dispatch(session, 'READY', {
      v: 10,
      user: { ...world.bot.user, verified: true, mfa_enabled: false, email: null, bot: true },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: options.url(),
      session_type: 'normal',
      private_channels: [],
      application: { id: world.applicationId, flags: 0 },
      shard: [0, 1],
    });
    if (session.intents & GatewayIntentBits.Guilds) {
      for (const guild of guilds) dispatch(session, 'GUILD_CREATE', guildPayload(world, guild));
    }
  }

  function resume(connection: Connection, data: { token?: string; session_id?: string; seq?: number }): void {
    if (data.token?.replace(/^Bot /, '') !== options.token) {
      return connection.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    }
    const session = sessions.get(data.session_id ?? '');
    const from = data.seq ?? 0;
    const first = session?.replay[0]?.seq ?? 0;
    if (!session?.resumable || from > session.seq || from + 1 < first) {
      connection.send({ op: GatewayOpcodes.InvalidSession, d: false });
      return;
    }
    session.connection?.close(1000, 'resumed elsewhere');
    session.connection = connection;
    connection.session = session;
    for (const { seq, frame } of [...session.replay]) if (seq > from) connection.sendFrame(frame);
    dispatch(session, 'RESUMED', { _trace: [] });
  }

  function receive(connection: Connection, raw: string | Buffer): void {
    if (connection.silent) return;
    if (raw.length > LARGEST_PAYLOAD)
      return connection.close(GatewayCloseCodes.DecodeError, 'Payload too large.');
    if (!connection.mayTalk(Date.now()))
      return connection.close(GatewayCloseCodes.RateLimited, 'Rate limited.');
    let payload: { op?: number; d?: never };
    try {
      payload = JSON.parse(raw.toString());
    } catch {
      return connection.close(GatewayCloseCodes.DecodeError, 'Error while decoding payload.');
    }
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        return connection.send({ op: GatewayOpcodes.HeartbeatAck });
      case GatewayOpcodes.Identify:
        return identify(connection, payload.d ?? {});
      case GatewayOpcodes.Resume:
        return resume(connection, payload.d ?? {});
      case GatewayOpcodes.PresenceUpdate:
      case GatewayOpcodes.VoiceStateUpdate:
      case GatewayOpcodes.RequestGuildMembers:
        if (!connection.session) connection.close(GatewayCloseCodes.NotAuthenticated, 'Not authenticated.');
        return;
      default:
        connection.close(GatewayCloseCodes.UnknownOpcode, 'Unknown opcode.');
    }
  }

  return {
    websocket: {
      open(socket: Socket) {
        const connection = new Connection(socket, socket.data.compress);
        socket.data.connection = connection;
        connections.add(connection);
        connection.send({ op: GatewayOpcodes.Hello, d: { heartbeat_interval: options.heartbeatMs } });
      },
      message(socket: Socket, raw: string | Buffer) {
        if (socket.data.connection) receive(socket.data.connection, raw);
      },
      close(socket: Socket) {
        const { connection } = socket.data;
        if (!connection) return;
        connections.delete(connection);
        if (connection.session?.connection === connection) connection.session.connection = null;
      },
    },

    /** Sessions begun since the start; resuming begins none. */
    identified: () => identified,
    connected: () => connections.size,
    /** Cuts every connection. A session that is not resumable must be begun anew, and nothing is replayed into it. */
    dropConnections({ resumable = true }: { resumable?: boolean } = {}) {
      if (!resumable) this.invalidateSessions();
      for (const connection of connections) connection.close(4000, 'Unknown error.');
    },
    /** Forgets every session, as Discord does some time after a connection is lost. */
    invalidateSessions() {
      for (const session of sessions.values()) session.resumable = false;
      for (const [id, session] of sessions) if (!session.connection) sessions.delete(id);
    },
    /** Asks every client to reconnect (opcode 7). */
    requestReconnect() {
      for (const connection of connections) connection.send({ op: GatewayOpcodes.Reconnect, d: null });
    },
    /** Neither reads nor writes any more, without closing: a network that swallows everything. */
    blackhole() {
      for (const connection of connections) connection.silent = true;
    },
    close() {
      world.off('event', onEvent);
      for (const connection of connections) connection.close(1001, 'going away');
    },
  };
}

export type Gateway = ReturnType<typeof createGateway>;

/** https://docs.discord.com/developers/events/gateway#list-of-intents */
function intentFor(type: string, inGuild: boolean): number | null {
  if (/^(GUILD_(CREATE|UPDATE|DELETE)|GUILD_ROLE_|CHANNEL_|THREAD_)/.test(type))
    return GatewayIntentBits.Guilds;
  if (type.startsWith('GUILD_MEMBER_')) return GatewayIntentBits.GuildMembers;
  if (type.startsWith('MESSAGE_REACTION_')) {
    return inGuild ? GatewayIntentBits.GuildMessageReactions : GatewayIntentBits.DirectMessageReactions;
  }
  if (type.startsWith('MESSAGE_'))
    return inGuild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
  if (type === 'TYPING_START')
    return inGuild ? GatewayIntentBits.GuildMessageTyping : GatewayIntentBits.DirectMessageTyping;
  return null;
}
