import type { HandoffSummaries } from '../../assistant/handoff-summary.ts';
import { findMember } from '../../members/members.ts';
import type { Attempt, Handled, PayloadOf } from '../../relay/entries.ts';
import { Refused, Transient } from '../../relay/errors.ts';
import { inDoubtLane } from '../../relay/keys.ts';
import { hasPending } from '../../relay/queries.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Store } from '../../store/open.ts';
import { conversationQueries } from '../../support/conversations.ts';
import { interactionInDoubt, newInteraction } from '../../support/outgoing.ts';
import { attributesOfTask } from '../../support/public/task-attributes.ts';
import { counted } from '../../telemetry/metrics.ts';
import { callTwilio, createInteractionPace, isNotFound, type Twilio } from '../client.ts';
import { changeTask, readAttributes } from './change-task.ts';
import { createSummaryChanges } from './summary-change.ts';

export interface FlexClientOptions {
  store: Store;
  relay: Relay;
  twilio: Twilio;
  workspaceSid: string;
  workflowSid: string;
  taskChannel: string;
  summaryOf: HandoffSummaries;
}

/** The longest time-out that a task can have: without one it dies after 24 hours and the member waits for ever. */
const TASK_TIMEOUT_SECONDS = 1_209_600;
/** Name for an agent whom Twilio does not name. */
const DEFAULT_AGENT_NAME = 'Agent';
/** Refusals with unlisted codes after which a name is done without: what waits for it matters more. */
const MAX_REFUSED_NAMES = 3;
/** After how long a request for an interaction has had its effect or never will, in milliseconds after we stopped waiting. */
const LATE_TASK_MS = 20_000;
/** Workers that are listed; a center with more assigns by queue. */
const MAX_AGENTS = 2000;

/** Brings conversations to Flex and tells who answers there. */
export function createFlexClient(options: FlexClientOptions) {
  const { store, relay, twilio, workspaceSid, workflowSid, taskChannel } = options;
  const queries = conversationQueries(store);
  const paceInteraction = createInteractionPace(store);
  const workspace = twilio.taskrouter.v1.workspaces(workspaceSid);

  /** The tasks of a conversation, of which Twilio deletes those that are over soon. */
  async function tasksOf(conversationSid: string) {
    const tasks = await callTwilio('tasks of a conversation', () =>
      workspace.tasks.list({ evaluateTaskAttributes: `conversationSid == "${conversationSid}"`, limit: 20 }),
    );
    return tasks.map(({ sid, assignmentStatus, attributes }) => ({
      ...(readAttributes(attributes) as ChannelAttributes),
      sid,
      attributes,
      // A task in wrap-up belongs to somebody who has left.
      isLive: ['pending', 'reserved', 'assigned'].includes(assignmentStatus),
      isCancelled: assignmentStatus === 'canceled',
      isOver: ['completed', 'canceled'].includes(assignmentStatus),
    }));
  }

  /** What becomes of the channel that a conversation has in Flex already: `none` where it needs a new interaction. */
  async function existingChannel(interactionSid: string, channelSid: string) {
    const { status } = await callTwilio('channel', () =>
      twilio.flexApi.v1.interaction(interactionSid).channels(channelSid).fetch(),
    ).catch((error: unknown) => {
      // That channels can be read is said by one page and denied by another.
      if (isNotFound(error instanceof Error ? error.cause : error)) return { status: 'closed' };
      throw error;
    });
    if (status === 'closed' || status === 'failed') return 'none';
    // An agent has put it aside and resumes it.
    return status === 'pause' ? 'paused' : 'open';
  }

  /**
   * After an attempt that may have had an effect the task may be seen late, or come late. A surplus one could not be taken
   * away: ending its channel would close the conversation. So it is waited for, outside the lane that messages go by.
   */
  async function createInteraction(
    { conversationId, onlyIfMissing }: PayloadOf<typeof newInteraction>,
    { uncertain, key, assertOwned }: Attempt,
  ): Promise<Handled> {
    // What is in doubt is made, where it is missing, once that is known.
    if (await hasPending(store.db, inDoubtLane(conversationId))) return { outcome: 'in doubt' };
    if (!uncertain) return create(conversationId, onlyIfMissing, assertOwned);
    const later = interactionInDoubt({ conversationId }, key, steadyNow() + LATE_TASK_MS);
    return { outcome: 'in doubt', commit: async (tx) => void (await relay.append(tx, later)) };
  }

  async function createAfterDoubt(
    { conversationId }: PayloadOf<typeof interactionInDoubt>,
    { uncertain, forgottenSince, progress, save, assertOwned }: Attempt,
  ): Promise<Handled> {
    // What an earlier life of the store may have asked for stays uncertain, and has waited long enough after once.
    const hasWaited = forgottenSince !== null && progress !== null;
    if (forgottenSince !== null && !hasWaited) await save({ waited: true });
    if (uncertain && !hasWaited) return { againInMs: LATE_TASK_MS };
    const handled = await create(conversationId, true, assertOwned);
    // The member may have left meanwhile, before the task that came late could be closed with the rest.
    const conversation = await queries.find(conversationId);
    if (conversation?.closed_at != null) await closeChannel(conversationId);
    return handled;
  }

  async function create(
    conversationId: string,
    onlyIfMissing: boolean,
    assertOwned: () => void,
  ): Promise<Handled> {
    const conversation = await queries.find(conversationId);
    const member = conversation && (await findMember(store.db, conversation.member_id));
    if (!conversation?.twilio_sid || !member)
      throw new Refused('gone', 'there is no conversation to hand over');
    if (conversation.closed_at !== null) return { outcome: 'the conversation is over' };
    const mediaChannelSid = conversation.twilio_sid;
    const known = onlyIfMissing ? await tasksOf(mediaChannelSid) : [];
    if (known.some(({ isLive }) => isLive)) return { outcome: 'already there' };
    const summary = await options.summaryOf(store.db, conversation, member);
    const properties = {
      workspace_sid: workspaceSid,
      workflow_sid: workflowSid,
      task_channel_unique_name: taskChannel,
      attributes: {
        ...(await attributesOfTask(store, conversation, member, summary.line)),
        channelType: 'web',
      },
      timeout: TASK_TIMEOUT_SECONDS,
    };
    const interactionSid = conversation.interaction_sid ?? known.at(-1)?.flexInteractionSid;
    const channelSid = conversation.channel_sid ?? known.at(-1)?.flexInteractionChannelSid;
    if (onlyIfMissing && interactionSid && channelSid) {
      const channel = await existingChannel(interactionSid, channelSid);
      if (channel === 'paused') return { outcome: 'put aside by an agent' };
      if (channel === 'open') {
        await paceInteraction();
        assertOwned();
        // A new task on the channel; attributes of earlier ones are not carried over
        // (https://www.twilio.com/docs/flex/developer/conversations/park-an-interaction).
        const { sid } = await callTwilio('invite', () =>
          twilio.flexApi.v1
            .interaction(interactionSid)
            .channels(channelSid)
            .invites.create({ routing: { properties } }),
        );
        return { outcome: { inviteSid: sid } };
      }
    }
    await paceInteraction();
    assertOwned();
    const interaction = await callTwilio('interaction', () =>
      twilio.flexApi.v1.interaction.create({
        channel: {
          // Interactions know no custom channel type
          // (https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions).
          type: 'web',
          initiated_by: 'customer',
          properties: { media_channel_sid: mediaChannelSid },
        },
        routing: {
          type: 'TaskRouter',
          properties,
        },
      }),
    );
    counted.billed.inc({ item: 'interaction' });
    const made = channelOf(interaction.channel);
    return {
      outcome: { interactionSid: interaction.sid },
      async commit(tx) {
        await queries.note(tx, conversationId, { interaction_sid: interaction.sid, channel_sid: made });
      },
    };
  }

  /**
   * Closes the chat for whoever has it open in Flex; the task goes to wrap-up. What only Conversations is told leaves
   * the agent's task standing. A task that nobody has accepted is cancelled by that; `reason` says in its attributes why,
   * since tasks of interactions take no reason of their own
   * (https://www.twilio.com/docs/flex/developer/conversations/best-practices).
   */
  async function closeChannel(conversationId: string, reason?: string): Promise<void> {
    const conversation = await queries.find(conversationId);
    if (!conversation?.twilio_sid || !(conversation.channel_sid || conversation.handed_over)) return;
    for (const task of await tasksOf(conversation.twilio_sid)) {
      if (task.isOver) continue;
      const { flexInteractionSid, flexInteractionChannelSid } = task;
      if (!flexInteractionSid || !flexInteractionChannelSid) continue;
      if (reason) {
        await changeTask(
          twilio,
          { workspaceSid, taskSid: task.sid, what: 'say why a task ends' },
          (attributes) => ({ ...attributes, endedBy: 'member', endReason: reason }),
        );
      }
      await paceInteraction();
      await callTwilio('close a channel', () =>
        twilio.flexApi.v1
          .interaction(flexInteractionSid)
          .channels(flexInteractionChannelSid)
          .update({ status: 'closed' }),
      );
    }
  }

  /** Whether a name that was asked for `failures` times may still be told. */
  const isWorthAsking = (error: unknown, failures: number): boolean =>
    error instanceof Transient && !(error.suspects && failures >= MAX_REFUSED_NAMES);

  /** The worker who took a task. A task that cannot be read is somebody's all the same. */
  async function agentOfTask(
    taskSid: string,
    failures = 0,
  ): Promise<{ identity: string | null; name: string }> {
    if (!taskSid) return { identity: null, name: DEFAULT_AGENT_NAME };
    try {
      const reservations = await callTwilio('reservations', () =>
        workspace.tasks(taskSid).reservations.list({ limit: 20 }),
      );
      const taken =
        reservations.find(({ reservationStatus }) => reservationStatus === 'accepted') ?? reservations.at(-1);
      if (!taken) return { identity: null, name: DEFAULT_AGENT_NAME };
      const worker = await callTwilio('worker', () => workspace.workers(taken.workerSid).fetch());
      return describeWorker(worker);
    } catch (error) {
      if (isWorthAsking(error, failures)) throw error;
      return { identity: null, name: DEFAULT_AGENT_NAME };
    }
  }

  /** The display name behind a Conversations identity. */
  async function nameOf(identity: string, failures = 0): Promise<string> {
    // It is a part of an address, and the SDK writes it there as it is.
    const sid = encodeURIComponent(identity.toWellFormed());
    if (/^\.*$/.test(sid)) return readable(identity);
    try {
      const user = await callTwilio('agent', () => twilio.conversations.v1.users(sid).fetch());
      return user.friendlyName || readable(identity);
    } catch (error) {
      if (isWorthAsking(error, failures)) throw error;
      return readable(identity);
    }
  }

  /** Everybody who can be given work in Flex, by name. */
  async function listAgents(): Promise<{ identity: string; name: string }[]> {
    const workers = await callTwilio('workers', () =>
      workspace.workers.list({ limit: MAX_AGENTS, pageSize: 1000 }),
    );
    return workers
      .map(describeWorker)
      .flatMap(({ identity, name }) => (identity ? [{ identity, name }] : []))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  return {
    handlers: [
      newInteraction.handledBy({ run: createInteraction }),
      interactionInDoubt.handledBy({ run: createAfterDoubt }),
      ...createSummaryChanges(options).handlers,
    ] as const,
    closeChannel,
    tasksOf,
    agentOfTask,
    nameOf,
    listAgents,
  };
}

/** Flex keeps `full_name` and `contact_uri` ("client:<identity>") in a worker's attributes. */
function describeWorker(worker: { friendlyName: string; attributes: string }) {
  let attributes: { full_name?: unknown; contact_uri?: unknown } = {};
  try {
    attributes = JSON.parse(worker.attributes) ?? {};
  } catch {
    // Attributes that are not JSON name nobody.
  }
  const uri = typeof attributes.contact_uri === 'string' ? attributes.contact_uri : '';
  const identity = uri.startsWith('client:') ? uri.slice('client:'.length) : null;
  const full = typeof attributes.full_name === 'string' ? attributes.full_name.trim() : '';
  return { identity, name: full || readable(identity ?? worker.friendlyName) };
}

/** UO…, of an interaction that was just made. */
function channelOf(channel: unknown): string | null {
  const { sid } = (channel ?? {}) as { sid?: unknown };
  return typeof sid === 'string' ? sid : null;
}

/** What of a task's attributes leads to its channel. */
interface ChannelAttributes {
  flexInteractionSid?: string;
  flexInteractionChannelSid?: string;
}

/** Flex writes identities with `_40` for `@` and the like; what stands before it reads as a name. */
function readable(identity: string): string {
  const decoded = identity.replace(/_([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decoded.split('@')[0] || DEFAULT_AGENT_NAME;
}
