import { jsonObject, optional, optionalDate, optionalInteger } from '../http.ts';
import type { MessagingBinding } from './model.ts';
import type { ParticipantChange } from './participants.ts';

/** A participant from form parameters. */
export function readParticipant(form: URLSearchParams): ParticipantChange {
  return {
    identity: optional(form, 'Identity'),
    attributes: optional(form, 'Attributes'),
    roleSid: optional(form, 'RoleSid'),
    messagingBinding: readBinding({
      address: optional(form, 'MessagingBinding.Address'),
      proxy_address: optional(form, 'MessagingBinding.ProxyAddress'),
      projected_address: optional(form, 'MessagingBinding.ProjectedAddress'),
    }),
    lastReadMessageIndex: optionalInteger(form, 'LastReadMessageIndex'),
    lastReadTimestamp: optional(form, 'LastReadTimestamp'),
    dateCreated: optionalDate(form, 'DateCreated'),
    dateUpdated: optionalDate(form, 'DateUpdated'),
  };
}

/**
 * A participant from one `Participant` parameter of ConversationWithParticipants: a JSON object with the keys of the
 * participant resource. https://www.twilio.com/docs/conversations-classic/api/conversation-with-participants-resource
 */
export function readParticipantJson(text: string): ParticipantChange {
  const json = jsonObject(text, 'Participant');
  const word = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const binding = (json.messaging_binding ?? {}) as Record<string, unknown>;
  return {
    identity: word(json.identity),
    attributes: word(json.attributes),
    roleSid: word(json.role_sid),
    messagingBinding: readBinding({
      address: word(binding.address),
      proxy_address: word(binding.proxy_address),
      projected_address: word(binding.projected_address),
    }),
  };
}

function readBinding(
  given: { [Key in 'address' | 'proxy_address' | 'projected_address']?: string },
): MessagingBinding | undefined {
  const { address, proxy_address, projected_address } = given;
  if (!address && !projected_address) return undefined;
  const scheme = (address ?? '').split(':');
  return {
    type: scheme.length > 1 && scheme[0] ? scheme[0] : 'sms',
    address: address ?? null,
    proxy_address: proxy_address ?? null,
    projected_address: projected_address ?? null,
  };
}
