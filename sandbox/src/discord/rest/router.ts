import type { Upload } from '../state/attachments.ts';
import type { DiscordState } from '../state/state.ts';

/** What a route handler gets. */
export interface RestContext {
  state: DiscordState;
  /** The named parts of the path. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** The JSON body, or `payload_json` of a multipart one; an empty object without a body. */
  body: unknown;
  /** Uploaded files by the number in `files[n]`. */
  uploads: ReadonlyMap<string, Upload>;
}

/** A handler's answer: a value is sent as JSON with status 200, undefined as 204. */
export type Handler = (context: RestContext) => unknown;

export interface Route {
  method: string;
  /** Below `/api/v10`, with `:names`. */
  path: string;
  handler: Handler;
  /** False for routes that carry their own token in the path. Default true. */
  auth?: boolean;
}

/** Answers with a status other than 200 or 204. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

export interface Matched {
  route: Route;
  params: Record<string, string>;
}

/** Finds the route of a request. Literal parts win over named ones because they are listed first. */
export function createRouter(
  routes: readonly Route[],
): (method: string, path: string) => Matched | undefined {
  const compiled = routes.map((route) => ({ route, parts: route.path.split('/').slice(1) }));
  return (method, path) => {
    const parts = path.split('/').slice(1);
    for (const each of compiled) {
      if (each.route.method !== method || each.parts.length !== parts.length) continue;
      const params: Record<string, string> = {};
      const fits = each.parts.every((part, index) => {
        const actual = parts[index] as string;
        if (!part.startsWith(':')) return part === actual;
        params[part.slice(1)] = decodeURIComponent(actual);
        return actual !== '';
      });
      if (fits) return { route: each.route, params };
    }
    return undefined;
  };
}

/** Shorthand for route tables. */
export const route = (method: string, path: string, handler: Handler, auth = true): Route => ({
  method,
  path,
  handler,
  auth,
});
