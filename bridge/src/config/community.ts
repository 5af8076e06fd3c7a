import { matching, oneOf, type Setting, webAddresses, whole } from './setting.ts';

/** Ratings and news. */
export const community = {
  RATING_MEASURE: {
    about:
      "Which measure under `conversations` of the Flex task takes a member's rating, for Flex Insights; off leaves tasks alone.",
    wants: 'conversation_measure_1 to conversation_measure_10, or off',
    fallback: 'conversation_measure_1',
    parse: matching(/^(off|conversation_measure_([1-9]|10))$/),
  } as Setting<string>,
  FEEDS: {
    about:
      'RSS, Atom or JSON feeds whose news is announced by itself in every server that was set up. Only the hosts named here are ever asked.',
    wants: 'https addresses joined by commas (http only for this machine), or nothing',
    fallback: '',
    parse: webAddresses,
  } as Setting<string>,
  FEED_PRIVATE: {
    about:
      'refuse: a feed is not read where its name leads into a private network. allow: it is. This machine itself is always allowed.',
    wants: 'refuse or allow',
    fallback: 'refuse',
    parse: oneOf('refuse', 'allow'),
  } as Setting<'refuse' | 'allow'>,
  FEED_INTERVAL_MS: {
    about: 'How long to wait after one look at the feeds before the next.',
    wants: 'a whole number of milliseconds from 100 to 86400000',
    fallback: 300_000,
    parse: whole(100, 86_400_000),
  } as Setting<number>,
};
