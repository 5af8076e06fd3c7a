import type { Config } from '../../config/config.ts';
import { twilioAuthTokens } from '../../config/twilio-account.ts';
import {
  createMailbox,
  type Letter,
  PROBE_MAILBOX,
  postAddress,
  readAddress,
} from '../../twilio/probe/mailbox.ts';

/** How long the way to ourselves may take, in milliseconds. */
const ROUND_TRIP_TIMEOUT_MS = 10_000;

export interface Receiver {
  addressFor(answer: 204 | 503): string;
  /** What has come so far; null where what is posted to PUBLIC_URL does not arrive. */
  letters: (() => Promise<Letter[]>) | null;
  /** Why nothing arrives. */
  reason?: string;
  stop(): Promise<void>;
}

/** Receives what Twilio posts for a probe: at the port of the bridge where none runs, otherwise by the bridge itself. */
export async function openReceiver(config: Config, run: string): Promise<Receiver> {
  const options = { publicUrl: config.PUBLIC_URL, authToken: config.TWILIO_AUTH_TOKEN };
  const mailbox = createMailbox({ ...options, authTokens: twilioAuthTokens(config) });
  const addressFor = (answer: 204 | 503) => postAddress(options, run, answer);
  let server: ReturnType<typeof Bun.serve> | undefined;
  try {
    server = Bun.serve({
      port: config.PORT,
      hostname: config.HOST,
      reusePort: false,
      async fetch(request) {
        if (new URL(request.url).pathname !== PROBE_MAILBOX)
          return new Response('The bridge does not run; a probe has its port.', { status: 503 });
        return mailbox.answer(request, await request.text());
      },
    });
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EADDRINUSE') throw error;
  }

  const seen = new Map<string, Letter>();
  /** Several bridges may share the address, and each has what came to it. */
  async function ask(): Promise<Letter[]> {
    const answer = await fetch(readAddress(options, run), {
      signal: AbortSignal.timeout(ROUND_TRIP_TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`HTTP ${answer.status} at ${config.PUBLIC_URL}${PROBE_MAILBOX}`);
    const { letters } = (await answer.json()) as { letters: Letter[] };
    for (const letter of letters) seen.set(letter.id, letter);
    return [...seen.values()];
  }

  const stop = async () => void (await server?.stop(true));
  const letters = server ? async () => mailbox.read(run) : ask;
  try {
    const { status } = await fetch(addressFor(204), {
      method: 'POST',
      body: new URLSearchParams({ EventType: 'onFlexcordSelfCall' }),
      redirect: 'manual',
      signal: AbortSignal.timeout(ROUND_TRIP_TIMEOUT_MS),
    });
    if (status !== 204) throw new Error(`HTTP ${status} at ${config.PUBLIC_URL}${PROBE_MAILBOX}`);
    await letters();
    return { addressFor, letters, stop };
  } catch (error) {
    return { addressFor, letters: null, reason: (error as Error).message, stop };
  }
}
