import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { measured, templateOf } from '../telemetry/cloud-request.ts';

/** How long one request may take, in milliseconds. A lane is held for as long. */
export const REQUEST_TIMEOUT_MS = 15_000;

/** `https://conversations.twilio.com/v1/x` becomes `<apiUrl>/conversations/v1/x`; unchanged without an apiUrl. */
export function rewriteTwilioUrl(uri: string, apiUrl: string): string {
  if (!apiUrl) return uri;
  const url = new URL(uri);
  const product = url.hostname.split('.')[0];
  return `${apiUrl}/${product}${url.pathname}${url.search}`;
}

/** What the paths in use consist of, besides SIDs and names that others chose. */
const WORDS = new Set(
  `v1 v2 v3 2010-04-01 Accounts Tokens validate Configuration WebChannels Webhooks ConversationWithParticipants Conversations
   Messages Participants Users Services Media Interactions Channels Invites Transfers Workspaces Workflows TaskQueues
   TaskChannels Tasks Reservations Workers Activities Events Statistics Flows Revisions Executions Addresses Credentials
   Roles Receipts Bindings Notifications Timers PluginService Plugins Versions Releases Configurations`.split(
    /\s+/,
  ),
);

/** `/conversations/v1/Conversations/:id/Messages`: the product and the path without anything that names one of many. */
function routeOf(uri: string): string {
  const { hostname, pathname } = new URL(uri);
  return `/${hostname.split('.')[0]}${templateOf(pathname.replace(/\.json$/, ''), WORDS)}`;
}

/** A request to an address of Twilio's, `https://<product>.twilio.com/…`, sent to `apiUrl` where one is given. */
export const twilioFetch = (apiUrl: string, uri: string, init: RequestInit): Promise<Response> =>
  measured({ cloud: 'twilio', method: init.method ?? 'GET', route: routeOf(uri) }, () =>
    fetch(rewriteTwilioUrl(uri, apiUrl), init),
  );

/** Form fields as Twilio takes them: lists by repeating the name, nothing for what is undefined. */
function formOf(fields: Record<string, unknown>): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined) form.append(name, each === null ? '' : String(each));
  }
  return form.toString();
}

/** A request and its answer, for whoever looks at what Twilio really says. */
export interface Exchange {
  method: string;
  /** Without a query. */
  uri: string;
  sent: unknown;
  status: number;
  body: unknown;
}

/**
 * Carries the SDK's requests by `fetch`. The SDK's own client goes through axios and node:http, which took more processor
 * time a message than everything else that is done for it together. Time-outs and lost connections reject, as there.
 */
export function createHttpClient(apiUrl: string, onExchange?: (exchange: Exchange) => void): RequestClient {
  async function request<TData>(options: RequestClient.RequestOptions<TData>) {
    const url = new URL(options.uri);
    for (const [name, value] of new URLSearchParams(
      formOf((options.params ?? {}) as Record<string, unknown>),
    ))
      url.searchParams.append(name, value);
    const headers = new Headers((options.headers ?? {}) as Record<string, string>);
    if (options.username && options.password)
      headers.set('authorization', `Basic ${btoa(`${options.username}:${options.password}`)}`);
    const isForm = headers.get('content-type') === 'application/x-www-form-urlencoded';
    const response = await twilioFetch(apiUrl, url.href, {
      method: options.method,
      headers,
      ...(options.data === undefined
        ? {}
        : { body: isForm ? formOf(options.data as Record<string, unknown>) : JSON.stringify(options.data) }),
      redirect: options.allowRedirects ? 'follow' : 'manual',
      signal: AbortSignal.timeout(options.timeout ?? REQUEST_TIMEOUT_MS),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') && text !== '';
    const body: unknown = isJson ? JSON.parse(text) : text;
    const uri = options.uri.split('?')[0] ?? '';
    onExchange?.({ method: options.method, uri, sent: options.data ?? null, status: response.status, body });
    return { statusCode: response.status, body, headers: response.headers };
  }
  return { request } as unknown as RequestClient;
}
