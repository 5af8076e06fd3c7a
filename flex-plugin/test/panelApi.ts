import { panelRoutes } from '@flexcord/shared/panel/routes';

import type { PluginFiles } from './bundlePage.ts';
import { communityResponses } from './communityFixtures.ts';
import * as fixtures from './fixtures.ts';
import { incidentResponses } from './incidentFixtures.ts';
import { sourceResponses } from './sourceFixtures.ts';
import { viewResponses } from './viewFixtures.ts';

type Respond = (request: Request, params: Record<string, string>) => unknown;

/** A response with an error, as the bridge gives it. */
export const problem = (status: number, code: string, message: string, more: object = {}) =>
  Response.json({ ...more, code, message }, { status });
/** A response that never comes. */
export const never = () => new Promise<never>(() => undefined);

const defaultResponses: Record<string, Respond> = {
  // Before the routes with an id, which would take their paths.
  ...viewResponses,
  ...communityResponses,
  ...incidentResponses,
  ...sourceResponses,
  [`GET ${panelRoutes.member(':id')}`]: () => fixtures.profile,
  [`GET ${panelRoutes.conversations(':id')}`]: () => fixtures.pastConversations(3),
  [`GET ${panelRoutes.notes(':id')}`]: () => fixtures.notes,
  [`GET ${panelRoutes.transcript(':id')}`]: () => fixtures.transcript,
  [`GET ${panelRoutes.casePrefill(':id')}`]: () => fixtures.prefill,
  [`GET ${panelRoutes.suggestions(':id')}`]: () => fixtures.matches,
  [`GET ${panelRoutes.cases}`]: () => fixtures.caseList(5, 1),
  [`GET ${panelRoutes.fields}`]: () => fixtures.fields,
  [`GET ${panelRoutes.caseDuplicates}`]: () => ({ duplicates: [] }),
  [`GET ${panelRoutes.case(':id')}`]: () => fixtures.caseDetail(),
  [`GET ${panelRoutes.knowledgeSearch}`]: () => fixtures.matches,
  [`GET ${panelRoutes.article(':id')}`]: () => fixtures.article,
};

const encoder = new TextEncoder();
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, last-event-id',
  'access-control-allow-methods': 'GET, POST',
};

/**
 * A panel API with responses that a test chooses, over real HTTP, so that the plugin's own requests, live events and
 * recovery take part; `files` are what the plugin loads from there. The responses have the types of the contract; that the bridge keeps it is tested there.
 */
export function startPanelApi(files: PluginFiles) {
  let responses = defaultResponses;
  let port = 0;
  let server: ReturnType<typeof Bun.serve> | undefined;
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const requests: { method: string; path: string; body: unknown }[] = [];

  async function handle(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return new Response(null, { headers: cors });
    const { pathname, search } = new URL(request.url);
    if (pathname === panelRoutes.events) return events();
    if (pathname === panelRoutes.desk || pathname === panelRoutes.views) {
      return new Response(pathname === panelRoutes.desk ? files.desk : files.views, {
        headers: { ...cors, 'content-type': 'text/javascript' },
      });
    }
    const texts = Object.entries(files.texts).find(
      ([language]) => pathname === panelRoutes.viewTexts(language),
    )?.[1];
    if (texts) return new Response(texts, { headers: { ...cors, 'content-type': 'application/json' } });
    const isJson = request.headers.get('content-type') === 'application/json';
    const body = isJson ? await request.clone().json() : undefined;
    requests.push({ method: request.method, path: pathname + search, body });
    for (const [key, respond] of Object.entries(responses)) {
      const [method, pattern = ''] = key.split(' ');
      const found = new URLPattern({ pathname: pattern }).exec({ pathname });
      if (method !== request.method || !found) continue;
      const result = await respond(request, found.pathname.groups as Record<string, string>);
      const response =
        result instanceof Response
          ? result
          : result === undefined
            ? new Response(null, { status: 204 })
            : Response.json(result);
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
      return response;
    }
    return new Response('no response for this request', { status: 500, headers: cors });
  }

  function events(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        streams.add(controller);
        controller.enqueue(encoder.encode('retry: 50\n\n'));
      },
      cancel: () => {
        streams.delete(own);
      },
    });
    return new Response(stream, { headers: { ...cors, 'content-type': 'text/event-stream' } });
  }

  const api = {
    requests,
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    start() {
      server = Bun.serve({ port, hostname: '127.0.0.1', idleTimeout: 0, fetch: handle });
      port = server.port ?? 0;
    },
    async stop() {
      streams.clear();
      await server?.stop(true);
    },
    /** Responds with the defaults, but for these; keys are `METHOD /path/:id`. */
    respondWith(changed: Record<string, Respond> = {}) {
      responses = { ...defaultResponses, ...changed };
      requests.length = 0;
    },
    /** Sends a live event to whoever listens, once anybody does. */
    async publish(event: object) {
      while (streams.size === 0) await Bun.sleep(5);
      for (const stream of streams) stream.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
    },
  };
  api.start();
  return api;
}
