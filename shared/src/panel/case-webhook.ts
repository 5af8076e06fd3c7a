import { type Static, Type } from '@sinclair/typebox';
import { CaseSummary } from './case.ts';
import { Timestamp } from './member.ts';

export const CaseWebhookEvent = Type.Union([
  Type.Literal('case.created'),
  Type.Literal('case.changed'),
  /** A public comment. What is internal is never sent. */
  Type.Literal('case.commented'),
  Type.Literal('case.deleted'),
]);
export type CaseWebhookEvent = Static<typeof CaseWebhookEvent>;

/**
 * What is POSTed as JSON to each of `CASE_WEBHOOK_URLS` when a case changes. Headers:
 *
 * - `flexcord-event`: the event; `flexcord-delivery`: the `id`, the same however often it is sent.
 * - `flexcord-timestamp`: seconds since the epoch at which it was sent.
 * - `flexcord-signature`: `v1=` and the hexadecimal HMAC-SHA256, under `CASE_WEBHOOK_SECRET`, of the timestamp, a dot and
 *   the body as it came. Compare it in constant time and refuse what is older than five minutes.
 *
 * Any 2xx within ten seconds takes it. Redirects are not followed. On no answer, 408, 425, 429 and 5xx it is tried again
 * for a day, ever more slowly, or when `Retry-After` says; on anything else it is given up. Those of one case come in
 * order; each may come more than once.
 */
export const CaseWebhook = Type.Object({
  id: Type.String(),
  event: CaseWebhookEvent,
  at: Timestamp,
  /** The case after the change. */
  case: Type.Composite([
    // What follows from the rest and from the time is left to the receiver.
    Type.Omit(CaseSummary, ['waitingSince']),
    Type.Object({
      description: Type.String(),
      fields: Type.Record(Type.String(), Type.String()),
      /** Goes up by one with every change, so that a late delivery can be told. */
      version: Type.Integer(),
    }),
  ]),
  actor: Type.Object({
    kind: Type.Union([Type.Literal('agent'), Type.Literal('member'), Type.Literal('bridge')]),
    name: Type.String(),
  }),
  /** What differs from before, by the names of `case`; empty for a new case. */
  changes: Type.Record(Type.String(), Type.Object({ before: Type.Unknown(), after: Type.Unknown() })),
  /** Of `case.commented`. */
  comment: Type.Union([Type.String(), Type.Null()]),
});
export type CaseWebhook = Static<typeof CaseWebhook>;

/** One webhook on its way to one address. */
export const WebhookDelivery = Type.Object({
  id: Type.String(),
  /** Without what may be secret in it: user, password and query. */
  url: Type.String(),
  event: CaseWebhookEvent,
  caseNumber: Type.Integer(),
  status: Type.Union([Type.Literal('pending'), Type.Literal('delivered'), Type.Literal('failed')]),
  attempts: Type.Integer(),
  /** HTTP status of the last answer; null where there was none. */
  lastStatus: Type.Union([Type.Integer(), Type.Null()]),
  lastError: Type.Union([Type.String(), Type.Null()]),
  createdAt: Timestamp,
  triedAt: Type.Union([Timestamp, Type.Null()]),
});
export type WebhookDelivery = Static<typeof WebhookDelivery>;

/** Newest first, 50 a page; kept for 30 days. */
export const WebhookDeliveries = Type.Object({
  deliveries: Type.Array(WebhookDelivery),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});
export type WebhookDeliveries = Static<typeof WebhookDeliveries>;

export const WebhookDeliveriesQuery = Type.Object({
  status: Type.Optional(WebhookDelivery.properties.status),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' })),
});
export type WebhookDeliveriesQuery = Static<typeof WebhookDeliveriesQuery>;
