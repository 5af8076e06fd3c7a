import { createSummaries } from '../assistant/summaries.ts';
import { cardOf, createVirtualAgent } from '../assistant/virtual-agent.ts';
import { createWriter } from '../assistant/writer/writer.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { languageOf } from '../knowledge/search/terms.ts';
import { pendingIn } from '../relay/journal.ts';
import { assistantLane, type Payloads } from '../support/entries.ts';
import type { SupportOptions } from '../support/options.ts';
import type { Core } from './core.ts';
import type { KnowledgeModule } from './knowledge.ts';

export type AssistantModule = Pick<SupportOptions, 'virtualAgent' | 'prepare' | 'write' | 'summaryOf'>;

/** Wires the virtual agent, the answers that a model writes out of articles, and the summaries for agents. */
export function createAssistantModule(core: Core, { knowledge }: KnowledgeModule): AssistantModule {
  const virtualAgent = createVirtualAgent(knowledge);
  return {
    virtualAgent,
    prepare: knowledge.prepare,
    write: createAnswerWriter(core, knowledge),
    summaryOf: createSummaries({
      titleOf: (id) => knowledge.find(id)?.title,
      unansweredYet: async (db, { id, turn_text }) => {
        const answering = (await pendingIn(db, assistantLane(id))) as Payloads['assistant.answer'][];
        const asked = [...answering.map(({ question }) => question), turn_text ?? ''];
        return asked.filter((text) => virtualAgent.isSupportRequest(text));
      },
      texts: core.agentTexts,
    }),
  };
}

/** Null without a language model. */
function createAnswerWriter({ config, logger }: Core, knowledge: Knowledge): SupportOptions['write'] {
  if (!config.LLM_URL || !config.LLM_MODEL) return null;
  const write = createWriter({
    url: config.LLM_URL,
    apiKey: config.LLM_API_KEY,
    model: config.LLM_MODEL,
    timeoutMs: config.LLM_TIMEOUT_MS,
    logger,
  });
  return async (question, articleIds) => {
    const written = await write(
      { ...question, language: languageOf(question.text) },
      articleIds.flatMap((id) => knowledge.find(id) ?? []),
    );
    return (
      written && { text: written.text, articles: written.articles.map((article) => cardOf(article, '')) }
    );
  };
}
