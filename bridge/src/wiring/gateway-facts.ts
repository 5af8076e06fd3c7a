import { EmbedType, GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord.js';
import type { Logger } from 'pino';
import type { Store } from '../store/open.ts';
import { keepAnswers } from '../twilio/probe/kept-answers.ts';
import type { Value } from '../twilio/probe/questions.ts';

const MIB = 2 ** 20;
/** How long after it was heard a fact is written, in milliseconds: what members wait for goes first. */
const WRITE_AFTER_MS = 1000;

/**
 * Answers to what a probe asks and Discord says at its gateway alone, kept beside what probes have found, for people. Each is
 * written when it is another than before: boosted servers and paying members take larger files, so the least limit counts.
 */
export function createGatewayFacts({
  store,
  accountSid,
  logger,
}: {
  store: Pick<Store, 'transact'>;
  accountSid: string;
  logger: Logger;
}) {
  const known: { previewUpdates?: Value; attachmentSizeLimitMib?: number } = {};

  function note(name: keyof typeof known, value: Value): void {
    if (known[name] === value) return;
    Object.assign(known, { [name]: value });
    const write = () =>
      keepAnswers(store, accountSid, { [name]: { value, note: 'heard by the bridge' } }).catch((err) =>
        logger.warn({ err, fact: name }, 'what the gateway told of Discord was not kept'),
      );
    setTimeout(write, WRITE_AFTER_MS).unref();
  }

  return (packet: GatewayDispatchPayload): void => {
    if (packet.t === GatewayDispatchEvents.InteractionCreate) {
      const { attachment_size_limit: bytes } = packet.d as { attachment_size_limit?: number };
      if (bytes)
        note('attachmentSizeLimitMib', Math.min(bytes / MIB, known.attachmentSizeLimitMib ?? Infinity));
    }
    if (packet.t === GatewayDispatchEvents.MessageUpdate) {
      const { author, edited_timestamp, embeds = [] } = packet.d as Partial<typeof packet.d>;
      const hasPreview = embeds.some(({ type }) => type !== undefined && type !== EmbedType.Rich);
      // An edit has the whole message, and whatever previews it had before.
      if (hasPreview && !edited_timestamp) note('previewUpdates', author ? 'whole' : 'embeds');
    }
  };
}
