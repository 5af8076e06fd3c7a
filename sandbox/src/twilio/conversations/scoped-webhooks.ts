import { codes, invalid, notFound, TwilioError } from '../errors.ts';
import { optional, optionalInteger, required } from '../http.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { replay } from './hooks.ts';
import { checkOpen } from './limits.ts';
import type { Conversation, ScopedTarget, ScopedWebhook } from './model.ts';

/** https://www.twilio.com/docs/conversations-classic/api/conversation-scoped-webhook-resource */
const filterNames = new Set([
  'onMessageAdded',
  'onMessageUpdated',
  'onMessageRemoved',
  'onConversationUpdated',
  'onConversationStateUpdated',
  'onConversationRemoved',
  'onParticipantAdded',
  'onParticipantUpdated',
  'onParticipantRemoved',
  'onDeliveryUpdated',
]);

export function getScopedWebhook(conversation: Conversation, sid: string): ScopedWebhook {
  const webhook = conversation.webhooks.get(sid);
  if (!webhook) throw notFound(`/Conversations/${conversation.sid}/Webhooks/${sid}`);
  return webhook;
}

/** Throws 50361 for a sixth webhook. */
export function addScopedWebhook(
  state: TwilioState,
  conversation: Conversation,
  form: URLSearchParams,
): ScopedWebhook {
  checkOpen(state, conversation);
  if (conversation.webhooks.size >= state.limits.scopedWebhooks) {
    throw new TwilioError(400, codes.webhookLimit, 'Maximum number of webhooks per conversation exceeded');
  }
  const target = readTarget(required(form, 'Target'));
  const now = state.clock.now();
  const webhook: ScopedWebhook = {
    sid: newSid('WH'),
    target,
    url: target === 'studio' ? null : required(form, 'Configuration.Url'),
    method: readMethod(optional(form, 'Configuration.Method')),
    filters: readFilters(form),
    triggers: readTriggers(state, form),
    flowSid: target === 'studio' ? required(form, 'Configuration.FlowSid') : null,
    replayAfter: optionalInteger(form, 'Configuration.ReplayAfter') ?? null,
    dateCreated: now,
    dateUpdated: now,
  };
  conversation.webhooks.set(webhook.sid, webhook);
  replay(state, conversation, webhook);
  return webhook;
}

export function updateScopedWebhook(state: TwilioState, webhook: ScopedWebhook, form: URLSearchParams): void {
  const method = form.has('Configuration.Method')
    ? readMethod(optional(form, 'Configuration.Method'))
    : webhook.method;
  const filters = form.has('Configuration.Filters') ? readFilters(form) : webhook.filters;
  const triggers = form.has('Configuration.Triggers') ? readTriggers(state, form) : webhook.triggers;
  Object.assign(webhook, { method, filters, triggers, dateUpdated: state.clock.now() });
  if (webhook.target !== 'studio') webhook.url = optional(form, 'Configuration.Url') ?? webhook.url;
  else webhook.flowSid = optional(form, 'Configuration.FlowSid') ?? webhook.flowSid;
}

function readTarget(text: string): ScopedTarget {
  if (text === 'webhook' || text === 'trigger' || text === 'studio') return text;
  throw invalid('Target must be webhook, trigger or studio');
}

function readMethod(text: string | undefined): 'GET' | 'POST' {
  // Twilio's document has the enum in lower case, its pages in upper case.
  const method = (text ?? 'POST').toUpperCase();
  if (method === 'GET' || method === 'POST') return method;
  throw invalid('Configuration.Method must be GET or POST');
}

function readFilters(form: URLSearchParams): string[] {
  const filters = form.getAll('Configuration.Filters');
  const unknown = filters.find((filter) => !filterNames.has(filter));
  if (unknown) throw invalid(`${unknown} is not an event that a conversation's webhook can filter`);
  return filters;
}

function readTriggers(state: TwilioState, form: URLSearchParams): string[] {
  const triggers = form.getAll('Configuration.Triggers');
  if (triggers.length > state.limits.triggersPerWebhook) {
    throw new TwilioError(400, codes.triggerLimit, 'Maximum number of triggers per webhook exceeded');
  }
  return triggers;
}
