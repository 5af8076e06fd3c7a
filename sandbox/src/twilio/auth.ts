import { codes, TwilioError } from './errors.ts';
import type { Credentials } from './state.ts';

/** Checks Basic authentication, by account SID and auth token or by API key and secret. Throws 401/20003. */
export function authenticate(request: Request, credentials: Credentials): void {
  const header = request.headers.get('authorization') ?? '';
  const given = header.startsWith('Basic ') ? decodeBase64(header.slice(6)) : '';
  const { accountSid, authToken, apiKey, apiSecret } = credentials;
  if (given === `${accountSid}:${authToken}` || given === `${apiKey}:${apiSecret}`) return;
  throw new TwilioError(401, codes.authenticate, 'Authenticate');
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
