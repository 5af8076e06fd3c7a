import { callTwilio, type Twilio } from '../client.ts';
import { asObject, type FlexAccount } from './flex-account.ts';
import { foreign, keep, mend, type PlanStep, ProvisioningError, type ProvisioningOptions } from './plan.ts';

const WORKFLOW = 'TaskRouter workflow';
const CHANNEL = 'Task channel';
/** Names by which we know again what we made. */
const OUR_NAME = 'Flexcord: Discord';
const EXPRESSION = 'channel == "discord"';

const MAX_LISTED = 1000;

const workspaceOf = ({ twilio }: ProvisioningOptions, account: FlexAccount) =>
  twilio.taskrouter.v1.workspaces(account.workspaceSid);

/** What is wrong with a workspace that is named and is not the one of Flex. */
export const workspaceMismatch = (named: string, { workspaceSid }: FlexAccount): string | null =>
  named && named !== workspaceSid
    ? `TWILIO_WORKSPACE_SID is ${named}, but Flex uses ${workspaceSid}. Put that into .env.`
    : null;

export const taskChannelsOf = (twilio: Twilio, workspaceSid: string) =>
  callTwilio('task channels', () =>
    twilio.taskrouter.v1.workspaces(workspaceSid).taskChannels.list({ limit: MAX_LISTED }),
  );

export function planWorkspace(options: ProvisioningOptions, account: FlexAccount): PlanStep {
  const mismatch = workspaceMismatch(options.workspaceSid ?? '', account);
  if (mismatch) return mend('TaskRouter workspace', mismatch);
  return keep('TaskRouter workspace', `${account.workspaceSid}, the one of Flex`);
}

export async function planTaskChannel(
  options: ProvisioningOptions,
  account: FlexAccount,
): Promise<PlanStep & { sid?: string }> {
  const workspace = workspaceOf(options, account);
  const channels = await taskChannelsOf(options.twilio, account.workspaceSid);
  const uniqueName = options.taskChannel;
  const found = channels.find((channel) => channel.uniqueName === uniqueName);
  if (found) return { ...keep(CHANNEL, `"${uniqueName}", ${found.sid}`), sid: found.sid };
  return {
    what: CHANNEL,
    action: 'create',
    detail: `"${uniqueName}"; there are ${channels.map((channel) => channel.uniqueName).join(', ')}`,
    async carryOut(made) {
      const { sid } = await callTwilio('create the task channel', () =>
        workspace.taskChannels.create({ friendlyName: OUR_NAME, uniqueName }),
      );
      made.taskChannelSid = sid;
    },
  };
}

export async function planWorkflow(
  options: ProvisioningOptions,
  account: FlexAccount,
): Promise<PlanStep & { sid?: string }> {
  const workspace = workspaceOf(options, account);
  const workflows = await callTwilio('workflows', () => workspace.workflows.list({ limit: MAX_LISTED }));
  const named = workflows.find(({ sid }) => sid === options.workflowSid);
  if (options.workflowSid && !named) {
    return mend(
      WORKFLOW,
      `TWILIO_WORKFLOW_SID is ${options.workflowSid}, which the workspace of Flex does not have. Leave it empty in .env, and one is made.`,
    );
  }
  const found = named ?? workflows.find(({ friendlyName }) => friendlyName === OUR_NAME);
  if (!found) {
    const queueSid = account.defaultQueueSid || (await anyQueue(options, account));
    return {
      what: WORKFLOW,
      action: 'create',
      detail: `"${OUR_NAME}"`,
      changes: [`+ ${EXPRESSION} → queue ${queueSid}`],
      async carryOut(made) {
        const { sid } = await callTwilio('create the workflow', () =>
          workspace.workflows.create({
            friendlyName: OUR_NAME,
            configuration: withOurFilter({ default_filter: { queue: queueSid } }, queueSid),
          }),
        );
        made.workflowSid = sid;
      },
    };
  }
  const { sid, friendlyName } = found;
  const routing = routingOf(found.configuration);
  if (takesDiscord(routing)) {
    const isOurs = friendlyName === OUR_NAME;
    const step = isOurs ? keep : foreign;
    return { ...step(WORKFLOW, `"${friendlyName}", ${sid}${isOurs ? '' : ', is yours'}`), sid };
  }
  if (friendlyName !== OUR_NAME) {
    return {
      ...mend(
        WORKFLOW,
        `"${friendlyName}" has neither a default filter nor a filter ${EXPRESSION}: tasks would be lost. Add one in Flex Admin.`,
      ),
      sid,
    };
  }
  const queueSid = account.defaultQueueSid || (await anyQueue(options, account));
  return {
    what: WORKFLOW,
    action: 'update',
    detail: `"${OUR_NAME}", ${sid}; every other filter stays`,
    changes: [`+ ${EXPRESSION} → queue ${queueSid}`],
    sid,
    async carryOut() {
      await callTwilio('update the workflow', () =>
        workspace.workflows(sid).update({ configuration: withOurFilter(routing, queueSid) }),
      );
    },
  };
}

/** What of routing is ours, to be taken away. */
export async function planRoutingRemoval(
  options: ProvisioningOptions,
  account: FlexAccount,
): Promise<PlanStep[]> {
  const workspace = workspaceOf(options, account);
  const workflows = await callTwilio('workflows', () => workspace.workflows.list({ limit: MAX_LISTED }));
  const channels = await callTwilio('task channels', () =>
    workspace.taskChannels.list({ limit: MAX_LISTED }),
  );
  return [
    ...workflows
      .filter(({ friendlyName }) => friendlyName === OUR_NAME)
      .map(
        ({ sid }): PlanStep => ({
          what: WORKFLOW,
          action: 'remove',
          detail: `"${OUR_NAME}", ${sid}`,
          carryOut: async () => {
            await callTwilio('remove the workflow', () => workspace.workflows(sid).remove());
          },
        }),
      ),
    ...channels
      .filter(({ friendlyName }) => friendlyName === OUR_NAME)
      .map(
        ({ sid, uniqueName }): PlanStep => ({
          what: CHANNEL,
          action: 'remove',
          detail: `"${uniqueName}", ${sid}`,
          carryOut: async () => {
            await callTwilio('remove the task channel', () => workspace.taskChannels(sid).remove());
          },
        }),
      ),
  ];
}

async function anyQueue(options: ProvisioningOptions, account: FlexAccount): Promise<string> {
  const queues = await callTwilio('task queues', () =>
    workspaceOf(options, account).taskQueues.list({ limit: 1 }),
  );
  const first = queues[0];
  if (!first)
    throw new ProvisioningError(
      'The workspace of Flex has no task queue. Make one in Flex Admin, and run this again.',
    );
  return first.sid;
}

/** https://www.twilio.com/docs/taskrouter/workflow-configuration */
function routingOf(configuration: string): Record<string, unknown> {
  try {
    return asObject(asObject(JSON.parse(configuration)).task_routing);
  } catch {
    return {};
  }
}

function takesDiscord(routing: Record<string, unknown>): boolean {
  const filters = Array.isArray(routing.filters) ? routing.filters.map(asObject) : [];
  return (
    typeof asObject(routing.default_filter).queue === 'string' ||
    filters.some(({ expression }) => /\bchannel\b.*discord/i.test(String(expression)))
  );
}

function withOurFilter(routing: Record<string, unknown>, queue: string): string {
  const filters = Array.isArray(routing.filters) ? routing.filters : [];
  const ours = { filter_friendly_name: 'Discord', expression: EXPRESSION, targets: [{ queue }] };
  return JSON.stringify({ task_routing: { ...routing, filters: [...filters, ours] } });
}
