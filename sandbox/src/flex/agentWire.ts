import { truncate } from '@flexcord/shared/messages/truncate';
import type { ServerWebSocket, WebSocketHandler } from 'bun';
import type { ServeOptions } from '../core/serve.ts';
import { errorResponse, notFound, TwilioError } from '../twilio/errors.ts';
import type { FlexBackend } from './backend.ts';
import { type ConversationsApi, conversationsApi } from './conversationsApi.ts';
import { conversationsSocket } from './conversationsSocket.ts';
import { eventBridge } from './eventBridge.ts';
import { flexApi } from './flexApi.ts';
import type { PushRegistrations } from './pushRegistrations.ts';
import { syncObjects } from './sync.ts';

/** Under this path, `/-/<name>.twilio.com/<path>` is what the agent's clients want of that Twilio host. */
export const TWILIO_PATH = '/-/';

export interface AgentWireOptions {
  backend: FlexBackend;
  /** `ui_attributes` of the Flex configuration, for the plugins. */
  uiAttributes: Record<string, unknown>;
  flexUserSid: string;
  /** ISO 8601. */
  tokenExpiresAt: string;
  /** Flex roles of who is logged in. */
  roles: string[];
  /** Called with each request that nothing here answers, so that a missing feature is noticed. */
  onUnknown: (what: string) => void;
}

export interface WireData {
  receive?: (message: string | Uint8Array) => void;
  open: (socket: ServerWebSocket<WireData>) => void;
  close?: () => void;
}

/** All of Twilio's hosts that the browser clients of one agent speak to, by HTTP and by sockets, as parts of `serve`. */
export function agentWire(options: AgentWireOptions) {
  const { backend, onUnknown } = options;
  const bridge = eventBridge(backend);
  const api = flexApi({ ...options, bridge });
  const sync = syncObjects(backend);
  const push: PushRegistrations = new Map();
  /** Made with the first connection, whose address it needs. */
  let chat: ConversationsApi | undefined;

  /** Undefined for requests that are not meant for Twilio. */
  async function handle(request: Request): Promise<Response | undefined> {
    const { pathname, search } = new URL(request.url);
    if (!pathname.startsWith(TWILIO_PATH)) return undefined;
    const [host = '', ...rest] = pathname.slice(TWILIO_PATH.length).split('/');
    const path = `/${rest.join('/')}`;
    try {
      if (host.startsWith('mcs.') || host.startsWith('media.'))
        return await mediaContent(request, host, path);
      if (path.endsWith('.css')) return new Response('', { headers: { 'content-type': 'text/css' } });
      const body = await request.text();
      const answer = api(host, path, body);
      if (answer !== undefined) return Response.json(answer);
      onUnknown(`${request.method} https://${host}${path}${search} ${truncate(body, 300)}`);
      throw notFound(path);
    } catch (error) {
      if (error instanceof TwilioError) return errorResponse(error);
      throw error;
    }
  }

  /** Addresses in the answer are moved to this origin: what an image or a new tab loads does not pass the page's shim. */
  async function mediaContent(request: Request, host: string, path: string): Promise<Response> {
    const { origin, search, searchParams } = new URL(request.url);
    // A temporary link carries its own permission.
    if (!searchParams.has('Signature')) backend.checkToken(request.headers.get('x-twilio-token') ?? '');
    const product = host.split('.')[0] ?? '';
    const answer = await backend.mediaContent(product, path + search, request);
    if (!answer.headers.get('content-type')?.includes('json')) return answer;
    const text = await answer.text();
    return new Response(text.replaceAll(/https:\/\/(m(?:cs|edia)\.)/g, `${origin}${TWILIO_PATH}$1`), answer);
  }

  const upgrade: ServeOptions<WireData>['upgrade'] = (request, server) => {
    const { pathname, origin, searchParams } = new URL(request.url);
    if (!pathname.startsWith(TWILIO_PATH)) return false;
    const isTwilsock = pathname.startsWith(`${TWILIO_PATH}tsock`);
    const mediaUrl = `${origin}${TWILIO_PATH}mcs.us1.twilio.com`;
    if (isTwilsock) chat ??= conversationsApi({ backend, sync, mediaUrl, push, onUnknown });
    const open =
      chat && isTwilsock ? openConversations(chat) : openTaskRouter(searchParams.get('token') ?? '');
    return server.upgrade(request, { data: { open } });
  };

  const websocket: WebSocketHandler<WireData> = {
    open: (socket) => socket.data.open(socket),
    message: (socket, message) => socket.data.receive?.(message),
    close: (socket) => socket.data.close?.(),
  };

  const openConversations = (chatApi: ConversationsApi) => (socket: ServerWebSocket<WireData>) => {
    const session = conversationsSocket({
      backend,
      sync,
      api: chatApi,
      send: (frame) => void socket.sendBinary(frame),
      disconnect: () => socket.close(),
    });
    socket.data.receive = session.receive;
    socket.data.close = session.close;
  };

  const openTaskRouter = (token: string) => (socket: ServerWebSocket<WireData>) => {
    const send = (event: unknown) => void socket.send(JSON.stringify(event));
    try {
      send(bridge.greeting(token));
      const stopWatching = backend.watchToken(token, {
        aboutToExpire: () => {},
        // The client notices by itself some seconds earlier, and comes back when it is given a new token.
        expired: () => socket.close(POLICY_VIOLATION, 'Token expired'),
      });
      const unsubscribe = bridge.subscribe(send);
      socket.data.close = () => {
        stopWatching();
        unsubscribe();
      };
    } catch (error) {
      if (!(error instanceof TwilioError) || error.status !== UNAUTHORIZED) throw error;
      socket.close(POLICY_VIOLATION, error.message);
    }
  };

  return { handle, upgrade, websocket, push, close: sync.close };
}

const UNAUTHORIZED = 401;
/** https://www.rfc-editor.org/rfc/rfc6455#section-7.4.1 */
const POLICY_VIOLATION = 1008;
