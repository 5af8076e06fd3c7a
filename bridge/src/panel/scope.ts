import type { FlexUser } from '@flexcord/shared/flex-user';
import { isSupervisor } from '@flexcord/shared/flex-user';
import { DAY_MS } from '@flexcord/shared/time';
import type { Store } from '../store/open.ts';
import { Problem } from './problem.ts';

/** Whose members and cases agents may see and change; supervisors and administrators always all. */
export type AgentScope = 'all' | 'own';

/** What a request names, as the routes of the panel spell it. */
interface Named {
  path: string;
  /** The `:id` of its route. */
  id: string | undefined;
  body: unknown;
  query: Record<string, string | undefined>;
}

/** How long a member stays one's own after the chat: notes and cases are written then. */
const AFTERWARDS_MS = DAY_MS;

const WITH_ID = /^\/panel\/(members|conversations|cases)\//;

/**
 * Refuses agents what is not theirs: a member whom they are chatting with, or were within a day, and a case that is
 * assigned to them or of such a member. It looks at what a request names, so that a new route cannot forget it.
 */
export function createScope(store: Store, scope: AgentScope) {
  const isOwnMember = async (identity: string, memberId: string) =>
    (await store.db
      .selectFrom('agents')
      .innerJoin('conversations', 'conversations.id', 'agents.conversation_id')
      .select('agents.id')
      .where('agents.identity', '=', identity)
      .where('conversations.member_id', '=', memberId)
      .where((eb) =>
        eb.or([eb('agents.left_at', 'is', null), eb('agents.left_at', '>', Date.now() - AFTERWARDS_MS)]),
      )
      .limit(1)
      .executeTakeFirst()) !== undefined;

  async function isOwnCase(identity: string, number: number): Promise<boolean> {
    const found = Number.isSafeInteger(number)
      ? await store.db
          .selectFrom('cases')
          .select(['assignee_identity', 'member_id'])
          .where('number', '=', number)
          .executeTakeFirst()
      : undefined;
    // What is not there is answered by its route.
    if (!found || found.assignee_identity === identity) return true;
    return isOwnMember(identity, found.member_id);
  }

  async function isOwnConversation(identity: string, sid: string): Promise<boolean> {
    const found = await store.db
      .selectFrom('conversations')
      .select('member_id')
      .where('twilio_sid', '=', sid)
      .executeTakeFirst();
    return !found || isOwnMember(identity, found.member_id);
  }

  /** @throws Problem 403 where the request names what is not the caller's. Narrows a list of cases to the caller's. */
  return async function assertOwn(caller: FlexUser, { path, id, body, query }: Named): Promise<void> {
    if (scope === 'all' || isSupervisor(caller)) return;
    const { identity } = caller;
    const members: unknown[] = [query.memberId];
    const cases: unknown[] = [];
    const conversations: unknown[] = [query.conversation];
    const room = id === undefined ? undefined : WITH_ID.exec(path)?.[1];
    if (room === 'members') members.push(id);
    if (room === 'conversations') conversations.push(id);
    if (room === 'cases') cases.push(id);
    const { memberId, conversationSid, ids, into, source } = (body ?? {}) as Record<string, unknown>;
    members.push(memberId);
    conversations.push(
      conversationSid,
      (source as { conversationSid?: unknown } | null | undefined)?.conversationSid,
    );
    if (path.startsWith('/panel/cases')) cases.push(into, ...(Array.isArray(ids) ? ids : []));
    if (path === '/panel/cases' && body === undefined) query.assignee = identity;

    const given = (list: unknown[]) => list.filter((one) => one !== undefined && one !== null).map(String);
    for (const one of given(members)) if (!(await isOwnMember(identity, one))) throw notYours();
    for (const one of given(cases)) if (!(await isOwnCase(identity, Number(one)))) throw notYours();
    for (const one of given(conversations)) if (!(await isOwnConversation(identity, one))) throw notYours();
  };
}

const notYours = () =>
  new Problem(
    'forbidden',
    'This is no member or case of yours. Ask a supervisor, or take over the chat first.',
  );
