import type { Document, Operation } from './documents.ts';

export interface Target {
  service: 'discord' | 'twilio';
  product: string;
  /** Path inside the vendor's product, as its document writes it. */
  path: string;
}

export interface Match {
  operation: Operation;
  pathParameters: Record<string, string>;
}

/**
 * Where a sandbox or vendor URL points: `http://127.0.0.1:PORT/conversations/v1/…` and `https://conversations.twilio.com/v1/…`
 * are the same target; so are `http://127.0.0.1:PORT/api/v10/…` and `https://discord.com/api/v10/…`.
 */
export function targetOf(service: 'discord' | 'twilio', url: URL): Target {
  if (service === 'discord') {
    const inApi = url.pathname.startsWith('/api/v10/');
    return {
      service,
      product: inApi ? 'discord' : 'cdn',
      path: inApi ? url.pathname.slice('/api/v10'.length) : url.pathname,
    };
  }
  if (url.hostname.endsWith('.twilio.com'))
    return { service, product: url.hostname.split('.')[0] ?? '', path: url.pathname };
  const [, product = '', ...rest] = url.pathname.split('/');
  return { service, product, path: `/${rest.join('/')}` };
}

/** Finds operations by path. Where several templates fit (`/Flows/Validate`, `/Flows/{Sid}`) the one with most literal segments wins. */
export function indexOperations(documents: Document[]) {
  const byKey = new Map<string, Operation[]>();
  const keyOf = (service: string, product: string, method: string, length: number) =>
    `${service} ${product} ${method} ${length}`;
  for (const document of documents)
    for (const operation of document.operations) {
      const key = keyOf(document.service, document.product, operation.method, operation.segments.length);
      byKey.set(key, [...(byKey.get(key) ?? []), operation]);
    }
  for (const operations of byKey.values())
    operations.sort((a, b) => placeholders(a.segments) - placeholders(b.segments));

  return (target: Target, method: string): Match | undefined => {
    const segments = target.path.split('/').slice(1).map(decode);
    for (const operation of byKey.get(keyOf(target.service, target.product, method, segments.length)) ?? []) {
      const pathParameters = matchSegments(operation.segments, segments);
      if (pathParameters) return { operation, pathParameters };
    }
    return undefined;
  };
}

function matchSegments(template: string[], segments: string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = segments[index] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return undefined;
    } else if (segment === '') {
      return undefined;
    } else {
      values[part.slice(1, -1)] = segment;
    }
  }
  return values;
}

function placeholders(segments: string[]): number {
  return segments.filter((part) => part.startsWith('{')).length;
}

/** Clients also encode what they need not: discord.js asks for `%40me`. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
