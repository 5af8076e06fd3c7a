import { createHmac, timingSafeEqual } from 'node:crypto';
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';

/** Where a probe has Twilio post to, below the public URL. */
export const PROBE_MAILBOX = '/twilio/probe';

/** How many requests are kept, and for how long in milliseconds: a probe takes some minutes at most. */
const MAX_LETTERS = 200;
const LETTER_LIFE_MS = 15 * 60_000;

/** Webhooks without anybody's words take some kilobytes. */
const MAX_BODY_BYTES = 64 * 1024;

/** A webhook that came for a probe. */
export interface Letter {
  id: string;
  /** Whether it carried a signature, and whether that fits the address that was called. */
  signed: 'valid' | 'invalid' | 'absent';
  fields: Record<string, string>;
}

/** How a bridge is reached, and what its tokens are made with. */
interface Reached {
  publicUrl: string;
  authToken: string;
}

/**
 * Keeps what Twilio posts for a probe until the probe has read it, in memory. POST takes a webhook and answers with the
 * HTTP status that its address asks for; GET gives JSON `{"letters": Letter[]}`. Both need the token of their run.
 */
export function createMailbox({
  publicUrl,
  authTokens,
}: {
  publicUrl: string;
  authTokens: readonly string[];
}) {
  let letters: (Letter & { run: string; at: number })[] = [];

  const fresh = () => letters.filter(({ at }) => performance.now() - at < LETTER_LIFE_MS);

  function take(run: string, url: URL, signature: string | null, body: string): void {
    const fields = Object.fromEntries(new URLSearchParams(body));
    const address = `${publicUrl}${url.pathname}${url.search}`;
    const state = signature
      ? authTokens.some((authToken) => validateRequest(authToken, signature, address, fields))
        ? 'valid'
        : 'invalid'
      : 'absent';
    letters.push({ id: Bun.randomUUIDv7(), run, at: performance.now(), signed: state, fields });
    letters = fresh().slice(-MAX_LETTERS);
  }

  function read(run: string): Letter[] {
    letters = fresh();
    return letters
      .filter((letter) => letter.run === run)
      .map(({ id, signed, fields }) => ({ id, signed, fields }));
  }

  return {
    read,
    /** `body`: the body of a POST, which was read already. */
    answer(request: Request, body: string): Response {
      const url = new URL(request.url);
      const run = url.searchParams.get('run') ?? '';
      const isPost = request.method === 'POST';
      const purpose = isPost ? 'write' : 'read';
      const given = url.searchParams.get('token') ?? '';
      if (!authTokens.some((authToken) => sameText(given, tokenFor(authToken, purpose, run))))
        return new Response('This is for `bun run doctor --probe` alone.', { status: 403 });
      if (!isPost) return Response.json({ letters: read(run) });
      if (body.length > MAX_BODY_BYTES) return new Response('Payload too large', { status: 413 });
      take(run, url, request.headers.get('x-twilio-signature'), body);
      return new Response(null, { status: url.searchParams.get('answer') === '503' ? 503 : 204 });
    },
  };
}

/** Where Twilio posts to for a run; `answer`: the HTTP status that it is to get. */
export const postAddress = ({ publicUrl, authToken }: Reached, run: string, answer: 204 | 503): string =>
  `${publicUrl}${PROBE_MAILBOX}?run=${run}&answer=${answer}&token=${tokenFor(authToken, 'write', run)}`;

/** Where the probe reads what came for its run. */
export const readAddress = ({ publicUrl, authToken }: Reached, run: string): string =>
  `${publicUrl}${PROBE_MAILBOX}?run=${run}&token=${tokenFor(authToken, 'read', run)}`;

const tokenFor = (authToken: string, purpose: 'read' | 'write', run: string): string =>
  createHmac('sha256', authToken).update(`probe ${purpose} ${run}`).digest('hex');

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
