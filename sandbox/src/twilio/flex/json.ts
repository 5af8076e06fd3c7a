import { isoSeconds } from '../clock.ts';
import type { TwilioState } from '../state.ts';
import type {
  ChannelParticipant,
  Interaction,
  InteractionChannel,
  InteractionWebhook,
  Invite,
  Transfer,
} from './model.ts';

export const FLEX_URL = 'https://flex-api.twilio.com/v1';

export const channelUrl = ({ interactionSid, sid }: InteractionChannel): string =>
  `${FLEX_URL}/Interactions/${interactionSid}/Channels/${sid}`;

export function interactionJson(state: TwilioState, interaction: Interaction) {
  const url = `${FLEX_URL}/Interactions/${interaction.sid}`;
  return {
    sid: interaction.sid,
    channel: { type: state.channels.get(interaction.channelSid)?.type, sid: interaction.channelSid },
    routing: routingJson(state, interaction.taskSid),
    interaction_context_sid: interaction.contextSid,
    webhook_ttid: interaction.webhookTtid,
    url,
    links: { channels: `${url}/Channels` },
  };
}

export function channelJson(channel: InteractionChannel) {
  const url = channelUrl(channel);
  return {
    sid: channel.sid,
    interaction_sid: channel.interactionSid,
    type: channel.type,
    status: channel.status,
    error_code: channel.errorCode,
    error_message: channel.errorMessage,
    url,
    links: { participants: `${url}/Participants`, invites: `${url}/Invites`, transfers: `${url}/Transfers` },
  };
}

export function participantJson(channel: InteractionChannel, participant: ChannelParticipant) {
  const { taskSid, workerSid, reservationSid } = participant;
  return {
    sid: participant.sid,
    type: participant.type,
    interaction_sid: channel.interactionSid,
    channel_sid: channel.sid,
    routing_properties: taskSid
      ? { task_sid: taskSid, worker_sid: workerSid, reservation_sid: reservationSid }
      : null,
    url: `${channelUrl(channel)}/Participants/${participant.sid}`,
  };
}

export function inviteJson(state: TwilioState, channel: InteractionChannel, invite: Invite) {
  return {
    sid: invite.sid,
    interaction_sid: channel.interactionSid,
    channel_sid: channel.sid,
    routing: routingJson(state, invite.taskSid),
    url: `${channelUrl(channel)}/Invites/${invite.sid}`,
  };
}

export function transferJson(state: TwilioState, channel: InteractionChannel, transfer: Transfer) {
  return {
    sid: transfer.sid,
    instance_sid: state.flexInstanceSid,
    account_sid: state.credentials.accountSid,
    interaction_sid: channel.interactionSid,
    channel_sid: channel.sid,
    execution_sid: null,
    type: transfer.type,
    status: transfer.status,
    from: transfer.from,
    to: transfer.to,
    note_sid: null,
    summary_sid: null,
    date_created: isoSeconds(transfer.dateCreated),
    date_updated: isoSeconds(transfer.dateUpdated),
    url: `${channelUrl(channel)}/Transfers/${transfer.sid}`,
  };
}

export function interactionWebhookJson(state: TwilioState, webhook: InteractionWebhook) {
  return {
    ttid: webhook.ttid,
    account_sid: state.credentials.accountSid,
    instance_sid: state.flexInstanceSid,
    friendly_name: webhook.friendlyName,
    type: webhook.type,
    webhook_url: webhook.url,
    webhook_method: webhook.method,
    webhook_events: webhook.events,
    date_created: isoSeconds(webhook.dateCreated),
    date_updated: isoSeconds(webhook.dateUpdated),
    url: `${FLEX_URL}/Instances/${state.flexInstanceSid}/InteractionWebhooks/${webhook.ttid}`,
  };
}

function routingJson(state: TwilioState, taskSid: string) {
  const { tasks, workflows, queues, taskChannels, workspace } = state.taskRouter;
  const task = tasks.get(taskSid);
  if (!task) return { reservation: null, properties: {} };
  const seconds = (ms: number) => Math.floor(ms / 1000);
  const age = seconds(state.clock.now() - task.dateCreated);
  return {
    reservation: null,
    properties: {
      account_sid: state.credentials.accountSid,
      workspace_sid: workspace.sid,
      sid: task.sid,
      date_created: seconds(task.dateCreated),
      date_updated: seconds(task.dateUpdated),
      attributes: task.attributes,
      assignment_status: task.status,
      workflow_sid: task.workflowSid,
      workflow_name: workflows.get(task.workflowSid ?? '')?.friendlyName ?? null,
      queue_sid: task.queueSid,
      queue_name: queues.get(task.queueSid)?.friendlyName ?? null,
      priority: task.priority,
      age,
      reason: task.reason ?? '',
      timeout: task.timeout,
      assignmentCounter: 0,
      task_channel_sid: task.taskChannelSid,
      task_channel_unique_name: taskChannels.get(task.taskChannelSid)?.uniqueName ?? null,
      routing_target: task.routingTarget,
      task_queue_entered_date: seconds(task.dateCreated),
      age_in_queue: age,
      addons: '{}',
      ignore_capacity: task.ignoreCapacity,
      virtual_start_time: seconds(task.virtualStartTime),
      required_attention: null,
      custom_context: null,
      version: task.version,
    },
  };
}
