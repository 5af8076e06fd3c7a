import { timingSafeEqual } from 'node:crypto';
import { Elysia } from 'elysia';
import { collectDefaultMetrics } from 'prom-client';
import { counted, methodLabel, registry, standing } from '../telemetry/metrics.ts';

/** What a scrape asks for; the rest is counted as it happens. */
export interface MetricsSource {
  /** Whether each part that the bridge needs works. */
  ready(): Promise<Record<string, boolean>>;
  /** How long the oldest entry has been due, in milliseconds; null where none is. */
  oldestDueMs(): Promise<number | null>;
  lanes(): Promise<{ busy: number; due: number }>;
  /** Entries by kind. */
  pending(): Promise<Record<string, number>>;
  parked(): Promise<Record<string, number>>;
  /** Open conversations by phase. */
  conversations(): Promise<Record<string, number>>;
  /** Cases by status. */
  cases(): Promise<Record<string, number>>;
  /** Sources of articles by state, and what they put before people. */
  knowledgeSources(): Promise<Record<string, number>>;
  /** Members with a conversation in the present calendar month. */
  activeUsers(): Promise<number>;
}

export const METRICS_PATH = '/metrics';

let hasDefaults = false;

/** Memory, processor time and event-loop delay of the process. */
function collectProcess(): void {
  if (hasDefaults) return;
  hasDefaults = true;
  collectDefaultMetrics({ register: registry });
}

/**
 * `GET /metrics` in the format of Prometheus, for `Authorization: Bearer <token>`. Without a token there is no such
 * address: what it tells of a business is not for everybody who can reach the bridge's webhooks.
 */
export function metricsRoutes(token: string, source: MetricsSource) {
  const routes = new Elysia({ name: 'metrics' });
  if (!token) return routes;
  collectProcess();
  return routes.get(
    METRICS_PATH,
    async ({ request, set }) => {
      if (!isBearerOf(request, token)) {
        set.status = 401;
        set.headers['www-authenticate'] = 'Bearer';
        return 'Send the METRICS_TOKEN of this bridge as a bearer token.';
      }
      await scrape(source);
      set.headers['content-type'] = registry.contentType;
      return registry.metrics();
    },
    { detail: { summary: 'Metrics for Prometheus' } },
  );
}

async function scrape(source: MetricsSource): Promise<void> {
  const [ready, oldest, lanes, pending, parked, conversations, cases, activeUsers, sources] =
    await Promise.all([
      source.ready(),
      source.oldestDueMs(),
      source.lanes(),
      source.pending(),
      source.parked(),
      source.conversations(),
      source.cases(),
      source.activeUsers(),
      source.knowledgeSources(),
    ]);
  for (const [state, count] of Object.entries(sources)) standing.knowledgeSources.set({ state }, count);
  for (const [part, works] of Object.entries(ready)) standing.ready.set({ part }, works ? 1 : 0);
  standing.oldestDue.set((oldest ?? 0) / 1000);
  for (const [state, count] of Object.entries(lanes)) standing.lanes.set({ state }, count);
  standing.activeUsers.set(activeUsers);
  const { pending: byKind, parked: parkedByKind, conversations: byPhase, cases: byStatus } = standing;
  for (const all of [byKind, parkedByKind, byPhase, byStatus]) all.reset();
  for (const [kind, count] of Object.entries(pending)) byKind.set({ kind }, count);
  for (const [kind, count] of Object.entries(parked)) parkedByKind.set({ kind }, count);
  for (const [phase, count] of Object.entries(conversations)) byPhase.set({ phase }, count);
  for (const [status, count] of Object.entries(cases)) byStatus.set({ status }, count);
}

function isBearerOf(request: Request, token: string): boolean {
  const given = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const digest = (text: string) => new Bun.CryptoHasher('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** Counts what the server answered. `route` is undefined for an address that no route has. */
export function countAnswer(method: string, route: string | undefined, status: number, ms: number): void {
  const labels = { method: methodLabel(method), route: route ?? 'none' };
  counted.httpRequests.inc({ ...labels, status: String(status) });
  counted.httpSeconds.observe(labels, ms / 1000);
}
