import { respond } from '../interactions/callback.ts';
import {
  deleteResponse,
  editResponse,
  followUp,
  interactionOfWebhook,
  responseMessage,
} from '../interactions/followups.ts';
import { toApiMessage } from '../state/messages.ts';
import { type RestContext, route } from './router.ts';

const webhook = '/webhooks/:webhook/:token';

const interactionOf = ({ world, params }: RestContext) =>
  interactionOfWebhook(world, params.webhook ?? '', params.token ?? '');

/** Callbacks and the webhook of an interaction; their token stands in the path, no bot token is needed. */
export const interactionRoutes = [
  route(
    'POST',
    '/interactions/:interaction/:token/callback',
    ({ world, params, body, uploads, query }) => {
      const result = respond(world, params.interaction ?? '', params.token ?? '', body, uploads);
      return query.get('with_response') === 'true' ? result : undefined;
    },
    false,
  ),
  route(
    'POST',
    webhook,
    (context) =>
      toApiMessage(
        context.world,
        followUp(context.world, interactionOf(context), context.body, context.uploads),
      ),
    false,
  ),
  route(
    'GET',
    `${webhook}/messages/:message`,
    (context) =>
      toApiMessage(
        context.world,
        responseMessage(context.world, interactionOf(context), context.params.message ?? ''),
      ),
    false,
  ),
  route(
    'PATCH',
    `${webhook}/messages/:message`,
    (context) => {
      const { world, params, body, uploads } = context;
      return toApiMessage(
        world,
        editResponse(world, interactionOf(context), params.message ?? '', body, uploads),
      );
    },
    false,
  ),
  route(
    'DELETE',
    `${webhook}/messages/:message`,
    (context) => deleteResponse(context.world, interactionOf(context), context.params.message ?? ''),
    false,
  ),
];
