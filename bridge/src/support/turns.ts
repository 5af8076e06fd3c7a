import { rememberTurn, threadOf } from '../assistant/thread.ts';
import { recordGap } from '../knowledge/gaps.ts';
import { languageOf } from '../knowledge/terms.ts';
import type { Handler } from '../relay/relay.ts';
import type { Conversation, Member } from './conversations.ts';
import { assistantLane, type Payloads } from './entries.ts';
import type { Inactivity } from './inactivity.ts';
import type { SupportOptions } from './options.ts';
import type { Scene, Stage } from './scene.ts';
import type { Reply } from './virtual-agent.ts';

/** What the Studio flow is told to do next. */
export type TurnAnswer = { next: 'none' } | { next: 'flex'; taskAttributes: Record<string, string | number> };

/** Whose turn it is between the virtual agent, the Studio flow and Flex. */
export function createTurns(options: SupportOptions, stage: Stage, inactivity: Inactivity) {
  const { store, relay, virtualAgent, routing } = options;
  const { conversations, say, toTwilio, sceneOf, turnDueLater, watch } = stage;

  async function turnBegins(scene: Scene): Promise<void> {
    const text = scene.message?.text ?? '';
    const earlier = scene.conversation.turn_text;
    scene.conversation.turn_text = (earlier ? `${earlier}\n${text}` : text).slice(-4000);
    if (routing === 'bridge') return takeBotTurn(scene);
    await conversations.change(scene.tx, scene.conversation.id, { turn_text: scene.conversation.turn_text });
    await turnDueLater(scene);
  }

  async function handOver(scene: Scene): Promise<void> {
    await toTwilio(scene, 'name', {
      kind: 'twilio.name-member',
      payload: { conversationId: scene.conversation.id },
    });
    const { note } = await options.summaryOf(scene.tx, scene.conversation, scene.member);
    await toTwilio(scene, 'summary', {
      kind: 'twilio.bot-message',
      payload: { conversationId: scene.conversation.id, body: note },
    });
    if (routing === 'bridge') return bringToFlex(scene, false);
    await turnDueLater(scene);
  }

  async function bringToFlex(scene: Scene, onlyIfMissing: boolean): Promise<void> {
    await conversations.change(scene.tx, scene.conversation.id, { handed_over: 1 });
    await toTwilio(scene, 'interaction', {
      kind: 'twilio.interaction',
      payload: { conversationId: scene.conversation.id, onlyIfMissing },
    });
    await watch(scene);
  }

  async function takeBotTurn(scene: Scene): Promise<void> {
    const { tx, conversation, member } = scene;
    const question = conversation.turn_text ?? '';
    await conversations.change(tx, conversation.id, { turn_text: null });
    if ((options.prepare || options.write) && virtualAgent.isMatter(question)) {
      await relay.append(tx, {
        lane: assistantLane(conversation.id),
        key: `assistant:${scene.cause}`,
        kind: 'assistant.answer',
        payload: { conversationId: conversation.id, question },
      });
      return;
    }
    await answer(scene, virtualAgent.reply(question, member, await threadOf(tx, conversation.id)));
  }

  /** Asks models outside of any transaction, in bounded time; without their help the articles are shown as words find them. */
  const answerWithModels: Handler<Payloads['assistant.answer']> = {
    async run({ conversationId, question }, { key }) {
      const conversation = await conversations.find(conversationId);
      const member = conversation && (await conversations.findMember(conversation.member_id));
      if (!member) return;
      const thread = await threadOf(store.db, conversationId);
      const previous = thread.map((turn) => turn.question);
      await options.prepare?.([question, ...previous.slice(-1)]);
      const reply = virtualAgent.reply(question, member, thread);
      const { notice } = reply;
      const articleIds = notice.is === 'articles' ? notice.articles.map(({ id }) => id) : [];
      const written =
        articleIds.length > 0 ? await options.write?.({ text: question, previous }, articleIds) : null;
      return {
        commit: async (tx) => {
          const scene = await sceneOf(tx, conversationId, key);
          // Whoever asked for a person meanwhile is not answered by a machine.
          if (scene?.conversation.phase !== 'bot') return;
          await answer(scene, written ? { ...reply, notice: { is: 'written', ...written } } : reply);
        },
      };
    },
  };

  /** Says it, and remembers what it was an answer to. */
  async function answer(scene: Scene, { notice, turn }: Reply): Promise<void> {
    const { tx, conversation, member } = scene;
    if (turn) await rememberTurn(tx, conversation.id, turn);
    if (turn?.said === 'nothing') {
      await recordGap(tx, {
        question: turn.question,
        language: languageOf(turn.question),
        memberId: member.id,
        conversationId: conversation.id,
      });
    }
    await inactivity.begin(tx, conversation);
    await say(scene, 'answer', notice);
    await toTwilio(scene, 'transcript', {
      kind: 'twilio.bot-message',
      payload: { conversationId: conversation.id, body: options.transcriptOf(notice, member.locale) },
    });
  }

  /** The Studio flow was silent for too long: its part is done without it. */
  async function overdue(scene: Scene): Promise<void> {
    const { phase, turn_text, handed_over } = scene.conversation;
    if (phase === 'bot' && turn_text !== null) await takeBotTurn(scene);
    // The flow may have sent to Flex without asking: look before doing it too.
    if (phase === 'queued' && !handed_over) await bringToFlex(scene, true);
  }

  /** The Studio flow asks what to do with a conversation. Asking twice changes nothing. */
  async function takeTurn(conversationSid: string): Promise<TurnAnswer> {
    const known = await conversations.findByTwilioSid(conversationSid);
    if (!known) return { next: 'none' };
    const answer = await store.transact(async (tx): Promise<TurnAnswer> => {
      const scene = await sceneOf(tx, known.id, `turn:${known.id}:${Date.now()}`);
      if (!scene) return { next: 'none' };
      const { conversation, member } = scene;
      if (conversation.phase === 'bot' && conversation.turn_text !== null) await takeBotTurn(scene);
      if (conversation.phase !== 'queued' || conversation.handed_over) return { next: 'none' };
      await conversations.change(tx, conversation.id, { handed_over: 1 });
      await watch(scene);
      const { line } = await options.summaryOf(tx, conversation, member);
      return { next: 'flex', taskAttributes: taskAttributes(conversation, member, line) };
    });
    relay.wake();
    await store.announce();
    return answer;
  }

  return {
    turnBegins,
    handOver,
    answer,
    overdue,
    takeTurn,
    handlers: { 'assistant.answer': answerWithModels },
  };
}

export type Turns = ReturnType<typeof createTurns>;

/**
 * What Flex shows and routes by; see "Task attributes" on
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api. Kept far below Studio's 1,024 characters.
 */
export function taskAttributes(
  conversation: Conversation,
  member: Member,
  summary: string,
): Record<string, string | number> {
  const name = member.name.slice(0, 64);
  return {
    from: name,
    customerName: name,
    customerAddress: `discord_${member.id}`,
    channel: 'discord',
    ...(member.locale ? { locale: member.locale } : {}),
    ...(conversation.case_number !== null ? { caseNumber: conversation.case_number } : {}),
    summary,
  };
}
