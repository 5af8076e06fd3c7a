import { sign } from '../webhooks/signature.ts';
import { isObject, type JsonObject, parseObject } from './json.ts';

/** Answers above this are a failure: https://www.twilio.com/docs/studio/widget-library/http-request */
const MAX_RESPONSE_BYTES = 64 * 1024;

export interface HttpWidgetResult {
  event: 'success' | 'failed';
  /** What later widgets read as `widgets.<name>`. */
  output: JsonObject;
}

export interface HttpWidgetRequest {
  method: string;
  url: string;
  contentType: string;
  body: string;
  parameters: [string, string][];
}

/**
 * Runs make-http-request: `success` for a 2xx within the time-out (10 s at Twilio) and of at most 64 kB, else `failed`.
 * Redirects are followed, nothing is sent twice. Only a JSON object whose type is exactly `application/json` is parsed,
 * as a widget reference found that was tested against FlowValidate. The request is signed as webhooks are, over the digest
 * of a JSON body (`bodySHA256`), as github.com/techmatters/flex-plugins lambdas/account-scoped checks it in production.
 */
export async function makeHttpRequest(
  request: HttpWidgetRequest,
  fetchUrl: typeof fetch,
  { timeoutMs, authToken }: { timeoutMs: number; authToken: string },
): Promise<HttpWidgetResult> {
  try {
    const response = await send(request, authToken, fetchUrl, AbortSignal.timeout(timeoutMs));
    const body = await response.text();
    const output: JsonObject = { status_code: response.status, body, content_type: contentTypeOf(response) };
    if (Buffer.byteLength(body) > MAX_RESPONSE_BYTES)
      return { event: 'failed', output: { status_code: response.status } };
    const parsed = contentTypeOf(response) === 'application/json' ? parseObject(body) : undefined;
    if (isObject(parsed)) output.parsed = parsed;
    return { event: response.ok ? 'success' : 'failed', output };
  } catch {
    // No answer, a broken one, or none in time.
    return { event: 'failed', output: {} };
  }
}

function send(
  request: HttpWidgetRequest,
  authToken: string,
  fetchUrl: typeof fetch,
  signal: AbortSignal,
): Promise<Response> {
  const { method, contentType, parameters } = request;
  const pairs = new URLSearchParams(parameters);
  if (method === 'GET') {
    const url = new URL(request.url);
    for (const [name, value] of pairs) url.searchParams.append(name, value);
    return fetchUrl(url, { signal, headers: { 'x-twilio-signature': sign(authToken, url.href, {}) } });
  }
  const isForm = contentType.startsWith('application/x-www-form-urlencoded');
  const parts = [request.body, isForm ? pairs.toString() : ''].filter((part) => part !== '');
  const body = parts.join('&');
  const url = new URL(request.url);
  if (!isForm)
    url.searchParams.append('bodySHA256', new Bun.CryptoHasher('sha256').update(body).digest('hex'));
  const signed = isForm ? Object.fromEntries(new URLSearchParams(body)) : {};
  return fetchUrl(url, {
    method,
    headers: { 'content-type': contentType, 'x-twilio-signature': sign(authToken, url.href, signed) },
    body,
    signal,
  });
}

function contentTypeOf(response: Response): string {
  return response.headers.get('content-type') ?? '';
}
