import type { Server, WebSocketHandler } from 'bun';
import type { FaultEffect, Faults } from './faults.ts';

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

/** One request and what became of it, those that a fault answered included. */
export interface Trace {
  service: string;
  method: string;
  /** With query. */
  path: string;
  body: Uint8Array;
  /** When it arrived, by `Date.now`. */
  at: number;
  effects: readonly FaultEffect[];
  /** What the stand-in answered, whether or not the caller got it; absent where it never saw the request. */
  status?: number;
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
  /** Told of every request once it is over. */
  onTrace?: (trace: Trace) => void;
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
  const { service, faults, onExchange, onTrace } = options;

  const answer = async (request: Request): Promise<Response> => {
    const { pathname, search } = new URL(request.url);
    const path = pathname + search;
    const effects = faults?.hit('api', request.method, path) ?? [];
    const isLate = effects.some(({ kind }) => kind === 'latency');
    if (!onTrace && !isLate) return respond(request, effects);
    // A caller that gives up meanwhile takes a body that was not read with it.
    const at = Date.now();
    const body = new Uint8Array(await request.arrayBuffer());
    const { method, url, headers } = request;
    const whole = new Request(url, { method, headers, body: body.byteLength > 0 ? body : undefined });
    let status: number | undefined;
    const response = await respond(whole, effects, (answered) => {
      status = answered;
    });
    onTrace?.({ service, method, path, body, at, effects, status });
    return response;
  };

  const respond = async (
    request: Request,
    effects: readonly FaultEffect[],
    onStatus?: (status: number) => void,
  ): Promise<Response> => {
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
      onStatus?.(response.status);
      return resetAfter ? reset() : response;
    }
    const requestBody = new Uint8Array(await request.clone().arrayBuffer());
    const response = await options.handle(request);
    onStatus?.(response.status);
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
