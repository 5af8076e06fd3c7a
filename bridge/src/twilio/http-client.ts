import type RequestClient from 'twilio/lib/base/RequestClient.js';

/** How long one request may take, in milliseconds. A lane is held for as long. */
export const REQUEST_TIMEOUT_MS = 15_000;

/** `https://conversations.twilio.com/v1/x` becomes `<apiUrl>/conversations/v1/x`; unchanged without an apiUrl. */
export function rewriteTwilioUrl(uri: string, apiUrl: string): string {
  if (!apiUrl) return uri;
  const url = new URL(uri);
  const product = url.hostname.split('.')[0];
  return `${apiUrl}/${product}${url.pathname}${url.search}`;
}

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
    const url = new URL(rewriteTwilioUrl(options.uri, apiUrl));
    for (const [name, value] of new URLSearchParams(
      formOf((options.params ?? {}) as Record<string, unknown>),
    ))
      url.searchParams.append(name, value);
    const headers = new Headers((options.headers ?? {}) as Record<string, string>);
    if (options.username && options.password)
      headers.set('authorization', `Basic ${btoa(`${options.username}:${options.password}`)}`);
    const isForm = headers.get('content-type') === 'application/x-www-form-urlencoded';
    const response = await fetch(url, {
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
