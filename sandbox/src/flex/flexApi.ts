import type { FlexBackend } from './backend.ts';
import type { EventBridge, EventBridgeRequest } from './eventBridge.ts';

export interface FlexApiOptions {
  backend: FlexBackend;
  bridge: EventBridge;
  /** `ui_attributes` of the Flex configuration, for the plugins. */
  uiAttributes: Record<string, unknown>;
  flexUserSid: string;
  /** ISO 8601. */
  tokenExpiresAt: string;
  /** Flex roles of who is logged in. */
  roles: string[];
}

/** The HTTP answers Flex UI 2.17 asks for between log-in and wrap-up; undefined for requests that are not supported. */
export function flexApi(options: FlexApiOptions) {
  const { backend, bridge, uiAttributes, flexUserSid, tokenExpiresAt, roles } = options;

  return function answer(host: string, path: string, body: string): unknown {
    if (host.startsWith('event-bridge')) {
      const payload = bridge.answer(JSON.parse(body || '{}') as EventBridgeRequest);
      return payload === undefined ? undefined : { payload };
    }
    if (host === 'flex-api.twilio.com' && path.startsWith('/v1/Configuration')) {
      return configuration(backend, uiAttributes);
    }
    if (/\/Tokens\/(validate|Info)$/i.test(path)) return tokenInfo();
    if (host === 'flex.twilio.com' && path === '/api/v1/Session') {
      return {
        // Without it Flex has no transfer of conversations.
        features: [{ id: 'new-transfer-experience', name: 'new-transfer-experience', enabled: true }],
        insights_active: false,
        insightsActive: false,
      };
    }
    if (path.endsWith('/TransferSettings')) {
      return {
        transfer_settings: [{ enabled: true, transfer_notes_enabled: false, ai_summary_enabled: false }],
      };
    }
    // Feature switches and the trial account's set-up: nothing is on, nothing is pending.
    if (path.startsWith('/api/v1/Features/')) return { enabled: false };
    if (path === '/v1/account/provision/status') return { status: 'ok' };
    if (path.endsWith('summary.json')) {
      return {
        page: {},
        components: [{ name: 'FLEX', status: 'operational' }],
        incidents: [],
        status: { indicator: 'none', description: 'All Systems Operational' },
      };
    }
    if (/(countries|flagPositions)\.json$/.test(path)) return [];
    return undefined;
  };

  function tokenInfo() {
    const { identity, fullName, sid } = backend.worker();
    return {
      valid: true,
      code: 0,
      message: null,
      realm_user_id: identity,
      identity,
      roles,
      permissions: [],
      worker_sid: sid,
      expiration: tokenExpiresAt,
      flex_user_sid: flexUserSid,
      full_name: fullName,
      email: `${identity}@example.com`,
      username: identity,
    };
  }
}

function configuration(backend: FlexBackend, uiAttributes: Record<string, unknown>) {
  const { accountSid, workspaceSid, chatServiceSid, flexInstanceSid, channelConfigs } = backend.account;
  const offline = backend.activities().find(({ name }) => name === 'Offline');
  return {
    account_sid: accountSid,
    status: 'ok',
    service_version: '1',
    ui_version: '2.17.1',
    ui_language: 'en-us',
    // Without this entry Flex refuses to start beside a plugin.
    ui_attributes: { version_compatibility: 'yes', ...uiAttributes },
    public_attributes: {},
    attributes: {},
    taskrouter_workspace_sid: workspaceSid,
    taskrouter_target_workflow_sid: `WW${'0'.repeat(32)}`,
    taskrouter_target_taskqueue_sid: `WQ${'0'.repeat(32)}`,
    taskrouter_taskqueues: [],
    taskrouter_worker_attributes: {},
    taskrouter_worker_channels: {},
    taskrouter_skills: [],
    taskrouter_offline_activity_sid: offline?.sid ?? null,
    chat_service_instance_sid: chatServiceSid,
    messaging_service_instance_sid: null,
    flex_service_instance_sid: chatServiceSid,
    flex_instance_sid: flexInstanceSid,
    runtime_domain: '',
    serverless_service_sids: [],
    plugin_service_enabled: false,
    plugin_service_attributes: {},
    call_recording_enabled: false,
    call_recording_webhook_url: null,
    crm_enabled: false,
    crm_attributes: null,
    crm_type: null,
    crm_callback_url: '',
    crm_fallback_url: '',
    queue_stats_configuration: null,
    outbound_call_flows: {},
    integrations: [],
    ui_dependencies: {},
    notifications: { enabled: false, mode: 'whenNotInFocus' },
    markdown: { enabled: false, mode: 'readOnly' },
    channel_configs: channelConfigs,
    debugger_integration: { enabled: false },
    flex_ui_status_report: { enabled: false },
    url: 'https://flex-api.twilio.com/v1/Configuration',
    date_created: '2026-01-01T00:00:00Z',
    date_updated: '2026-01-01T00:00:00Z',
  };
}
