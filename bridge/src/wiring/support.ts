import type { Cases } from '../cases/cases.ts';
import type { Config } from '../config/config.ts';
import type { Activities } from '../panel/activity.ts';
import type { LiveEvents } from '../panel/live-events.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import { createBarriers } from '../support/barriers/barriers.ts';
import { type BusinessHours, parseWeek } from '../support/barriers/hours.ts';
import { createChanges } from '../support/message-changes.ts';
import { transcriptOf } from '../support/notice-text.ts';
import type { SupportOptions } from '../support/options.ts';
import { createSupport } from '../support/support.ts';
import { textsFor } from '../texts/index.ts';
import { createTranscript } from '../twilio/conversations/read-back.ts';
import { readKept } from '../twilio/format/from-twilio.ts';
import { createFlexClient } from '../twilio/interactions/flex-client.ts';
import type { Clouds } from './clouds.ts';

export interface SupportParts extends Pick<Clouds, 'twilio'> {
  config: Config;
  store: Store;
  relay: Relay;
  live: LiveEvents;
  activity: Activities;
  cases: Cases;
  assistant: Pick<SupportOptions, 'virtualAgent' | 'prepare' | 'write' | 'summaryOf'>;
}

const DAY_MS = 24 * 3600_000;

/** Wires what decides how a conversation goes on, and the client of Flex that it is handed to. */
export function wireSupport({
  config,
  store,
  relay,
  live,
  activity,
  cases,
  assistant,
  twilio,
}: SupportParts) {
  const flexClient = createFlexClient({
    store,
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

  const twilioQueries = { ...flexClient, ...createTranscript(twilio), readMessage: readKept };
  const support = createSupport({
    store,
    relay,
    twilioQueries,
    ...assistant,
    routing: config.FLEX_ROUTING,
    studioDeadlineMs: config.STUDIO_DEADLINE_MS,
    checkQuietMs: config.CHECK_QUIET_MS,
    openCase: cases.openForConversation,
    caseAnswered: cases.answered,
    solveCase: cases.solvedByMember,
    onSupportRequest,
    barrierFor: createBarriers({
      hours: businessHours(config),
      cooldownMs: config.HANDOFF_COOLDOWN_MS,
      minimumAgeMs: config.MINIMUM_ACCOUNT_DAYS * DAY_MS,
    }),
    afterwords: config.AFTERWORDS === 'ignore',
    reminderMs: config.INACTIVITY_REMINDER_MS,
    closeMs: config.INACTIVITY_CLOSE_MS,
    transcriptOf,
  });
  const changes = createChanges({
    store,
    relay,
    twilioQueries,
    texts: textsFor(config.AGENT_LANGUAGE).message,
    onChanged: activity.changed,
  });
  return { flexClient, support, handlers: [...support.handlers, ...changes] as const };
}

function businessHours(config: Config): BusinessHours | null {
  const week = parseWeek(config.BUSINESS_HOURS);
  if (!week) return null;
  return {
    week,
    timeZone: config.BUSINESS_TIME_ZONE,
    closedOn: new Set(config.BUSINESS_CLOSED_DAYS.split(',')),
  };
}
