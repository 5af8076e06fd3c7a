import { callTwilio, isNotFound, type Twilio } from '../client.ts';
import type { FlexAccount } from './flex-account.ts';
import { taskChannelsOf, workspaceMismatch } from './routing.ts';

/** What a bridge is told of the account in its settings. */
export interface NamedResources {
  workspaceSid: string;
  workflowSid: string;
  /** Unique name. */
  taskChannel: string;
  /** Empty where conversations are not routed by Studio. */
  flowSid: string;
}

const MEND = 'Leave it empty in .env, run bun run provision, and put in what that prints.';

/**
 * Looks for what the settings name, each look on its own: resolves with a sentence about the variable where Twilio says that
 * it is not there, with null where it is. A look that gets no such answer rejects.
 */
export function namedResources(
  twilio: Twilio,
  account: FlexAccount,
  named: NamedResources,
): Promise<string | null>[] {
  const { workspaceSid } = account;
  const workspace = twilio.taskrouter.v1.workspaces(workspaceSid);
  return [
    Promise.resolve(workspaceMismatch(named.workspaceSid, account)),
    isThere('workflow', () => workspace.workflows(named.workflowSid).fetch()).then((there) =>
      there
        ? null
        : `TWILIO_WORKFLOW_SID is ${named.workflowSid}, which the workspace of Flex does not have. ${MEND}`,
    ),
    taskChannelsOf(twilio, workspaceSid).then((channels) =>
      channels.some(({ uniqueName }) => uniqueName === named.taskChannel)
        ? null
        : `TWILIO_TASK_CHANNEL is "${named.taskChannel}", which the workspace of Flex does not have. Run bun run provision, which makes it.`,
    ),
    ...(named.flowSid
      ? [
          isThere('flow', () => twilio.studio.v2.flows(named.flowSid).fetch()).then((there) =>
            there ? null : `TWILIO_STUDIO_FLOW_SID is ${named.flowSid}, which is not there. ${MEND}`,
          ),
        ]
      : []),
  ];
}

/** Whether a resource is there. Rejects where nobody says. */
async function isThere(what: string, fetch: () => Promise<unknown>): Promise<boolean> {
  try {
    await callTwilio(what, fetch);
    return true;
  } catch (error) {
    if (isNotFound(error instanceof Error ? error.cause : error)) return false;
    throw error;
  }
}
