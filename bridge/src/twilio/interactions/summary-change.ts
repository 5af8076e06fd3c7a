import type { HandoffSummaries } from '../../assistant/handoff-summary.ts';
import { findMember } from '../../members/members.ts';
import type { Handled, PayloadOf } from '../../relay/entries.ts';
import type { Store } from '../../store/open.ts';
import { conversationQueries } from '../../support/conversations.ts';
import { summaryChange } from '../../support/outgoing.ts';
import { callTwilio, isNotFound, paceConversation, type Twilio } from '../client.ts';
import { changeTask, readAttributes } from './change-task.ts';

export interface SummaryChangesOptions {
  store: Store;
  twilio: Twilio;
  workspaceSid: string;
  summaryOf: HandoffSummaries;
}

/** Writes the summary of a conversation anew, in its transcript and on its tasks. Doing it twice changes nothing. */
export function createSummaryChanges({ store, twilio, workspaceSid, summaryOf }: SummaryChangesOptions) {
  const queries = conversationQueries(store);
  const workspace = twilio.taskrouter.v1.workspaces(workspaceSid);

  async function rewrite({ conversationId }: PayloadOf<typeof summaryChange>): Promise<Handled> {
    const conversation = await queries.find(conversationId);
    const member = conversation && (await findMember(store.db, conversation.member_id));
    const sid = conversation?.twilio_sid;
    // One that is over takes no change.
    if (!conversation || !member || !sid || conversation.closed_at !== null) return undefined;
    const { note, line } = await summaryOf(store.db, conversation, member);
    const { summary_sid } = conversation;
    if (summary_sid) {
      await ifThere('change a summary', async () => {
        await paceConversation(sid);
        await twilio.conversations.v1.conversations(sid).messages(summary_sid).update({ body: note });
      });
    }
    const tasks = await callTwilio('tasks of a conversation', () =>
      workspace.tasks.list({ evaluateTaskAttributes: `conversationSid == "${sid}"`, limit: 20 }),
    );
    for (const { sid: taskSid, attributes } of tasks) {
      if (!differs(readAttributes(attributes), line)) continue;
      await ifThere('change a task', () =>
        changeTask(twilio, { workspaceSid, taskSid, what: 'change a task' }, (known) =>
          differs(known, line) ? { ...known, summary: line } : null,
        ),
      );
    }
    return undefined;
  }

  return { handlers: [summaryChange.handledBy({ run: rewrite })] as const };
}

/** Only a task that has a summary has it written anew. */
const differs = ({ summary }: Record<string, unknown>, line: string | null): boolean =>
  summary !== undefined && summary !== line;

/** What is gone needs no change. */
async function ifThere(what: string, change: () => Promise<unknown>): Promise<void> {
  try {
    await change();
  } catch (error) {
    if (isNotFound(error) || isNotFound((error as Error).cause)) return;
    await callTwilio(what, () => Promise.reject(error));
  }
}
