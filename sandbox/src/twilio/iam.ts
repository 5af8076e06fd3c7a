import { isoMillis } from './clock.ts';
import { notFound } from './errors.ts';
import { jsonObject, product } from './http.ts';
import type { IssuedToken, World } from './world.ts';

/** Tokens that are kept; the oldest are forgotten. */
const MAX_TOKENS = 10_000;

/** A Flex user's token: opaque to everyone but Twilio, in the shape of a JWE. */
export function issueToken(world: World, token: IssuedToken): string {
  const part = (bytes: number) =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(bytes))).toString('base64url');
  const header = Buffer.from('{"alg":"dir","enc":"A256GCM"}').toString('base64url');
  const text = `${header}..${part(12)}.${part(180)}.${part(16)}`;
  const oldest = world.tokens.keys().next().value;
  if (world.tokens.size >= MAX_TOKENS && oldest) world.tokens.delete(oldest);
  world.tokens.set(text, token);
  return text;
}

/**
 * `POST /v1/Accounts/{AC}/Tokens/validate`, as twilio-flex-token-validator calls it; not in Twilio's OpenAPI documents.
 * https://github.com/twilio/twilio-flex-token-validator
 */
export function iamRoutes(world: World) {
  return product('/iam/v1').post('/Accounts/:account/Tokens/validate', ({ params, call }) => {
    if (params.account !== world.credentials.accountSid) throw notFound(`/Accounts/${params.account}`);
    const { token } = jsonObject(call.text, 'body');
    const known = typeof token === 'string' ? world.tokens.get(token) : undefined;
    if (!known) return refusal('Token could not be read');
    if (known.accountSid !== params.account) return refusal('Token belongs to another account');
    if (known.expires <= world.clock.now()) return refusal('Token has expired');
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
