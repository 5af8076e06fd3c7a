import { panelRoutes } from '@flexcord/shared/panel/routes';

import * as given from './fixtures.ts';

type Answer = (request: Request, params: Record<string, string>) => unknown;

/** What an answer may be instead of JSON. */
export const problem = (status: number, code: string, message: string, more: object = {}) =>
  Response.json({ ...more, code, message }, { status });
export const never = () => new Promise<never>(() => undefined);

const usual: Record<string, Answer> = {
  [`GET ${panelRoutes.member(':id')}`]: () => given.profile,
  [`GET ${panelRoutes.conversations(':id')}`]: () => given.pastConversations(3),
  [`GET ${panelRoutes.notes(':id')}`]: () => given.notes,
  [`GET ${panelRoutes.transcript(':id')}`]: () => given.transcript,
  [`GET ${panelRoutes.casePrefill(':id')}`]: () => given.prefill,
  [`GET ${panelRoutes.suggestions(':id')}`]: () => given.matches,
  [`GET ${panelRoutes.cases}`]: () => given.caseList(5, 1),
  [`GET ${panelRoutes.fields}`]: () => given.fields,
  [`GET ${panelRoutes.caseDuplicates}`]: () => ({ duplicates: [] }),
  [`GET ${panelRoutes.case(':id')}`]: () => given.caseDetail(),
  [`GET ${panelRoutes.knowledgeSearch}`]: () => given.matches,
  [`GET ${panelRoutes.article(':id')}`]: () => given.article,
};

const encoder = new TextEncoder();
const cors = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, content-type, last-event-id',
  'access-control-allow-methods': 'GET, POST',
};

/**
 * A panel API that says what a test wants to hear, over real HTTP, so that the plugin's own requests, live events and
 * recovery are at work. Its answers have the contract's types; that the bridge keeps the contract is tested there.
 */
export function startPanelApi() {
  let answers = usual;
  let port = 0;
  let server: ReturnType<typeof Bun.serve> | undefined;
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const asked: { method: string; path: string; body: unknown }[] = [];

  async function answer(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return new Response(null, { headers: cors });
    const { pathname, search } = new URL(request.url);
    if (pathname === panelRoutes.events) return events();
    const body = request.method === 'POST' ? await request.clone().json() : undefined;
    asked.push({ method: request.method, path: pathname + search, body });
    for (const [key, make] of Object.entries(answers)) {
      const [method, pattern = ''] = key.split(' ');
      const found = new URLPattern({ pathname: pattern }).exec({ pathname });
      if (method !== request.method || !found) continue;
      const made = await make(request, found.pathname.groups as Record<string, string>);
      const response =
        made instanceof Response
          ? made
          : made === undefined
            ? new Response(null, { status: 204 })
            : Response.json(made);
      for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);
      return response;
    }
    return new Response('no such answer', { status: 500, headers: cors });
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
    asked,
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    start() {
      server = Bun.serve({ port, hostname: '127.0.0.1', idleTimeout: 0, fetch: answer });
      port = server.port ?? 0;
    },
    async stop() {
      streams.clear();
      await server?.stop(true);
    },
    /** Answers as usual, but for these; keys are `METHOD /path/:id`. */
    answerWith(changed: Record<string, Answer> = {}) {
      answers = { ...usual, ...changed };
      asked.length = 0;
    },
    /** Sends a live event to whoever listens, once somebody does. */
    async publish(event: object) {
      while (streams.size === 0) await Bun.sleep(5);
      for (const stream of streams) stream.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
    },
  };
  api.start();
  return api;
}
