import { createHmac } from 'node:crypto';
import type {
  CaseWebhookEvent,
  WebhookDeliveries,
  WebhookDeliveriesQuery,
  WebhookDelivery,
} from '@flexcord/shared/panel/case-webhook';
import type { Selectable } from 'kysely';
import type { CaseListener } from '../cases/ledger.ts';
import { defineEntry } from '../relay/entries.ts';
import { Refused, Transient } from '../relay/errors.ts';
import { webhookKey, webhookLane } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import type { WebhookDeliveriesTable } from '../store/schema.ts';
import { validateTarget } from './address.ts';
import { eventOf, webhookOf } from './payload.ts';

export interface WebhooksOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  /** Where everything is sent to; nothing is, when empty. */
  urls: readonly string[];
  secret: string;
  /** Whether addresses in a private network are sent to. */
  allowPrivate: boolean;
}

type Row = Selectable<WebhookDeliveriesTable>;

const REQUEST_TIMEOUT_MS = 10_000;
/** The longest that `Retry-After` is obeyed. */
const MAX_WAIT_MS = 3600_000;
/** Answers after which the same may be taken later. */
const LATER = new Set([408, 425, 429]);
const PAGE = 50;

/** One webhook to one address. */
export const webhookDelivery = defineEntry(
  'webhook.deliver',
  (
    { deliveryId }: { deliveryId: string },
    { url, case_number, replays }: Pick<Row, 'url' | 'case_number' | 'replays'>,
  ) => ({ lane: webhookLane(digest(url), case_number), key: webhookKey(deliveryId, replays) }),
);

/** Tells systems outside what becomes of cases, and shows whether they took it. See CaseWebhook for what is sent. */
export function createWebhooks({ store, relay, urls, secret, allowPrivate }: WebhooksOptions) {
  const find = (db: Store['db'] | Tx, id: string) =>
    db.selectFrom('webhook_deliveries').selectAll().where('id', '=', id).executeTakeFirst();

  /** What an attempt came to, kept whether or not it is tried again. */
  const tried = (
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
    return fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
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
        const refusal = await validateTarget(row.url, allowPrivate);
        if (refusal) throw new Refused('forbidden', refusal);
        response = await post(row);
        await response.body?.cancel();
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        await tried(store.db, row.id, { last_error: why });
        if (error instanceof Refused) throw error;
        throw new Transient(`a webhook got no answer: ${why}`, { ambiguous: true, cause: error });
      }
      const { status } = response;
      if (status >= 200 && status < 300) {
        return {
          commit: async (tx) => {
            await tried(tx, row.id, { status: 'delivered', last_status: status, last_error: null });
          },
        };
      }
      const why = `it was answered with ${status}`;
      await tried(store.db, row.id, { last_status: status, last_error: why });
      if (status < 500 && !LATER.has(status)) throw new Refused('unacceptable', why);
      throw new Transient(why, { ambiguous: false, retryAfterMs: retryAfter(response) });
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
        .limit(PAGE + 1);
      if (status !== undefined) query = query.where('status', '=', status);
      if (cursor !== undefined) query = query.where('id', '<', cursor);
      const rows = await query.execute();
      const shown = rows.slice(0, PAGE);
      return {
        deliveries: shown.map(toDelivery),
        nextCursor: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
      };
    },

    /** Sends one again, with the id that it had; undefined for none, `pending` for one that is still on its way. */
    replay: (id: string): Promise<WebhookDelivery | 'pending' | undefined> =>
      store.transact(async (tx) => {
        const row = await tx
          .updateTable('webhook_deliveries')
          .set((eb) => ({ status: 'pending' as const, replays: eb('replays', '+', 1) }))
          .where('id', '=', id)
          .where('status', '<>', 'pending')
          .returningAll()
          .executeTakeFirst();
        if (!row) return (await find(tx, id)) ? 'pending' : undefined;
        await relay.append(tx, webhookDelivery({ deliveryId: row.id }, row));
        return toDelivery(row);
      }),

    /** Forgets those made before `before`, in milliseconds since the epoch, that are not on their way. */
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

function retryAfter(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return seconds > 0 ? Math.min(seconds * 1000, MAX_WAIT_MS) : undefined;
}

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
    createdAt: new Date(row.created_at).toISOString(),
    triedAt: row.tried_at === null ? null : new Date(row.tried_at).toISOString(),
  };
}
