import { invalid } from '../errors.ts';
import { isJsonObject, type JsonObject, jsonObject } from '../http.ts';
import type { TwilioState } from '../state.ts';
import { DEFAULT_TASK_TIMEOUT_SECONDS, findTaskChannel } from '../taskrouter/tasks.ts';
import type { InteractionChannel, RoutingRequest } from './model.ts';

/** Reads a `Routing` parameter: `{"properties": {workspace_sid, workflow_sid, attributes, …}}`. */
export function readRouting(state: TwilioState, text: string | undefined): RoutingRequest {
  const properties = text ? jsonObject(text, 'Routing').properties : {};
  if (!isJsonObject(properties)) throw invalid('Routing.properties is missing');
  const workspace = word(properties.workspace_sid);
  if (text && workspace !== state.taskRouter.workspace.sid) {
    throw invalid(`Routing.properties.workspace_sid ${workspace ?? ''} was not found`);
  }
  const wanted = word(properties.task_channel_sid) ?? word(properties.task_channel_unique_name) ?? 'default';
  const taskChannel = findTaskChannel(state, wanted);
  if (!taskChannel) throw invalid(`Task channel ${wanted} was not found`);
  return {
    workflowSid: word(properties.workflow_sid) ?? null,
    queueSid: word(properties.queue_sid) ?? null,
    workerSid: word(properties.worker_sid) ?? null,
    taskChannelSid: taskChannel.sid,
    attributes: readAttributes(properties.attributes),
    priority: integer(properties.priority, 0),
    timeout: integer(properties.timeout, DEFAULT_TASK_TIMEOUT_SECONDS),
  };
}

/**
 * The attributes that Flex gives a task of an interaction, as recorded by github.com/weni-ai/mailroom
 * services/tickets/twilioflex2. https://www.twilio.com/docs/flex/developer/conversations/interactions-api
 */
export function taskAttributes(
  channel: InteractionChannel,
  inviteSid: string,
  given: JsonObject,
  { isOutbound, channelTypeOverwritten }: { isOutbound: boolean; channelTypeOverwritten: boolean },
): JsonObject {
  const { customerName, customerAddress } = given;
  const type = channel.type.charAt(0).toUpperCase() + channel.type.slice(1);
  const by = channel.initiatedBy;
  const initiatedBy = by === 'api' ? 'API' : by.charAt(0).toUpperCase() + by.slice(1);
  const isFirst = channel.invites.size === 0;
  const known = isJsonObject(given.conversations) ? given.conversations : {};
  return {
    ...given,
    channelType: channelTypeOverwritten ? channel.type : (given.channelType ?? channel.type),
    taskCreateSource: 'interaction',
    conversationSid: channel.conversationSid,
    flexInteractionSid: channel.interactionSid,
    flexInteractionChannelSid: channel.sid,
    flexChannelInviteSid: inviteSid,
    ...(isFirst ? { direction: isOutbound ? 'outbound' : 'inbound', initiatedBy: channel.initiatedBy } : {}),
    conversations: {
      ...known,
      conversation_id: channel.interactionSid,
      communication_channel: type,
      initiated_by: initiatedBy,
      direction: isOutbound ? 'Outbound' : 'Inbound',
      media: [{ type: 'ChatTranscript', sid: channel.conversationSid }],
    },
    customers: isJsonObject(given.customers)
      ? given.customers
      : customerName && customerAddress
        ? { name: customerName, phone: null, email: null }
        : {},
  };
}

function readAttributes(value: unknown): JsonObject {
  if (value === undefined || value === null) return {};
  if (typeof value === 'string') return jsonObject(value, 'Routing.properties.attributes');
  if (isJsonObject(value)) return value;
  throw invalid('Routing.properties.attributes is not a JSON object');
}

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function integer(value: unknown, fallback: number): number {
  if (value === undefined || value === null) return fallback;
  const number = Number(value);
  if (!Number.isInteger(number)) throw invalid('priority and timeout must be integers');
  return number;
}
