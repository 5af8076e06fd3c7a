import { days, oneOf, setting } from './setting.ts';

const MAX_DAYS = 36_500;
const kept = (about: string, fallback = '0') => setting<number>({ about, ...days(0, MAX_DAYS), fallback });

/** How long what people said is kept; docs/privacy.md says what each covers. */
export const retention = {
  RETENTION_CONVERSATIONS: kept(
    'How long conversations that are over are kept, with what was learned from them, such as 400d; 0 for ever.',
  ),
  RETENTION_TWILIO: setting<'keep' | 'delete'>({
    about:
      'What becomes at Twilio of a conversation whose time is over. delete: it is deleted there too, with messages and files. keep: it stays.',
    ...oneOf('keep', 'delete'),
    fallback: 'keep',
  }),
  RETENTION_CASES: kept(
    'How long the texts of resolved and closed cases are kept after their last change; numbers, status and figures stay. 0 for ever.',
  ),
  RETENTION_NOTES: kept("How long the team's notes on members are kept; 0 for ever."),
  RETENTION_LESSONS: kept('How long questions that articles are learned from are kept; 0 for ever.'),
  RETENTION_JOURNAL: kept(
    'How long the words in finished entries of the journal are kept; 0 as long as the entries themselves, 30 days.',
  ),
  RETENTION_WEBHOOKS: setting<number>({
    about: 'How long what was told to CASE_WEBHOOK_URLS can be looked up and sent again.',
    ...days(1, MAX_DAYS),
    fallback: '30',
  }),
  RETENTION_MEMBERS: kept(
    'How long profiles of members are kept who were not seen and of whom nothing else is kept; 0 for ever.',
  ),
};
