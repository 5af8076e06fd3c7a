import type { Store, Tx } from '../store/open.ts';
import { threadLink } from '../threads/threads.ts';

type Db = Store['db'] | Tx;

/** What leads to everything that the store holds about a member. */
export interface Held {
  memberId: string;
  /** Undefined for somebody who never wrote, or was erased. */
  member: { name: string; dm_channel_id: string | null; thread_id: string | null } | undefined;
  conversations: { id: string; twilio_sid: string | null; phase: string }[];
  /** Numbers of the member's own cases. */
  cases: number[];
}

/** Looks up what leads to everything about a member. */
export async function readHeld(db: Db, memberId: string): Promise<Held> {
  const member = await db
    .selectFrom('members')
    .select(['name', 'dm_channel_id', 'thread_id'])
    .where('id', '=', memberId)
    .executeTakeFirst();
  const conversations = await db
    .selectFrom('conversations')
    .select(['id', 'twilio_sid', 'phase'])
    .where('member_id', '=', memberId)
    .execute();
  const cases = await db
    .selectFrom('cases')
    .select('number')
    .where('member_id', '=', memberId)
    .orderBy('number')
    .execute();
  return { memberId, member, conversations, cases: cases.map(({ number }) => number) };
}

/** The public conversations of others that a member spoke in, with the address of the thread. */
export async function spokenIn(
  db: Db,
  memberId: string,
): Promise<{ conversationId: string; sid: string; link: string }[]> {
  const rows = await db
    .selectFrom('thread_speakers')
    .innerJoin('conversations', 'conversations.id', 'thread_speakers.conversation_id')
    .innerJoin('public_threads', 'public_threads.id', 'conversations.thread_id')
    .select([
      'conversations.id as conversationId',
      'conversations.twilio_sid',
      'public_threads.id',
      'guild_id',
    ])
    .where('thread_speakers.member_id', '=', memberId)
    .where('conversations.member_id', '<>', memberId)
    .execute();
  return rows.flatMap(({ conversationId, twilio_sid: sid, ...thread }) =>
    sid === null ? [] : [{ conversationId, sid, link: threadLink(thread) }],
  );
}

/** The Twilio conversations of a member that the store knows. */
export const sidsOf = ({ conversations }: Held): string[] =>
  conversations.flatMap(({ twilio_sid }) => twilio_sid ?? []);

/** Whether somebody of the team talks with the member, or is about to. */
export const isWithTeam = ({ conversations }: Held): boolean =>
  conversations.some(({ phase }) => phase !== 'closed' && phase !== 'bot');

/** Parts of a `where in` list: PostgreSQL and SQLite take some thousands of values. */
export function* chunksOf<T>(items: readonly T[], size = 500): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

/** What the journal has of a member is found by what its entries hold. */
export function journalMarks({ memberId, conversations, cases }: Held): string[] {
  return [
    memberId,
    ...conversations.flatMap(({ id, twilio_sid }) => [id, ...(twilio_sid ? [twilio_sid] : [])]),
    ...cases.flatMap((number) => [`"caseNumber":${number},`, `"caseNumber":${number}}`]),
  ];
}
