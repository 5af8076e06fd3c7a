import {
  WebhookDeliveries,
  WebhookDeliveriesQuery,
  WebhookDelivery,
} from '@flexcord/shared/panel/case-webhook';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const detail = (summary: string) => ({ detail: { summary, tags: ['Webhooks'] } });

/** Webhook deliveries; for supervisors. */
export function webhookRoutes(auth: Authenticated, { webhooks }: Pick<PanelDependencies, 'webhooks'>) {
  return new Elysia({ name: 'panel-webhooks' })
    .use(auth)
    .get(
      panelRoutes.webhookDeliveries,
      ({ query, caller }) => {
        requireSupervisor(caller);
        return webhooks.list(query);
      },
      {
        query: WebhookDeliveriesQuery,
        response: { 200: WebhookDeliveries, 422: PanelProblem, ...refusals },
        ...detail('Webhooks that were sent or are on their way, newest first; supervisors'),
      },
    )
    .post(
      panelRoutes.webhookReplay(':id'),
      async ({ params, caller }) => {
        requireSupervisor(caller);
        const replayed = await webhooks.replay(params.id);
        if (replayed.is === 'done') return replayed.delivery;
        if (replayed.is === 'pending')
          throw new Problem('invalid', 'This delivery is on its way already. Look again in a moment.');
        throw notFound('This delivery');
      },
      {
        params: Type.Object({ id: Type.String({ maxLength: 64 }) }),
        response: { 200: WebhookDelivery, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Sends a webhook again, with the id that it had; supervisors'),
      },
    );
}
