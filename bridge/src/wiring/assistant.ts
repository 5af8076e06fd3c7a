import { type AnswerWriter, createAnswerWriter } from '../assistant/answer-writer/answer-writer.ts';
import { createHandoffSummaries } from '../assistant/handoff-summary.ts';
import { createVirtualAgent } from '../assistant/virtual-agent.ts';
import type { KnownIncidents } from '../incidents/known.ts';
import { inLanguage } from '../incidents/notice.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { SupportOptions } from '../support/options.ts';
import { questionsUnderWay } from '../support/turns.ts';
import type { Core } from './core.ts';
import type { KnowledgeModule } from './knowledge.ts';

export interface AssistantModule extends Pick<SupportOptions, 'virtualAgent' | 'summaryOf'> {
  prepare: Knowledge['prepare'];
}

/** Wires the virtual agent, the answers that a model writes out of articles, and the summaries for agents. */
export function createAssistantModule(
  core: Core,
  { knowledge }: KnowledgeModule,
  knownIncidents: Pick<KnownIncidents, 'find'>,
): AssistantModule {
  const virtualAgent = createVirtualAgent(knowledge, answerWriter(core), (question, locale) => {
    const known = knownIncidents.find(question);
    return known && inLanguage(known.notice, locale);
  });
  return {
    virtualAgent,
    prepare: knowledge.prepare,
    summaryOf: createHandoffSummaries({
      titleOf: (id) => knowledge.find(id)?.title,
      unansweredYet: async (db, conversation) => {
        const asked = [...(await questionsUnderWay(db, conversation)), conversation.turn_text ?? ''];
        return asked.filter((text) => virtualAgent.isSupportRequest(text));
      },
      texts: core.agentTexts,
    }),
  };
}

/** Null without a language model. */
function answerWriter({ config, logger }: Core): AnswerWriter | null {
  if (!config.LLM_URL || !config.LLM_MODEL) return null;
  return createAnswerWriter({
    url: config.LLM_URL,
    apiKey: config.LLM_API_KEY,
    model: config.LLM_MODEL,
    timeoutMs: config.LLM_TIMEOUT_MS,
    logger,
  });
}
