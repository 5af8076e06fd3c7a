import { createHmac } from 'node:crypto';
import type {
  CaseWebhookEvent,
  WebhookDeliveries,
  WebhookDeliveriesQuery,
  WebhookDelivery,
} from '@flexcord/shared/panel/case-webhook';
import type { Result } from '@flexcord/shared/result';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import type { Selectable } from 'kysely';
import type { CaseListener } from '../cases/case-change.ts';
import { ForbiddenAddress } from '../net/addresses.ts';
import { guardedFetch } from '../net/guarded-fetch.ts';
import { retryAfterMs } from '../net/retry-after.ts';
import { defineEntry } from '../relay/entries.ts';
import { Refused, Transient } from '../relay/errors.ts';
import { webhookKey, webhookLane } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { toPage } from '../store/paging.ts';
import type { WebhookDeliveriesTable } from '../store/schema.ts';
import { eventOf, webhookOf } from './payload.ts';

export interface WebhooksOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  /** Every event is sent to each of these. */
  urls: readonly string[];
  secret: string;
  /** Whether names may lead into a private network. */
  allowPrivate: boolean;
}

type ReplayResult = Result<{ delivery: WebhookDelivery }, { is: 'missing' } | { is: 'pending' }>;

type Row = Selectable<WebhookDeliveriesTable>;

const REQUEST_TIMEOUT_MS = 10_000;
/** Upper limit of a `Retry-After` that is obeyed. */
const MAX_RETRY_AFTER_MS = 3600_000;
/** Statuses below 500 after which a delivery is retried. */
const RETRIED_STATUSES = new Set([408, 425, 429]);
const PAGE_SIZE = 50;

/** One webhook to one address. */
export const webhookDelivery = defineEntry(
  'webhook.deliver',
  (
    { deliveryId }: { deliveryId: string },
    { url, case_number, replays }: Pick<Row, 'url' | 'case_number' | 'replays'>,
  ) => ({ lane: webhookLane(digest(url), case_number), key: webhookKey(deliveryId, replays) }),
);

/** Sends changes of cases to other systems and records whether they were accepted. See CaseWebhook for the request. */
export function createWebhooks({ store, relay, urls, secret, allowPrivate }: WebhooksOptions) {
  const find = (db: Store['db'] | Tx, id: string) =>
    db.selectFrom('webhook_deliveries').selectAll().where('id', '=', id).executeTakeFirst();

  /** Records the result of an attempt, whether or not it is retried. */
  const recordAttempt = (
    db: Store['db'] | Tx,
    id: string,
    change: Partial<Pick<Row, 'status' | 'last_status' | 'last_error'>>,
  ) =>
    db
      .updateTable('webhook_deliveries')
      .set((eb) => ({ last_status: null, ...change, attempts: eb('attempts', '+', 1), tried_at: Date.now() }))
      .where('id', '=', id)
      .execute();

  async function post({ id, url, event, body }: Row): Promise<Response> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    return guardedFetch(new URL(url), {
      method: 'POST',
      timeoutMs: REQUEST_TIMEOUT_MS,
      allowPrivate,
      // Only the operator names addresses.
      allowLoopback: true,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Flexcord',
        'flexcord-event': event,
        'flexcord-delivery': id,
        'flexcord-timestamp': timestamp,
        'flexcord-signature': `v1=${signatureOf(secret, timestamp, body)}`,
      },
      body,
    });
  }

  const deliver = webhookDelivery.handledBy({
    async run({ deliveryId }) {
      const row = await find(store.db, deliveryId);
      if (!row) return undefined;
      let response: Response;
      try {
        response = await post(row);
        await response.body?.cancel();
      } catch (error) {
        const forbidden = error instanceof ForbiddenAddress;
        const message = error instanceof Error ? error.message : String(error);
        const reason = forbidden ? `${message}; CASE_WEBHOOK_PRIVATE=allow would permit it` : message;
        await recordAttempt(store.db, row.id, { last_error: reason });
        if (forbidden) throw new Refused('forbidden', reason);
        throw new Transient(`a webhook got no answer: ${reason}`, { ambiguous: true, cause: error });
      }
      const { status } = response;
      if (status >= 200 && status < 300) {
        return {
          commit: async (tx) => {
            await recordAttempt(tx, row.id, { status: 'delivered', last_status: status, last_error: null });
          },
        };
      }
      const reason = `it was answered with ${status}`;
      await recordAttempt(store.db, row.id, { last_status: status, last_error: reason });
      if (status < 500 && !RETRIED_STATUSES.has(status)) throw new Refused('unacceptable', reason);
      throw new Transient(reason, {
        ambiguous: false,
        retryAfterMs: retryAfterMs(response.headers.get('retry-after'), MAX_RETRY_AFTER_MS),
      });
    },
    async refused(tx, { deliveryId }) {
      await tx
        .updateTable('webhook_deliveries')
        .set({ status: 'failed' })
        .where('id', '=', deliveryId)
        .execute();
    },
  });

  const listener: CaseListener = async (tx, change) => {
    const event = urls.length > 0 ? eventOf(change) : null;
    if (!event) return;
    const member = await tx
      .selectFrom('members')
      .select('name')
      .where('id', '=', change.after.member_id)
      .executeTakeFirst();
    for (const url of urls) {
      const delivery = { id: Bun.randomUUIDv7(), url, case_number: change.after.number };
      const body = JSON.stringify(webhookOf(delivery.id, event, change, member?.name ?? ''));
      await tx
        .insertInto('webhook_deliveries')
        .values({ ...delivery, event, body, created_at: Date.now() })
        .execute();
      await relay.append(tx, webhookDelivery({ deliveryId: delivery.id }, { ...delivery, replays: 0 }));
    }
  };

  return {
    listener,
    handlers: [deliver] as const,

    /** Newest first, a page at a time. */
    async list({ status, cursor }: WebhookDeliveriesQuery): Promise<WebhookDeliveries> {
      let query = store.db
        .selectFrom('webhook_deliveries')
        .selectAll()
        .orderBy('id', 'desc')
        .limit(PAGE_SIZE + 1);
      if (status !== undefined) query = query.where('status', '=', status);
      if (cursor !== undefined) query = query.where('id', '<', cursor);
      const { rows, nextCursor } = toPage(await query.execute(), PAGE_SIZE, ({ id }) => id);
      return { deliveries: rows.map(toDelivery), nextCursor };
    },

    /** Sends a delivery again under the same id. `pending`: it has not finished. */
    replay: (id: string): Promise<ReplayResult> =>
      store.transact(async (tx) => {
        const row = await tx
          .updateTable('webhook_deliveries')
          .set((eb) => ({ status: 'pending' as const, replays: eb('replays', '+', 1) }))
          .where('id', '=', id)
          .where('status', '<>', 'pending')
          .returningAll()
          .executeTakeFirst();
        if (!row) return { is: (await find(tx, id)) ? 'pending' : 'missing' };
        await relay.append(tx, webhookDelivery({ deliveryId: row.id }, row));
        return { is: 'done', delivery: toDelivery(row) };
      }),

    /** Deletes deliveries created before `before`, in milliseconds since the epoch, that are not pending. */
    async forget(before: number): Promise<void> {
      await store.db
        .deleteFrom('webhook_deliveries')
        .where('created_at', '<', before)
        .where('status', '<>', 'pending')
        .execute();
    },
  };
}

export type Webhooks = ReturnType<typeof createWebhooks>;

/** Hexadecimal HMAC-SHA256 of the timestamp, a dot and the body. */
const signatureOf = (secret: string, timestamp: string, body: string) =>
  createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');

const digest = (text: string) => new Bun.CryptoHasher('sha256').update(text).digest('base64url').slice(0, 12);

function toDelivery(row: Row): WebhookDelivery {
  const { origin, pathname } = new URL(row.url);
  return {
    id: row.id,
    url: `${origin}${pathname}`,
    event: row.event as CaseWebhookEvent,
    caseNumber: row.case_number,
    status: row.status,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastError: row.last_error,
    createdAt: toTimestamp(row.created_at),
    triedAt: toTimestampOrNull(row.tried_at),
  };
}
