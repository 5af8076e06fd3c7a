import { DAY_MS } from '@flexcord/shared/time';
import { createThreadReader } from '../discord/conversation/read-thread.ts';
import { createBarriers } from '../support/barriers/barriers.ts';
import { createChangedWords } from '../support/changed-words.ts';
import { createChanges } from '../support/message-changes.ts';
import { createModeration } from '../support/moderation.ts';
import { transcriptOf } from '../support/notice-text.ts';
import { createSupport } from '../support/support.ts';
import type { ForumDesk } from '../threads/desk.ts';
import { createTranscript } from '../twilio/conversations/read-back.ts';
import { readKept } from '../twilio/format/from-twilio.ts';
import { createFlexClient } from '../twilio/interactions/flex-client.ts';
import type { AssistantModule } from './assistant.ts';
import type { CasesModule } from './cases.ts';
import type { Clouds } from './clouds.ts';
import type { Core } from './core.ts';

/** Wires what decides how a conversation goes on, and the client of Flex that it is handed over to. */
export function createSupportModule(
  core: Core,
  { twilio, ownMessages, rest, reading }: Clouds,
  assistant: AssistantModule,
  { cases }: CasesModule,
  desk: ForumDesk,
) {
  const { config, store, relay, live, activity } = core;
  const flexClient = createFlexClient({
    store,
    relay,
    twilio,
    workspaceSid: config.TWILIO_WORKSPACE_SID,
    workflowSid: config.TWILIO_WORKFLOW_SID,
    taskChannel: config.TWILIO_TASK_CHANNEL,
    summaryOf: assistant.summaryOf,
  });
  /** Agents get suggestions by words at once, and better ones when it is known what was meant. */
  async function onSupportRequest(conversationSid: string, text: string): Promise<void> {
    const suggest = () => live.publish({ type: 'suggestions-changed', conversationSid });
    suggest();
    if (await assistant.prepare?.([text])) suggest();
  }

  const twilioQueries = { ...flexClient, ...createTranscript(twilio, ownMessages), readMessage: readKept };
  const support = createSupport({
    store,
    relay,
    twilioQueries,
    virtualAgent: assistant.virtualAgent,
    summaryOf: assistant.summaryOf,
    desk,
    readThread: createThreadReader({ rest, reading }),
    routing: config.FLEX_ROUTING,
    studioDeadlineMs: config.STUDIO_DEADLINE_MS,
    checkQuietMs: config.TRANSCRIPT_CHECK_MS,
    openCase: cases.openForConversation,
    caseAnswered: cases.answered,
    caseTurned: (memberId, number) =>
      live.publish({ type: 'case-changed', memberId, caseId: String(number) }),
    solveCase: async (tx, member, number) => (await cases.solvedByMember(tx, member, number)).is === 'done',
    async caseLeft(tx, member, number, matterOver) {
      if (matterOver && (await cases.withdrawnByMember(tx, member, number)).is === 'done') return true;
      await cases.leftByMember(tx, member, number);
      return false;
    },
    onSupportRequest,
    barrierFor: createBarriers({
      hours: config.BUSINESS_HOURS && {
        week: config.BUSINESS_HOURS,
        timeZone: config.BUSINESS_TIME_ZONE,
        closedOn: new Set(config.BUSINESS_CLOSED_DAYS),
      },
      cooldownMs: config.HANDOFF_COOLDOWN_MS,
      minimumAgeMs: config.MINIMUM_ACCOUNT_DAYS * DAY_MS,
    }),
    ignoreThanksAfterEnd: config.THANKS_AFTER_END === 'ignore',
    reminderMs: config.INACTIVITY_REMINDER_MS,
    closeMs: config.INACTIVITY_CLOSE_MS,
    texts: core.agentTexts.message,
    transcriptOf,
  });
  const changes = createChanges({
    store,
    relay,
    twilioQueries,
    texts: core.agentTexts.message,
    reviseWords: createChangedWords({
      store,
      relay,
      mark: core.agentTexts.message.wordsGone,
      caseChanged: (memberId, number) =>
        live.publish({ type: 'case-changed', memberId, caseId: String(number) }),
    }),
    onChanged: activity.changed,
    changedInPublic: support.changedInPublic,
  });
  const moderation = createModeration({ store, relay, texts: core.agentTexts.message });
  return {
    flexClient,
    support,
    handlers: [...support.handlers, ...changes, moderation] as const,
  };
}

export type SupportModule = ReturnType<typeof createSupportModule>;
