import type { FlexBackend, FlexReservation } from './backend.ts';

/** A command of the Flex SDK on an interaction; the event bridge carries it with its body as `params`. */
export interface InteractionCommand {
  url: string;
  method: string;
  params: Record<string, unknown>;
}

/**
 * The part of the Interactions API Flex UI uses for a Conversations task (Flex UI 2.17): who takes part, accept or
 * decline the agent's invite, leave for wrap-up, complete. `undefined`: not a known command, or no such task.
 */
export function interactions(backend: FlexBackend) {
  return function answer({ url, method, params }: InteractionCommand): unknown {
    const ofInteraction = /Interactions\/(KD\w+)\/Channels$/.exec(url)?.[1];
    if (ofInteraction) return channels(ofInteraction);
    const [, interactionSid, channelSid, part, partSid] =
      /Interactions\/(KD\w+)\/Channels\/(UO\w+)(?:\/(\w+))?(?:\/(\w+))?$/.exec(url) ?? [];
    if (!interactionSid || !channelSid) return undefined;
    const common = { interaction_sid: interactionSid, channel_sid: channelSid };
    const routing = (params.routing ?? {}) as { status?: string; reservation?: { sid?: string } };

    if (part === 'Invites') {
      const reservationSid = routing.reservation?.sid;
      if (!reservationSid) return undefined;
      if (params.action === 'accept') backend.acceptReservation(reservationSid);
      if (params.action === 'decline') backend.rejectReservation(reservationSid);
      return { sid: partSid, ...common };
    }
    const reservation = reservationOf(channelSid);
    if (!reservation) return undefined;
    if (part === 'Participants')
      return { participants: participants(reservation, common), channel_type: 'web' };
    if (part === undefined && method === 'POST') {
      if (routing.status === 'wrapup') backend.wrapUpTask(reservation.task.sid);
      if (routing.status === 'closed') backend.completeTask(reservation.task.sid, '');
      return { sid: channelSid, interaction_sid: interactionSid, status: params.status, type: 'web' };
    }
    return undefined;
  };

  function reservationOf(channelSid: string): FlexReservation | undefined {
    return backend
      .reservations()
      .find(({ task }) => attributesOf(task.attributes).flexInteractionChannelSid === channelSid);
  }

  /** A Discord conversation is one channel of its interaction. */
  function channels(interactionSid: string) {
    const found = backend
      .reservations()
      .map(({ task }) => attributesOf(task.attributes))
      .filter(({ flexInteractionSid }) => flexInteractionSid === interactionSid);
    return {
      channels: found.map(({ flexInteractionChannelSid }) => ({
        sid: flexInteractionChannelSid,
        interaction_sid: interactionSid,
        type: 'web',
        status: 'active',
      })),
    };
  }

  function participants(reservation: FlexReservation, common: Record<string, string>) {
    const { conversationSid } = attributesOf(reservation.task.attributes);
    const worker = backend.worker();
    return backend.participants(conversationSid ?? '').map(({ sid, identity }) => ({
      ...common,
      // The interaction has participants (UT) of its own beside those of the conversation (MB).
      sid: `UT${sid.slice(2)}`,
      type: identity === worker.identity ? 'agent' : 'customer',
      media_properties: { identity, sid },
      routing_properties:
        identity === worker.identity
          ? { task_sid: reservation.task.sid, worker_sid: worker.sid, reservation_sid: reservation.sid }
          : null,
    }));
  }
}

interface InteractionAttributes {
  conversationSid?: string;
  flexInteractionSid?: string;
  flexInteractionChannelSid?: string;
}

function attributesOf(json: string): InteractionAttributes {
  return JSON.parse(json);
}
