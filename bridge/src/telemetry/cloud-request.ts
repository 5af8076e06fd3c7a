import { SpanStatusCode } from '@opentelemetry/api';
import { counted, methodLabel } from './metrics.ts';
import { inSpan } from './tracing.ts';

/** What a request is counted under; `route` is a template. */
export interface CloudRequest {
  cloud: 'discord' | 'twilio';
  method: string;
  route: string;
}

/** Sends one request to a cloud: counted, timed, and a span of the step that it is part of. */
export async function measured<R extends { status: number }>(
  { cloud, method: given, route }: CloudRequest,
  send: () => Promise<R>,
): Promise<R> {
  const method = methodLabel(given);
  const began = performance.now();
  let status = 'none';
  try {
    const response = await inSpan(
      `${cloud} ${method} ${route}`,
      'CLIENT',
      { 'http.request.method': method, 'url.template': route, 'peer.service': cloud },
      send,
      (span, { status: code }) => {
        span.setAttribute('http.response.status_code', code);
        if (code >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      },
    );
    status = String(response.status);
    return response;
  } finally {
    counted.cloudRequests.inc({ cloud, method, route, status });
    counted.cloudSeconds.observe({ cloud, method, route }, (performance.now() - began) / 1000);
  }
}

/** A request waited so long for a rate limit before it was sent. */
export function countWait(cloud: CloudRequest['cloud'], ms: number): void {
  counted.rateLimitWaits.inc({ cloud });
  counted.rateLimitSeconds.inc({ cloud }, ms / 1000);
}

/** The template of a path: every segment that is none of the words that the API has becomes `:id`. */
export const templateOf = (path: string, words: ReadonlySet<string>): string =>
  path
    .split('/')
    .map((segment) => (segment === '' || words.has(segment) ? segment : ':id'))
    .join('/');
