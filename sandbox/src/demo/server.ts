import { Elysia, sse, t } from 'elysia';
import type { Sandbox } from '../sandbox.ts';
import page from './index.html';
import type { View } from './view.ts';
import { agentTask, memberMessage, transcriptMessage } from './view-of.ts';

/** Changes come in bursts; the page is told once for each, in milliseconds. */
const BURST_MS = 15;

export interface Demo {
  url: string;
  stop(): Promise<void>;
}

/** One member and one agent of a sandbox, on a page at this port, or at a free one when it is taken. */
export function serveDemo({ discord, twilio }: Sandbox, port: number): Demo {
  const guild = discord.createGuild({ name: 'Lantern Isles' });
  const member = discord.createUser({ username: 'ada', globalName: 'Ada' });
  guild.join(member);
  const agent = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });

  const names = new Map([
    [`discord_${member.id}`, member.name],
    [agent.identity, agent.fullName],
  ]);
  const watchers = new Set<() => void>();
  let reply: View['member']['reply'] = null;
  let conversationSid: string | null = null;
  let burst: ReturnType<typeof setTimeout> | undefined;

  function changed(): void {
    burst ??= setTimeout(() => {
      burst = undefined;
      for (const watcher of watchers) watcher();
    }, BURST_MS);
  }
  const unwatch = [
    discord.onChange(changed),
    ...(['message', 'reservation', 'task', 'participant'] as const).map((event) => twilio.on(event, changed)),
  ];

  const view = (): View => ({
    member: {
      name: member.name,
      messages: member.inbox().map((message) => memberMessage(message, member.id)),
      reply,
    },
    agent: {
      name: agent.fullName,
      tasks: agent.reservations().map(agentTask),
      transcript: conversationSid
        ? agent.transcript(conversationSid).map((message) => transcriptMessage(message, names))
        : [],
      conversationSid,
    },
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
    .get('/view', ({ request }) => views(request.signal))
    .post(
      '/member/say',
      async ({ body }) => {
        await member.dm(body.text);
        return done();
      },
      { body: t.Object({ text }) },
    )
    .post(
      '/member/command',
      async ({ body }) => {
        const options: Record<string, string> = body.text ? { question: body.text } : {};
        const answer = await member.slash(body.name, options, { guild });
        await answer.settled({ until: (seen) => seen.response() !== null || seen.status() === 'failed' });
        reply = { text: answer.response()?.content ?? 'The application did not respond' };
        changed();
        return done();
      },
      { body: t.Object({ name: t.String(), text: t.String({ maxLength: 1000 }) }) },
    )
    .post(
      '/member/press',
      async ({ body }) => {
        const message = member.inbox().find(({ id }) => id === body.messageId);
        if (message) await member.click(message, body.buttonId);
        return done();
      },
      { body: t.Object({ messageId: t.String(), buttonId: t.String() }) },
    )
    .post(
      '/agent/accept',
      async ({ body }) => {
        const task = await agent.accept(body.reservationSid);
        conversationSid = task.conversationSid ?? null;
        return done();
      },
      { body: t.Object({ reservationSid: t.String() }) },
    )
    .post(
      '/agent/send',
      ({ body }) => {
        agent.send(body.conversationSid, body.text);
        return done();
      },
      { body: t.Object({ conversationSid: t.String(), text }) },
    )
    .post(
      '/agent/end',
      ({ body }) => {
        agent.endChat(body.taskSid);
        return done();
      },
      { body: t.Object({ taskSid: t.String() }) },
    )
    .post(
      '/agent/complete',
      ({ body }) => {
        agent.complete(body.taskSid);
        conversationSid = null;
        return done();
      },
      { body: t.Object({ taskSid: t.String() }) },
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
    () => listen(port),
    () => listen(0),
  );

  return {
    url: `http://127.0.0.1:${server.port}/`,
    async stop() {
      clearTimeout(burst);
      for (const stop of unwatch) stop();
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
