import { isoSeconds } from '../clock.ts';
import { invalid, notFound } from '../errors.ts';
import { created, jsonObject, noContent, optional, product, required } from '../http.ts';
import { paged } from '../paging.ts';
import type { TwilioState } from '../state.ts';
import { FLEX_URL, interactionWebhookJson } from './json.ts';
import type { InteractionWebhook } from './model.ts';
import { type InteractionEvent, interactionEvents } from './webhooks.ts';

/** The Flex account's configuration, and the interaction webhooks of its instance. */
export function flexAccountRoutes(state: TwilioState) {
  const find = (instance: string, ttid: string) => {
    const webhook = state.interactionWebhooks.get(ttid);
    if (!webhook || instance !== state.flexInstanceSid) throw notFound(`/InteractionWebhooks/${ttid}`);
    return webhook;
  };

  return (
    product('/flex-api/v1')
      .get('/Configuration', () => configurationJson(state))
      // JSON, and only what is to change beside the account. https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
      .post('/Configuration', ({ call }) => {
        const { account_sid, ...changes } = jsonObject(call.text, 'body');
        if (account_sid !== state.credentials.accountSid) throw invalid('account_sid is not this account');
        const unknown = Object.keys(changes).find((key) => !(key in configurationJson(state)));
        if (unknown) throw invalid(`The Flex configuration has no ${unknown}`);
        Object.assign(state.flexConfiguration, changes);
        return configurationJson(state);
      })
      // Documented, but missing from Twilio's OpenAPI document.
      // https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks
      .post('/Instances/:instance/InteractionWebhooks', ({ params, call }) => {
        if (params.instance !== state.flexInstanceSid) throw notFound(`/Instances/${params.instance}`);
        const { form } = call;
        const now = state.clock.now();
        const type = optional(form, 'Type') ?? 'global';
        if (type !== 'global' && type !== 'interaction') throw invalid('Type must be global or interaction');
        const webhook: InteractionWebhook = {
          ttid: `flex_interactionwebhook_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}`,
          type,
          friendlyName: optional(form, 'FriendlyName') ?? null,
          url: required(form, 'WebhookUrl'),
          method: readMethod(form),
          events: readEvents(form),
          dateCreated: now,
          dateUpdated: now,
        };
        state.interactionWebhooks.set(webhook.ttid, webhook);
        return created(interactionWebhookJson(state, webhook));
      })
      .get('/Instances/:instance/InteractionWebhooks', ({ params, call }) => {
        if (params.instance !== state.flexInstanceSid) throw notFound(`/Instances/${params.instance}`);
        const url = `${FLEX_URL}/Instances/${state.flexInstanceSid}/InteractionWebhooks`;
        return paged(call, 'data', url, [...state.interactionWebhooks.values()], (webhook) =>
          interactionWebhookJson(state, webhook),
        );
      })
      .get('/Instances/:instance/InteractionWebhooks/:ttid', ({ params }) =>
        interactionWebhookJson(state, find(params.instance, params.ttid)),
      )
      .post('/Instances/:instance/InteractionWebhooks/:ttid', ({ params, call }) => {
        const webhook = find(params.instance, params.ttid);
        const { form } = call;
        if (form.has('WebhookEvents')) webhook.events = readEvents(form);
        if (form.has('WebhookMethod')) webhook.method = readMethod(form);
        webhook.url = optional(form, 'WebhookUrl') ?? webhook.url;
        webhook.friendlyName = optional(form, 'FriendlyName') ?? webhook.friendlyName;
        webhook.dateUpdated = state.clock.now();
        return interactionWebhookJson(state, webhook);
      })
      .delete('/Instances/:instance/InteractionWebhooks/:ttid', ({ params }) => {
        state.interactionWebhooks.delete(find(params.instance, params.ttid).ttid);
        return noContent();
      })
  );
}

// The page's table says Filters and Method, its examples WebhookEvents and WebhookMethod.
function readMethod(form: URLSearchParams): 'GET' | 'POST' {
  const method = (optional(form, 'WebhookMethod') ?? optional(form, 'Method') ?? 'POST').toUpperCase();
  if (method !== 'GET' && method !== 'POST') throw invalid('WebhookMethod must be GET or POST');
  return method;
}

function readEvents(form: URLSearchParams): string[] {
  const events = [...form.getAll('WebhookEvents'), ...form.getAll('Filters')].flatMap((value) =>
    value.split(','),
  );
  const unknown = events.find((event) => !interactionEvents.includes(event as InteractionEvent));
  if (events.length === 0 || unknown) throw invalid(`WebhookEvents: ${unknown ?? 'none given'}`);
  return events;
}

/** What an account has that nobody changed; the documented sample for `web` (https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api). */
const DEFAULT_CHANNEL_CONFIGS = [
  {
    address_type: 'web',
    cbm_attachments: {
      enabled: true,
      number_of_attachments: 1,
      max_file_size: 16_777_216,
      max_total_file_size: 67_108_864,
      accepted_extensions: ['jpg', 'jpeg', 'png', 'amr', 'mp3', 'mp4', 'pdf', 'heic', 'txt', 'gif'],
    },
  },
];

/** A service of Flex's own, in which no conversation is. */
const FLEX_SERVICE_SID = `IS${'f'.repeat(32)}`;

export const channelConfigs = (state: TwilioState) =>
  (state.flexConfiguration.channel_configs ?? DEFAULT_CHANNEL_CONFIGS) as typeof DEFAULT_CHANNEL_CONFIGS;

/** What Flex opens of a `web` conversation, as its interface reads the configuration (2.17.1). */
export function acceptedExtensions(state: TwilioState): string[] {
  const web = channelConfigs(state).find(({ address_type }) => address_type === 'web');
  return web?.cbm_attachments.accepted_extensions ?? [];
}

function configurationJson(state: TwilioState) {
  const { workspace, workflows, queues } = state.taskRouter;
  const now = isoSeconds(workspace.dateCreated);
  return {
    account_sid: state.credentials.accountSid,
    date_created: now,
    date_updated: now,
    attributes: {},
    status: 'ok',
    taskrouter_workspace_sid: workspace.sid,
    taskrouter_target_workflow_sid: [...workflows.keys()][0],
    taskrouter_target_taskqueue_sid: [...queues.keys()][0],
    taskrouter_taskqueues: [...queues.keys()].map((sid) => ({ sid, targettable: true })),
    taskrouter_skills: [],
    taskrouter_worker_channels: {},
    taskrouter_worker_attributes: {},
    taskrouter_offline_activity_sid: workspace.defaultActivitySid,
    runtime_domain: 'flexcord-1234.twil.io',
    messaging_service_instance_sid: null,
    chat_service_instance_sid: state.serviceSid,
    flex_service_instance_sid: FLEX_SERVICE_SID,
    flex_instance_sid: state.flexInstanceSid,
    ui_language: 'en',
    ui_attributes: { version_compatibility: 'yes' },
    ui_dependencies: {},
    ui_version: '2.17.1',
    service_version: '2.17.1',
    call_recording_enabled: false,
    call_recording_webhook_url: null,
    crm_enabled: false,
    crm_type: null,
    crm_callback_url: null,
    crm_fallback_url: null,
    crm_attributes: null,
    public_attributes: {},
    plugin_service_enabled: true,
    plugin_service_attributes: {},
    integrations: [],
    outbound_call_flows: {},
    serverless_service_sids: [],
    queue_stats_configuration: {},
    notifications: {},
    markdown: { enabled: false, mode: 'readOnly' },
    url: `${FLEX_URL}/Configuration`,
    flex_insights_hr: {},
    flex_insights_drilldown: false,
    flex_url: 'https://flex.twilio.com',
    channel_configs: DEFAULT_CHANNEL_CONFIGS,
    debugger_integration: {},
    flex_ui_status_report: {},
    agent_conv_end_methods: {},
    citrix_voice_vdi: {},
    offline_config: {},
    ...state.flexConfiguration,
  };
}
