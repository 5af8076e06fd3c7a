import { Elysia } from 'elysia';
import { Problem } from './problem.ts';
import type { TokenHolder } from './tokens.ts';

/** Flex roles whose holders may use the panel (https://www.twilio.com/docs/flex/admin-guide/core-concepts/users). */
const ROLES = new Set(['agent', 'supervisor', 'admin']);

export type Authenticate = (request: Request) => Promise<TokenHolder>;

/** Who makes a request, by its bearer token. Throws Problem: 401 for no good token, 403 for a role that may not. */
export function createAuthenticate(check: (token: string) => Promise<TokenHolder | null>): Authenticate {
  return async (request) => {
    const token = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const holder = token ? await check(token) : null;
    if (!holder) {
      throw new Problem('unauthorized', 'Your Flex login is missing or over. Log in to Flex again.');
    }
    if (!holder.roles.some((role) => ROLES.has(role))) {
      throw new Problem(
        'forbidden',
        'Your Flex role may not use this panel. Ask an administrator for the agent role.',
      );
    }
    return holder;
  };
}

/** @throws Problem 403 for who may read but not change what supervisors keep. */
export function requireSupervisor({ roles }: TokenHolder): void {
  if (roles.includes('supervisor') || roles.includes('admin')) return;
  throw new Problem('forbidden', 'Only supervisors may do this. Ask yours.');
}

/** Gives the routes of the instance that uses it a `caller`, before anything else of a request is looked at. */
export function authenticated(authenticate: Authenticate) {
  return new Elysia({ name: 'panel-authenticated', seed: authenticate }).derive(
    { as: 'scoped' },
    async ({ request }) => ({ caller: await authenticate(request) }),
  );
}

export type Authenticated = ReturnType<typeof authenticated>;
