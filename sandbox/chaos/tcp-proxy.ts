import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on a free port of this machine that can take away what is behind it. */
export interface TcpProxy {
  port: number;
  /** Cuts every connection. */
  cut(): void;
  /** While true new connections are closed at once, and those that are open are cut. */
  refuse(refused: boolean): void;
  /** While true nothing passes in either direction, and nothing is closed. */
  stall(stalled: boolean): void;
  stop(): void;
}

/** Passes connections on to `targets` in turn; one that does not listen is passed over. */
export async function startTcpProxy(targets: () => { host: string; port: number }[]): Promise<TcpProxy> {
  const open = new Set<Socket>();
  let refused = false;
  let waiting: (() => void)[] | null = null;
  let turn = 0;

  /** Now, or in its order once the stall is over. */
  const pass = (work: () => void) => {
    if (waiting) waiting.push(work);
    else work();
  };

  function hold(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => open.delete(socket));
  }

  function join(from: Socket, to: Socket): void {
    from.on('data', (bytes: Buffer) => pass(() => void to.write(bytes)));
    from.on('end', () => pass(() => void to.end()));
    from.on('close', () => to.destroySoon());
  }

  function lead(client: Socket, left: { host: string; port: number }[]): void {
    const [target, ...others] = left;
    if (!target) return void client.destroy();
    const server = connect(target.port, target.host);
    const failed = () => {
      server.destroy();
      lead(client, others);
    };
    server.once('error', failed);
    server.once('connect', () => {
      server.off('error', failed);
      hold(server);
      join(server, client);
      join(client, server);
      client.resume();
    });
  }

  const server = createServer({ pauseOnConnect: true }, (client) => {
    if (refused) return void client.destroy();
    hold(client);
    const all = targets();
    turn += 1;
    lead(
      client,
      all.map((_, index) => all[(index + turn) % all.length] as (typeof all)[number]),
    );
  });
  const cut = () => {
    for (const socket of [...open]) socket.destroy();
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    cut,
    refuse(now) {
      refused = now;
      if (now) cut();
    },
    stall(now) {
      if (now) {
        waiting ??= [];
        return;
      }
      const held = waiting ?? [];
      waiting = null;
      for (const work of held) work();
    },
    stop() {
      server.close();
      cut();
    },
  };
}
