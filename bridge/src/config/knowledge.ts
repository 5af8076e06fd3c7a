import { matching, oneOf, type Setting, url, whole } from './setting.ts';

/** Help articles, and answers written from them. */
export const knowledge = {
  KNOWLEDGE_SAMPLE: {
    about:
      'true: a store without any article is given the sixty of a made-up game, for trying things out. Put in your own with `bun run kb import`.',
    wants: 'true or false',
    fallback: 'false',
    parse: oneOf('true', 'false'),
  } as Setting<'true' | 'false'>,
  LLM_URL: {
    about:
      'Base URL of an OpenAI-compatible endpoint that writes answers out of articles, with citations. Without it members get the articles.',
    wants: 'an http or https URL, such as https://api.example.com/v1',
    fallback: '',
    parse: url('http:', 'https:'),
  } as Setting<string>,
  LLM_API_KEY: {
    about: 'Key for LLM_URL, where it wants one.',
    wants: 'a key without spaces',
    secret: true,
    fallback: '',
    parse: matching(/^\S+$/),
  } as Setting<string>,
  LLM_MODEL: {
    about: 'Name of the model at LLM_URL.',
    wants: 'a name without spaces',
    fallback: '',
    parse: matching(/^\S+$/),
  } as Setting<string>,
  LLM_TIMEOUT_MS: {
    about: 'How long a member waits for a written answer before the articles are shown instead.',
    wants: 'a whole number of milliseconds from 500 to 30000',
    fallback: 6000,
    parse: whole(500, 30_000),
  } as Setting<number>,
  EMBEDDINGS_URL: {
    about:
      'Base URL of an OpenAI-compatible endpoint for embeddings: questions and articles are sent there, and articles are then also found by what a question means. How much that counts is measured on your own sample questions.',
    wants: 'an http or https URL, such as https://api.example.com/v1',
    fallback: '',
    parse: url('http:', 'https:'),
  } as Setting<string>,
  EMBEDDINGS_API_KEY: {
    about: 'Key for EMBEDDINGS_URL, where it wants one.',
    wants: 'a key without spaces',
    secret: true,
    fallback: '',
    parse: matching(/^\S+$/),
  } as Setting<string>,
  EMBEDDINGS_MODEL: {
    about: 'Name of the model at EMBEDDINGS_URL. With another one every article is sent to it once.',
    wants: 'a name without spaces',
    fallback: '',
    parse: matching(/^\S+$/),
  } as Setting<string>,
  EMBEDDINGS_QUERY_PREFIX: {
    about: 'What the model wants before a question, such as `query:` for the E5 family; a space follows it.',
    wants: 'at most 200 characters',
    fallback: '',
    parse: matching(/^.{1,200}$/u),
  } as Setting<string>,
  EMBEDDINGS_TEXT_PREFIX: {
    about: 'What the model wants before a text of an article, such as `passage:`; a space follows it.',
    wants: 'at most 200 characters',
    fallback: '',
    parse: matching(/^.{1,200}$/u),
  } as Setting<string>,
  EMBEDDINGS_TIMEOUT_MS: {
    about: 'How long a question waits to be understood before it is looked up by its words alone.',
    wants: 'a whole number of milliseconds from 100 to 10000',
    fallback: 1500,
    parse: whole(100, 10_000),
  } as Setting<number>,
  KNOWLEDGE_GAP_DAYS: {
    about: 'How long questions that no article answered are kept for review.',
    wants: 'a whole number of days from 1 to 3650',
    fallback: 180,
    parse: whole(1, 3650),
  } as Setting<number>,
};
