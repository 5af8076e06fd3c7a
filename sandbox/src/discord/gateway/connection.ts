import { constants, createDeflate, deflateSync } from 'node:zlib';
import type { ServerWebSocket } from 'bun';

/** What Bun keeps for a socket. */
export interface SocketData {
  compress: boolean;
  connection?: Connection;
}

/** One WebSocket of a client, with its compression and heartbeat. */
export interface Connection {
  sessionId?: string;
  /** True while nothing is read or written though the socket stays open. */
  blackholed: boolean;
  /** Payloads received in the current minute. */
  received: { since: number; count: number };
  heartbeatTimer?: ReturnType<typeof setTimeout>;
  /** Set by IDENTIFY: every payload is deflated by itself. */
  compressPayloads: boolean;
  send(frame: string): void;
  /** Closes with a code once everything sent before is out. */
  close(code: number, reason: string): void;
  /** Closes the connection without a close frame. */
  terminate(): void;
}

export function createConnection(socket: ServerWebSocket<SocketData>, now: number): Connection {
  const stream = socket.data.compress ? zlibStream((chunk) => socket.send(chunk)) : undefined;
  const connection: Connection = {
    blackholed: false,
    received: { since: now, count: 0 },
    compressPayloads: false,
    send(frame) {
      if (connection.blackholed || socket.readyState !== WebSocket.OPEN) return;
      if (stream) stream.write(frame);
      else if (connection.compressPayloads) socket.send(deflateSync(frame));
      else socket.send(frame);
    },
    close(code, reason) {
      if (stream) stream.flush(() => socket.close(code, reason));
      else socket.close(code, reason);
    },
    terminate: () => socket.terminate(),
  };
  return connection;
}

/** Transport compression: one zlib context for the whole connection, a sync flush after each payload.
 *  https://docs.discord.com/developers/events/gateway#transport-compression */
function zlibStream(send: (chunk: Uint8Array) => void) {
  const deflate = createDeflate({ flush: constants.Z_SYNC_FLUSH, chunkSize: 128 * 1024 });
  deflate.on('data', send);
  return {
    write: (frame: string) => void deflate.write(frame),
    flush: (then: () => void) => void deflate.write('', () => setImmediate(then)),
  };
}
