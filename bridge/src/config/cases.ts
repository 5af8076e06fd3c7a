import type { FieldDefinition } from '@flexcord/shared/panel/case-fields';
import { parseFields } from '../cases/fields.ts';
import { parseWebhookUrls } from '../webhooks/address.ts';
import { choice, matching, setting } from './setting.ts';

const FIELDS_WANTED =
  'a JSON array of at most 25 fields, each key once, options for a select alone, or nothing';

/** The operator's own fields, and who is told of cases. */
export const cases = {
  CASE_FIELDS: setting<FieldDefinition[]>({
    about:
      'Your own fields of cases: a JSON array such as [{"key":"platform","label":"Platform","labels":{"ja":"機種"},"type":"select","options":["iOS","Android"]}]. Types: text, number, select, boolean, date.',
    wants: FIELDS_WANTED,
    absent: [],
    parse: parseFields,
  }),
  MEMBER_FIELDS: setting<FieldDefinition[]>({
    about: 'Your own fields of members, in the form of CASE_FIELDS.',
    wants: FIELDS_WANTED,
    absent: [],
    parse: parseFields,
  }),
  CASE_WEBHOOK_URLS: setting<string[]>({
    about:
      'Addresses that are told of every new, changed and commented case, such as of a Jira or CRM integration. Redirects are not followed.',
    wants: 'https addresses joined by commas (http only for this machine), or nothing',
    absent: [],
    parse: parseWebhookUrls,
  }),
  CASE_WEBHOOK_SECRET: setting<string>({
    about: 'Signs those webhooks (HMAC-SHA256); needed when CASE_WEBHOOK_URLS is set.',
    wants: '16 to 128 characters without spaces',
    secret: true,
    absent: '',
    parse: matching(/^\S{16,128}$/),
  }),
  CASE_WEBHOOK_PRIVATE: setting<boolean>({
    about:
      'refuse: nothing is sent where a name leads into a private network. allow: it is. This machine itself is always allowed.',
    ...choice({ refuse: false, allow: true }),
    fallback: 'refuse',
  }),
};
