import { isoMillis } from './clock.ts';
import { notFound } from './errors.ts';
import { jsonObject, product } from './http.ts';
import type { IssuedToken, TwilioState } from './state.ts';

/** Tokens that are kept; the oldest are removed. */
const MAX_TOKENS = 10_000;

/** A Flex user's token: opaque to everyone but Twilio, in the shape of a JWE. */
export function issueToken(state: TwilioState, token: IssuedToken): string {
  const part = (bytes: number) =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('base64url');
  const header = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');
  const text = `${header}..${part(12)}.${part(180)}.${part(16)}`;
  const oldest = state.tokens.keys().next().value;
  if (state.tokens.size >= MAX_TOKENS && oldest) state.tokens.delete(oldest);
  state.tokens.set(text, token);
  return text;
}

/**
 * `POST /v1/Accounts/{AC}/Tokens/validate`, as twilio-flex-token-validator calls it; not in Twilio's OpenAPI documents.
 * https://github.com/twilio/twilio-flex-token-validator
 */
export function iamRoutes(state: TwilioState) {
  return product('/iam/v1').post('/Accounts/:account/Tokens/validate', ({ params, call }) => {
    if (params.account !== state.credentials.accountSid) throw notFound(`/Accounts/${params.account}`);
    const { token } = jsonObject(call.text, 'body');
    const known = typeof token === 'string' ? state.tokens.get(token) : undefined;
    if (!known) return refusal('Token could not be read');
    if (known.accountSid !== params.account) return refusal('Token belongs to another account');
    if (known.expires <= state.clock.now()) return refusal('Token has expired');
    return {
      valid: true,
      code: 0,
      message: null,
      expiration: isoMillis(known.expires),
      realm_user_id: known.realmUserId,
      identity: known.identity,
      roles: known.roles,
      worker_sid: known.workerSid,
    };
  });
}

/** Unverified: the code and the status of a refusal. The validator library reads `valid` and `message` only. */
function refusal(message: string) {
  return {
    valid: false,
    code: 1,
    message,
    expiration: null,
    realm_user_id: null,
    identity: null,
    roles: [],
    worker_sid: null,
  };
}
