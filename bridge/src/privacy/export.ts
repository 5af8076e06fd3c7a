import { type Static, Type } from '@sinclair/typebox';
import type { Store } from '../store/open.ts';
import type { MemberReader } from '../twilio/conversations/read-member.ts';
import { chunksOf, journalMarks, readHeld } from './held.ts';

const Row = Type.Record(Type.String(), Type.Unknown(), {
  description: 'A row of the store; times are milliseconds since the epoch',
});
const Rows = Type.Array(Row);

const ExportedMessage = Type.Object({
  sid: Type.String(),
  author: Type.String({ description: 'discord_<id> for the member; otherwise an agent, or the bot' }),
  body: Type.Union([Type.String(), Type.Null()]),
  sentAt: Type.String(),
  files: Type.Array(Type.String({ description: 'SIDs of `files`' })),
});

/** Everything that is held about a member, for an answer to a request for access. */
export const MemberExport = Type.Object({
  schema: Type.Literal('flexcord.member-export/1'),
  memberId: Type.String(),
  madeAt: Type.String({ description: 'RFC 3339, UTC' }),
  /** Null for somebody who never wrote, or was erased. */
  profile: Type.Union([Row, Type.Null()]),
  notes: Rows,
  conversations: Type.Array(
    Type.Object({
      /** Null for one that only Twilio knows. */
      record: Type.Union([Row, Type.Null()]),
      twilioSid: Type.Union([Type.String(), Type.Null()]),
      agents: Rows,
      /** What the virtual agent was asked. */
      turns: Rows,
      /** Oldest first; null where Twilio has the conversation no longer. */
      transcript: Type.Union([Type.Array(ExportedMessage), Type.Null()]),
    }),
  ),
  messages: Rows,
  reactions: Rows,
  /** What the member asked in public. */
  posts: Rows,
  /** Incidents that what the member asked belongs to. */
  incidents: Rows,
  /** Posts that were solved and may help others, which the member asked or answered. */
  solvedPosts: Rows,
  cases: Type.Array(
    Type.Object({
      record: Row,
      tags: Type.Array(Type.String()),
      timeline: Rows,
      messages: Rows,
      webhooks: Rows,
    }),
  ),
  votes: Rows,
  following: Rows,
  /** What the member did in cases of others. */
  actions: Rows,
  linkedMessages: Rows,
  knowledge: Type.Object({ gaps: Rows, lessons: Rows, feedback: Rows }),
  journal: Rows,
  /** Twilio's chat user; null where there is none. */
  twilioUser: Type.Union([Row, Type.Null()]),
  /** Files at Twilio; each can be fetched there by its SID. */
  files: Type.Array(
    Type.Object({
      mediaSid: Type.String(),
      conversationSid: Type.String(),
      messageSid: Type.String(),
      name: Type.String(),
      contentType: Type.String(),
      size: Type.Integer({ description: 'Bytes' }),
    }),
  ),
});
export type MemberExport = Static<typeof MemberExport>;

/** Puts together what is held about a member. Reads Twilio a page at a time; changes nothing. */
export async function exportMember(
  { store, twilio }: { store: Store; twilio: MemberReader },
  memberId: string,
): Promise<MemberExport> {
  const { db } = store;
  const held = await readHeld(db, memberId);
  const ofMember = (table: 'member_notes' | 'messages' | 'reactions' | 'case_votes' | 'case_followers') =>
    db.selectFrom(table).selectAll().where('member_id', '=', memberId).execute();
  const profile = await db.selectFrom('members').selectAll().where('id', '=', memberId).executeTakeFirst();
  const conversationIds = held.conversations.map(({ id }) => id);
  const sids = [
    ...new Set([
      ...held.conversations.flatMap(({ twilio_sid }) => twilio_sid ?? []),
      ...(await twilio.conversationsOf(memberId)),
    ]),
  ];
  const files: MemberExport['files'] = [];
  const conversations: MemberExport['conversations'] = [];
  const rows = await db
    .selectFrom('conversations')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('opened_at')
    .execute();
  const known = new Set(rows.flatMap(({ twilio_sid }) => twilio_sid ?? []));
  const places = [
    ...rows.map((record) => ({ record, twilioSid: record.twilio_sid })),
    ...sids.filter((sid) => !known.has(sid)).map((twilioSid) => ({ record: null, twilioSid })),
  ];
  for (const { record, twilioSid } of places) {
    const read = twilioSid === null ? null : await twilio.read(twilioSid);
    for (const file of read?.files ?? []) files.push({ ...file, conversationSid: twilioSid ?? '' });
    conversations.push({
      record,
      twilioSid,
      agents: record ? await ofConversation(store, 'agents', record.id) : [],
      turns: record ? await ofConversation(store, 'bot_turns', record.id) : [],
      transcript: read?.messages ?? null,
    });
  }
  const cases: MemberExport['cases'] = [];
  for (const number of held.cases) {
    const record = await db
      .selectFrom('cases')
      .selectAll()
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const tags = await db.selectFrom('case_tags').select('tag').where('case_number', '=', number).execute();
    cases.push({
      record,
      tags: tags.map(({ tag }) => tag),
      timeline: await ofCase(store, 'case_events', number),
      messages: await ofCase(store, 'case_messages', number),
      webhooks: await ofCase(store, 'webhook_deliveries', number),
    });
  }
  return {
    schema: 'flexcord.member-export/1',
    memberId,
    madeAt: new Date().toISOString(),
    profile: profile ?? null,
    notes: await ofMember('member_notes'),
    conversations,
    messages: await ofMember('messages'),
    reactions: await ofMember('reactions'),
    posts: await db.selectFrom('public_threads').selectAll().where('author_id', '=', memberId).execute(),
    incidents: await db
      .selectFrom('incident_reports')
      .selectAll()
      .where('member_id', '=', memberId)
      .execute(),
    solvedPosts: await db
      .selectFrom('solved_posts')
      .selectAll()
      .where((eb) => eb.or([eb('author_id', '=', memberId), eb('solver_id', '=', memberId)]))
      .execute(),
    cases,
    votes: await ofMember('case_votes'),
    following: await ofMember('case_followers'),
    actions: await db.selectFrom('case_events').selectAll().where('actor_member_id', '=', memberId).execute(),
    linkedMessages: await db
      .selectFrom('case_messages')
      .selectAll()
      .where('author_id', '=', memberId)
      .execute(),
    knowledge: {
      gaps: await db
        .selectFrom('knowledge_gaps')
        .selectAll()
        .where((eb) =>
          eb.or([eb('member_id', '=', memberId), eb('conversation_id', 'in', ['', ...conversationIds])]),
        )
        .execute(),
      lessons: await db
        .selectFrom('knowledge_lessons')
        .selectAll()
        .where('conversation_id', 'in', ['', ...conversationIds])
        .execute(),
      feedback: await db
        .selectFrom('knowledge_feedback')
        .selectAll()
        .where('conversation_sid', 'in', ['', ...sids])
        .execute(),
    },
    journal: await journalOf(store, journalMarks(held)),
    twilioUser: await twilio.userOf(memberId),
    files,
  };
}

const ofConversation = (store: Store, table: 'agents' | 'bot_turns', id: string) =>
  store.db.selectFrom(table).selectAll().where('conversation_id', '=', id).orderBy('id').execute();

const ofCase = (
  store: Store,
  table: 'case_events' | 'case_messages' | 'webhook_deliveries',
  number: number,
) => store.db.selectFrom(table).selectAll().where('case_number', '=', number).execute();

async function journalOf({ db }: Store, marks: readonly string[]) {
  const found = new Map<number, Record<string, unknown>>();
  for (const some of chunksOf(marks, 50)) {
    const rows = await db
      .selectFrom('journal')
      .selectAll()
      .where((eb) =>
        eb.or(
          some.flatMap((mark) =>
            (['payload', 'key', 'lane'] as const).map((column) => eb(column, 'like', `%${mark}%`)),
          ),
        ),
      )
      .execute();
    for (const row of rows) found.set(row.id, row);
  }
  return [...found.values()];
}
