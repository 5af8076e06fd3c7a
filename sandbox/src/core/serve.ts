import type { Server, WebSocketHandler } from 'bun';
import type { Faults } from './faults.ts';

/** One request and its answer, as the wire saw them. Observers use it for logs and for checks against the vendors' documents. */
export interface Exchange {
  service: string;
  method: string;
  url: string;
  requestHeaders: Headers;
  requestBody: Uint8Array;
  status: number;
  responseHeaders: Headers;
  responseBody: Uint8Array;
}

export interface ServeOptions<Data> {
  /** Names the stand-in in exchanges and logs. */
  service: string;
  /** 0 takes a free port. */
  port?: number;
  /** Default 127.0.0.1, so that a sandbox is not reachable from other machines. */
  hostname?: string;
  handle: (request: Request) => Response | Promise<Response>;
  /** Returns true where the request was taken over as a WebSocket. */
  upgrade?: (request: Request, server: Server<Data>) => boolean;
  websocket?: WebSocketHandler<Data>;
  faults?: Faults;
  onExchange?: (exchange: Exchange) => void;
  /** Largest request body in bytes. Default 32 MiB. */
  maxRequestBodySize?: number;
}

export interface Served {
  port: number;
  /** `http://127.0.0.1:PORT`, no slash at the end. */
  url: string;
  stop(): Promise<void>;
}

/**
 * Serves a stand-in on Bun's HTTP server with the sandbox's faults in front of it.
 * Bun resets the connection when a response stream errors, which is how a lost response is simulated.
 */
export function serve<Data = undefined>(options: ServeOptions<Data>): Served {
  const { service, faults, onExchange } = options;

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const effects = faults?.hit('api', request.method, url.pathname + url.search) ?? [];
    let resetAfter = false;
    for (const effect of effects) {
      if (effect.kind === 'latency') await Bun.sleep(effect.ms);
      if (effect.kind === 'reset-before') return reset();
      if (effect.kind === 'reset-after') resetAfter = true;
      if (effect.kind === 'status') {
        return Response.json(effect.body ?? { message: 'fault' }, {
          status: effect.status,
          headers: effect.headers,
        });
      }
    }
    if (!onExchange) {
      const response = await options.handle(request);
      return resetAfter ? reset() : response;
    }
    const requestBody = new Uint8Array(await request.clone().arrayBuffer());
    const response = await options.handle(request);
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
    onExchange({
      service,
      method: request.method,
      url: request.url,
      requestHeaders: request.headers,
      requestBody,
      status: response.status,
      responseHeaders: response.headers,
      responseBody: isStream ? new Uint8Array() : new Uint8Array(await response.clone().arrayBuffer()),
    });
    return resetAfter ? reset() : response;
  };

  const server = Bun.serve<Data>({
    port: options.port ?? 0,
    hostname: options.hostname ?? '127.0.0.1',
    maxRequestBodySize: options.maxRequestBodySize ?? 32 * 1024 * 1024,
    idleTimeout: 60,
    fetch(request, self) {
      if (options.upgrade?.(request, self)) return undefined;
      return answer(request);
    },
    websocket: options.websocket ?? ({ message() {} } as WebSocketHandler<Data>),
    error(error) {
      console.error(`${service}:`, error);
      return new Response('internal error of the stand-in', { status: 500 });
    },
  });

  return {
    port: server.port as number,
    url: `http://${options.hostname ?? '127.0.0.1'}:${server.port}`,
    stop: () => server.stop(true),
  };
}

function reset(): Response {
  return new Response(
    new ReadableStream({
      start(controller) {
        // Without a reason, so that Bun does not log it as an error.
        controller.error(undefined);
      },
    }),
  );
}
