import { callTwilio, type Twilio } from '../client.ts';

/** How often a change is made anew because somebody else changed the task meanwhile. */
const MAX_TRIES = 5;

/**
 * Changes attributes of a task and leaves the others. An update replaces all of them, and agents' plugins, Flex and other
 * bridges write them too, so it is made for the version that was read (`If-Match`), and anew where that is not the latest
 * (412, https://www.twilio.com/docs/taskrouter/api/task#update-a-task-resource). `change` gives the new ones of the present
 * ones, or null where there is nothing to change. Throws Transient and Refused.
 */
export async function changeTask(
  twilio: Twilio,
  { workspaceSid, taskSid, what }: { workspaceSid: string; taskSid: string; what: string },
  change: (attributes: Record<string, unknown>) => Record<string, unknown> | null,
): Promise<void> {
  const task = twilio.taskrouter.v1.workspaces(workspaceSid).tasks(taskSid);
  for (let tries = 1; ; tries += 1) {
    const { body, headers } = await callTwilio(`${what}: read it`, () => task.fetchWithHttpInfo());
    const changed = change(readAttributes(body.attributes));
    if (!changed) return;
    const ifMatch = new Headers(headers as unknown as HeadersInit).get('etag') ?? undefined;
    try {
      await callTwilio(what, () => task.update({ attributes: JSON.stringify(changed), ifMatch }));
      return;
    } catch (error) {
      const { status } = ((error as Error).cause ?? {}) as { status?: unknown };
      if (status !== 412 || tries === MAX_TRIES) throw error;
    }
  }
}

/** Attributes that are no JSON object name nothing. */
export function readAttributes(given: unknown): Record<string, unknown> {
  try {
    const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    return value && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}
