import { type FlexUser, isSupervisor, mayUsePanel } from '@flexcord/shared/flex-user';
import { Elysia } from 'elysia';
import { Problem } from './problem.ts';

export type Authenticate = (request: Request) => Promise<FlexUser>;

/** Who makes a request, by its bearer token. Throws Problem: 401 for no good token, 403 for a role that may not. */
export function createAuthenticate(check: (token: string) => Promise<FlexUser | null>): Authenticate {
  return async (request) => {
    const token = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const holder = token ? await check(token) : null;
    if (!holder) {
      throw new Problem('unauthorized', 'Your Flex login is missing or over. Log in to Flex again.');
    }
    if (!mayUsePanel(holder)) {
      throw new Problem(
        'forbidden',
        'Your Flex role may not use this panel. Ask an administrator for the agent role.',
      );
    }
    return holder;
  };
}

/** @throws Problem 403 for a caller who is no supervisor. */
export function requireSupervisor(caller: FlexUser): void {
  if (isSupervisor(caller)) return;
  throw new Problem('forbidden', 'This is for supervisors. Ask one, or an administrator for the role.');
}

/** Gives the routes of the instance that uses it a `caller`, before anything else of a request is looked at. */
export function authenticated(authenticate: Authenticate) {
  return new Elysia({ name: 'panel-authenticated', seed: authenticate }).derive(
    { as: 'scoped' },
    async ({ request }) => ({ caller: await authenticate(request) }),
  );
}

export type Authenticated = ReturnType<typeof authenticated>;
