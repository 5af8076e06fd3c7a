import { type FlexUser, isAdmin, isSupervisor, mayUsePanel } from '@flexcord/shared/flex-user';
import { Elysia } from 'elysia';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { Problem } from './problem.ts';

/** Who makes a request, by its bearer token. Throws Problem: 401 for no good token, 403 for a role that may not. */
export type Identify = (request: Request) => Promise<FlexUser>;

/** As Identify, once a request: 429 for a caller who has made too many. */
export type Authenticate = Identify;

export interface AuthenticationOptions {
  checkToken(token: string, address?: string): Promise<FlexUser | null>;
  /** Where a request comes from. Without it all come from one address. */
  addressOf?(request: Request): string;
  /** Requests that one caller may make in so many seconds. Without it any number. */
  callerLimit?: { requests: number; seconds: number };
}

export function createAuthentication({ checkToken, addressOf, callerLimit }: AuthenticationOptions) {
  const limiter =
    callerLimit && new RateLimiterMemory({ points: callerLimit.requests, duration: callerLimit.seconds });
  const known = new WeakMap<Request, Promise<FlexUser>>();

  const identify: Identify = async (request) => {
    const token = /^Bearer ([^\s]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const holder = token ? await checkToken(token, addressOf?.(request)) : null;
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

  async function admit(request: Request): Promise<FlexUser> {
    const holder = await identify(request);
    await limiter?.consume(holder.identity).catch((refusal) => {
      if (refusal instanceof Error) throw refusal;
      throw new Problem('too-many-requests', 'You have made very many requests. Try again in a few seconds.');
    });
    return holder;
  }

  const authenticate: Authenticate = (request) => {
    const admitted = known.get(request) ?? admit(request);
    known.set(request, admitted);
    return admitted;
  };

  return { identify, authenticate };
}

/** @throws Problem 403 for a caller who is no supervisor. */
export function requireSupervisor(caller: FlexUser): void {
  if (isSupervisor(caller)) return;
  throw new Problem('forbidden', 'This is for supervisors. Ask one, or an administrator for the role.');
}

/** @throws Problem 403 for a caller who is no administrator. */
export function requireAdmin(caller: FlexUser): void {
  if (isAdmin(caller)) return;
  throw new Problem(
    'forbidden',
    'This is for administrators. Ask one, or the owner of the Flex account for the role.',
  );
}

/** Gives the routes of the instance that uses it a `caller`, before anything else of a request is looked at. */
export function authenticated(authenticate: Authenticate) {
  return new Elysia({ name: 'panel-authenticated', seed: authenticate }).derive(
    { as: 'scoped' },
    async ({ request }) => ({ caller: await authenticate(request) }),
  );
}

export type Authenticated = ReturnType<typeof authenticated>;
