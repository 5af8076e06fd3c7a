import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { CONVERSATION_WEBHOOK } from './routes.ts';

export interface Reachability {
  is: 'reached' | 'refused' | 'not-us' | 'unreachable';
  /** What was called. */
  address: string;
  /** Absent where no answer came. */
  status?: number;
}

const CALL_TIMEOUT_MS = 10_000;

/** Calls the bridge as Twilio does, through its public address and signed for it, with an event that means nothing. */
export async function reachThroughPublicUrl(publicUrl: string, authToken: string): Promise<Reachability> {
  const address = `${publicUrl}${CONVERSATION_WEBHOOK}`;
  const fields = { EventType: 'flexcordSelfCall' };
  try {
    const { status } = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'x-twilio-signature': getExpectedTwilioSignature(authToken, address, fields) },
      redirect: 'manual',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    const is = status === 204 ? 'reached' : status === 403 ? 'refused' : 'not-us';
    return { is, address, status };
  } catch {
    // Refused, reset or too late: for the operator it is the same.
    return { is: 'unreachable', address };
  }
}
