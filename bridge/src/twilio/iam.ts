import type { FlexUser } from '@flexcord/shared/flex-user';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { Transient } from '../relay/errors.ts';
import { twilioFetch } from './http-client.ts';

export interface IamOptions {
  accountSid: string;
  authToken: string;
  /** As `TWILIO_API_URL`; empty for the real Twilio. */
  apiUrl: string;
}

const ANSWER_TIMEOUT_MS = 5000;

const Validation = Type.Object({
  valid: Type.Literal(true),
  expiration: Type.String(),
  identity: Type.String({ minLength: 1 }),
  roles: Type.Array(Type.String()),
});

/**
 * Asks Twilio whose Flex token this is; null for one that is not good, or is another account's: the account asked is
 * the bridge's own. Throws Transient when Twilio gives no verdict. Only twilio-flex-token-validator documents the
 * endpoint (https://github.com/twilio/twilio-flex-token-validator).
 */
export function createTokenValidator({ accountSid, authToken, apiUrl }: IamOptions) {
  const url = `https://iam.twilio.com/v1/Accounts/${accountSid}/Tokens/validate`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

  return async (token: string): Promise<FlexUser | null> => {
    let response: Response;
    let answer: unknown;
    try {
      response = await twilioFetch(apiUrl, url, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'cache-control': 'no-cache' },
        body: JSON.stringify({ token }),
        signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
      });
      answer = await response.json();
    } catch (error) {
      throw new Transient('the token check got no answer from Twilio', { ambiguous: false, cause: error });
    }
    // 401 and 403 speak of the bridge's own credentials, 429 and 5xx of Twilio: none is a verdict on the token.
    if (response.status >= 500 || [401, 403, 404, 429].includes(response.status)) {
      throw new Transient(`the token check got HTTP ${response.status} from Twilio`, { ambiguous: false });
    }
    if (!response.ok || !Value.Check(Validation, answer)) return null;
    const expiresAt = Date.parse(answer.expiration);
    if (!(expiresAt > Date.now())) return null;
    return { identity: answer.identity, roles: answer.roles, expiresAt };
  };
}
