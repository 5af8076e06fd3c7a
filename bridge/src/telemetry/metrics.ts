import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/**
 * Every metric of the bridge. A label holds one of a few values that the code names: never an id, a name or a path as it was
 * asked for. https://prometheus.io/docs/practices/naming/
 */
export const registry = new Registry();

const registers = [registry];
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
  new Counter({ name, help, labelNames, registers });
const gauge = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
  new Gauge({ name, help, labelNames, registers });
const histogram = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
  new Histogram({ name, help, labelNames, registers, buckets: SECONDS });

/** What this process did since it started. */
export const counted = {
  attempts: counter(
    'flexcord_attempts_total',
    'Attempts to work an entry of the journal off, by its kind and by what became of it: done, retry, again or parked.',
    'kind',
    'result',
  ),
  attemptSeconds: histogram(
    'flexcord_attempt_duration_seconds',
    'How long an attempt and its record took, by the side that it goes out to: discord, twilio, none.',
    'side',
  ),
  cloudRequests: counter(
    'flexcord_cloud_requests_total',
    'Requests to Discord and Twilio, by the template of the route. The status is "none" where no answer came.',
    'cloud',
    'method',
    'route',
    'status',
  ),
  cloudSeconds: histogram(
    'flexcord_cloud_request_duration_seconds',
    'How long requests to Discord and Twilio took.',
    'cloud',
    'method',
    'route',
  ),
  rateLimitWaits: counter(
    'flexcord_rate_limit_waits_total',
    'Requests that waited for a rate limit of a cloud before they were sent.',
    'cloud',
  ),
  rateLimitSeconds: counter(
    'flexcord_rate_limit_wait_seconds_total',
    'For how long requests waited for a rate limit of a cloud.',
    'cloud',
  ),
  httpRequests: counter(
    'flexcord_http_requests_total',
    'Requests to the bridge, by the template of the route.',
    'method',
    'route',
    'status',
  ),
  httpSeconds: histogram(
    'flexcord_http_request_duration_seconds',
    'How long the bridge took to answer.',
    'method',
    'route',
  ),
  sourceReadings: counter(
    'flexcord_knowledge_readings_total',
    'Readings of sources of articles, by what became of them: read, failed.',
    'result',
  ),
  webhooksRefused: counter(
    'flexcord_webhooks_refused_total',
    'Requests to the addresses for Twilio that nobody proved to be of Twilio: a wrong or missing signature, a wrong secret of Studio.',
    'reason',
  ),
  answers: counter(
    'flexcord_virtual_agent_answers_total',
    'What the virtual agent said, by its outcome: answer, unsure, which, written, incident, nothing or smalltalk.',
    'outcome',
  ),
  incidents: counter(
    'flexcord_incidents_total',
    'Incidents that were opened because many members asked much the same.',
  ),
  billed: counter(
    'flexcord_billed_total',
    'What Twilio bills by its number, as far as the bridge caused it: conversation, studio_execution, interaction.',
    'item',
  ),
};

/** How things stand. What the store says is the same for all processes that share it. */
export const standing = {
  ready: gauge(
    'flexcord_ready',
    '1 where a part that the bridge needs works: store, gateway, twilio.',
    'part',
  ),
  knowledgeSources: gauge(
    'flexcord_knowledge_sources',
    'Sources of articles: all; failing, whose last reading failed; held, of which more than a third is gone; proposals, articles that wait for a person.',
    'state',
  ),
  breakerOpen: gauge(
    'flexcord_breaker_open',
    '1 while a side takes no requests and one lane asks whether it is back.',
    'side',
  ),
  lanes: gauge(
    'flexcord_lanes',
    'Lanes of the journal: busy ones are worked on, due ones wait for a process.',
    'state',
  ),
  oldestDue: gauge(
    'flexcord_oldest_due_seconds',
    'For how long the oldest entry waits that nothing but its lane holds up.',
  ),
  pending: gauge('flexcord_entries_pending', 'Entries that are not finished, timers included.', 'kind'),
  parked: gauge(
    'flexcord_entries_parked',
    'Entries that were given up and wait for somebody to retry or discard them.',
    'kind',
  ),
  conversations: gauge('flexcord_conversations_open', 'Open conversations, by their phase.', 'phase'),
  cases: gauge('flexcord_cases', 'Cases, by their status.', 'status'),
  activeUsers: gauge(
    'flexcord_active_users',
    'Members with a conversation in the present calendar month (UTC): what Twilio bills as active users of Conversations.',
  ),
};

const METHODS = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** A method as a label: callers can make up others, and the SDK of Twilio writes them in lower case. */
export function methodLabel(method: string): string {
  const known = method.toUpperCase();
  return METHODS.has(known) ? known : 'other';
}
