import { codes, TwilioError } from '../errors.ts';
import { isJsonObject } from '../http.ts';
import type { TwilioState } from '../state.ts';

/** How long before its end a token is called about to expire, in milliseconds. The client's documentation says three minutes. */
const NOTICE_MS = 3 * 60_000;

/**
 * What a client's token says. A token that this account did not issue is read as a JWT, whose signature is not checked:
 * the Flex page of the sandbox makes its own. Throws 401 where it is none, or over.
 */
export function checkToken(state: TwilioState, token: string): { expiresAt: number; lifetime: number } {
  const expiresAt = state.tokens.get(token)?.expires ?? expiryOfJwt(token);
  if (expiresAt === undefined) throw new TwilioError(401, codes.invalidToken, 'Invalid Access Token');
  const lifetime = expiresAt - state.clock.now();
  if (lifetime <= 0)
    throw new TwilioError(401, codes.tokenExpired, 'Access Token expired or expiration date invalid');
  return { expiresAt, lifetime };
}

/** See `FlexBackend.watchToken`. */
export function watchToken(
  state: TwilioState,
  token: string,
  { aboutToExpire, expired }: { aboutToExpire: () => void; expired: () => void },
): () => void {
  const { lifetime } = checkToken(state, token);
  const stops = [
    state.clock.after(Math.max(0, lifetime - NOTICE_MS), aboutToExpire),
    state.clock.after(lifetime, expired),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** Milliseconds since 1970; undefined for what is no JWT with an expiry. */
function expiryOfJwt(token: string): number | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return isJsonObject(claims) && typeof claims.exp === 'number' ? claims.exp * 1000 : undefined;
  } catch {
    // Anything at all may be given for a token.
    return undefined;
  }
}
