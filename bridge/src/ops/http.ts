import { type AnyElysia, Elysia } from 'elysia';
import type { Logger } from 'pino';
import { type AddressRange, clientAddress } from '../net/client-address.ts';
import { countAnswer } from './metrics.ts';

/** Nothing that the bridge is sent is larger, but for files on `largeBodies`; Bun answers 413 to those beyond by itself. */
const MAX_REQUEST_BYTES = 900 * 1024;
const MAX_FILE_BYTES = 10 * 1024 * 1024;

export interface Health {
  /** What the process needs to do its work, and whether it has it; and figures that say how it gets on. */
  ready(): Promise<Record<string, boolean | number | null>>;
}

/** The bridge serves data and one script for pages of others, and no page of its own. */
const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};
/** https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Strict-Transport-Security */
const HTTPS_ONLY = { 'strict-transport-security': 'max-age=31536000' };

/** Liveness and readiness, and the answer to whatever fails. */
export function opsRoutes(health: Health) {
  return new Elysia({ name: 'ops' })
    .get('/health', () => ({ ok: true }), { detail: { summary: 'The process runs' } })
    .get(
      '/ready',
      async ({ set }) => {
        const parts = await health.ready();
        if (Object.values(parts).includes(false)) set.status = 503;
        return parts;
      },
      { detail: { summary: 'The process can do its work: store, gateway of Discord, Twilio' } },
    );
}

/** Where each request comes from; `note` is called when one arrives. `header`: where trusted proxies name the client. */
export function createClientAddresses(
  trustedProxies: readonly AddressRange[] = [],
  header = 'x-forwarded-for',
) {
  const known = new WeakMap<Request, string>();
  return {
    note(request: Request, peer: string | undefined): void {
      known.set(request, clientAddress(peer ?? '', request.headers.get(header), trustedProxies));
    },
    of: (request: Request): string => known.get(request) ?? '',
  };
}

export type ClientAddresses = ReturnType<typeof createClientAddresses>;

/** A request that came in chunks, read to its end; null where that is beyond the limit. */
async function readWhole(request: Request): Promise<Request | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_REQUEST_BYTES) return null;
    chunks.push(chunk);
  }
  const { method, headers, url } = request;
  return new Request(url, { method, headers, body: Buffer.concat(chunks) });
}

/**
 * The server of the bridge, not yet listening. `selfAnswering`: routes with answers of their own to failures; they come
 * first, because a handler of errors has effect on the routes that follow it. `largeBodies`: paths to which files of up
 * to 10 MB may be sent. `isSecure`: it is reached by https alone.
 */
export function createServer(
  logger: Logger,
  selfAnswering: AnyElysia,
  largeBodies: readonly string[] = [],
  { clients, isSecure = false }: { clients?: ClientAddresses; isSecure?: boolean } = {},
) {
  const seen = new WeakMap<Request, { status: number; ms: number }>();
  const server = new Elysia({ serve: { maxRequestBodySize: MAX_FILE_BYTES } })
    // The status of an answer to a failure is nowhere but in the answer.
    .wrap((answer) => async (request: Request, ...more: unknown[]) => {
      const began = performance.now();
      const record = { status: 0, ms: 0 };
      seen.set(request, record);
      const response: unknown = await answer(request, ...more);
      // A stream of events is answered long before it ends.
      record.ms = performance.now() - began;
      if (response instanceof Response) record.status = response.status;
      return response as never;
    })
    .onAfterResponse({ as: 'global' }, ({ request, route }) => {
      const record = seen.get(request);
      if (record) countAnswer(request.method, route, record.status, record.ms);
    })
    .onRequest(async (context) => {
      const { request, server, set } = context;
      Object.assign(set.headers, SECURITY_HEADERS, isSecure ? HTTPS_ONLY : {});
      // Log lines about a request name it.
      set.headers['x-request-id'] = crypto.randomUUID();
      const peer = server?.requestIP(request)?.address;
      clients?.note(request, peer);
      const { headers, url } = request;
      const length = headers.get('content-length');
      const isChunked = length === null && headers.has('transfer-encoding');
      if (!isChunked && Number(length) <= MAX_REQUEST_BYTES) return;
      if (largeBodies.includes(new URL(url).pathname)) return;
      // Proxies may send on in chunks what came with a length.
      const whole = isChunked ? await readWhole(request) : null;
      if (!whole) return new Response('The request is too large', { status: 413 });
      clients?.note(whole, peer);
      const record = seen.get(request);
      if (record) seen.set(whole, record);
      context.request = whole;
    })
    .use(selfAnswering);
  return server.onError(({ code, error, path, set }) => {
    if (code === 'NOT_FOUND') return new Response('Not found', { status: 404 });
    if (code === 'VALIDATION' || code === 'PARSE')
      return new Response('The request is malformed', { status: 400 });
    logger.error({ err: error, path, requestId: set.headers['x-request-id'] }, 'a request failed');
    return new Response('Internal error', { status: 500 });
  });
}
