import type { RefusalReason } from '../../relay/errors.ts';

/** Why a message or card did not reach the other side, as the end of a sentence. */
export const refusals: Record<RefusalReason, string> = {
  unreachable: 'the member does not accept direct messages from this bot',
  left: 'the member has left the server, and nobody can write to them from there any more',
  gone: 'the conversation no longer exists',
  unacceptable: 'it is too long or in a form that cannot be carried',
  forbidden: 'the bridge is not allowed to write there',
  'gave-up': 'the other side did not answer for a day',
  fault: 'of an internal fault',
};
