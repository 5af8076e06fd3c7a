import { Elysia } from 'elysia';
import type { Faults } from '../core/faults.ts';
import { type Exchange, serve, type Trace } from '../core/serve.ts';
import type { FlexBackend } from '../flex/backend.ts';
import { accountFetchRoutes } from './account.ts';
import { type Agent, createAgent, type NewAgent } from './agent/agent.ts';
import { flexBackend } from './agent/flex-backend.ts';
import {
  type ConversationView,
  conversationView,
  type MessageView,
  messageViews,
  type TaskView,
  taskView,
} from './agent/views.ts';
import { type WaitOptions, waitFor } from './agent/wait.ts';
import { authenticate } from './auth.ts';
import { type Clock, systemClock } from './clock.ts';
import { accountRoutes, serviceRoutes } from './conversations/account-routes.ts';
import { conversationRoutes } from './conversations/routes.ts';
import { createEmitter } from './emitter.ts';
import { errorResponse, notFound, TwilioError } from './errors.ts';
import { flexAccountRoutes } from './flex/account-routes.ts';
import { wireFlex } from './flex/agents.ts';
import { interactionRoutes } from './flex/routes.ts';
import { iamRoutes, issueToken } from './iam.ts';
import { createRateLimiter, defaultLimits, type Limits } from './limits.ts';
import { isTemporaryMediaLink, mediaRoutes } from './media.ts';
import { noPlugins } from './plugins/model.ts';
import { type ReleasedPlugin, releasedPlugins } from './plugins/released.ts';
import { pluginRoutes } from './plugins/routes.ts';
import { pluginValidationRoutes } from './plugins/validation.ts';
import { serverlessRoutes } from './serverless/routes.ts';
import { assetUploadRoutes } from './serverless/upload.ts';
import { newSid } from './sids.ts';
import type { StudioEffects, StudioHost } from './studio/host.ts';
import { studioEffects } from './studio-effects.ts';
import { provisioningRoutes } from './taskrouter/provisioning-routes.ts';
import { taskRouterRoutes } from './taskrouter/routes.ts';
import { seedTaskRouter } from './taskrouter/seed.ts';
import { findTaskChannel } from './taskrouter/tasks.ts';
import { createWebhookSender } from './webhooks/sender.ts';
import type { RequestLine, TwilioEvents, World } from './world.ts';

export type { Agent, NewAgent, OutgoingMedia } from './agent/agent.ts';
export type { ConversationView, MessageView, ReservationView, TaskView } from './agent/views.ts';
export type { WaitOptions } from './agent/wait.ts';
export { type Clock, type ManualClock, manualClock, systemClock } from './clock.ts';
export type { Limits } from './limits.ts';
export type { MessageAddedEvent, StudioEffects, StudioHost } from './studio/host.ts';
export type { Delivery } from './webhooks/sender.ts';
export type { RequestLine, TwilioEvents } from './world.ts';

export interface TwilioOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  faults?: Faults;
  onExchange?: (exchange: Exchange) => void;
  onTrace?: (trace: Trace) => void;
  accountSid?: string;
  authToken?: string;
  /** Whether Send to Flex leaves the Studio webhook on the conversation. Default false. */
  studioWebhookSurvives?: boolean;
  /** Whether message indexes skip numbers. Default false. */
  indexGaps?: boolean;
  limits?: Partial<Limits>;
  clock?: Clock;
}

/** How a studio engine is joined on: it gets the effects and returns the host, and may bring its own REST routes. */
export interface StudioEngine extends StudioHost {
  /** Answers requests under `/studio/v2`, already authenticated. */
  handle?: (request: Request) => Response | Promise<Response>;
}

export interface TokenOptions {
  /** Seconds, negative for a token that has expired already. Default 3600. */
  expiresIn?: number;
  roles?: string[];
  /** Another account's, to try what must be refused. */
  accountSid?: string;
}

/** A running stand-in for Twilio. */
export interface Twilio {
  /** `http://127.0.0.1:PORT`; each product lives under its host's first label: `/conversations/v1/…`. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly serviceSid: string;
  readonly flexInstanceSid: string;
  readonly workspaceSid: string;
  readonly workflowSid: string;
  readonly studio: StudioEffects;
  /** The last requests that reached the REST API, oldest first, at most 10,000. */
  readonly requests: readonly RequestLine[];
  /** Requests to addresses that the stand-in does not play, as `METHOD /product/path`: each is a gap in it. */
  readonly unplayed: ReadonlySet<string>;
  /** The plugins that agents load, after they were deployed and released. */
  releasedPlugins(): ReleasedPlugin[];
  taskChannelSid(uniqueName: string): string;
  attachStudio(engine: StudioEngine): void;
  createAgent(agent: NewAgent): Agent;
  /** What the real Flex UI needs of this account for an agent; see `flexHost`. */
  flexBackend(agent: Agent): FlexBackend;
  /** A Flex token that `/Tokens/validate` knows. */
  issueToken(agent: Agent, options?: TokenOptions): string;
  on<Name extends keyof TwilioEvents>(name: Name, listener: (event: TwilioEvents[Name]) => void): () => void;
  waitFor<Value>(look: () => Value | undefined | null | false, options?: WaitOptions): Promise<Value>;
  conversations(): ConversationView[];
  messages(conversationSid: string): MessageView[];
  tasks(): TaskView[];
  /** Resolves when no webhook is under way. */
  webhooksSettled(): Promise<void>;
  stop(): Promise<void>;
}

const MAX_REQUEST_LINES = 10_000;

/** Starts a stand-in for the parts of Twilio that a Flex Conversations channel uses, with a fresh account in memory. */
export async function startTwilio(options: TwilioOptions = {}): Promise<Twilio> {
  const world = createWorld(options);
  const unwire = wireFlex(world);
  const requests: RequestLine[] = [];
  let studioRoutes: StudioEngine['handle'];

  const unplayed = new Set<string>();
  const app = routes(world, (what) => unplayed.add(what));
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    try {
      if (!isTemporaryMediaLink(url)) authenticate(request, world.credentials);
      if (url.pathname.startsWith('/studio/') && studioRoutes) return await studioRoutes(request);
      return await app.handle(request);
    } catch (error) {
      if (error instanceof TwilioError) return errorResponse(error);
      throw error;
    }
  };
  const served = serve({
    service: 'twilio',
    port: options.port,
    faults: options.faults,
    onExchange: options.onExchange,
    onTrace: options.onTrace,
    async handle(request) {
      const response = await answer(request);
      const { pathname, search } = new URL(request.url);
      const line = { method: request.method, path: pathname + search, status: response.status };
      requests.push(line);
      if (requests.length > MAX_REQUEST_LINES) requests.shift();
      world.events.emit('request', line);
      return response;
    },
  });

  const { taskRouter, credentials } = world;
  return {
    url: served.url,
    ...credentials,
    serviceSid: world.serviceSid,
    flexInstanceSid: world.flexInstanceSid,
    workspaceSid: taskRouter.workspace.sid,
    workflowSid: [...taskRouter.workflows.keys()][0] ?? '',
    studio: studioEffects(world),
    requests,
    unplayed,
    releasedPlugins: () => releasedPlugins(world),
    taskChannelSid(uniqueName) {
      const channel = findTaskChannel(world, uniqueName);
      if (!channel) throw new Error(`There is no task channel ${uniqueName}`);
      return channel.sid;
    },
    attachStudio(engine) {
      world.studio = engine;
      studioRoutes = engine.handle?.bind(engine);
    },
    createAgent: (agent) => createAgent(world, agent),
    flexBackend: (agent) => flexBackend(world, agent),
    issueToken: (
      agent,
      { expiresIn = 3600, roles = agent.roles, accountSid = credentials.accountSid } = {},
    ) =>
      issueToken(world, {
        accountSid,
        roles,
        expires: world.clock.now() + expiresIn * 1000,
        identity: agent.identity,
        realmUserId: agent.identity,
        workerSid: agent.workerSid,
      }),
    on: (name, listener) => world.events.on(name, listener),
    waitFor: (look, waitOptions) => waitFor(world, look, waitOptions),
    conversations: () => [...world.conversations.values()].map(conversationView),
    messages: (conversationSid) => messageViews(world, conversationSid),
    tasks: () => [...taskRouter.tasks.values()].map((task) => taskView(world, task)),
    webhooksSettled: () => world.webhooks.idle(),
    async stop() {
      unwire();
      for (const conversation of world.conversations.values()) conversation.cancelTimers();
      await served.stop();
    },
  };
}

function createWorld(options: TwilioOptions): World {
  const clock = options.clock ?? systemClock;
  const limits = { ...defaultLimits, ...options.limits };
  const events = createEmitter<TwilioEvents>();
  const secret = () => crypto.randomUUID().replaceAll('-', '');
  const credentials = {
    accountSid: options.accountSid ?? newSid('AC'),
    authToken: options.authToken ?? secret(),
    apiKey: newSid('SK'),
    apiSecret: secret(),
  };
  return {
    credentials,
    serviceSid: newSid('IS'),
    flexInstanceSid: newSid('GO'),
    roleSids: { service: newSid('RL'), conversation: newSid('RL') },
    studioWebhookSurvives: options.studioWebhookSurvives ?? false,
    indexGaps: options.indexGaps ?? false,
    limits,
    rate: createRateLimiter(),
    clock,
    events,
    webhooks: createWebhookSender({
      authToken: credentials.authToken,
      accountSid: credentials.accountSid,
      limits,
      faults: options.faults,
      onDelivery: (delivery) => events.emit('webhook', delivery),
      onFault: (hit) => events.emit('webhookFault', hit),
    }),
    conversations: new Map(),
    conversationNames: new Map(),
    memberships: new Map(),
    users: new Map(),
    userIdentities: new Map(),
    globalWebhooks: {
      method: 'POST',
      filters: [],
      preWebhookUrl: null,
      postWebhookUrl: null,
      target: 'webhook',
    },
    media: new Map(),
    interactions: new Map(),
    channels: new Map(),
    channelsOfConversation: new Map(),
    interactionWebhooks: new Map(),
    taskRouter: seedTaskRouter(clock.now()),
    tokens: new Map(),
    flexConfiguration: {},
    services: new Map(),
    plugins: noPlugins(),
  };
}

function routes(world: World, onUnplayed: (what: string) => void) {
  const conversations = 'https://conversations.twilio.com/v1';
  const service = `/Services/${world.serviceSid}`;
  const account = { url: conversations, ofService: false };
  const ofService = { url: conversations + service, ofService: true };
  return new Elysia()
    .use(conversationRoutes(world, '/conversations/v1', account))
    .use(conversationRoutes(world, `/conversations/v1${service}`, ofService))
    .use(accountRoutes(world, '/conversations/v1', account))
    .use(accountRoutes(world, `/conversations/v1${service}`, ofService))
    .use(serviceRoutes(world, '/conversations/v1', conversations))
    .use(interactionRoutes(world))
    .use(flexAccountRoutes(world))
    .use(taskRouterRoutes(world))
    .use(provisioningRoutes(world))
    .use(mediaRoutes(world))
    .use(iamRoutes(world))
    .use(accountFetchRoutes(world))
    .use(serverlessRoutes(world))
    .use(assetUploadRoutes(world))
    .use(pluginRoutes(world))
    .use(pluginValidationRoutes())
    .onError(({ code, path, request }) => {
      if (code === 'NOT_FOUND') {
        onUnplayed(`${request.method} ${path}`);
        return errorResponse(notFound(path));
      }
      return undefined;
    });
}
