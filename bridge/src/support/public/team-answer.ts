import { upsertSpeaker } from '../../members/members.ts';
import { recordTeamMessage } from '../../messages/records.ts';
import { defineEntry } from '../../relay/entries.ts';
import { consequenceKey, placeLane, teamActKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store } from '../../store/open.ts';
import { lockThread, noteAnswer } from '../../threads/threads.ts';
import type { ConversationQueries } from '../conversations.ts';
import { botMessage, noticeToMember } from '../outgoing.ts';

/** Somebody of the team answers a public thread without having its task; `id` names the request. */
export const teamAnswer = defineEntry(
  'in.team-answer',
  ({ threadId }: { threadId: string; text: string; by: { identity: string; name: string } }, id: string) => ({
    lane: placeLane(threadId),
    key: teamActKey(id),
  }),
);

/** Sends such answers into the thread, and into the conversation of whoever has its task, as that agent reads what colleagues say. */
export function createTeamAnswers({
  store,
  relay,
  conversations,
  changed,
}: {
  store: Store;
  relay: Pick<Relay, 'append'>;
  conversations: Pick<ConversationQueries, 'lockOpenIn'>;
  /** Called after the commit of an answer. */
  changed(threadId: string): void;
}) {
  return teamAnswer.handledBy({
    decide: async (tx, { threadId, text, by }, { key }) => {
      const thread = await lockThread(tx, threadId);
      if (!thread || thread.access === 'deleted' || thread.author_id === null) return undefined;
      const memberId = thread.author_id;
      await upsertSpeaker(tx, { id: memberId, name: thread.author_name || memberId });
      const notice = { is: 'team-answer', by: by.name, text } as const;
      await relay.append(tx, noticeToMember({ memberId, threadId, notice }, consequenceKey('answer', key)));
      const open = await conversations.lockOpenIn(tx, threadId);
      if (open)
        await relay.append(
          tx,
          botMessage({ conversationId: open.id, body: text, author: by.identity }, 'transcript', key),
        );
      await recordTeamMessage(tx, memberId, {
        id: key,
        channelId: threadId,
        author: { id: by.identity, name: by.name },
        text,
        files: [],
        notes: [],
      });
      await noteAnswer(tx, thread, { by: 'agent', messageId: null, memberId: null });
      store.afterCommit(tx, () => changed(threadId));
      return undefined;
    },
  });
}
