import type { Target } from './operations.ts';
import type { Rule, Violation } from './violation.ts';

/** A place where a vendor's document is wrong about its own service, so that a violation there is none. */
export interface KnownFault {
  service: 'discord' | 'twilio';
  /** Method and path as the document writes them. */
  operation: RegExp;
  rule: Rule;
  where: RegExp;
  reason: string;
}

/** A part of a vendor's service that none of the documents describes. */
export interface Undocumented {
  service: 'discord' | 'twilio';
  product: string;
  path: RegExp;
  reason: string;
}

export const knownFaults: KnownFault[] = [
  {
    service: 'twilio',
    operation: /^POST .*\/Conversations\/\{ConversationSid\}\/Webhooks(\/\{Sid\})?$/,
    rule: 'request-body',
    where: /^\/Configuration\.Method$/,
    reason: "The enum is in lower case only, Twilio's own pages and samples send POST.",
  },
  {
    service: 'twilio',
    operation: /^(GET|POST) .*\/Configuration\/Webhooks$/,
    rule: 'response-body',
    where: /^\/method$/,
    reason: "The document's own example (fetchEmpty) has null, which its enum does not allow.",
  },
  {
    service: 'twilio',
    operation: /^(GET|POST) \/v1\/Workspaces(\/\{Sid\})?$/,
    rule: 'response-body',
    where: /\/event_callback_url$/,
    reason: "The document's own examples have an empty text for an unset URL, which is no URI.",
  },
  {
    service: 'twilio',
    operation: /^(GET|POST) .*\/Tasks(\/\{Sid\})?$/,
    rule: 'response-body',
    where: /\/(required_attention|custom_context|version)$/,
    reason: 'Recorded answers have these fields, the document does not.',
  },
  {
    service: 'twilio',
    operation: /^POST \/v1\/Configuration$/,
    rule: 'request-body',
    where: /^\/\w+$/,
    reason:
      'The document has this body without fields, the page has them: https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api',
  },
  {
    service: 'discord',
    operation: /^(POST|PUT|PATCH) \//,
    rule: 'request-body',
    where: /\/(default_member_permissions|permissions|(permission_overwrites\/\d+\/)?(allow|deny))$/,
    reason:
      'The document wants a number, the reference and every client send permissions as text: https://discord.com/developers/docs/topics/permissions',
  },
  {
    service: 'discord',
    operation: /^(POST|PATCH) \/(channels|webhooks|interactions)\//,
    rule: 'request-body',
    where: /\/attachments\/\d+\/id$/,
    reason:
      'The document wants text, the reference numbers new files: https://discord.com/developers/docs/reference#uploading-files',
  },
  {
    service: 'discord',
    operation: /./,
    rule: 'response-body',
    where: /\/(clan|display_name_styles|original_content_type|content_scan_version)$/,
    reason: 'Recorded answers have these fields, the document does not.',
  },
  {
    service: 'discord',
    operation: /^POST \/interactions\//,
    rule: 'request-body',
    where: /\/component\/file_types$/,
    reason:
      'The document is older than the filter: https://docs.discord.com/developers/components/reference#file-upload',
  },
  {
    service: 'discord',
    operation: /^GET \/channels\/\{channel_id\}\/messages/,
    rule: 'response-body',
    where: /\/message_reference\/type$/,
    reason:
      'The document knows replies alone, the reference has forwards: https://discord.com/developers/docs/resources/message#message-reference-types',
  },
];

export const undocumented: Undocumented[] = [
  {
    service: 'twilio',
    product: 'flex-api',
    path: /^\/v1\/Instances\/GO[0-9a-f]{32}\/InteractionWebhooks(\/|$)/,
    reason: 'Described in prose only: https://www.twilio.com/docs/flex/developer/conversations',
  },
  {
    service: 'twilio',
    product: 'mcs',
    path: /^\//,
    reason:
      'Media has a page but no document: https://www.twilio.com/docs/conversations-classic/api/media-resource',
  },
  {
    service: 'twilio',
    product: 'media',
    path: /^\/ME/,
    reason: 'Where temporary links lead.',
  },
  {
    service: 'twilio',
    product: 'iam',
    path: /^\/v1\/Accounts\/AC[0-9a-f]{32}\/Tokens\/validate$/,
    reason: 'Known from twilio-flex-token-validator 1.6.0 alone.',
  },
  {
    service: 'twilio',
    product: 'api',
    path: /^\/2010-04-01\//,
    reason: 'Its document is not among those checked.',
  },
  {
    service: 'twilio',
    product: 'serverless',
    path: /^\/v1\/Services(\/|$)/,
    reason: 'Its document is not among those checked.',
  },
  {
    service: 'twilio',
    product: 'serverless-upload',
    path: /^\/v1\/Services\/ZS[0-9a-f]{32}\/Assets\//,
    reason:
      'Uploads have a page but no document: https://www.twilio.com/docs/serverless/api/resource/asset-version',
  },
  {
    service: 'twilio',
    product: 'flex-plugin-upload',
    path: /^\/v1\/Plugin\/Validate$/,
    reason: 'Known from @twilio/flex-plugin-scripts 7.1.2 alone.',
  },
  {
    service: 'discord',
    product: 'cdn',
    path: /^\/(attachments|avatars|icons|emojis|stickers|embed|ephemeral-attachments|guilds|role-icons)\//,
    reason: 'The CDN serves files and is no part of the document.',
  },
  {
    service: 'discord',
    product: 'cdn',
    path: /^\/gateway\/?$/,
    reason:
      'Where the sandbox has its gateway: a client that goes away in the middle of the WebSocket handshake leaves a plain GET.',
  },
];

export function isKnownFault(fault: KnownFault, violation: Violation): boolean {
  return (
    fault.service === violation.service &&
    fault.rule === violation.rule &&
    fault.operation.test(violation.operation) &&
    fault.where.test(violation.where)
  );
}

export function isUndocumented(entry: Undocumented, target: Target): boolean {
  return entry.service === target.service && entry.product === target.product && entry.path.test(target.path);
}
