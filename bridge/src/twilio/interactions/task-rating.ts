import { taskRating } from '../../cases/public/ratings.ts';
import { callTwilio, type Twilio } from '../client.ts';
import { changeTask, readAttributes } from './change-task.ts';

export interface TaskRatingOptions {
  twilio: Twilio;
  workspaceSid: string;
  /** The one of `conversations.conversation_measure_1` to `_10` that takes the score; null: none. */
  measure: string | null;
}

/**
 * Writes a member's rating on the tasks of a conversation, where Flex Insights reads it
 * (https://www.twilio.com/docs/flex/developer/insights/enhance-integration). That page counts what a task says when it is
 * completed; whether an update that comes later is taken, and for how long, could not be tried: who rates while the
 * agent wraps up is counted for certain. A task that is gone already is none to write on.
 */
export function createTaskRating({ twilio, workspaceSid, measure }: TaskRatingOptions) {
  const workspace = twilio.taskrouter.v1.workspaces(workspaceSid);

  const rate = taskRating.handledBy({
    async run({ conversationSid, score }) {
      if (measure === null) return undefined;
      const tasks = await callTwilio('tasks of a conversation', () =>
        workspace.tasks.list({
          evaluateTaskAttributes: `conversationSid == "${conversationSid}"`,
          limit: 20,
        }),
      );
      for (const { sid: taskSid } of tasks) {
        await changeTask(twilio, { workspaceSid, taskSid, what: 'rate a task' }, (attributes) => ({
          ...attributes,
          conversations: { ...readAttributes(attributes.conversations), [measure]: score },
        }));
      }
      return { outcome: { tasks: tasks.length } };
    },
  });
  return { handlers: [rate] as const };
}
