import type { PastConversation, PastConversations } from '@flexcord/shared/panel/member';
import type { Result } from '@flexcord/shared/result';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import type { Store } from '../store/open.ts';
import { fromCursor, toCursor, toPage } from '../store/paging.ts';

const PAGE_SIZE = 20;

type HistoryResult = Result<PastConversations, { is: 'bad-cursor' }>;

/** A member's conversations that reached Twilio and are over, newest first, a page at a time. */
export async function pastConversations(
  store: Store,
  memberId: string,
  cursor: string | undefined,
): Promise<HistoryResult> {
  let query = store.db
    .selectFrom('conversations')
    .select(['id', 'twilio_sid', 'case_number', 'handed_over', 'opened_at', 'closed_at', 'rating'])
    .where('member_id', '=', memberId)
    .where('twilio_sid', 'is not', null)
    // The present one stands beside the list.
    .where('phase', '=', 'closed')
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1);
  if (cursor !== undefined) {
    const after = fromCursor(cursor);
    if (!after) return { is: 'bad-cursor' };
    query = query.where((eb) => eb(eb.refTuple('opened_at', 'id'), '<', eb.tuple(after.value, after.id)));
  }
  const { rows: page, nextCursor } = toPage(await query.execute(), PAGE_SIZE, ({ opened_at, id }) =>
    toCursor({ value: opened_at, id }),
  );
  const agents = page.length
    ? await store.db
        .selectFrom('agents')
        .select(['conversation_id', 'name'])
        .where(
          'conversation_id',
          'in',
          page.map(({ id }) => id),
        )
        .orderBy('id')
        .execute()
    : [];
  // The last agent who joined is the one who ended it.
  const agentNames = new Map(agents.map(({ conversation_id, name }) => [conversation_id, name]));
  return {
    is: 'done',
    conversations: page.map((conversation) => {
      const agentName = agentNames.get(conversation.id) ?? null;
      return {
        conversationSid: conversation.twilio_sid ?? '',
        startedAt: toTimestamp(conversation.opened_at),
        endedAt: toTimestampOrNull(conversation.closed_at),
        agentName,
        outcome: outcomeOf(conversation, agentName),
        rating: conversation.rating,
      };
    }),
    nextCursor,
  };
}

/** Without a request for a person the virtual agent has solved it; with one that no agent answered the member gave up. */
function outcomeOf(
  conversation: { case_number: number | null; handed_over: number },
  agentName: string | null,
): PastConversation['outcome'] {
  if (agentName !== null) return 'solved-by-agent';
  return conversation.case_number !== null || conversation.handed_over
    ? 'abandoned'
    : 'solved-by-virtual-agent';
}
