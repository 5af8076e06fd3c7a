import { createHmac, timingSafeEqual } from 'node:crypto';

/** The parameter of the interaction webhook's address that holds the token. */
const TOKEN = 'token';

/**
 * The interaction webhook's address with a token that only whoever registered it can know. Whether Flex signs these
 * requests is not documented, and a production user does not check any signature (github.com/weni-ai/mailroom
 * services/tickets/twilioflex2), so an unsigned one proves itself by it.
 */
export function withToken(address: string, authToken: string): string {
  return `${address}?${TOKEN}=${tokenFor(authToken)}`;
}

/** Whether an address that was called carries the token. */
export function hasToken({ searchParams }: URL, authToken: string): boolean {
  const [given, wanted] = [searchParams.get(TOKEN) ?? '', tokenFor(authToken)].map((text) =>
    Buffer.from(text),
  );
  return given?.length === wanted?.length && timingSafeEqual(given as Buffer, wanted as Buffer);
}

const tokenFor = (authToken: string): string =>
  createHmac('sha256', authToken).update('interaction webhook').digest('hex');
