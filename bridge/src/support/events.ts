import type { Barrier, Notice } from '../messages/notices.ts';
import { assignMessage } from '../messages/records.ts';
import { catchUpAtEndKey } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import { catchUp } from './agent-events.ts';
import {
  type ApplyEvent,
  type ConversationActions,
  type ConversationContext,
  placeOf,
} from './conversations.ts';
import type { SupportOptions } from './options.ts';
import { botMessage, closeConversation, messageToAgent } from './outgoing.ts';
import { type Effect, type SupportEvent, step } from './phases.ts';
import { expectTask } from './task-watch.ts';
import type { Turns } from './turns.ts';

/** Lets something happen in a conversation: its phase changes, and what follows from that is done. */
export function createEvents(options: SupportOptions, actions: ConversationActions, turns: Turns) {
  const { conversations, say } = actions;
  const { relay } = options;

  const applyEvent: ApplyEvent = async (context, event) => {
    if (event.is === 'member-withdrew')
      context.withdrewFrom = context.conversation.phase === 'queued' ? 'queue' : 'chat';
    const { phase, effects } = step(context.conversation.phase, event);
    if (phase !== context.conversation.phase) {
      const closed = phase === 'closed' ? { closed_at: steadyNow(), turn_text: null } : {};
      // Whoever asks for a person waits from then on, also where the virtual agent has answered everything else.
      const unanswered_since =
        phase === 'queued' ? (context.conversation.unanswered_since ?? steadyNow()) : null;
      const waits = unanswered_since === null ? {} : { unanswered_since };
      await conversations.change(context.tx, context.conversation.id, { phase, ...closed, ...waits });
      Object.assign(context.conversation, { phase, ...waits });
    }
    for (const effect of effects) await applyEffect(context, effect);
  };

  async function applyEffect(context: ConversationContext, effect: Effect): Promise<void> {
    const { tx, conversation, message, cause } = context;
    const conversationId = conversation.id;
    const toAgent = { conversationId, after: conversation.twilio_cursor };
    switch (effect) {
      case 'send-to-agent':
        if (message) {
          await assignMessage(tx, message.id, conversationId);
          const speaker = context.speaker ? { speaker: context.speaker } : {};
          const carried = messageToAgent({ ...toAgent, ...speaker, message }, cause);
          if (context.moved) await relay.move(tx, context.moved, carried);
          else await relay.append(tx, carried);
        }
        return;
      case 'answer':
        return turns.turnBegins(context);
      case 'open-case':
        conversation.case_number ??= await options.openCase(
          tx,
          conversation,
          conversation.topic ?? message?.text ?? '',
        );
        return;
      case 'tell-transfer':
        await say(context, 'transfer', {
          is: 'transfer',
          conversationId,
          caseNumber: conversation.case_number ?? 0,
          ahead: await conversations.waitingBefore(tx, conversation),
        });
        return;
      case 'tell-still-waiting':
        await say(context, 'waiting', {
          is: 'still-waiting',
          caseNumber: conversation.case_number,
          conversationId,
        });
        return;
      case 'tell-barrier':
        return context.barrier && tellBarrier(context, context.barrier);
      case 'hand-over':
        return turns.handOver(context);
      case 'expect-task':
        return expectTask(relay, context, options.studioDeadlineMs);
      case 'tell-joined':
        await options.caseAnswered(tx, conversation.id);
        await say(context, 'joined', { is: 'joined', name: context.agentName ?? '', conversationId });
        return;
      case 'tell-left':
        await say(context, 'left', { is: 'left', name: context.agentName ?? '' });
        return;
      case 'tell-solved':
        await say(context, 'solved', { is: 'solved', conversationId: conversation.id });
        return;
      case 'tell-in-chat':
        await say(context, 'in-chat', { is: 'in-chat', conversationId });
        return;
      case 'offer-to-leave':
        await say(context, 'offer', { is: 'offer-to-leave', conversationId });
        return;
      case 'tell-agents-withdrawn': {
        const body = `[${withdrawalWords(context)}]`;
        await relay.append(tx, botMessage({ ...toAgent, body }, 'withdrawn-note', cause));
        return;
      }
      case 'note-on-case':
        if (conversation.case_number !== null)
          context.caseClosed = await options.caseLeft(
            tx,
            context.member,
            conversation.case_number,
            context.matterOver ?? false,
          );
        return;
      case 'tell-left-queue':
        // Whoever had an agent before is asked how that was.
        if ((await conversations.agentsOf(tx, conversationId)).length > 0)
          return applyEffect(context, 'tell-ended');
        await say(context, 'left-queue', {
          is: 'left-queue',
          caseNumber: conversation.case_number,
          caseClosed: context.caseClosed ?? false,
        });
        return;
      case 'tell-ended':
        await say(context, 'ended', {
          is: 'ended',
          caseNumber: conversation.case_number,
          conversationId: conversation.id,
        });
        return;
      case 'tell-closed-quiet': {
        const notice: Notice = {
          is: 'closed-quiet',
          caseNumber: conversation.case_number,
          conversationId: conversation.id,
        };
        await say(context, 'quiet', notice);
        const body = options.transcriptOf(notice, context.member.locale);
        await relay.append(tx, botMessage({ ...toAgent, body }, 'quiet-note', cause));
        return;
      }
      case 'close-twilio':
        // Twilio tells nobody of what the bridge itself closes, and a chat that is closed is not watched any more.
        if (conversation.handed_over)
          await relay.append(
            tx,
            catchUp({ conversationId }, placeOf(conversation), catchUpAtEndKey(conversationId)),
          );
        await relay.append(
          tx,
          closeConversation(
            { conversationId, ...(context.withdrewFrom ? { reason: withdrawalWords(context) } : {}) },
            cause,
          ),
        );
        return;
    }
  }

  const withdrawalWords = ({ withdrewFrom, member }: ConversationContext): string =>
    withdrewFrom === 'queue' ? options.texts.leftQueue(member.name) : options.texts.endedChat(member.name);

  async function tellBarrier(context: ConversationContext, barrier: Barrier): Promise<void> {
    const { tx, conversation, member, cause } = context;
    const notice: Notice = { is: 'barred', barrier, caseNumber: conversation.case_number };
    await say(context, 'barred', notice);
    const body = options.transcriptOf(notice, member.locale);
    const toAgent = { conversationId: conversation.id, after: conversation.twilio_cursor };
    await relay.append(tx, botMessage({ ...toAgent, body }, 'barred-note', cause));
  }

  /** Lets the member ask for a person, unless somebody or something is in the way. */
  async function ask(
    context: ConversationContext,
    event: Extract<SupportEvent, { is: 'member-wrote' | 'person-asked' }>,
  ) {
    const asks = event.is === 'person-asked' || event.wantsPerson;
    if (asks && context.conversation.phase === 'bot') {
      context.barrier = (await options.barrierFor(context.tx, context.conversation)) ?? undefined;
    }
    await applyEvent(context, { ...event, barrier: context.barrier?.is });
  }

  return { applyEvent, ask };
}

export type SupportEvents = ReturnType<typeof createEvents>;
