import { GatewayOpcodes as Op } from 'discord-api-types/v10';
import type { Connection } from './connection.ts';
import type { Session } from './session.ts';

/** Controls and inspects the gateway from tests and demos. */
export interface GatewayControl {
  /** The sessions that exist now, connected or waiting for a resume. */
  readonly sessions: readonly { id: string; intents: number; seq: number; connected: boolean }[];
  /** Closes every connection without a close frame. With `resumable: false` the sessions end too, and later events are lost to them. */
  dropConnections(options?: { resumable?: boolean }): void;
  /** Op 9 to everyone; with `resumable` the client is told that it may resume. */
  invalidateSessions(options?: { resumable?: boolean }): void;
  /** Op 7: asks every client to reconnect and resume. */
  requestReconnect(): void;
  /** Op 1: asks every client for a heartbeat at once. */
  requestHeartbeat(): void;
  /** From now on reads and writes nothing on the connections that are open, without closing them. */
  blackhole(): void;
  /** Refuses new connections until told otherwise; those that are open stay. */
  refuse(refused: boolean): void;
}

export function createGatewayControl(
  sessions: Map<string, Session>,
  connections: Set<Connection>,
  send: (connection: Connection, op: number, d?: unknown) => void,
  refuse: (refused: boolean) => void,
): GatewayControl {
  return {
    get sessions() {
      return [...sessions.values()].map((s) => ({
        id: s.id,
        intents: s.intents,
        seq: s.seq,
        connected: s.connection !== undefined,
      }));
    },
    dropConnections({ resumable = true } = {}) {
      if (!resumable) sessions.clear();
      for (const connection of [...connections]) connection.terminate();
    },
    invalidateSessions({ resumable = false } = {}) {
      if (!resumable) sessions.clear();
      for (const connection of connections) {
        if (!connection.sessionId) continue;
        send(connection, Op.InvalidSession, resumable);
        if (!resumable) connection.sessionId = undefined;
      }
    },
    requestReconnect() {
      for (const connection of connections) send(connection, Op.Reconnect);
    },
    requestHeartbeat() {
      for (const connection of connections) send(connection, Op.Heartbeat);
    },
    refuse,
    blackhole() {
      for (const connection of connections) connection.blackholed = true;
    },
  };
}
