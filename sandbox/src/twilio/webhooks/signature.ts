import { createHmac } from 'node:crypto';

/**
 * The X-Twilio-Signature of a form-encoded webhook: HMAC-SHA1 over the URL and every parameter, sorted by name.
 * https://www.twilio.com/docs/usage/security#validating-requests
 */
export function sign(authToken: string, url: string, fields: Readonly<Record<string, string>>): string {
  const signed = Object.keys(fields)
    .sort()
    .reduce((text, name) => text + name + fields[name], url);
  return createHmac('sha1', authToken).update(signed, 'utf8').digest('base64');
}
