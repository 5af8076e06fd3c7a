import type { RefusalReason } from '../../relay/errors.ts';

/** Why a message or card did not reach the other side, as the end of a sentence. */
export const refusals: Record<RefusalReason, string> = {
  unreachable: 'die Person keine Direktnachrichten von diesem Bot annimmt',
  left: 'die Person den Server verlassen hat und von dort aus nicht mehr erreichbar ist',
  gone: 'die Unterhaltung nicht mehr existiert',
  unacceptable: 'sie zu lang ist oder eine Form hat, die nicht übertragen werden kann',
  forbidden: 'der Bridge dort die Schreibrechte fehlen',
  'gave-up': 'die Gegenseite einen Tag lang nicht geantwortet hat',
  fault: 'ein interner Fehler aufgetreten ist',
};
