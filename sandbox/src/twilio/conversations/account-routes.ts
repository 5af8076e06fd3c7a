import { isoSeconds } from '../clock.ts';
import { invalid, notFound } from '../errors.ts';
import { type Call, created, noContent, optional, product, required } from '../http.ts';
import { paged } from '../paging.ts';
import type { TwilioState } from '../state.ts';
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
import { readTimers } from './timers.ts';
import { createUser, deleteUser, findUser, getUser, updateUser } from './users.ts';

/** Users, the conversations of a participant, and the configuration, under `prefix`. */
export function accountRoutes(state: TwilioState, prefix: string, scope: Scope) {
  const originOf = (call: Call): Origin => ({ kind: 'api', webhooks: call.webhooksEnabled });

  return product(prefix)
    .get('/Users', ({ call }) =>
      paged(call, 'users', `${scope.url}/Users`, [...state.users.values()], (user) =>
        userJson(state, scope, user),
      ),
    )
    .post('/Users', ({ call }) => {
      const identity = required(call.form, 'Identity');
      if (findUser(state, identity)) throw invalid(`User ${identity} already exists`);
      return created(
        userJson(state, scope, createUser(state, identity, readUser(call.form), originOf(call))),
      );
    })
    .get('/Users/:user', ({ params }) => userJson(state, scope, getUser(state, params.user)))
    .post('/Users/:user', ({ params, call }) => {
      const user = getUser(state, params.user);
      updateUser(state, user, readUser(call.form), originOf(call));
      return userJson(state, scope, user);
    })
    .delete('/Users/:user', ({ params }) => {
      deleteUser(state, getUser(state, params.user));
      return noContent();
    })
    .get('/Users/:user/Conversations', ({ params, call }) => {
      const user = getUser(state, params.user);
      const found = membershipsOfIdentity(state, user.identity);
      return paged(
        call,
        'conversations',
        `${scope.url}/Users/${user.sid}/Conversations`,
        found,
        (membership) => userConversationJson(state, scope, membership),
      );
    })
    .get('/Users/:user/Conversations/:conversation', ({ params }) => {
      const user = getUser(state, params.user);
      const { sid } = getConversation(state, params.conversation);
      const [membership] = membershipsOfIdentity(state, user.identity).filter(
        ({ conversation }) => conversation.sid === sid,
      );
      if (!membership) throw notFound(`/Users/${params.user}/Conversations/${params.conversation}`);
      return userConversationJson(state, scope, membership);
    })
    .get('/ParticipantConversations', ({ call }) => {
      const identity = call.query.get('Identity');
      const address = call.query.get('Address');
      if (!identity && !address) throw invalid('Identity or Address is required');
      const found = identity
        ? membershipsOfIdentity(state, identity)
        : membershipsOfAddress(state, address ?? '');
      const url = `${scope.url}/ParticipantConversations`;
      const toJson = (membership: Membership) => participantConversationJson(state, scope, membership);
      return paged(call, 'conversations', url, found, toJson, { max: 50 });
    })
    .get('/Configuration/Webhooks', () => globalWebhooksJson(state, scope))
    .post('/Configuration/Webhooks', ({ call }) => {
      const { form } = call;
      const method = (optional(form, 'Method') ?? state.globalWebhooks.method).toUpperCase();
      if (method !== 'GET' && method !== 'POST') throw invalid('Method must be GET or POST');
      const target = optional(form, 'Target') ?? state.globalWebhooks.target;
      if (target !== 'webhook' && target !== 'flex') throw invalid('Target must be webhook or flex');
      state.globalWebhooks = {
        method,
        target,
        filters: form.has('Filters') ? form.getAll('Filters').filter(Boolean) : state.globalWebhooks.filters,
        preWebhookUrl: optional(form, 'PreWebhookUrl') ?? state.globalWebhooks.preWebhookUrl,
        postWebhookUrl: optional(form, 'PostWebhookUrl') ?? state.globalWebhooks.postWebhookUrl,
      };
      return globalWebhooksJson(state, scope);
    });
}

/** Of an account whose default service is not that of Flex. */
const OTHER_SERVICE_SID = `IS${'0'.repeat(32)}`;

/** The account's configuration and its one service. */
export function serviceRoutes(state: TwilioState, prefix: string, url: string) {
  const serviceUrl = `${url}/Services/${state.serviceSid}`;
  const service = {
    sid: state.serviceSid,
    account_sid: state.credentials.accountSid,
    friendly_name: 'Flex Chat Service',
    date_created: isoSeconds(state.clock.now()),
    date_updated: isoSeconds(state.clock.now()),
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

  const configuration = () => ({
    account_sid: state.credentials.accountSid,
    default_chat_service_sid: state.variants.defaultServiceIsFlex ? state.serviceSid : OTHER_SERVICE_SID,
    default_messaging_service_sid: null,
    default_inactive_timer: state.defaultTimers.inactive ?? null,
    default_closed_timer: state.defaultTimers.closed ?? null,
    url: `${url}/Configuration`,
    links: { service: `${serviceUrl}/Configuration`, webhooks: `${url}/Configuration/Webhooks` },
  });

  return product(prefix)
    .get('/Configuration', configuration)
    .post('/Configuration', ({ call }) => {
      const { form } = call;
      const given = readTimers(optional(form, 'DefaultInactiveTimer'), optional(form, 'DefaultClosedTimer'));
      if (form.has('DefaultInactiveTimer')) state.defaultTimers.inactive = given.inactive;
      if (form.has('DefaultClosedTimer')) state.defaultTimers.closed = given.closed;
      return configuration();
    })
    .get('/Services', ({ call }) => paged(call, 'services', `${url}/Services`, [service], (one) => one))
    .get('/Services/:service', ({ params }) => {
      if (params.service !== state.serviceSid) throw notFound(`/Services/${params.service}`);
      return service;
    })
    .get(`/Services/${state.serviceSid}/Configuration`, () => ({
      chat_service_sid: state.serviceSid,
      default_conversation_creator_role_sid: state.roleSids.conversation,
      default_conversation_role_sid: state.roleSids.conversation,
      default_chat_service_role_sid: state.roleSids.service,
      reachability_enabled: false,
      url: `${serviceUrl}/Configuration`,
      links: {
        notifications: `${serviceUrl}/Configuration/Notifications`,
        webhooks: `${serviceUrl}/Configuration/Webhooks`,
      },
    }));
}

function globalWebhooksJson(state: TwilioState, scope: Scope) {
  const { method, filters, preWebhookUrl, postWebhookUrl, target } = state.globalWebhooks;
  return {
    account_sid: state.credentials.accountSid,
    ...(scope.ofService ? { chat_service_sid: state.serviceSid } : { target }),
    pre_webhook_url: preWebhookUrl,
    post_webhook_url: postWebhookUrl,
    method,
    filters,
    url: `${scope.url}/Configuration/Webhooks`,
  };
}

function membershipsOfIdentity(state: TwilioState, identity: string): Membership[] {
  const user = findUser(state, identity);
  return [...(state.memberships.get(identity) ?? [])].flatMap((sid) => {
    const conversation = state.conversations.get(sid);
    const participant = conversation && findParticipant(conversation, identity);
    return participant ? [{ conversation, participant, user }] : [];
  });
}

function membershipsOfAddress(state: TwilioState, address: string): Membership[] {
  return [...state.conversations.values()].flatMap((conversation) =>
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
