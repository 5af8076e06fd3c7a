import type { Article } from '@flexcord/bridge/knowledge/article';
import { createKnowledge, type Hit, type Knowledge } from '@flexcord/bridge/knowledge/knowledge';
import { createEmbedder } from '@flexcord/bridge/knowledge/search/semantic/embedder';
import { createEmbeddings } from '@flexcord/bridge/knowledge/search/semantic/embeddings';
import type { Vector } from '@flexcord/bridge/knowledge/search/semantic/vector';
import { create, insertMultiple, search } from '@orama/orama';
import MiniSearch from 'minisearch';
import { pino } from 'pino';

/** Finds articles: their ids, best first, at most ten. */
export type Finder = (query: string) => string[] | Promise<string[]>;
export type Searcher = (articles: readonly Article[]) => Promise<Finder>;

const MAX_HITS = 10;

/** Takes in articles, as the bridge does. */
export type Prepare = (articles: readonly Article[]) => Promise<Knowledge>;

/** The engine of the bridge, with nothing but what it ships with. */
export const bare: Prepare = (articles) => filled(createKnowledge(), articles);

/** The same with a model for embeddings, each text sent to it once in the whole run. */
export function withModel(endpoint: { url: string; apiKey: string; model: string }): Prepare {
  const kept = new Map<string, Vector>();
  const meaning = createEmbeddings({
    embed: createEmbedder(endpoint),
    kept: {
      read: async (texts) =>
        new Map(
          texts.flatMap((text) => {
            const vector = kept.get(text);
            return vector ? [[text, vector] as const] : [];
          }),
        ),
      async write(vectors) {
        for (const [text, vector] of vectors) kept.set(text, vector);
      },
    },
    queryPrefix: '',
    textPrefix: '',
    timeoutMs: 30_000,
    logger: pino({ level: 'warn' }),
  });
  return (articles) => filled(createKnowledge(meaning), articles);
}

async function filled(knowledge: Knowledge, articles: readonly Article[]): Promise<Knowledge> {
  knowledge.put(articles);
  await knowledge.ready();
  return knowledge;
}

/** The best articles, through the interface that the virtual agent uses. */
export async function hitsOf(knowledge: Knowledge, query: string, language = 'en'): Promise<Hit[]> {
  if ((await knowledge.prepare?.([query])) === false) throw new Error('the endpoint for embeddings failed');
  return knowledge.search(query, { language, limit: MAX_HITS });
}

export const finding =
  (prepare: Prepare): Searcher =>
  async (articles) => {
    const knowledge = await prepare(articles);
    const language = articles[0]?.language;
    return async (query) => (await hitsOf(knowledge, query, language)).map(({ article }) => article.id);
  };

/** MiniSearch as it comes. */
export const miniSearch: Searcher = async (articles) => {
  const index = new MiniSearch({ fields: ['title', 'questions', 'text'] });
  index.addAll(articles.map(flat));
  return (query) =>
    index
      .search(query)
      .slice(0, MAX_HITS)
      .map(({ id }) => String(id));
};

/** BM25 over pairs of characters, the usual baseline for languages that are written without spaces. */
export const pairs: Searcher = async (articles) => {
  const index = new MiniSearch({
    fields: ['title', 'questions', 'text'],
    tokenize: pairsOf,
    searchOptions: { tokenize: pairsOf },
  });
  index.addAll(articles.map(flat));
  return (query) =>
    index
      .search(query)
      .slice(0, MAX_HITS)
      .map(({ id }) => String(id));
};

function pairsOf(text: string): string[] {
  const letters = text.normalize('NFKC').toLowerCase();
  return [...letters.matchAll(/(?=([\p{L}\p{N}]{2}))/gu)].flatMap(([, pair]) => pair ?? []);
}

/** Orama as it comes. */
export const orama: Searcher = async (articles) => {
  const index = create({ schema: { title: 'string', questions: 'string', text: 'string' } as const });
  await insertMultiple(index, articles.map(flat));
  return async (query) => {
    const { hits } = await search(index, { term: query, limit: MAX_HITS });
    return hits.map(({ id }) => String(id));
  };
};

function flat({ id, title, questions, text }: Article) {
  return { id, title, questions: questions.join('\n'), text };
}
