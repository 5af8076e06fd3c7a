import { days, flag, listOf, matching, milliseconds, setting, url } from './setting.ts';

/** Help articles, and answers written from them. */
export const knowledge = {
  KNOWLEDGE_SAMPLE: setting<boolean>({
    about:
      'true: a store without any article is given the sixty of a made-up game, for trying things out. Put in your own with `bun run kb import`.',
    ...flag,
    fallback: 'false',
  }),
  KNOWLEDGE_JAPANESE_DICTIONARY: setting<boolean>({
    about:
      'true: Japanese is read with a dictionary, so that ひきつぎ finds 引き継ぎ. Worth it where members write kana for kanji; it takes some 200 MB of memory and a second at the start. Without it Japanese is found by words and pairs of letters.',
    ...flag,
    fallback: 'false',
  }),
  KNOWLEDGE_SOURCE_HOSTS: setting<string[]>({
    about:
      'Hosts of which supervisors may add sources of articles in Flex that are read again and again, with their port where it is not the usual one. Whoever runs the bridge adds any with `bun run kb source add`.',
    wants: 'names of hosts joined by commas, such as docs.example.com, or nothing',
    absent: [],
    parse: listOf(matching(/^[a-z0-9.-]{1,253}(?::[0-9]{1,5})?$/)),
  }),
  KNOWLEDGE_SOURCE_PACE_MS: setting<number>({
    about:
      'Least time between two requests to a source of articles; what its robots.txt asks for as Crawl-delay is waited for as well, up to 30 seconds.',
    ...milliseconds(0, 60_000),
    fallback: '250',
  }),
  KNOWLEDGE_SOURCE_LOOK_MS: setting<number>({
    about: 'How often is looked for sources of articles that are due.',
    ...milliseconds(50, 3_600_000),
    fallback: '30000',
  }),
  KNOWLEDGE_ZENDESK_LOGIN: setting<string>({
    about:
      "For sources at Zendesk: an agent's e-mail address and API token, as `agent@example.com/token:…`. Without it only what is public is read.",
    wants: 'an address, /token:, and a token, without spaces',
    secret: true,
    absent: '',
    parse: matching(/^\S+\/token:\S+$/),
  }),
  KNOWLEDGE_INTERCOM_TOKEN: setting<string>({
    about: 'For sources at Intercom: an access token that may read articles.',
    wants: 'a token without spaces',
    secret: true,
    absent: '',
    parse: matching(/^\S+$/),
  }),
  LLM_URL: setting<string>({
    about:
      'Base URL of an OpenAI-compatible endpoint that writes answers out of articles, with citations. Without it members get the articles.',
    wants: 'an http or https URL, such as https://api.example.com/v1',
    absent: '',
    parse: url('http:', 'https:'),
  }),
  LLM_API_KEY: setting<string>({
    about: 'Key for LLM_URL, where it wants one.',
    wants: 'a key without spaces',
    secret: true,
    absent: '',
    parse: matching(/^\S+$/),
  }),
  LLM_MODEL: setting<string>({
    about: 'Name of the model at LLM_URL.',
    wants: 'a name without spaces',
    absent: '',
    parse: matching(/^\S+$/),
  }),
  LLM_TIMEOUT_MS: setting<number>({
    about: 'How long a member waits for a written answer before the articles are shown instead.',
    ...milliseconds(500, 30_000),
    fallback: '6000',
  }),
  EMBEDDINGS_URL: setting<string>({
    about:
      'Base URL of an OpenAI-compatible endpoint for embeddings: questions and articles are sent there, and articles are then also found by what a question means. How much that counts is measured on your own sample questions.',
    wants: 'an http or https URL, such as https://api.example.com/v1',
    absent: '',
    parse: url('http:', 'https:'),
  }),
  EMBEDDINGS_API_KEY: setting<string>({
    about: 'Key for EMBEDDINGS_URL, where it wants one.',
    wants: 'a key without spaces',
    secret: true,
    absent: '',
    parse: matching(/^\S+$/),
  }),
  EMBEDDINGS_MODEL: setting<string>({
    about: 'Name of the model at EMBEDDINGS_URL. With another one every article is sent to it once.',
    wants: 'a name without spaces',
    absent: '',
    parse: matching(/^\S+$/),
  }),
  EMBEDDINGS_FOLDER: setting<string>({
    about:
      'A folder with static token embeddings as model2vec writes them (model.safetensors, tokenizer.json), in place of EMBEDDINGS_URL: what questions mean is then told in this process, and nothing is sent anywhere. How much it counts is measured on your own sample questions.',
    wants: 'the path of a folder',
    absent: '',
    parse: matching(/^.{1,1000}$/u),
  }),
  EMBEDDINGS_QUERY_PREFIX: setting<string>({
    about: 'What the model wants before a question, such as `query:` for the E5 family; a space follows it.',
    wants: 'at most 200 characters',
    absent: '',
    parse: matching(/^.{1,200}$/u),
  }),
  EMBEDDINGS_TEXT_PREFIX: setting<string>({
    about: 'What the model wants before a text of an article, such as `passage:`; a space follows it.',
    wants: 'at most 200 characters',
    absent: '',
    parse: matching(/^.{1,200}$/u),
  }),
  EMBEDDINGS_TIMEOUT_MS: setting<number>({
    about: 'How long a question waits to be understood before it is looked up by its words alone.',
    ...milliseconds(100, 10_000),
    fallback: '1500',
  }),
  KNOWLEDGE_GAP_DAYS: setting<number>({
    about: 'How long questions that no article answered are kept for review.',
    ...days(1, 3650),
    fallback: '180',
  }),
};
