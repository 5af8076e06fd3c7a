import { isoSeconds } from '../clock.ts';
import { invalid, notFound } from '../errors.ts';
import { type Call, created, noContent, optional, product, required } from '../http.ts';
import { paged } from '../paging.ts';
import type { World } from '../world.ts';
import { getConversation } from './conversations.ts';
import {
  type Membership,
  participantConversationJson,
  type Scope,
  userConversationJson,
  userJson,
} from './json.ts';
import type { Origin } from './model.ts';
import { findParticipant } from './participants.ts';
import { createUser, deleteUser, findUser, getUser, updateUser } from './users.ts';

/** Users, the conversations of a participant, and the configuration, under `prefix`. */
export function accountRoutes(world: World, prefix: string, scope: Scope) {
  const originOf = (call: Call): Origin => ({ kind: 'api', webhooks: call.webhooksEnabled });

  return product(prefix)
    .get('/Users', ({ call }) =>
      paged(call, 'users', `${scope.url}/Users`, [...world.users.values()], (user) =>
        userJson(world, scope, user),
      ),
    )
    .post('/Users', ({ call }) => {
      const identity = required(call.form, 'Identity');
      if (findUser(world, identity)) throw invalid(`User ${identity} already exists`);
      return created(
        userJson(world, scope, createUser(world, identity, readUser(call.form), originOf(call))),
      );
    })
    .get('/Users/:user', ({ params }) => userJson(world, scope, getUser(world, params.user)))
    .post('/Users/:user', ({ params, call }) => {
      const user = getUser(world, params.user);
      updateUser(world, user, readUser(call.form), originOf(call));
      return userJson(world, scope, user);
    })
    .delete('/Users/:user', ({ params }) => {
      deleteUser(world, getUser(world, params.user));
      return noContent();
    })
    .get('/Users/:user/Conversations', ({ params, call }) => {
      const user = getUser(world, params.user);
      const found = membershipsOfIdentity(world, user.identity);
      return paged(
        call,
        'conversations',
        `${scope.url}/Users/${user.sid}/Conversations`,
        found,
        (membership) => userConversationJson(world, scope, membership),
      );
    })
    .get('/Users/:user/Conversations/:conversation', ({ params }) => {
      const user = getUser(world, params.user);
      const { sid } = getConversation(world, params.conversation);
      const [membership] = membershipsOfIdentity(world, user.identity).filter(
        ({ conversation }) => conversation.sid === sid,
      );
      if (!membership) throw notFound(`/Users/${params.user}/Conversations/${params.conversation}`);
      return userConversationJson(world, scope, membership);
    })
    .get('/ParticipantConversations', ({ call }) => {
      const identity = call.query.get('Identity');
      const address = call.query.get('Address');
      if (!identity && !address) throw invalid('Identity or Address is required');
      const found = identity
        ? membershipsOfIdentity(world, identity)
        : membershipsOfAddress(world, address ?? '');
      const url = `${scope.url}/ParticipantConversations`;
      const toJson = (membership: Membership) => participantConversationJson(world, scope, membership);
      return paged(call, 'conversations', url, found, toJson, { max: 50 });
    })
    .get('/Configuration/Webhooks', () => globalWebhooksJson(world, scope))
    .post('/Configuration/Webhooks', ({ call }) => {
      const { form } = call;
      const method = (optional(form, 'Method') ?? world.globalWebhooks.method).toUpperCase();
      if (method !== 'GET' && method !== 'POST') throw invalid('Method must be GET or POST');
      const target = optional(form, 'Target') ?? world.globalWebhooks.target;
      if (target !== 'webhook' && target !== 'flex') throw invalid('Target must be webhook or flex');
      world.globalWebhooks = {
        method,
        target,
        filters: form.has('Filters') ? form.getAll('Filters').filter(Boolean) : world.globalWebhooks.filters,
        preWebhookUrl: optional(form, 'PreWebhookUrl') ?? world.globalWebhooks.preWebhookUrl,
        postWebhookUrl: optional(form, 'PostWebhookUrl') ?? world.globalWebhooks.postWebhookUrl,
      };
      return globalWebhooksJson(world, scope);
    });
}

/** The account's configuration and its one service. */
export function serviceRoutes(world: World, prefix: string, url: string) {
  const serviceUrl = `${url}/Services/${world.serviceSid}`;
  const service = {
    sid: world.serviceSid,
    account_sid: world.credentials.accountSid,
    friendly_name: 'Flex Chat Service',
    date_created: isoSeconds(world.clock.now()),
    date_updated: isoSeconds(world.clock.now()),
    url: serviceUrl,
    links: {
      conversations: `${serviceUrl}/Conversations`,
      users: `${serviceUrl}/Users`,
      roles: `${serviceUrl}/Roles`,
      bindings: `${serviceUrl}/Bindings`,
      configuration: `${serviceUrl}/Configuration`,
      participant_conversations: `${serviceUrl}/ParticipantConversations`,
      conversation_with_participants: `${serviceUrl}/ConversationWithParticipants`,
    },
  };

  return product(prefix)
    .get('/Configuration', () => ({
      account_sid: world.credentials.accountSid,
      default_chat_service_sid: world.serviceSid,
      default_messaging_service_sid: null,
      default_inactive_timer: null,
      default_closed_timer: null,
      url: `${url}/Configuration`,
      links: { service: `${serviceUrl}/Configuration`, webhooks: `${url}/Configuration/Webhooks` },
    }))
    .get('/Services', ({ call }) => paged(call, 'services', `${url}/Services`, [service], (one) => one))
    .get('/Services/:service', ({ params }) => {
      if (params.service !== world.serviceSid) throw notFound(`/Services/${params.service}`);
      return service;
    })
    .get(`/Services/${world.serviceSid}/Configuration`, () => ({
      chat_service_sid: world.serviceSid,
      default_conversation_creator_role_sid: world.roleSids.conversation,
      default_conversation_role_sid: world.roleSids.conversation,
      default_chat_service_role_sid: world.roleSids.service,
      reachability_enabled: false,
      url: `${serviceUrl}/Configuration`,
      links: {
        notifications: `${serviceUrl}/Configuration/Notifications`,
        webhooks: `${serviceUrl}/Configuration/Webhooks`,
      },
    }));
}

function globalWebhooksJson(world: World, scope: Scope) {
  const { method, filters, preWebhookUrl, postWebhookUrl, target } = world.globalWebhooks;
  return {
    account_sid: world.credentials.accountSid,
    ...(scope.ofService ? { chat_service_sid: world.serviceSid } : { target }),
    pre_webhook_url: preWebhookUrl,
    post_webhook_url: postWebhookUrl,
    method,
    filters,
    url: `${scope.url}/Configuration/Webhooks`,
  };
}

function membershipsOfIdentity(world: World, identity: string): Membership[] {
  const user = findUser(world, identity);
  return [...(world.memberships.get(identity) ?? [])].flatMap((sid) => {
    const conversation = world.conversations.get(sid);
    const participant = conversation && findParticipant(conversation, identity);
    return participant ? [{ conversation, participant, user }] : [];
  });
}

function membershipsOfAddress(world: World, address: string): Membership[] {
  return [...world.conversations.values()].flatMap((conversation) =>
    [...conversation.participants.values()]
      .filter(({ messagingBinding }) => messagingBinding?.address === address)
      .map((participant) => ({ conversation, participant, user: undefined })),
  );
}

function readUser(form: URLSearchParams) {
  return {
    friendlyName: optional(form, 'FriendlyName'),
    attributes: optional(form, 'Attributes'),
    roleSid: optional(form, 'RoleSid'),
  };
}
