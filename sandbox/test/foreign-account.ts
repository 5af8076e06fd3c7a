import { createTwilio } from '../../bridge/src/twilio/client.ts';
import type { Discord } from '../src/discord/index.ts';
import type { Twilio } from '../src/twilio/index.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** What an operator, or somebody else's code, does on an account and on a Discord application. */
export function accountTools(twilio: Twilio, discord: Discord) {
  const { accountSid, authToken, url: apiUrl } = twilio;
  const client = createTwilio({ accountSid, authToken, apiUrl });
  const instance = `https://flex-api.twilio.com/v1/Instances/${twilio.flexInstanceSid}/InteractionWebhooks`;

  const configure = (changes: object) =>
    client.flexApi.v1.configuration().update({ account_sid: accountSid, ...changes } as never);

  const discordApi = (method: string, body?: object, guildId = '') =>
    fetch(
      `${discord.apiBase}/v10/applications/${discord.applicationId}${guildId && `/guilds/${guildId}`}/commands`,
      {
        method,
        headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      },
    ).then((answer) => answer.json() as Promise<{ name: string; version: string }[]>);

  const addWebhook = (url: string, events: string[]) =>
    client.request({
      method: 'post',
      uri: instance,
      headers: FORM,
      data: { Type: 'global', WebhookMethod: 'POST', WebhookUrl: url, WebhookEvents: events },
    });

  /** Everything that can be seen of the account and of the application, without dates and revision counters. */
  async function content() {
    const workspace = client.taskrouter.v1.workspaces(twilio.workspaceSid);
    const [configuration, webhooks, flows, workflows, channels, queues, globals] = await Promise.all([
      client.flexApi.v1.configuration().fetch(),
      client.request({ method: 'get', uri: instance, headers: FORM }),
      client.studio.v2.flows.list(),
      workspace.workflows.list(),
      workspace.taskChannels.list(),
      workspace.taskQueues.list(),
      client.conversations.v1.configuration.webhooks().fetch(),
    ]);
    const definitions = await Promise.all(
      flows.map(async ({ sid }) => (await client.studio.v2.flows(sid).fetch()).definition),
    );
    const { uiAttributes, channelConfigs } = configuration;
    const commands = await discordApi('GET');
    const all = { commands, uiAttributes, channelConfigs, webhooks: webhooks.body, flows, definitions };
    const text = JSON.stringify({ ...all, workflows, channels, queues, globals });
    return JSON.parse(text, (key, value) =>
      /date_?(created|updated)|revision/i.test(key) ? undefined : value,
    );
  }

  /** Gives the account a life of its own: settings, attachments, webhooks, a flow and a command that are not ours. */
  async function makeForeign(): Promise<void> {
    await discordApi('POST', { name: 'roll', description: 'Rolls a die' });
    await configure({
      ui_attributes: { version_compatibility: 'yes', colours: { dark: true }, flexcord_like: { a: [1] } },
      channel_configs: [
        { address_type: 'sms', cbm_attachments: { enabled: true, accepted_extensions: ['jpg'] } },
        {
          address_type: 'web',
          cbm_attachments: { enabled: true, number_of_attachments: 3, accepted_extensions: ['png', 'zip'] },
        },
      ],
    });
    await addWebhook('https://crm.harbour.test/hooks?key=hidden', ['onChannelCreated']);
    // Two other bridges of ours, for all that anybody can tell.
    for (const host of ['one', 'two'])
      await addWebhook(`https://${host}.harbour.test/twilio/interactions`, ['onParticipantJoined']);
    const trigger = {
      name: 'Trigger',
      type: 'trigger',
      transitions: [],
      properties: { offset: { x: 0, y: 0 } },
    };
    await client.studio.v2.flows.create({
      friendlyName: 'Our voice menu',
      status: 'draft',
      definition: { description: 'x', initial_state: 'Trigger', flags: {}, states: [trigger] },
    });
  }

  return { client, configure, discordApi, addWebhook, content, makeForeign };
}
