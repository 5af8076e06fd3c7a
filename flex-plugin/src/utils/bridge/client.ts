import type { PanelProblem } from '@flexcord/shared/panel/problem';
import { Manager } from '@twilio/flex-ui';

import { getSettings } from '../settings.ts';

/** How long a request waits for the bridge's response, in ms. */
const REQUEST_TIMEOUT_MS = 15_000;

export type BridgeProblemCode = PanelProblem['code'] | 'offline' | 'not-configured';

/** A request that failed. `offline`: the bridge did not answer; other codes are the bridge's own. */
export class BridgeProblem extends Error {
  constructor(
    readonly code: BridgeProblemCode,
    message: string,
    /** The rest of the bridge's response, such as the current case on a conflict. */
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'BridgeProblem';
  }
}

/** The URL of a path of the bridge, with its query. Throws `not-configured` where no base URL is set. */
export function bridgeUrl(path: string, query: Record<string, string | undefined> = {}): string {
  const { bridgeUrl: base } = getSettings();
  if (!base) throw new BridgeProblem('not-configured', 'ui_attributes.flexcord.bridgeUrl is not set');
  const url = new URL(base + path);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url.toString();
}

/** The agent's Flex token, read anew for every request: Flex refreshes it by itself. */
export function authorization(): Record<string, string> {
  return { Authorization: `Bearer ${Manager.getInstance().user.token}` };
}

/** `GET path` as JSON. */
export function get<Answer>(
  path: string,
  query: Record<string, string | undefined> = {},
  signal?: AbortSignal,
): Promise<Answer> {
  return request<Answer>('GET', path, { query, signal });
}

/** `POST path` with a JSON body; the answer is JSON, or undefined for 204. */
export function post<Body, Answer = void>(path: string, body: Body): Promise<Answer> {
  return request<Answer>('POST', path, { body });
}

interface RequestOptions {
  query?: Record<string, string | undefined>;
  /** A file is sent as it is, anything else as JSON. */
  body?: unknown;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** What the answer is read as. */
  as?: 'json' | 'blob';
}

/** A request with all options; `get` and `post` are shorter for JSON. Rejects with a BridgeProblem. */
export async function request<Answer>(
  method: string,
  path: string,
  options: RequestOptions,
): Promise<Answer> {
  const { body, timeoutMs = REQUEST_TIMEOUT_MS, as = 'json' } = options;
  const url = bridgeUrl(path, options.query);
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  const type = body instanceof Blob ? 'application/octet-stream' : 'application/json';
  options.signal?.addEventListener('abort', () => controller.abort());
  try {
    const response = await fetch(url, {
      method,
      signal: controller.signal,
      headers: {
        ...authorization(),
        Accept: as === 'json' ? 'application/json' : '*/*',
        ...(body === undefined ? {} : { 'Content-Type': type }),
      },
      body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
    });
    if (!response.ok) throw await problemOf(response);
    return (response.status === 204 ? undefined : await response[as]()) as Answer;
  } catch (error) {
    if (error instanceof BridgeProblem) throw error;
    throw new BridgeProblem('offline', (error as Error).message);
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(response: Response): Promise<BridgeProblem> {
  const body = (await response.json().catch(() => ({}))) as Partial<PanelProblem>;
  // A gateway in front of a bridge that is down responds without the bridge's error code.
  if (!body.code && response.status >= 502 && response.status <= 504) {
    return new BridgeProblem('offline', `HTTP ${response.status}`);
  }
  return new BridgeProblem(body.code ?? 'unavailable', body.message ?? `HTTP ${response.status}`, {
    ...body,
  });
}
