import { cors } from '@elysiajs/cors';
import { openapi } from '@elysiajs/openapi';
import { Elysia } from 'elysia';
import type { Logger } from 'pino';
import { Refused, Transient } from '../relay/errors.ts';
import { type AuthenticationOptions, authenticated, createAuthentication } from './auth.ts';
import type { PanelDependencies } from './dependencies.ts';
import { boundedJson } from './json.ts';
import { notFound, Problem, problemResponse } from './problem.ts';
import { agentRoutes } from './routes/agents.ts';
import { caseListRoutes } from './routes/case-list.ts';
import { caseRoutes } from './routes/cases.ts';
import { communityRoutes } from './routes/community.ts';
import { eventRoutes } from './routes/events.ts';
import { fieldRoutes } from './routes/fields.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { libraryRoutes } from './routes/library.ts';
import { libraryFileRoutes } from './routes/library-files.ts';
import { libraryLearningRoutes } from './routes/library-learning.ts';
import { librarySourceRoutes } from './routes/library-sources.ts';
import { memberRoutes } from './routes/members.ts';
import { operationsRoutes } from './routes/operations.ts';
import { solvedPostRoutes } from './routes/solved-posts.ts';
import { statsRoutes } from './routes/stats.ts';
import { isPluginFile, viewRoutes } from './routes/views.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { type AgentScope, createScope } from './scope.ts';

export interface PanelOptions extends PanelDependencies, AuthenticationOptions {
  logger: Logger;
  /** Default `all`. */
  agentScope?: AgentScope;
  /** Web origins whose pages may call, such as `https://flex.twilio.com`. */
  origins: string[];
}

/** The API that the Flex plugin calls. Every answer that is not a success is a PanelProblem. */
export function createPanel(options: PanelOptions) {
  const { identify, authenticate } = createAuthentication(options);
  const auth = authenticated(authenticate);
  const assertOwn = createScope(options.store, options.agentScope ?? 'all');
  const events = eventRoutes({ ...options, identify, authenticate });

  const routes = new Elysia({ name: 'panel' })
    .use(
      cors({
        origin: options.origins,
        methods: ['GET', 'POST'],
        allowedHeaders: ['authorization', 'content-type', 'last-event-id'],
        exposeHeaders: ['content-disposition'],
        credentials: false,
        maxAge: 600,
      }),
    )
    .use(
      openapi({
        path: '/panel/openapi',
        // Its page would load a script from another host.
        provider: null,
        exclude: { paths: [/^(?!\/panel\/)/, '/panel/*'] },
        documentation: {
          info: { title: 'Flexcord panel API', version: '1' },
          components: { securitySchemes: { flexToken: { type: 'http', scheme: 'bearer' } } },
          security: [{ flexToken: [] }],
        },
      }),
    )
    .onError({ as: 'scoped' }, async ({ code, error, path, request, set }) => {
      if (error instanceof Problem) return problemResponse(error);
      if (error instanceof Error && error.cause instanceof Problem) return problemResponse(error.cause);
      if (!path.startsWith('/panel/')) return;
      if (code === 'PARSE' || code === 'VALIDATION') {
        // The body is validated before the token is: who may not call must not learn what is wrong with it.
        const refusal = await authenticate(request).then(
          () => new Problem('invalid', whatIsWrong(error)),
          (problem: unknown) => problem as Problem,
        );
        return problemResponse(refusal);
      }
      if (error instanceof Transient || error instanceof Refused) {
        options.logger.warn({ err: error, path }, 'a panel request got no answer from Twilio or Discord');
        return problemResponse(
          new Problem('unavailable', 'Twilio or Discord does not answer just now. Try again in a moment.'),
        );
      }
      options.logger.error(
        { err: error, path, requestId: set.headers['x-request-id'] },
        'a panel request failed',
      );
      return problemResponse(
        new Problem('unavailable', 'The bridge failed on this request; its log says why.'),
      );
    })
    // Before the reader of bodies: what is imported is no JSON, and has limits of its own.
    .use(libraryFileRoutes(auth, options))
    .onParse(async ({ request }) => {
      if (request.body === null) return undefined;
      // Nothing is read of whoever may not call.
      await authenticate(request);
      return boundedJson(await request.text());
    })
    .onBeforeHandle(async ({ request, path, params, body, query }) => {
      if (isPluginFile(path)) return;
      await assertOwn(await authenticate(request), {
        path,
        id: (params as { id?: string } | undefined)?.id,
        body,
        query,
      });
    })
    .use(viewRoutes())
    .use(events.routes)
    .use(agentRoutes(auth, options))
    .use(memberRoutes(auth, options))
    .use(caseRoutes(auth, options))
    .use(caseListRoutes(auth, options))
    .use(communityRoutes(auth, options))
    .use(incidentRoutes(auth, options))
    .use(fieldRoutes(auth, options))
    .use(statsRoutes(auth, options))
    .use(webhookRoutes(auth, options))
    .use(operationsRoutes(auth, options))
    .use(knowledgeRoutes(auth, options))
    .use(libraryRoutes(auth, options))
    .use(libraryLearningRoutes(auth, options))
    .use(librarySourceRoutes(auth, options))
    .use(solvedPostRoutes(auth, options))
    .use(
      new Elysia({ name: 'panel-rest' }).use(auth).all('/panel/*', () => {
        throw notFound('This address');
      }),
    );

  return { routes, close: events.close };
}

export type Panel = ReturnType<typeof createPanel>;

/** Names the field that is invalid, never its value. */
function whatIsWrong(error: unknown): string {
  const all = (error as { all?: { path?: string; message?: string }[] }).all;
  const first = Array.isArray(all) ? all[0] : undefined;
  if (!first) return 'The request cannot be read. It must be JSON in the form that the API describes.';
  return `The request does not fit at ${first.path || 'its beginning'}: ${first.message ?? 'it has another form'}.`;
}
