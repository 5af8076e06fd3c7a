import { DAY_MS } from '@flexcord/shared/time';
import { choice, listOf, matching, milliseconds, setting, webAddress } from './setting.ts';

const isMeasure = matching(/^conversation_measure_([1-9]|10)$/);

/** Ratings and news. */
export const community = {
  RATING_MEASURE: setting<string | null>({
    about:
      "Which measure under `conversations` of the Flex task takes a member's rating, for Flex Insights; off leaves tasks alone.",
    wants: 'conversation_measure_1 to conversation_measure_10, or off',
    fallback: 'conversation_measure_1',
    parse: (raw) => (raw === 'off' ? null : isMeasure(raw)),
  }),
  FEEDS: setting<string[]>({
    about:
      'RSS, Atom or JSON feeds whose news is announced by itself in every server that was set up. Only the hosts named here are ever asked.',
    wants: 'https addresses joined by commas (http only for this machine), or nothing',
    absent: [],
    parse: listOf(webAddress),
  }),
  FEED_PRIVATE: setting<boolean>({
    about:
      'refuse: a feed is not read where its name leads into a private network. allow: it is. This machine itself is always allowed.',
    ...choice({ refuse: false, allow: true }),
    fallback: 'refuse',
  }),
  FEED_INTERVAL_MS: setting<number>({
    about: 'How long to wait after one look at the feeds before the next.',
    ...milliseconds(100, DAY_MS),
    fallback: '300000',
  }),
};
