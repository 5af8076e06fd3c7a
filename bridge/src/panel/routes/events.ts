import type { FlexUser } from '@flexcord/shared/flex-user';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Elysia } from 'elysia';
import type { Authenticate, Identify } from '../auth.ts';
import type { LiveEvents, NumberedEvent } from '../live-events.ts';
import { Problem, problemResponse } from '../problem.ts';

export interface EventRoutesOptions {
  live: LiveEvents;
  identify: Identify;
  authenticate: Authenticate;
  /** Where a request comes from. Without it all come from one address. */
  addressOf?: ((request: Request) => string) | undefined;
  /** How often an idle stream says that it lives and whether its reader may still read is checked, in milliseconds. Default 15,000. */
  beatMs?: number;
  /** Concurrent readers; more get 503. Of one address, behind which a whole office may be, half as many; more get 429. Default 2,000. */
  maxReaders?: number;
}

const DEFAULT_MAX_READERS = 2000;
/** Of one agent: each tab of Flex has one; more get 429. */
const MAX_READERS_EACH = 20;
/** Events queued for a slow reader; beyond, its stream ends and it resumes later. */
const MAX_WAITING = 500;

/** Live events for the panel, and the end of all their streams. */
export function eventRoutes({
  live,
  identify,
  authenticate,
  addressOf = () => '',
  beatMs = 15_000,
  maxReaders = DEFAULT_MAX_READERS,
}: EventRoutesOptions) {
  /** What ends a stream, and whose it is. */
  const readers = new Map<() => void, { identity: string; address: string }>();
  const encoder = new TextEncoder();

  function stream(request: Request, { identity, expiresAt }: FlexUser): ReadableStream<Uint8Array> {
    let end = () => {};
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          let unsubscribe = () => {};
          let beat: ReturnType<typeof setInterval> | undefined;
          let expiry: ReturnType<typeof setTimeout> | undefined;
          end = () => {
            if (!readers.delete(end)) return;
            unsubscribe();
            clearInterval(beat);
            clearTimeout(expiry);
            try {
              controller.close();
            } catch {
              // The reader closed it first.
            }
          };
          const send = (text: string) => {
            if (!readers.has(end)) return;
            if ((controller.desiredSize ?? 0) <= 0) end();
            else controller.enqueue(encoder.encode(text));
          };
          readers.set(end, { identity, address: addressOf(request) });
          request.signal.addEventListener('abort', end);
          // Something at once, so that proxies pass the headers on.
          send('retry: 2000\n\n');
          unsubscribe = live.subscribe(request.headers.get('last-event-id'), (event) => send(asText(event)));
          beat = setInterval(() => {
            send(': still here\n\n');
            identify(request).catch((error) => {
              // Without a verdict the stream goes on: the token was valid and expires by itself.
              if (error instanceof Problem && ['unauthorized', 'forbidden'].includes(error.code)) end();
            });
          }, beatMs);
          // setTimeout takes 31 bits.
          expiry = setTimeout(() => end(), Math.min(Math.max(expiresAt - Date.now(), 0), 2 ** 31 - 1));
        },
        cancel: () => end(),
      },
      new CountQueuingStrategy({ highWaterMark: MAX_WAITING }),
    );
  }

  function refusalOf(identity: string, address: string): string | null {
    let own = 0;
    let neighbours = 0;
    for (const other of readers.values()) {
      if (other.identity === identity) own += 1;
      if (other.address === address) neighbours += 1;
    }
    if (own >= MAX_READERS_EACH) return 'You have very many panels open. Close some of them.';
    if (neighbours >= maxReaders / 2) return 'Very many panels are open at your address. Close some of them.';
    return null;
  }

  const routes = new Elysia({ name: 'panel-events' }).get(
    panelRoutes.events,
    async ({ request, server, set }) => {
      const reader = await authenticate(request);
      if (readers.size >= maxReaders) {
        return problemResponse(
          new Problem('unavailable', 'Too many panels are open. Try again in a moment.'),
        );
      }
      const refusal = refusalOf(reader.identity, addressOf(request));
      if (refusal) return problemResponse(new Problem('too-many-requests', refusal));
      // Bun closes a connection that is idle for ten seconds.
      server?.timeout(request, 0);
      set.headers['cache-control'] = 'no-store';
      return new Response(stream(request, reader), {
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
      });
    },
    {
      detail: {
        summary: 'Live events (text/event-stream)',
        description:
          'Each `data:` is a PanelEvent. `Last-Event-ID` resumes; `resync` says that something was missed.',
        tags: ['Events'],
      },
    },
  );

  return {
    routes,
    /** Ends every stream, so that the server can stop. */
    close: () => {
      for (const end of [...readers.keys()]) end();
    },
  };
}

const asText = ({ id, event }: NumberedEvent) => `id: ${id}\ndata: ${JSON.stringify(event)}\n\n`;
