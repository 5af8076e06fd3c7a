import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import type { FlexAccount } from '../provisioning/flex-account.ts';
import {
  addressOf,
  listInteractionWebhooks,
  requestInteractionWebhooks,
} from '../provisioning/interaction-webhook.ts';
import { PROBE_MAILBOX } from './mailbox.ts';

/** The friendly name of everything that a probe makes, by which the next one knows what was left. */
export const MARK = 'Flexcord probe';
/** The chat identity for which a probe writes. */
export const PROBE_IDENTITY = 'flexcord_probe';
/** Writes into the probe's conversations and takes no part in them. */
export const PROBE_SPEAKER = 'flexcord_probe_speaker';
/** No worker has it, so that nobody is offered the task. */
const NOBODY = 'flexcord_probe == "nobody"';
const MAX_LISTED = 1000;

export interface ProbeAccount {
  twilio: Twilio;
  flex: FlexAccount;
  /** IS…, where the conversations of Flex are. */
  serviceSid: string;
}

const workspaceOf = ({ twilio, flex }: ProbeAccount) => twilio.taskrouter.v1.workspaces(flex.workspaceSid);
export const serviceOf = ({ twilio, serviceSid }: ProbeAccount) =>
  twilio.conversations.v1.services(serviceSid);

export interface ProbeTask {
  sid: string;
  status: string;
  attributes: Record<string, unknown>;
}

/** The tasks of a conversation, or with any conversation those of all probes. */
export async function probeTasks(account: ProbeAccount, conversationSid?: string): Promise<ProbeTask[]> {
  const which = conversationSid ? `conversationSid == "${conversationSid}"` : 'flexcordProbe == "yes"';
  const found = await callTwilio('tasks', () =>
    workspaceOf(account).tasks.list({ evaluateTaskAttributes: which, limit: MAX_LISTED }),
  );
  return found.map(({ sid, assignmentStatus, attributes }) => ({
    sid,
    status: assignmentStatus,
    attributes: JSON.parse(attributes) as Record<string, unknown>,
  }));
}

/** A queue that nobody works, and a workflow that leads there and nowhere else. */
export async function makeQueue(account: ProbeAccount): Promise<{ workflowSid: string }> {
  const workspace = workspaceOf(account);
  const queue = await callTwilio('make a queue', () =>
    workspace.taskQueues.create({ friendlyName: MARK, targetWorkers: NOBODY }),
  );
  const workflow = await callTwilio('make a workflow', () =>
    workspace.workflows.create({
      friendlyName: MARK,
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: queue.sid } } }),
    }),
  );
  return { workflowSid: workflow.sid };
}

export async function makeInteractionWebhook({ twilio, flex }: ProbeAccount, url: string): Promise<void> {
  await requestInteractionWebhooks(twilio, flex, 'post', '', {
    Type: 'global',
    FriendlyName: MARK,
    WebhookMethod: 'POST',
    WebhookUrl: url,
    WebhookEvents: ['onChannelStatusUpdated', 'onParticipantLeft'],
  });
}

/** Ends the chats of these tasks, and cancels what is not over by that. */
export async function endTasks(account: ProbeAccount, tasks: readonly ProbeTask[]): Promise<void> {
  const open = tasks.filter(({ status }) => !['completed', 'canceled'].includes(status));
  for (const { sid, attributes } of open) {
    const { flexInteractionSid: interaction, flexInteractionChannelSid: channel } = attributes;
    if (typeof interaction === 'string' && typeof channel === 'string')
      await closeChannel(account, interaction, channel);
    const task = workspaceOf(account).tasks(sid);
    const { assignmentStatus } = await callTwilio('task', () => task.fetch());
    if (['completed', 'canceled'].includes(assignmentStatus)) continue;
    await callTwilio('cancel a task', () =>
      task.update(
        assignmentStatus === 'wrapping'
          ? { assignmentStatus: 'completed' }
          : { assignmentStatus: 'canceled', reason: MARK },
      ),
    );
  }
}

/** Ends a chat; the conversation is closed by it. */
export async function closeChannel({ twilio }: ProbeAccount, interaction: string, channel: string) {
  await callTwilio('close a channel', () =>
    twilio.flexApi.v1
      .interaction(interaction)
      .channels(channel)
      .update({ status: 'closed', routing: { status: 'closed' } }),
  );
}

/** Takes away everything that bears the mark. Returns what was there, and what would not go, with the reason. */
export async function cleanUp(account: ProbeAccount): Promise<{ removed: string[]; left: string[] }> {
  const { twilio, flex } = account;
  const removed: string[] = [];
  const left: string[] = [];

  async function each<One>(what: string, list: () => Promise<One[]>, remove: (one: One) => Promise<unknown>) {
    try {
      for (const one of await callTwilio(what, list)) {
        await callTwilio(`remove ${what}`, () => remove(one));
        removed.push(what);
      }
    } catch (error) {
      if (!isNotFound((error as Error).cause)) left.push(`${what} (${(error as Error).message})`);
    }
  }

  const service = serviceOf(account);
  const workspace = workspaceOf(account);
  // The task before its queue, the flow and the workflow before what they name.
  await each(
    'task',
    async () =>
      (await probeTasks(account)).filter(({ status }) => !['completed', 'canceled'].includes(status)),
    (task) => endTasks(account, [task]),
  );
  await each(
    'conversation',
    () =>
      service.participantConversations.list({ identity: PROBE_IDENTITY, pageSize: 50, limit: MAX_LISTED }),
    ({ conversationSid }) => service.conversations(conversationSid).remove(),
  );
  await each(
    'interaction webhook',
    async () =>
      (await listInteractionWebhooks(twilio, flex)).filter((one) => addressOf(one).endsWith(PROBE_MAILBOX)),
    ({ id }) => requestInteractionWebhooks(twilio, flex, 'delete', id),
  );
  await each(
    'Studio flow',
    async () => (await twilio.studio.v2.flows.list({ limit: MAX_LISTED })).filter(isMarked),
    ({ sid }) => twilio.studio.v2.flows(sid).remove(),
  );
  await each(
    'workflow',
    () => workspace.workflows.list({ friendlyName: MARK, limit: MAX_LISTED }),
    ({ sid }) => workspace.workflows(sid).remove(),
  );
  await each(
    'task queue',
    () => workspace.taskQueues.list({ friendlyName: MARK, limit: MAX_LISTED }),
    ({ sid }) => workspace.taskQueues(sid).remove(),
  );
  for (const identity of [PROBE_IDENTITY, PROBE_SPEAKER])
    await each(
      'user',
      async () => [await service.users(identity).fetch()],
      ({ sid }) => service.users(sid).remove(),
    );
  return { removed, left };
}

const isMarked = ({ friendlyName }: { friendlyName: string }) => friendlyName === MARK;
