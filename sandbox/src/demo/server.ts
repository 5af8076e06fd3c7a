import { Elysia, sse, t } from 'elysia';
import type { Sandbox } from '../sandbox.ts';
import page from './index.html';
import { memberMessage } from './member-message.ts';
import type { View } from './view.ts';

/** How long Discord shows a typing indicator, in milliseconds, unless the message arrives first. */
const TYPING_MS = 10_000;
/** Changes within this time are sent to the page together, in milliseconds. */
const BURST_MS = 15;

export interface Demo {
  url: string;
  stop(): Promise<void>;
}

/** A page with one member beside the agent's Flex, at this port, or at a free one when it is taken. */
export function serveDemo({ discord }: Sandbox, options: { port: number; flexUrl: string }): Demo {
  const guild = discord.createGuild({ name: 'Lantern Isles' });
  const member = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(member);

  const watchers = new Set<() => void>();
  let reply: View['reply'] = null;
  let burst: ReturnType<typeof setTimeout> | undefined;

  function changed(): void {
    burst ??= setTimeout(() => {
      burst = undefined;
      for (const watcher of watchers) watcher();
    }, BURST_MS);
  }
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  function showTyping(isTyping: boolean): void {
    clearTimeout(typingEnds);
    typingEnds = isTyping ? setTimeout(() => showTyping(false), TYPING_MS) : undefined;
    changed();
  }
  const ends = [
    discord.onAny(changed),
    discord.on('typing', ({ userId }) => userId === discord.applicationId && showTyping(true)),
    discord.on('message', ({ message }) => message.author.id === discord.applicationId && showTyping(false)),
  ];

  const view = (): View => ({
    name: member.globalName ?? member.username,
    messages: member.inbox().map((message) => memberMessage(message, member.id)),
    reply,
    typing: typingEnds !== undefined,
  });

  /** A first view, then one for every burst of changes, until the page is closed. */
  async function* views(closed: AbortSignal) {
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
        if (changes === 0) {
          await new Promise<void>((resolve) => {
            ring = resolve;
          });
          continue;
        }
        changes = 0;
        yield sse({ data: JSON.stringify(view()) });
      }
    } finally {
      watchers.delete(watcher);
    }
  }

  const text = t.String({ minLength: 1, maxLength: 2000 });
  const done = () => new Response(null, { status: 204 });
  const app = new Elysia({ prefix: '/api' })
    .get('/flex', () => ({ url: options.flexUrl }))
    .get('/view', ({ request }) => views(request.signal))
    .post(
      '/member/say',
      async ({ body }) => {
        member.dm(body.text);
        return done();
      },
      { body: t.Object({ text }) },
    )
    .post(
      '/member/file',
      async ({ body: { file, text } }) => {
        const data = new Uint8Array(await file.arrayBuffer());
        member.dm(text, { attachments: [{ name: file.name, contentType: file.type, data }] });
        return done();
      },
      { body: t.Object({ file: t.File({ maxSize: '10m' }), text: t.String({ maxLength: 2000 }) }) },
    )
    .post('/member/typing', () => {
      member.typing();
      return done();
    })
    .post(
      '/member/command',
      async ({ body }) => {
        const options: Record<string, string> = body.text ? { question: body.text } : {};
        const answer = member.slash(body.name, options, { guild });
        await answer.waitFor();
        reply = { text: answer.response?.content ?? 'The application did not respond' };
        changed();
        return done();
      },
      { body: t.Object({ name: t.String(), text: t.String({ maxLength: 1000 }) }) },
    )
    .post(
      '/member/press',
      async ({ body }) => {
        const message = member.inbox().find(({ id }) => id === body.messageId);
        if (message) await member.click(message, body.buttonId).waitFor();
        return done();
      },
      { body: t.Object({ messageId: t.String(), buttonId: t.String() }) },
    )
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
    () => listen(options.port),
    () => listen(0),
  );

  return {
    url: `http://127.0.0.1:${server.port}/`,
    async stop() {
      clearTimeout(burst);
      clearTimeout(typingEnds);
      for (const end of ends) end();
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
