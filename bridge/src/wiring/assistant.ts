import type { Logger } from 'pino';
import { type AnswerWriter, createAnswerWriter } from '../assistant/answer-writer/answer-writer.ts';
import { createHandoffSummaries } from '../assistant/handoff-summary.ts';
import { createVirtualAgent } from '../assistant/virtual-agent.ts';
import type { Config } from '../config/config.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { pendingIn } from '../relay/journal.ts';
import { assistantLane, type Payloads } from '../support/entries.ts';
import type { SupportOptions } from '../support/options.ts';
import { textsFor } from '../texts/index.ts';

export interface Assistant extends Pick<SupportOptions, 'virtualAgent' | 'summaryOf'> {
  prepare: Knowledge['prepare'];
}

/** What speaks out of the articles: to members the virtual agent and what a model writes, to agents the summaries. */
export function wireAssistant(config: Config, knowledge: Knowledge, logger: Logger): Assistant {
  const virtualAgent = createVirtualAgent(knowledge, answerWriter(config, logger));
  return {
    virtualAgent,
    prepare: knowledge.prepare,
    summaryOf: createHandoffSummaries({
      titleOf: (id) => knowledge.find(id)?.title,
      unansweredYet: async (db, { id, turn_text }) => {
        const answering = (await pendingIn(db, assistantLane(id))) as Payloads['assistant.answer'][];
        const asked = [...answering.map(({ question }) => question), turn_text ?? ''];
        return asked.filter((text) => virtualAgent.isSupportRequest(text));
      },
      texts: textsFor(config.AGENT_LANGUAGE),
    }),
  };
}

/** Null without a model. */
function answerWriter(config: Config, logger: Logger): AnswerWriter | null {
  if (!config.LLM_URL || !config.LLM_MODEL) return null;
  return createAnswerWriter({
    url: config.LLM_URL,
    apiKey: config.LLM_API_KEY,
    model: config.LLM_MODEL,
    timeoutMs: config.LLM_TIMEOUT_MS,
    logger,
  });
}
