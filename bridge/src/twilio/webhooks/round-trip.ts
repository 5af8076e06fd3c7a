import { getExpectedTwilioSignature, validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { CONVERSATION_WEBHOOK } from './routes.ts';

/** How long the way out and back may take, in milliseconds. */
const ROUND_TRIP_TIMEOUT_MS = 10_000;
/** No event of Twilio's: whoever hears it ignores it. */
const PROBE = { EventType: 'onFlexcordSelfCall' };

export type RoundTrip =
  | { is: 'good' }
  /** Something answers, but refuses the signature, or is no bridge. */
  | { is: 'refused'; status: number }
  | { is: 'unreachable'; reason: string };

/** The address that Twilio calls, for which it signs. */
export const webhookAddress = (publicUrl: string): string => `${publicUrl}${CONVERSATION_WEBHOOK}`;

/** Calls the bridge as Twilio does: through PUBLIC_URL, signed for that address. */
export async function callOneself(publicUrl: string, authToken: string): Promise<RoundTrip> {
  const url = webhookAddress(publicUrl);
  try {
    const { status } = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(PROBE),
      headers: { 'x-twilio-signature': getExpectedTwilioSignature(authToken, url, PROBE) },
      // Twilio follows none for webhooks of conversations, and a signature would not fit elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(ROUND_TRIP_TIMEOUT_MS),
    });
    // The bridge answers 204 to events that mean nothing to it.
    return status === 204 ? { is: 'good' } : { is: 'refused', status };
  } catch (error) {
    return { is: 'unreachable', reason: (error as Error).message };
  }
}

/** Answers like a bridge, for as long as none runs. Throws EADDRINUSE where something has the port. */
export function answerInstead(options: { port: number; host: string; publicUrl: string; authToken: string }) {
  return Bun.serve({
    port: options.port,
    hostname: options.host,
    reusePort: false,
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      if (pathname !== CONVERSATION_WEBHOOK) return new Response('Not found', { status: 404 });
      const given = request.headers.get('x-twilio-signature') ?? '';
      const parameters = Object.fromEntries(new URLSearchParams(await request.text()));
      const isGenuine = validateRequest(
        options.authToken,
        given,
        `${options.publicUrl}${pathname}${search}`,
        parameters,
      );
      return new Response(null, { status: isGenuine ? 204 : 403 });
    },
  });
}
