import { Elysia, sse, t } from 'elysia';
import page from './index.html';
import { memberRoutes } from './member-routes.ts';
import { localeOf, memberKeys, type PageLanguage, pageLanguages } from './people.ts';
import { watchTyping } from './typing.ts';
import { pickedFiles } from './uploads.ts';
import { viewOf } from './view.ts';
import { workerRoutes } from './worker-routes.ts';
import type { World } from './world.ts';

/** Changes within this time are sent to the page together, in milliseconds. */
const BURST_MS = 15;
const MAX_UPLOAD = '10m';

export interface Demo {
  url: string;
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** A free port is taken where this one is in use; 0 takes any. */
  port: number;
  /** Starts both clouds, the bridge and everybody; called at once and after every reset. */
  start(language: PageLanguage): Promise<World>;
  language: PageLanguage;
}

/** Serves a page with a member's Discord beside the real Flex UI. Resolves when everything is up. */
export async function serveDemo({ port, start, language }: DemoOptions): Promise<Demo> {
  const watchers = new Set<() => void>();
  const files = pickedFiles();
  let generation = 1;
  let burst: ReturnType<typeof setTimeout> | undefined;
  function changed(): void {
    burst ??= setTimeout(() => {
      burst = undefined;
      for (const watcher of watchers) watcher();
    }, BURST_MS);
  }
  /** Null while one world is taken down and the next is started. */
  let current: Awaited<ReturnType<typeof open>> | null = await open(language);
  let resetting: Promise<void> | null = null;

  async function open(chosen: PageLanguage) {
    const world = await start(chosen);
    const typing = watchTyping(world.discord, changed);
    const ends = [world.discord.onAny(changed), world.twilio.on('reservation', changed)];
    return {
      world,
      typing,
      async stop() {
        for (const end of ends) end();
        typing.stop();
        await world.stop();
      },
    };
  }

  function world(): World {
    if (!current) throw new Error('The sandbox is being reset. Try again in a moment.');
    return current.world;
  }

  async function reset(chosen: PageLanguage): Promise<void> {
    const old = current;
    current = null;
    await old?.stop();
    current = await open(chosen);
    generation += 1;
    changed();
  }

  /** A first view, then one for every burst of changes, until the page is closed. */
  async function* views(member: (typeof memberKeys)[number], channelId: string, closed: AbortSignal) {
    let ring = () => {};
    let changes = 1;
    const watcher = () => {
      changes += 1;
      ring();
    };
    watchers.add(watcher);
    closed.addEventListener('abort', () => ring());
    try {
      while (!closed.aborted) {
        if (changes === 0 || !current) {
          changes = 0;
          await new Promise<void>((resolve) => {
            ring = resolve;
          });
          continue;
        }
        changes = 0;
        const view = viewOf(current.world, member, channelId, { generation, typing: current.typing.in });
        yield sse({ data: JSON.stringify(view) });
      }
    } finally {
      watchers.delete(watcher);
    }
  }

  const app = new Elysia({ prefix: '/api' })
    .get(
      '/members/:member/view',
      ({ params, query, request }) => views(params.member, query.channel ?? '', request.signal),
      {
        params: t.Object({ member: t.UnionEnum(memberKeys) }),
        query: t.Object({ channel: t.Optional(t.String({ maxLength: 30 })) }),
      },
    )
    .post('/files', async ({ body }) => ({ id: await files.add(body.file) }), {
      body: t.Object({ file: t.File({ maxSize: MAX_UPLOAD }) }),
    })
    .post(
      '/language',
      ({ body }) => {
        const { members, guild } = world();
        const locale = localeOf(body.language);
        for (const member of Object.values(members)) member.setLocale(locale);
        guild.setLocale(locale);
        return new Response(null, { status: 204 });
      },
      { body: t.Object({ language: t.UnionEnum(pageLanguages) }) },
    )
    .post(
      '/reset',
      async ({ body }) => {
        resetting ??= reset(body.language).finally(() => {
          resetting = null;
        });
        await resetting;
        return new Response(null, { status: 204 });
      },
      { body: t.Object({ language: t.UnionEnum(pageLanguages) }) },
    )
    .use(memberRoutes(world, files))
    .use(workerRoutes(world))
    .onError(({ code, error, set }) => {
      set.status = code === 'NOT_FOUND' ? 404 : 400;
      return error instanceof Error ? error.message : 'The request is malformed';
    });

  const listen = (at: number) =>
    Bun.serve({
      port: at,
      hostname: '127.0.0.1',
      idleTimeout: 0,
      development: false,
      routes: { '/': page },
      fetch: (request) => app.handle(request),
    });
  const server = orElse(
    () => listen(port),
    () => listen(0),
  );

  return {
    url: `http://127.0.0.1:${server.port}/`,
    async stop() {
      clearTimeout(burst);
      await resetting?.catch(() => {});
      await current?.stop();
      await server.stop(true);
    },
  };
}

function orElse<T>(wanted: () => T, otherwise: () => T): T {
  try {
    return wanted();
  } catch {
    return otherwise();
  }
}
