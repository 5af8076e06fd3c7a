import { Elysia } from 'elysia';
import type { Faults } from '../core/faults.ts';
import { type Exchange, serve, type Trace } from '../core/serve.ts';
import type { FlexBackend } from '../flex/backend.ts';
import { chooseVariants, type Variants } from '../variants.ts';
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
import { isTemporaryMediaLink, mediaRoutes, temporaryMediaRoute } from './media.ts';
import { noPlugins } from './plugins/model.ts';
import { type ReleasedPlugin, releasedPlugins } from './plugins/released.ts';
import { pluginRoutes } from './plugins/routes.ts';
import { pluginValidationRoutes } from './plugins/validation.ts';
import { serverlessRoutes } from './serverless/routes.ts';
import { assetUploadRoutes } from './serverless/upload.ts';
import { newSid } from './sids.ts';
import type { RequestLine, TwilioEvents, TwilioState } from './state.ts';
import type { StudioEffects, StudioHost } from './studio/host.ts';
import { studioEffects } from './studio-effects.ts';
import { provisioningRoutes } from './taskrouter/provisioning-routes.ts';
import { taskRouterRoutes } from './taskrouter/routes.ts';
import { seedTaskRouter } from './taskrouter/seed.ts';
import { cancelTask, findTaskChannel, getTask } from './taskrouter/tasks.ts';
import { createWebhookSender } from './webhooks/sender.ts';

export type { Agent, NewAgent, OutgoingMedia } from './agent/agent.ts';
export type { ConversationView, MessageView, ReservationView, TaskView } from './agent/views.ts';
export type { WaitOptions } from './agent/wait.ts';
export { type Clock, type ManualClock, manualClock, systemClock } from './clock.ts';
export type { Limits } from './limits.ts';
export type { RequestLine, TwilioEvents } from './state.ts';
export type { MessageAddedEvent, StudioEffects, StudioHost } from './studio/host.ts';
export type { Delivery } from './webhooks/sender.ts';

export interface TwilioOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  faults?: Faults;
  onExchange?: (exchange: Exchange) => void;
  onTrace?: (trace: Trace) => void;
  accountSid?: string;
  authToken?: string;
  /** What is open about the real Twilio; see variants.ts. */
  variants?: Partial<Variants>;
  limits?: Partial<Limits>;
  clock?: Clock;
  /** Called with the new account before anybody can ask for it: fills it with what another run left. */
  preload?: (state: TwilioState) => void;
}

/** Attaches a Studio engine, which may have its own REST routes. */
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
  /** Requests that the stand-in does not support, as `METHOD /product/path`. */
  readonly unsupportedRequests: ReadonlySet<string>;
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
  /** SIDs of the files that there are. */
  media(): string[];
  /** Cancels a task, as its time-out does. */
  cancelTask(taskSid: string, reason: string): void;
  /** Resolves when no webhook is under way. */
  webhooksSettled(): Promise<void>;
  stop(): Promise<void>;
}

const MAX_REQUEST_LINES = 10_000;

/** Starts a stand-in for the parts of Twilio that a Flex Conversations channel uses, with a fresh account in memory. */
export async function startTwilio(options: TwilioOptions = {}): Promise<Twilio> {
  const state = createTwilioState(options);
  options.preload?.(state);
  const unwire = wireFlex(state);
  const requests: RequestLine[] = [];
  let studioRoutes: StudioEngine['handle'];

  const unsupportedRequests = new Set<string>();
  const app = routes(state, (what) => unsupportedRequests.add(what));
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    try {
      if (!isTemporaryMediaLink(url)) authenticate(request, state.credentials);
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
      const at = performance.now();
      const response = await answer(request);
      const { pathname, search } = new URL(request.url);
      const line = { method: request.method, path: pathname + search, status: response.status, at };
      requests.push(line);
      if (requests.length > MAX_REQUEST_LINES) requests.shift();
      state.events.emit('request', line);
      return response;
    },
  });

  const { taskRouter, credentials } = state;
  return {
    url: served.url,
    ...credentials,
    serviceSid: state.serviceSid,
    flexInstanceSid: state.flexInstanceSid,
    workspaceSid: taskRouter.workspace.sid,
    workflowSid: [...taskRouter.workflows.keys()][0] ?? '',
    studio: studioEffects(state),
    requests,
    unsupportedRequests,
    releasedPlugins: () => releasedPlugins(state),
    taskChannelSid(uniqueName) {
      const channel = findTaskChannel(state, uniqueName);
      if (!channel) throw new Error(`There is no task channel ${uniqueName}`);
      return channel.sid;
    },
    attachStudio(engine) {
      state.studio = engine;
      studioRoutes = engine.handle?.bind(engine);
    },
    createAgent: (agent) => createAgent(state, agent),
    flexBackend: (agent) => flexBackend(state, agent),
    issueToken: (
      agent,
      { expiresIn = 3600, roles = agent.roles, accountSid = credentials.accountSid } = {},
    ) =>
      issueToken(state, {
        accountSid,
        roles,
        expires: state.clock.now() + expiresIn * 1000,
        identity: agent.identity,
        realmUserId: agent.identity,
        workerSid: agent.workerSid,
      }),
    on: (name, listener) => state.events.on(name, listener),
    waitFor: (look, waitOptions) => waitFor(state, look, waitOptions),
    conversations: () => [...state.conversations.values()].map(conversationView),
    messages: (conversationSid) => messageViews(state, conversationSid),
    tasks: () => [...taskRouter.tasks.values()].map((task) => taskView(state, task)),
    media: () => [...state.media.keys()],
    cancelTask: (taskSid, reason) => cancelTask(state, getTask(state, taskSid), reason),
    webhooksSettled: () => state.webhooks.idle(),
    async stop() {
      unwire();
      for (const conversation of state.conversations.values()) conversation.cancelTimers();
      await served.stop();
    },
  };
}

function createTwilioState(options: TwilioOptions): TwilioState {
  const clock = options.clock ?? systemClock;
  const variants = chooseVariants(options.variants);
  const limits = { ...defaultLimits, ...options.limits };
  if (variants.webhookRetries) limits.webhookTries = Math.max(limits.webhookTries, 3);
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
    variants,
    limits,
    rate: createRateLimiter(limits),
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
    defaultTimers: {},
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

function routes(state: TwilioState, onUnsupported: (what: string) => void) {
  const conversations = 'https://conversations.twilio.com/v1';
  const service = `/Services/${state.serviceSid}`;
  const account = { url: conversations, ofService: false };
  const ofService = { url: conversations + service, ofService: true };
  return new Elysia()
    .use(conversationRoutes(state, '/conversations/v1', account))
    .use(conversationRoutes(state, `/conversations/v1${service}`, ofService))
    .use(accountRoutes(state, '/conversations/v1', account))
    .use(accountRoutes(state, `/conversations/v1${service}`, ofService))
    .use(serviceRoutes(state, '/conversations/v1', conversations))
    .use(interactionRoutes(state))
    .use(flexAccountRoutes(state))
    .use(taskRouterRoutes(state))
    .use(provisioningRoutes(state))
    .use(mediaRoutes(state))
    .use(temporaryMediaRoute(state))
    .use(iamRoutes(state))
    .use(accountFetchRoutes(state))
    .use(serverlessRoutes(state))
    .use(assetUploadRoutes(state))
    .use(pluginRoutes(state))
    .use(pluginValidationRoutes())
    .onError(({ code, path, request }) => {
      if (code === 'NOT_FOUND') {
        onUnsupported(`${request.method} ${path}`);
        return errorResponse(notFound(path));
      }
      return undefined;
    });
}
