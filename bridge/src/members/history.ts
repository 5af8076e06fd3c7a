import type { PastConversation, PastConversations } from '@flexcord/shared/panel/member';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import type { Store } from '../store/open.ts';

const PAGE = 20;

/** A place in a member's history, as text that callers give back unread. */
const cursorOf = ({ opened_at, id }: { opened_at: number; id: string }) => `${opened_at}.${id}`;

function readCursor(cursor: string): { openedAt: number; id: string } | null {
  const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(cursor);
  return found ? { openedAt: Number(found[1]), id: found[2] as string } : null;
}

/** A member's conversations that reached Twilio, newest first, a page at a time. Null for a malformed cursor. */
export async function pastConversations(
  store: Store,
  memberId: string,
  cursor: string | undefined,
): Promise<PastConversations | null> {
  let query = store.db
    .selectFrom('conversations')
    .select(['id', 'twilio_sid', 'phase', 'case_number', 'handed_over', 'opened_at', 'closed_at', 'rating'])
    .where('member_id', '=', memberId)
    .where('twilio_sid', 'is not', null)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(PAGE + 1);
  if (cursor !== undefined) {
    const place = readCursor(cursor);
    if (!place) return null;
    query = query.where((eb) =>
      eb.or([
        eb('opened_at', '<', place.openedAt),
        eb.and([eb('opened_at', '=', place.openedAt), eb('id', '<', place.id)]),
      ]),
    );
  }
  const found = await query.execute();
  const page = found.slice(0, PAGE);
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
  // The last one in is the one who ended it.
  const agentNames = new Map(agents.map(({ conversation_id, name }) => [conversation_id, name]));
  const last = page.at(-1);
  return {
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
    nextCursor: found.length > PAGE && last ? cursorOf(last) : null,
  };
}

/** Who asked for nobody counts as helped by the virtual agent; who asked and met nobody gave up. */
function outcomeOf(
  conversation: { phase: string; case_number: number | null; handed_over: number },
  agentName: string | null,
): PastConversation['outcome'] {
  if (conversation.phase !== 'closed') return 'open';
  if (agentName !== null) return 'solved-by-agent';
  return conversation.case_number !== null || conversation.handed_over
    ? 'abandoned'
    : 'solved-by-virtual-agent';
}
