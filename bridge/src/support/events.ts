import type { Barrier } from './barriers/barriers.ts';
import type { Notice } from './notices.ts';
import type { SupportOptions } from './options.ts';
import { type Effect, type SupportEvent, step } from './phases.ts';
import type { Scene, Stage } from './scene.ts';
import type { Turns } from './turns.ts';

/** Lets something happen in a conversation: its phase changes, and what follows from that is done. */
export function createEvents(options: SupportOptions, stage: Stage, turns: Turns) {
  const { conversations, say, toTwilio } = stage;

  async function happen(scene: Scene, event: SupportEvent): Promise<void> {
    const { phase, effects } = step(scene.conversation.phase, event);
    if (phase !== scene.conversation.phase) {
      const closed = phase === 'closed' ? { closed_at: Date.now(), turn_text: null } : {};
      await conversations.change(scene.tx, scene.conversation.id, { phase, ...closed });
      scene.conversation.phase = phase;
    }
    for (const effect of effects) await perform(scene, effect);
  }

  async function perform(scene: Scene, effect: Effect): Promise<void> {
    const { tx, conversation, message } = scene;
    switch (effect) {
      case 'carry':
        if (message) {
          await toTwilio(scene, 'carry', {
            kind: 'twilio.member-message',
            payload: { conversationId: conversation.id, message },
          });
        }
        return;
      case 'answer':
        return turns.turnBegins(scene);
      case 'open-case':
        conversation.case_number ??= await options.openCase(
          tx,
          conversation,
          conversation.topic ?? message?.text ?? '',
        );
        return;
      case 'tell-transfer':
        await say(scene, 'transfer', {
          is: 'transfer',
          caseNumber: conversation.case_number ?? 0,
          ahead: await conversations.waitingBefore(tx, conversation),
        });
        return;
      case 'tell-still-waiting':
        await say(scene, 'waiting', { is: 'still-waiting', caseNumber: conversation.case_number });
        return;
      case 'tell-barrier':
        return scene.barrier && tellBarrier(scene, scene.barrier);
      case 'hand-over':
        return turns.handOver(scene);
      case 'tell-joined':
        await options.caseAnswered(tx, conversation.id);
        await say(scene, 'joined', { is: 'joined', name: scene.agentName ?? '' });
        return;
      case 'tell-left':
        await say(scene, 'left', { is: 'left', name: scene.agentName ?? '' });
        return;
      case 'tell-solved':
        await say(scene, 'solved', { is: 'solved', conversationId: conversation.id });
        return;
      case 'tell-ended':
        await say(scene, 'ended', {
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
        await say(scene, 'quiet', notice);
        await toTwilio(scene, 'quiet-note', {
          kind: 'twilio.bot-message',
          payload: {
            conversationId: conversation.id,
            body: options.transcriptOf(notice, scene.member.locale),
          },
        });
        return;
      }
      case 'close-twilio':
        await toTwilio(scene, 'close', {
          kind: 'twilio.close',
          payload: { conversationId: conversation.id },
        });
        return;
    }
  }

  async function tellBarrier(scene: Scene, barrier: Barrier): Promise<void> {
    const { conversation, member } = scene;
    const notice: Notice = { is: 'barred', barrier, caseNumber: conversation.case_number };
    await say(scene, 'barred', notice);
    await toTwilio(scene, 'barred-note', {
      kind: 'twilio.bot-message',
      payload: { conversationId: conversation.id, body: options.transcriptOf(notice, member.locale) },
    });
  }

  /** Lets the member ask for a person, unless somebody or something is in the way. */
  async function ask(scene: Scene, event: Extract<SupportEvent, { is: 'member-wrote' | 'person-asked' }>) {
    const asks = event.is === 'person-asked' || event.wantsPerson;
    if (asks && scene.conversation.phase === 'bot') {
      scene.barrier = (await options.barrierFor(scene.tx, scene.conversation)) ?? undefined;
    }
    await happen(scene, { ...event, barrier: scene.barrier?.is });
  }

  return { happen, ask };
}

export type SupportEvents = ReturnType<typeof createEvents>;
