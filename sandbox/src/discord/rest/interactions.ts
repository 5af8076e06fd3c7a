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

const interactionOf = ({ state, params }: RestContext) =>
  interactionOfWebhook(state, params.webhook ?? '', params.token ?? '');

/** Callbacks and the webhook of an interaction; their token stands in the path, no bot token is needed. */
export const interactionRoutes = [
  route(
    'POST',
    '/interactions/:interaction/:token/callback',
    ({ state, params, body, uploads, query }) => {
      const result = respond(state, params.interaction ?? '', params.token ?? '', body, uploads);
      return query.get('with_response') === 'true' ? result : undefined;
    },
    false,
  ),
  route(
    'POST',
    webhook,
    (context) =>
      toApiMessage(
        context.state,
        followUp(context.state, interactionOf(context), context.body, context.uploads),
      ),
    false,
  ),
  route(
    'GET',
    `${webhook}/messages/:message`,
    (context) =>
      toApiMessage(
        context.state,
        responseMessage(context.state, interactionOf(context), context.params.message ?? ''),
      ),
    false,
  ),
  route(
    'PATCH',
    `${webhook}/messages/:message`,
    (context) => {
      const { state, params, body, uploads } = context;
      return toApiMessage(
        state,
        editResponse(state, interactionOf(context), params.message ?? '', body, uploads),
      );
    },
    false,
  ),
  route(
    'DELETE',
    `${webhook}/messages/:message`,
    (context) => deleteResponse(context.state, interactionOf(context), context.params.message ?? ''),
    false,
  ),
];
