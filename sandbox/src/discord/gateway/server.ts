import type { Server, WebSocketHandler } from 'bun';
import { type APIUser, GatewayIntentBits as I, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { flags } from '../rest/application.ts';
import { toApiMember } from '../state/members.ts';
import type { DiscordState } from '../state/state.ts';
import { toApiUser } from '../state/users.ts';
import { type Connection, createConnection, type SocketData } from './connection.ts';
import { createGatewayControl } from './control.ts';
import { toDispatches } from './dispatch.ts';
import { refuseIntents } from './intents.ts';
import { dispatchTo, offer, replayFrom, type Session } from './session.ts';

/** Largest payload that a client may send, in bytes. https://docs.discord.com/developers/events/gateway#sending-events */
const MAX_PAYLOAD_BYTES = 4096;

type Json = Record<string, unknown>;
const asJson = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};

/** Gateway v10 over Bun's WebSockets. */
export function createGateway(state: DiscordState) {
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  let refused = false;

  const unsubscribe = state.subscribe((event) => {
    for (const dispatch of toDispatches(state, event)) {
      for (const session of sessions.values()) offer(state, session, dispatch);
    }
  });

  const send = (connection: Connection, op: number, d: unknown = null) =>
    connection.send(JSON.stringify({ op, d, s: null, t: null }));

  function close(connection: Connection, code: number, reason: string): void {
    // Codes after which Discord lets no session be resumed.
    if ([4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014].includes(code)) forget(connection.sessionId);
    connection.close(code, reason);
  }

  function forget(sessionId: string | undefined): void {
    const session = sessions.get(sessionId ?? '');
    if (!session) return;
    sessions.delete(session.id);
    if (session.connection) session.connection.sessionId = undefined;
  }

  function sendHeartbeatAck(connection: Connection): void {
    clearTimeout(connection.heartbeatTimer);
    connection.heartbeatTimer = setTimeout(
      () => close(connection, 4009, 'Session timed out.'),
      state.limits.heartbeatIntervalMs * 1.5 + 1_000,
    );
  }

  function forgetLost(): void {
    for (const session of sessions.values()) {
      if (session.lostAt && state.clock.now() - session.lostAt > state.limits.resumeWindowMs)
        sessions.delete(session.id);
    }
  }

  function identify(connection: Connection, d: Json) {
    if (connection.sessionId) return close(connection, 4005, 'Already authenticated.');
    if (d.token !== state.botToken && d.token !== `Bot ${state.botToken}`) {
      return close(connection, 4004, 'Authentication failed.');
    }
    const refusal = refuseIntents(d.intents, state.privilegedIntents);
    if (refusal)
      return close(connection, refusal, refusal === 4013 ? 'Invalid intent(s).' : 'Disallowed intent(s).');
    if (!d.properties) return close(connection, 4002, 'Error while decoding payload.');
    const [id, count] = Array.isArray(d.shard) ? d.shard.map(Number) : [0, 1];
    if (id === undefined || count === undefined || !(id >= 0 && id < count))
      return close(connection, 4010, 'Invalid shard.');
    connection.compressPayloads = d.compress === true;
    const session: Session = {
      id: crypto.randomUUID().replaceAll('-', ''),
      intents: Number(d.intents),
      shard: [id, count],
      seq: 0,
      buffer: [],
      connection,
      lostAt: 0,
    };
    forgetLost();
    sessions.set(session.id, session);
    connection.sessionId = session.id;
    const guilds = [...state.guilds.values()].filter(
      (g) => g.members.has(state.bot.id) && Number((BigInt(g.id) >> 22n) % BigInt(count)) === id,
    );
    dispatchTo(state, session, 'READY', {
      v: 10,
      user: { ...toApiUser(state.bot), verified: true, mfa_enabled: true, email: null } satisfies APIUser,
      guilds: guilds.map((g) => ({ id: g.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `${state.url.replace(/^http/, 'ws')}/gateway`,
      session_type: 'normal',
      shard: [id, count],
      private_channels: [],
      relationships: [],
      presences: [],
      user_settings: {},
      application: { id: state.applicationId, flags: flags(state) },
    });
    for (const guild of guilds) offer(state, session, { t: 'GUILD_CREATE', d: {}, guildId: guild.id });
  }

  function resume(connection: Connection, d: Json) {
    if (connection.sessionId) return close(connection, 4005, 'Already authenticated.');
    if (d.token !== state.botToken && d.token !== `Bot ${state.botToken}`) {
      return close(connection, 4004, 'Authentication failed.');
    }
    forgetLost();
    const session = sessions.get(String(d.session_id));
    if (!session) return send(connection, Op.InvalidSession, false);
    const seq = Number(d.seq);
    if (seq > session.seq) {
      sessions.delete(session.id);
      return close(connection, 4007, 'Invalid seq.');
    }
    const missed = replayFrom(session, seq);
    if (!missed) {
      sessions.delete(session.id);
      return send(connection, Op.InvalidSession, false);
    }
    if (session.connection) {
      session.connection.sessionId = undefined;
      session.connection.close(4000, 'Resumed elsewhere.');
    }
    session.connection = connection;
    session.lostAt = 0;
    connection.sessionId = session.id;
    for (const frame of missed) connection.send(frame);
    dispatchTo(state, session, 'RESUMED', { _trace: [] });
  }

  function requestMembers(connection: Connection, session: Session, d: Json) {
    const guild = state.guilds.get(String(d.guild_id));
    if (!guild?.members.has(state.bot.id)) return;
    const ids = d.user_ids === undefined ? undefined : [d.user_ids].flat().map(String);
    const query = typeof d.query === 'string' ? d.query.toLowerCase() : '';
    if (!ids && !query && !(session.intents & I.GuildMembers)) {
      return close(connection, 4014, 'Disallowed intent(s).');
    }
    const limit = Number(d.limit ?? 0) || Number.POSITIVE_INFINITY;
    const found = [...guild.members.values()].filter((member) => {
      const user = state.users.get(member.userId);
      const names = [member.nick, user?.globalName, user?.username].map((n) => (n ?? '').toLowerCase());
      return ids ? ids.includes(member.userId) : names.some((name) => name.startsWith(query));
    });
    const members = found.slice(0, limit);
    const chunks = Math.max(1, Math.ceil(members.length / 1000));
    for (let index = 0; index < chunks; index += 1) {
      dispatchTo(state, session, 'GUILD_MEMBERS_CHUNK', {
        guild_id: guild.id,
        members: members.slice(index * 1000, (index + 1) * 1000).map((m) => toApiMember(state, m)),
        chunk_index: index,
        chunk_count: chunks,
        ...(ids && { not_found: ids.filter((id) => !guild.members.has(id)) }),
        ...(d.nonce !== undefined && { nonce: d.nonce }),
      });
    }
  }

  function receive(connection: Connection, raw: string | Buffer) {
    if (connection.blackholed) return;
    if (Buffer.byteLength(raw) > MAX_PAYLOAD_BYTES)
      return close(connection, 4002, 'Error while decoding payload.');
    const now = state.clock.now();
    if (now - connection.received.since >= 60_000) connection.received = { since: now, count: 0 };
    connection.received.count += 1;
    if (connection.received.count > state.limits.gatewayPayloadsPerMinute) {
      return close(connection, 4008, 'Rate limited.');
    }
    let payload: Json;
    try {
      payload = asJson(JSON.parse(String(raw)));
    } catch {
      return close(connection, 4002, 'Error while decoding payload.');
    }
    const d = asJson(payload.d);
    const session = sessions.get(connection.sessionId ?? '');
    switch (payload.op) {
      case Op.Heartbeat:
        sendHeartbeatAck(connection);
        return send(connection, Op.HeartbeatAck);
      case Op.Identify:
        return identify(connection, d);
      case Op.Resume:
        return resume(connection, d);
    }
    if (typeof payload.op !== 'number' || ![3, 4, 8, 31, 43].includes(payload.op)) {
      return close(connection, 4001, 'Unknown opcode.');
    }
    if (!session) return close(connection, 4003, 'Not authenticated.');
    if (payload.op === Op.RequestGuildMembers) requestMembers(connection, session, d);
    // Presence and voice state are accepted and change nothing: nothing in the sandbox shows them.
  }

  const websocket: WebSocketHandler<SocketData> = {
    idleTimeout: 0,
    maxPayloadLength: 1024 * 1024,
    open(socket) {
      const connection = createConnection(socket, state.clock.now());
      socket.data.connection = connection;
      connections.add(connection);
      send(connection, Op.Hello, { heartbeat_interval: state.limits.heartbeatIntervalMs, _trace: [] });
      sendHeartbeatAck(connection);
    },
    message(socket, raw) {
      if (socket.data.connection) receive(socket.data.connection, raw);
    },
    close(socket, code) {
      const { connection } = socket.data;
      if (!connection) return;
      clearTimeout(connection.heartbeatTimer);
      connections.delete(connection);
      const session = sessions.get(connection.sessionId ?? '');
      if (!session || session.connection !== connection) return;
      session.connection = undefined;
      session.lostAt = state.clock.now();
      // A client that closes with 1000 or 1001 ends its session.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
    },
  };

  return {
    websocket,
    upgrade(request: Request, server: Server<SocketData>): boolean {
      const url = new URL(request.url);
      if (refused || url.pathname.replace(/\/$/, '') !== '/gateway') return false;
      return server.upgrade(request, {
        data: { compress: url.searchParams.get('compress') === 'zlib-stream' },
      });
    },
    control: createGatewayControl(sessions, connections, send, (now) => {
      refused = now;
    }),
    stop() {
      unsubscribe();
      for (const connection of connections) {
        clearTimeout(connection.heartbeatTimer);
        connection.terminate();
      }
    },
  };
}
