import type { ColumnType, Generated } from 'kysely';
import type { Fixed, Json, Millis } from './columns.ts';

/** What agents think of an article for a question; without an article, that none fits. */
export interface KnowledgeFeedbackTable {
  id: Generated<number>;
  query: string;
  article_id: Fixed<string | null>;
  verdict: Fixed<'up' | 'down' | 'none-fits'>;
  conversation_sid: Fixed<string | null>;
  agent_identity: Fixed<string>;
  at: Fixed<Millis>;
}

/** One row: goes up with every change of articles and lessons, so that each process sees what it has not yet. */
export interface KnowledgeStateTable {
  id: Fixed<number>;
  revision: number;
}

export interface ArticlesTable {
  id: Fixed<string>;
  title: string;
  /** Array of strings. */
  questions: Json;
  /** Markdown. */
  text: string;
  url: string | null;
  language: string;
  /** Array of strings. */
  labels: Json;
  response_template: string | null;
  /** Title, questions and text as they are looked for; see `foldForSearch`. */
  search_text: string;
  status: 'draft' | 'published';
  /** Goes up by one with every change. */
  version: number;
  /** Of `knowledge_state`, when it was last changed. */
  revision: number;
  /** Where it comes from: `panel`, `sample`, a file kind, or the host of a help center. */
  source: Fixed<string>;
  /** Its id or address there. */
  source_id: Fixed<string | null>;
  /** Of what was last imported from `source`; null for what was written here. */
  import_hash: string | null;
  imported_at: Millis | null;
  /** The file, folder, host or address that it was last in, so that what is gone there is noticed; null when not known. */
  import_origin: string | null;
  /** When it was unpublished because its source had withdrawn it; null once its source has it again. */
  withdrawn_at: Millis | null;
  /** Flex identity, or the name, of who answers for it; null for nobody. */
  owner: ColumnType<string | null, string | null | undefined, string | null>;
  /** The day from which on its owner should look at it again, as YYYY-MM-DD; null for never. */
  review_on: ColumnType<string | null, string | null | undefined, string | null>;
  created_at: Fixed<Millis>;
  changed_at: Millis;
  /** Name of who changed it. */
  changed_by: string;
  deleted_at: Millis | null;
}

/** What an article said at each version; never changed. */
export interface ArticleVersionsTable {
  article_id: Fixed<string>;
  version: Fixed<number>;
  /** ArticleContent. */
  content: Fixed<Json>;
  actor_identity: Fixed<string | null>;
  actor_name: Fixed<string>;
  at: Fixed<Millis>;
}

/** A question that no article answered; kept for a while. */
export interface KnowledgeGapsTable {
  id: Generated<number>;
  question: string;
  /** Its telling words in one order: two questions of one key are the same question. */
  key: string;
  language: Fixed<string>;
  /** Who found that nothing answers it. */
  source: Fixed<'virtual-agent' | 'agent'>;
  member_id: Fixed<string | null>;
  conversation_id: Fixed<string | null>;
  state: ColumnType<'open' | 'dismissed' | 'answered', never, 'open' | 'dismissed' | 'answered'>;
  /** The article that was written for it. */
  article_id: ColumnType<string | null, never, string | null>;
  at: Fixed<Millis>;
}

/** That a question was answered by an article (`weight` above 0), or was not (below). */
export interface KnowledgeLessonsTable {
  id: Generated<number>;
  source: Fixed<'thumb' | 'solved' | 'sent'>;
  article_id: Fixed<string>;
  question: string;
  weight: Fixed<number>;
  conversation_id: string | null;
  /** Flex identity of the agent it was learned from; null where it was the member. */
  actor_identity: Fixed<string | null>;
  /** Of `knowledge_state`, when it was learned, undone or redone. */
  revision: number;
  created_at: Fixed<Millis>;
  undone_at: ColumnType<Millis | null, never, Millis | null>;
  /** Name of who took it back. */
  undone_by: ColumnType<string | null, never, string | null>;
}

/** What the virtual agent was asked in a conversation and what it found. */
export interface BotTurnsTable {
  id: Generated<number>;
  conversation_id: Fixed<string>;
  question: string;
  /** `answer`: articles; `unsure`: articles with a doubt; `which`: asked which of them; `nothing`: found none. */
  said: Fixed<'answer' | 'unsure' | 'which' | 'nothing' | 'incident'>;
  /** Ids of the articles, best first. */
  articles: Fixed<Json>;
  /** Ids of the articles that the member has said no to, up to this turn. */
  refused: ColumnType<Json, Json | undefined, never>;
  at: Fixed<Millis>;
}

/** What texts of articles mean to a model; see knowledge/meaning. */
export interface TextVectorsTable {
  /** Of the model and the text. */
  key: Fixed<string>;
  /** One signed byte each. */
  steps: Fixed<Uint8Array>;
  /** When an article last had the text, give or take a day. */
  used_at: Millis;
}

/** A place outside that articles come from, read again and again. */
export interface KnowledgeSourcesTable {
  id: Generated<number>;
  kind: Fixed<'sitemap' | 'folder' | 'zendesk' | 'intercom'>;
  /** A folder's path, or an address. */
  place: Fixed<string>;
  /** Array of hosts, with their port where it is not the usual one: no others are asked. */
  hosts: Json;
  /** 1: they may lead into a private network. */
  allow_private: number;
  interval_ms: number;
  /** Of articles that do not say. */
  language: string | null;
  /** Array of strings, put on every article. */
  labels: Json;
  /** `publish`: what it says is published at once. `propose`: new articles are drafts, and all else waits for a person. */
  rule: 'publish' | 'propose';
  /** When it is to be read again, by the store's clock. */
  next_at: Millis;
  /** `import_origin` of its articles; null until it was read. */
  origin: string | null;
  tried_at: Millis | null;
  /** When a reading last went through. */
  read_at: Millis | null;
  /** Why the last try failed, as a sentence; null where it did not. */
  error: string | null;
  /** Tries that failed since one went through. */
  failures: Generated<number>;
  /** ImportReport of the last reading that went through. */
  report: Json | null;
  /** Who reads it at present, and until when nobody else does. */
  claim: string | null;
  claimed_until: Millis | null;
  created_at: Fixed<Millis>;
  created_by: Fixed<string>;
}

/** What the server of a page wants to hear when it is asked again (https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests). */
export interface KnowledgeSourcePagesTable {
  source_id: Fixed<number>;
  url: Fixed<string>;
  article_id: string;
  etag: string | null;
  last_modified: string | null;
}

/** A link of articles that was tried, on a host of their source. */
export interface KnowledgeLinksTable {
  source_id: Fixed<number>;
  /** As it stands in the articles. */
  url: Fixed<string>;
  /** Why it leads nowhere, as the rest of a sentence; null where it leads somewhere. */
  reason: string | null;
  checked_at: Millis;
}

/** What a source wants of an article and a person has to decide. */
export interface KnowledgeProposalsTable {
  article_id: Fixed<string>;
  source_id: number;
  kind: 'changed' | 'withdrawn';
  /** `edited`: a person changed the article here. `rule`: the source's rule. `many`: more than a third of the source is gone. */
  why: 'edited' | 'rule' | 'many';
  /** ArticleContent; null where it is withdrawn. */
  content: Json | null;
  /** Of the content. */
  hash: string | null;
  at: Millis;
}
