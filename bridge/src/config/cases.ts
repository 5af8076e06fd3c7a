import { parseFields } from '../cases/fields.ts';
import { parseWebhookUrls } from '../webhooks/address.ts';
import { matching, oneOf, type Setting } from './setting.ts';

/** The operator's own fields, and who is told of cases. */
export const cases = {
  CASE_FIELDS: {
    about:
      'Your own fields of cases: a JSON array such as [{"key":"platform","label":"Platform","labels":{"ja":"機種"},"type":"select","options":["iOS","Android"]}]. Types: text, number, select, boolean, date.',
    wants: 'a JSON array of at most 25 fields, each key once, options for a select alone, or nothing',
    fallback: '',
    parse: (raw) => (parseFields(raw) ? raw : undefined),
  } as Setting<string>,
  MEMBER_FIELDS: {
    about: 'Your own fields of members, in the form of CASE_FIELDS.',
    wants: 'a JSON array of at most 25 fields, each key once, options for a select alone, or nothing',
    fallback: '',
    parse: (raw) => (parseFields(raw) ? raw : undefined),
  } as Setting<string>,
  CASE_WEBHOOK_URLS: {
    about:
      'Addresses that are told of every new, changed and commented case, such as of a Jira or CRM integration. Redirects are not followed.',
    wants: 'https addresses joined by commas (http only for this machine), or nothing',
    fallback: '',
    parse: (raw) => parseWebhookUrls(raw)?.join(','),
  } as Setting<string>,
  CASE_WEBHOOK_SECRET: {
    about: 'Signs those webhooks (HMAC-SHA256); needed when CASE_WEBHOOK_URLS is set.',
    wants: '16 to 128 characters without spaces',
    secret: true,
    fallback: '',
    parse: matching(/^\S{16,128}$/),
  } as Setting<string>,
  CASE_WEBHOOK_PRIVATE: {
    about:
      'refuse: nothing is sent where a name leads into a private network. allow: it is. This machine itself is always allowed.',
    wants: 'refuse or allow',
    fallback: 'refuse',
    parse: oneOf('refuse', 'allow'),
  } as Setting<'refuse' | 'allow'>,
};
