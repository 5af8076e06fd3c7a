import type { CanonicalMessage } from '../messages/canonical.ts';
import { fromTwilio } from '../messages/from-twilio.ts';
import type { RefusalReason } from '../relay/errors.ts';
import type { Handler, Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { type Agent, type Conversation, conversationQueries, type Member } from './conversations.ts';
import {
  type ChangeKind,
  discordLane,
  memberLane,
  type Payloads,
  type SupportEntry,
  type TwilioMessage,
  timerLane,
  twilioLane,
} from './entries.ts';
import { createInactivity } from './inactivity.ts';
import type { Notice } from './notices.ts';
import { type Effect, type SupportEvent, step } from './phases.ts';
import type { VirtualAgent } from './virtual-agent.ts';

/** What support must ask Twilio for when a webhook does not say it. */
export interface FlexDesk {
  /** The agent behind a task. The identity is null when it cannot be told. */
  agentOfTask(taskSid: string): Promise<{ identity: string | null; name: string }>;
  nameOf(identity: string): Promise<string>;
  /** Messages above `index`, in the order of their indexes, and whether the conversation is over. */
  transcriptAfter(
    conversationSid: string,
    index: number,
  ): Promise<{ messages: TwilioMessage[]; closed: boolean }>;
  /** True for messages that the bridge itself wrote. */
  isOurs(message: TwilioMessage): boolean;
}

export interface SupportOptions {
  store: Store;
  relay: Relay<Payloads>;
  desk: FlexDesk;
  virtualAgent: VirtualAgent;
  routing: 'studio' | 'bridge';
  studioDeadlineMs: number;
  checkQuietMs: number;
  /** Opens a case for a conversation that has none; its number is short and never used again. */
  openCase(tx: Tx, conversation: Conversation, title: string): Promise<number>;
  /** The member says that a case is solved; false where it is not theirs or finished already. */
  solveCase(tx: Tx, member: Member, caseNumber: number): Promise<boolean>;
  /** The member has written; called when that is committed. */
  onMemberWrote(conversationSid: string): void;
  /** See InactivityOptions. */
  reminderMs: number;
  closeMs: number;
  /** Words for the Twilio transcript. */
  transcriptOf(notice: Notice, locale: string | null): string;
}

/** What the Studio flow is told to do next. */
export type TurnAnswer = { next: 'none' } | { next: 'flex'; taskAttributes: Record<string, string | number> };

type InboundKind = Exclude<Extract<keyof Payloads, `in.${string}` | `timer.${string}`>, ChangeKind>;
type InboundHandlers = { [Kind in InboundKind]: Handler<Payloads[Kind]> };

export interface Support {
  handlers: InboundHandlers;
  /** The Studio flow asks what to do with a conversation. Asking twice changes nothing. */
  takeTurn(conversationSid: string): Promise<TurnAnswer>;
  /** After a start: everything that Twilio may have sent meanwhile is fetched. */
  catchUpAll(): Promise<void>;
  refused: {
    memberMessage(tx: Tx, payload: Payloads['twilio.member-message'], reason: RefusalReason): Promise<void>;
    agentMessage(
      tx: Tx,
      payload: Payloads['discord.message'],
      reason: RefusalReason,
      key: string,
    ): Promise<void>;
  };
}

/** Decides what follows from what members, agents and Twilio do. It knows neither SDK. */
export function createSupport(options: SupportOptions): Support {
  const { store, relay, desk, virtualAgent, routing } = options;
  const conversations = conversationQueries(store);
  const inactivity = createInactivity({
    store,
    relay,
    reminderMs: options.reminderMs,
    closeMs: options.closeMs,
  });

  /** Everything that one decision needs while its transaction is open. */
  interface Scene {
    tx: Tx;
    conversation: Conversation;
    member: Member;
    /** Makes the keys of what follows unique: the key of what caused it. */
    cause: string;
    message?: CanonicalMessage;
    agentName?: string;
  }

  const say = (scene: Scene, what: string, notice: Notice, replyTo?: string) =>
    relay.append(scene.tx, {
      lane: discordLane(scene.member.id),
      key: `${what}:${scene.cause}`,
      kind: 'discord.notice',
      payload: { memberId: scene.member.id, notice, ...(replyTo ? { replyTo } : {}) },
    });

  const toTwilio = (
    scene: Scene,
    what: string,
    entry: Extract<SupportEntry, { kind: `twilio.${string}` }> extends infer E
      ? E extends { kind: infer K; payload: infer P }
        ? { kind: K; payload: P }
        : never
      : never,
  ) =>
    relay.append(scene.tx, {
      lane: twilioLane(scene.conversation.id),
      key: `${what}:${scene.cause}`,
      ...entry,
    } as SupportEntry);

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
        return turnBegins(scene);
      case 'open-case':
        conversation.case_number ??= await options.openCase(
          tx,
          conversation,
          conversation.topic ?? message?.text ?? '',
        );
        return;
      case 'tell-transfer':
        await say(scene, 'transfer', { is: 'transfer', caseNumber: conversation.case_number ?? 0 });
        return;
      case 'tell-still-waiting':
        await say(scene, 'waiting', { is: 'still-waiting', caseNumber: conversation.case_number });
        return;
      case 'hand-over':
        return handOver(scene);
      case 'tell-joined':
        await say(scene, 'joined', { is: 'joined', name: scene.agentName ?? '' });
        return;
      case 'tell-left':
        await say(scene, 'left', { is: 'left', name: scene.agentName ?? '' });
        return;
      case 'tell-solved':
        await say(scene, 'solved', { is: 'solved' });
        return;
      case 'tell-ended':
        await say(scene, 'ended', { is: 'ended', caseNumber: conversation.case_number });
        return;
      case 'tell-closed-quiet': {
        const notice: Notice = { is: 'closed-quiet', caseNumber: conversation.case_number };
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

  /** Should the Studio flow not ask in time, the bridge goes on without it. */
  async function turnDueLater(scene: Scene): Promise<void> {
    const key = `due:${scene.cause}`;
    const { conversation, member } = scene;
    await relay.append(scene.tx, {
      lane: timerLane(key),
      key: `timer:${key}`,
      kind: 'timer.entry',
      notBefore: Date.now() + options.studioDeadlineMs,
      payload: {
        entry: {
          lane: memberLane(member.id),
          key,
          kind: 'in.turn-due',
          payload: { conversationId: conversation.id },
        },
      },
    });
  }

  async function watch(scene: Scene): Promise<void> {
    const key = `watch:${scene.conversation.id}`;
    await relay.append(scene.tx, {
      lane: timerLane(key),
      key,
      kind: 'timer.watch',
      notBefore: Date.now() + options.checkQuietMs,
      payload: { conversationId: scene.conversation.id },
    });
  }

  async function takeBotTurn(scene: Scene): Promise<void> {
    const { tx, conversation, member } = scene;
    const notice = virtualAgent.reply(conversation.turn_text ?? '', member);
    await conversations.change(tx, conversation.id, { turn_text: null });
    await inactivity.begin(tx, conversation);
    await say(scene, 'answer', notice);
    await toTwilio(scene, 'transcript', {
      kind: 'twilio.bot-message',
      payload: { conversationId: conversation.id, body: options.transcriptOf(notice, member.locale) },
    });
  }

  async function memberOf(tx: Tx, id: string): Promise<Member> {
    return tx.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  }

  /** The member's open conversation, or a new one linked to the last. */
  async function currentScene(tx: Tx, memberId: string, cause: string): Promise<Scene> {
    const conversation =
      (await conversations.lockOpenOf(tx, memberId)) ?? (await conversations.open(tx, memberId));
    return { tx, conversation, member: await memberOf(tx, memberId), cause };
  }

  async function sceneOf(tx: Tx, conversationId: string, cause: string): Promise<Scene | null> {
    const conversation = await conversations.lock(tx, conversationId);
    if (!conversation) return null;
    return { tx, conversation, member: await memberOf(tx, conversation.member_id), cause };
  }

  async function caseSolved(tx: Tx, memberId: string, caseNumber: number, cause: string): Promise<void> {
    if (!(await options.solveCase(tx, await memberOf(tx, memberId), caseNumber))) return;
    await relay.append(tx, {
      lane: discordLane(memberId),
      key: `case-solved:${cause}`,
      kind: 'discord.notice',
      payload: { memberId, notice: { is: 'solved' } },
    });
  }

  /** Thanks that follow a conversation that is over begin no new one. */
  async function isAfterword(tx: Tx, memberId: string, message: CanonicalMessage): Promise<boolean> {
    if (message.files.length > 0 || !virtualAgent.isFarewell(message.text)) return false;
    if (await conversations.lockOpenOf(tx, memberId)) return false;
    const last = await tx
      .selectFrom('conversations')
      .select('closed_at')
      .where('member_id', '=', memberId)
      .orderBy('opened_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last?.closed_at !== null && last?.closed_at !== undefined;
  }

  async function wrote(scene: Scene, message: CanonicalMessage): Promise<void> {
    scene.message = message;
    const { conversation } = scene;
    if (conversation.topic === null && virtualAgent.isMatter(message.text)) {
      conversation.topic = message.text.slice(0, TOPIC_LENGTH);
      await conversations.change(scene.tx, conversation.id, { topic: conversation.topic });
    }
    await rememberLatest(scene.tx, scene.conversation, message.text);
    await inactivity.end(scene.tx, scene.conversation);
    await happen(scene, { is: 'member-wrote', wantsPerson: virtualAgent.wantsPerson(message.text) });
  }

  /** `changed_at` stays: it tells how long a chat has been silent on Twilio's side. */
  async function rememberLatest(tx: Tx, { id, twilio_sid }: Conversation, text: string): Promise<void> {
    const latest_text = text.slice(0, LATEST_LENGTH);
    await tx.updateTable('conversations').set({ latest_text }).where('id', '=', id).execute();
    if (twilio_sid) store.afterCommit(tx, () => options.onMemberWrote(twilio_sid));
  }

  /** Carries agents' messages in order, and introduces whoever was not announced yet. */
  async function carryToMember(
    scene: Scene,
    messages: readonly TwilioMessage[],
    names: ReadonlyMap<string, string>,
  ): Promise<void> {
    const { tx, conversation, member } = scene;
    const present = await conversations.agentsOf(tx, conversation.id);
    let cursor = conversation.twilio_cursor;
    for (const message of messages) {
      cursor = Math.max(cursor, message.index);
      if (desk.isOurs(message)) continue;
      const known = present.find((agent) => agent.identity === message.author);
      const name = known?.name ?? names.get(message.author) ?? message.author;
      if (!known && conversation.phase !== 'closed') {
        const agent = { identity: message.author, name, participant_sid: null, left_at: null };
        await conversations.addAgent(tx, { conversation_id: conversation.id, ...agent });
        present.push({ id: 0, conversation_id: conversation.id, joined_at: 0, ...agent } satisfies Agent);
        await happen(
          { ...scene, cause: `${conversation.id}:${message.author}`, agentName: name },
          { is: 'agent-joined' },
        );
        await watch(scene);
      }
      await relay.append(tx, {
        lane: discordLane(member.id),
        key: `agent:${message.sid}`,
        kind: 'discord.message',
        payload: {
          memberId: member.id,
          conversationId: conversation.id,
          message: fromTwilio({ ...message, authorName: name }),
        },
      });
    }
    if (messages.some((message) => !desk.isOurs(message)) && conversation.phase === 'agent')
      await inactivity.begin(tx, conversation);
    if (cursor > conversation.twilio_cursor) {
      await conversations.change(tx, conversation.id, { twilio_cursor: cursor });
    }
  }

  /** Names of authors who have not been introduced; asked for before a transaction is opened. */
  async function namesOf(conversation: Conversation, messages: readonly TwilioMessage[]) {
    const names = new Map<string, string>();
    const known = await conversations.agentsOf(store.db, conversation.id);
    for (const message of messages) {
      if (desk.isOurs(message) || names.has(message.author)) continue;
      if (known.some((agent) => agent.identity === message.author)) continue;
      names.set(message.author, await desk.nameOf(message.author));
    }
    return names;
  }

  async function beyondCursor(conversation: Conversation) {
    if (!conversation.twilio_sid) return { messages: [], closed: false };
    return desk.transcriptAfter(conversation.twilio_sid, conversation.twilio_cursor);
  }

  const handlers: InboundHandlers = {
    'in.member-wrote': {
      run: async ({ memberId, message }, { key }) => ({
        commit: async (tx) => {
          if (await isAfterword(tx, memberId, message)) {
            await relay.append(tx, {
              lane: discordLane(memberId),
              key: `welcome:${key}`,
              kind: 'discord.notice',
              payload: { memberId, notice: { is: 'welcome' } },
            });
            return;
          }
          await wrote(await currentScene(tx, memberId, key), message);
        },
      }),
    },

    'in.member-came': {
      run: async ({ memberId, interactionToken, question }, { key }) => ({
        commit: async (tx) => {
          const scene = await currentScene(tx, memberId, key);
          const waiting = scene.conversation.phase !== 'bot';
          await relay.append(tx, {
            lane: discordLane(memberId),
            key: `greeting:${key}`,
            kind: 'discord.notice',
            payload: {
              memberId,
              interactionToken,
              notice: waiting
                ? { is: 'still-waiting', caseNumber: scene.conversation.case_number }
                : { is: 'greeting', name: scene.member.name },
            },
          });
          if (question) await wrote(scene, question);
        },
      }),
    },

    'in.member-pressed': {
      run: async ({ memberId, press, label, pressId, caseNumber }, { key }) => ({
        commit: async (tx) => {
          // An answer about a case begins no conversation.
          if (press === 'case-solved') {
            if (caseNumber !== undefined) await caseSolved(tx, memberId, caseNumber, key);
            return;
          }
          const scene = await currentScene(tx, memberId, key);
          await inactivity.end(tx, scene.conversation);
          if (press === 'ask') await say(scene, 'ask', { is: 'ask-away' });
          if (press === 'cases') {
            await say(scene, 'cases', { is: 'cases', cases: await conversations.casesOf(tx, memberId, 10) });
          }
          if (press === 'solved') await happen(scene, { is: 'member-satisfied' });
          if (press === 'person') {
            scene.message = pressedMessage(scene.member, pressId, label);
            await happen(scene, { is: 'person-asked' });
          }
        },
      }),
    },

    'in.agent-joined': {
      async run({ conversationId, participantSid, taskSid, channelSid }, { key }) {
        const { identity, name } = await desk.agentOfTask(taskSid);
        return {
          commit: async (tx) => {
            const scene = await sceneOf(tx, conversationId, key);
            if (!scene) return;
            const { conversation } = scene;
            await conversations.change(tx, conversation.id, { channel_sid: channelSid, handed_over: 1 });
            if (conversation.studio_webhook_sid) {
              await toTwilio(scene, 'detach', {
                kind: 'twilio.detach-studio',
                payload: { conversationId: conversation.id },
              });
            }
            await watch(scene);
            const agents = await conversations.agentsOf(tx, conversation.id);
            // The same participant twice is a repeated webhook; one that already left was overtaken by its own leaving.
            if (agents.some((agent) => agent.participant_sid === participantSid)) return;
            const introduced = agents.find(
              (agent) =>
                agent.identity !== null &&
                agent.identity === identity &&
                !agent.left_at &&
                !agent.participant_sid,
            );
            if (introduced) {
              await conversations.changeAgent(tx, introduced.id, { participant_sid: participantSid });
              return;
            }
            await conversations.addAgent(tx, {
              conversation_id: conversation.id,
              identity,
              name,
              participant_sid: participantSid,
              left_at: null,
            });
            await happen({ ...scene, agentName: name }, { is: 'agent-joined' });
          },
        };
      },
    },

    'in.agent-left': {
      run: async ({ conversationId, participantSid }, { key }) => ({
        commit: async (tx) => {
          const scene = await sceneOf(tx, conversationId, key);
          if (!scene) return;
          const agents = await conversations.agentsOf(tx, conversationId);
          const gone = agents.find((agent) => agent.participant_sid === participantSid);
          if (gone?.left_at) return;
          if (!gone) {
            await conversations.addAgent(tx, {
              conversation_id: conversationId,
              identity: null,
              name: '',
              participant_sid: participantSid,
              left_at: Date.now(),
            });
            return;
          }
          await conversations.changeAgent(tx, gone.id, { left_at: Date.now() });
          const remaining = agents.filter((agent) => agent !== gone && !agent.left_at).length;
          await happen({ ...scene, agentName: gone.name }, { is: 'agent-left', remaining });
        },
      }),
    },

    'in.agent-wrote': {
      async run({ conversationId, message }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        // A hole in the indexes: a webhook may have been lost or overtaken. Indexes may also simply skip.
        const missing =
          message.index > conversation.twilio_cursor + 1 ? (await beyondCursor(conversation)).messages : [];
        const messages = missing.filter(({ index }) => index <= message.index);
        if (!messages.some(({ sid }) => sid === message.sid)) messages.push(message);
        const names = await namesOf(conversation, messages);
        return {
          commit: async (tx) => {
            const scene = await sceneOf(tx, conversationId, key);
            if (scene) await carryToMember(scene, messages, names);
          },
        };
      },
    },

    'in.catch-up': {
      async run({ conversationId }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        const { messages, closed } = await beyondCursor(conversation);
        const names = await namesOf(conversation, messages);
        return {
          commit: async (tx) => {
            const scene = await sceneOf(tx, conversationId, key);
            if (!scene) return;
            await carryToMember(scene, messages, names);
            if (closed) await end(scene);
          },
        };
      },
    },

    'in.ended': {
      async run({ conversationId }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation) return undefined;
        // The last words may have been overtaken by the end.
        const { messages } = await beyondCursor(conversation);
        const names = await namesOf(conversation, messages);
        return {
          commit: async (tx) => {
            const scene = await sceneOf(tx, conversationId, key);
            if (!scene) return;
            await carryToMember(scene, messages, names);
            await end(scene);
          },
        };
      },
    },

    'in.turn-due': {
      run: async ({ conversationId }, { key }) => ({
        commit: async (tx) => {
          const scene = await sceneOf(tx, conversationId, key);
          if (!scene) return;
          const { phase, turn_text, handed_over } = scene.conversation;
          if (phase === 'bot' && turn_text !== null) await takeBotTurn(scene);
          // The flow may have sent to Flex without asking: look before doing it too.
          if (phase === 'queued' && !handed_over) await bringToFlex(scene, true);
        },
      }),
    },

    'in.idle': {
      run: async ({ conversationId, act, since }, { key }) => ({
        commit: async (tx) => {
          const scene = await sceneOf(tx, conversationId, key);
          if (!scene || !inactivity.holds(scene.conversation, since)) return;
          if (act === 'close') return happen(scene, { is: 'member-gone' });
          await inactivity.reminded(tx, scene.conversation);
          await say(scene, 'still-there', { is: 'still-there' });
        },
      }),
    },

    ...inactivity.handlers,

    'timer.entry': {
      run: async ({ entry }) => ({
        commit: async (tx) => {
          await relay.append(tx, entry);
        },
      }),
    },

    'timer.watch': {
      async run({ conversationId }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation || conversation.phase === 'closed') return undefined;
        const quiet = Date.now() - conversation.changed_at;
        if (quiet < options.checkQuietMs) return { againInMs: options.checkQuietMs - quiet };
        await relay.commit([
          {
            lane: memberLane(conversation.member_id),
            key: `catch-up:${key}:${Math.floor(Date.now() / options.checkQuietMs)}`,
            kind: 'in.catch-up',
            payload: { conversationId },
          },
        ]);
        return { againInMs: Math.min(quiet * 2, LONGEST_WATCH_MS) };
      },
    },
  };

  async function end(scene: Scene): Promise<void> {
    for (const agent of await conversations.agentsOf(scene.tx, scene.conversation.id)) {
      if (!agent.left_at) await conversations.changeAgent(scene.tx, agent.id, { left_at: Date.now() });
    }
    await happen(scene, { is: 'ended' });
  }

  return {
    handlers,

    async takeTurn(conversationSid) {
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
        return { next: 'flex', taskAttributes: taskAttributes(conversation, member) };
      });
      relay.wake();
      await store.announce();
      return answer;
    },

    async catchUpAll() {
      const open = await conversations.allOpen();
      const start = Date.now();
      for (const conversation of open) {
        await relay.commit([
          {
            lane: memberLane(conversation.member_id),
            key: `catch-up:${conversation.id}:start:${start}`,
            kind: 'in.catch-up',
            payload: { conversationId: conversation.id },
          },
        ]);
      }
    },

    refused: {
      async memberMessage(tx, { conversationId, message }, reason) {
        const scene = await sceneOf(tx, conversationId, `refused:${message.id}`);
        if (scene) await say(scene, 'undelivered', { is: 'undelivered', reason }, message.id);
      },
      async agentMessage(tx, { conversationId, memberId }, reason, key) {
        const scene = await sceneOf(tx, conversationId, key);
        if (!scene || scene.member.id !== memberId) return;
        await toTwilio(scene, 'undelivered', {
          kind: 'twilio.bot-message',
          payload: { conversationId, body: options.transcriptOf({ is: 'undelivered', reason }, null) },
        });
      },
    },
  };
}

/** How much of a member's latest message is kept to suggest articles for. */
const LATEST_LENGTH = 500;

const TOPIC_LENGTH = 200;
/** The longest a silent chat goes unchecked, in milliseconds. */
const LONGEST_WATCH_MS = 30 * 60_000;

/**
 * What Flex shows and routes by; see "Task attributes" on
 * https://www.twilio.com/docs/flex/developer/conversations/interactions-api. Kept far below Studio's 1,024 characters.
 */
export function taskAttributes(conversation: Conversation, member: Member): Record<string, string | number> {
  const name = member.name.slice(0, 64);
  return {
    from: name,
    customerName: name,
    customerAddress: `discord_${member.id}`,
    channel: 'discord',
    ...(member.locale ? { locale: member.locale } : {}),
    ...(conversation.case_number !== null ? { caseNumber: conversation.case_number } : {}),
  };
}

/** A button's label, as if the member had written it: the flow in Studio sees it and so does the agent. */
function pressedMessage(member: Member, id: string, label: string): CanonicalMessage {
  return { id, author: { id: member.id, name: member.name }, text: label, files: [], notes: [] };
}
