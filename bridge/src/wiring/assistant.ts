import type { Logger } from 'pino';
import { createSummaries } from '../assistant/summaries.ts';
import { cardOf, createVirtualAgent } from '../assistant/virtual-agent.ts';
import { createWriter } from '../assistant/writer/writer.ts';
import type { Config } from '../config/config.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { languageOf } from '../knowledge/search/terms.ts';
import type { SupportOptions } from '../support/options.ts';
import { questionsUnderWay } from '../support/turns.ts';
import { textsFor } from '../texts/index.ts';

/** What speaks out of the articles: to members the virtual agent and what a model writes, to agents the summaries. */
export function wireAssistant(
  config: Config,
  knowledge: Knowledge,
  logger: Logger,
): Pick<SupportOptions, 'virtualAgent' | 'prepare' | 'write' | 'summaryOf'> {
  const virtualAgent = createVirtualAgent(knowledge);
  return {
    virtualAgent,
    prepare: knowledge.prepare,
    write: writing(config, knowledge, logger),
    summaryOf: createSummaries({
      titleOf: (id) => knowledge.find(id)?.title,
      unansweredYet: async (db, { id, turn_text }) => {
        const asked = [...(await questionsUnderWay(db, id)), turn_text ?? ''];
        return asked.filter((text) => virtualAgent.isSupportRequest(text));
      },
      texts: textsFor(config.AGENT_LANGUAGE),
    }),
  };
}

/** Null without a model. */
function writing(config: Config, knowledge: Knowledge, logger: Logger): SupportOptions['write'] {
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
