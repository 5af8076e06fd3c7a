import type { Selectable } from 'kysely';
import { compareSnowflakes } from '../messages/snowflake.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import { firstOf, prepared, preparedByColumns } from '../store/prepared.ts';
import type { MembersTable } from '../store/schema.ts';

export type Member = Selectable<MembersTable>;
export type ThreadState = NonNullable<Member['thread_state']>;

/** Somebody on Discord, as an event names them. */
export interface MemberIdentity {
  id: string;
  name: string;
  /** Discord locale; null where the event does not say it. */
  locale: string | null;
}

/** Where something was written, and how far its channel is in the journal then. */
export interface ChannelPosition {
  channelId: string;
  /** Id of the message. */
  cursor: string;
}

/** Where a member is written to. */
type MemberChannel = Partial<
  Pick<Member, 'dm_channel_id' | 'dm_closed_at' | 'thread_id' | 'thread_cursor' | 'thread_state'>
>;

const byId = prepared<{ id: string }, Member>((db, value) =>
  db.selectFrom('members').selectAll().where('id', '=', value('id')),
);
const byThread = prepared<{ threadId: string }, Member>((db, value) =>
  db.selectFrom('members').selectAll().where('thread_id', '=', value('threadId')),
);

export const findMember = (db: Store['db'] | Tx, id: string): Promise<Member | undefined> =>
  firstOf(byId(db, { id }));

/** The member whom a private thread was opened for. */
export const findMemberOfThread = (db: Store['db'] | Tx, threadId: string): Promise<Member | undefined> =>
  firstOf(byThread(db, { threadId }));

type MemberChange = Pick<
  Member,
  | 'name'
  | 'seen_at'
  | 'locale'
  | 'dm_channel_id'
  | 'discord_cursor'
  | 'thread_cursor'
  | 'dm_closed_at'
  | 'public_only'
>;
const NOTHING_KNOWN: Omit<MemberChange, 'name' | 'seen_at'> & Pick<Member, 'thread_id'> = {
  locale: null,
  dm_channel_id: null,
  discord_cursor: null,
  thread_id: null,
  thread_cursor: null,
  dm_closed_at: null,
  public_only: 0,
};
const write = preparedByColumns<MemberChange, { id: string; created_at: number }>((db, columns, value) =>
  db
    .insertInto('members')
    .values({
      ...NOTHING_KNOWN,
      ...columns,
      id: value('id'),
      created_at: value('created_at'),
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns)),
);

/**
 * Writes down who somebody is, and with `at` how far their channel is in the journal. Returns the name under which they
 * were known; undefined for somebody new.
 */
export async function upsertMember(
  tx: Tx,
  { id, name, locale }: MemberIdentity,
  at: ChannelPosition | null,
): Promise<string | undefined> {
  const former = await findMember(tx, id);
  const now = steadyNow();
  const change = {
    name,
    seen_at: now,
    public_only: 0,
    ...(locale ? { locale } : {}),
    ...(at ? cursorAt(at, former) : {}),
  };
  await write(tx, change, { id, created_at: now });
  return former?.name;
}

/**
 * Writes down somebody who writes in public. What is known of them from private talks stays as it is: nobody opens a direct
 * message because of what was said in public.
 */
export async function upsertSpeaker(
  tx: Tx,
  { id, name }: Pick<MemberIdentity, 'id' | 'name'>,
): Promise<void> {
  const known = await findMember(tx, id);
  const now = steadyNow();
  if (!known) {
    await tx
      .insertInto('members')
      .values({ id, name, created_at: now, seen_at: now, public_only: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return;
  }
  const change = known.public_only === 1 ? { name, seen_at: now } : { seen_at: now };
  await tx.updateTable('members').set(change).where('id', '=', id).execute();
}

/** A direct message shows that they may be open again: the next notice tries. */
function cursorAt(at: ChannelPosition, former: Member | undefined) {
  const change = positionAt(at, former);
  return 'thread_cursor' in change ? change : { ...change, dm_closed_at: null };
}

/** A cursor never goes back, since what comes twice may be older than what is heard already. */
function positionAt({ channelId, cursor }: ChannelPosition, former: Member | undefined) {
  if (former && channelId === former.thread_id) return { thread_cursor: later(former.thread_cursor, cursor) };
  const known = former?.dm_channel_id === channelId ? former.discord_cursor : null;
  return { dm_channel_id: channelId, discord_cursor: later(known, cursor) };
}

/** The later of two Discord ids. */
const later = (known: string | null, id: string) => (known && compareSnowflakes(known, id) > 0 ? known : id);

/** Notes how far a channel is heard in which there was nothing of the member's. Nothing happens for somebody unknown. */
export async function moveCursor(
  store: Store,
  id: string,
  { channelId, cursor }: ChannelPosition,
): Promise<void> {
  await store.transact(async (tx) => {
    const member = await findMember(tx, id);
    if (!member) return;
    const change = positionAt({ channelId, cursor }, member);
    await tx.updateTable('members').set(change).where('id', '=', id).execute();
  });
}

/** Threads that are there as far as was heard. */
export async function knownThreads({ db }: Store): Promise<string[]> {
  const rows = await db
    .selectFrom('members')
    .select('thread_id')
    .where('thread_id', 'is not', null)
    .where((eb) => eb.or([eb('thread_state', 'is', null), eb('thread_state', '<>', 'deleted')]))
    .execute();
  return rows.flatMap(({ thread_id }) => thread_id ?? []);
}

/** Notes what moderators made of a thread, unless the member has another by now. */
export async function noteThreadState(
  tx: Tx,
  id: string,
  threadId: string,
  state: ThreadState,
): Promise<void> {
  await tx
    .updateTable('members')
    .set({ thread_state: state })
    .where('id', '=', id)
    .where('thread_id', '=', threadId)
    .execute();
}

export async function changeMemberChannel(store: Store, id: string, change: MemberChannel): Promise<void> {
  await store.db.updateTable('members').set(change).where('id', '=', id).execute();
}

/**
 * Sets the operator's own fields of a member to what `edit` makes of them; two edits at once are both kept. What `edit`
 * throws leaves them as they are. Returns undefined for somebody who never wrote.
 */
export function changeMemberFields(
  store: Store,
  id: string,
  edit: (fields: Record<string, string>) => Record<string, string>,
): Promise<Record<string, string> | undefined> {
  return store.transact(async (tx) => {
    const row = await store
      .lockRow(tx.selectFrom('members').select('fields').where('id', '=', id))
      .executeTakeFirst();
    if (!row) return undefined;
    const fields = edit(JSON.parse(row.fields));
    await tx
      .updateTable('members')
      .set({ fields: JSON.stringify(fields) })
      .where('id', '=', id)
      .execute();
    return fields;
  });
}

/** Blocks a member, or changes why they are. False for somebody who never wrote. */
export async function block(
  store: Store,
  memberId: string,
  by: string,
  reason: string | null,
): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('members')
    .set({ blocked_at: steadyNow(), blocked_by: by, block_reason: reason, block_told_at: null })
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Serves a member again. False for somebody who never wrote. */
export async function unblock(store: Store, memberId: string): Promise<boolean> {
  const { numUpdatedRows } = await store.db
    .updateTable('members')
    .set({ blocked_at: null, blocked_by: null, block_reason: null, block_told_at: null })
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Whether a member is to be turned away, and whether this is the first time, so that they are told. */
export async function claimBlockNotice(
  tx: Tx,
  { id, blocked_at, block_told_at }: Member,
): Promise<'no' | 'first' | 'again'> {
  if (!blocked_at) return 'no';
  if (block_told_at) return 'again';
  await tx.updateTable('members').set({ block_told_at: steadyNow() }).where('id', '=', id).execute();
  return 'first';
}
