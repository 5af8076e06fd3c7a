import { type APIChannel, type APIMessage, type REST, Routes } from 'discord.js';
import { postWithFile } from './conversation/upload.ts';
import { callDiscord } from './errors.ts';

/** How long a person has to write, in milliseconds. */
const MEMBER_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 1000;
const FILE_NAME = 'Prüfung_テスト.txt';
/** Their language is not known. */
const THANKS = 'Thank you. This was a test of Flexcord. / ありがとうございます。Flexcord のテストでした。';

interface MemberStep {
  rest: REST;
  /** Discord user id of who takes part. */
  memberId: string;
  say(line: string): void;
  /** Aborted where the step is skipped. */
  signal: AbortSignal;
}

interface MemberFound {
  /** Whether the history gives the nonce of a message back; null where that was not found out, and why. */
  nonce: { value: boolean } | { value: null; note: string };
  /** Which letters of a file name Discord leaves; absent where that was not found out. */
  fileNames?: 'ascii' | 'letters';
  /** What was written meanwhile, as Discord's history has it. */
  messages: APIMessage[];
}

/**
 * Has somebody write to the bot, which cannot write to itself, and answers with a nonce. By REST alone: a second gateway
 * session beside the bridge's would be told everything twice.
 */
export async function probeMember(step: MemberStep): Promise<MemberFound> {
  const { rest, memberId, say, signal } = step;
  const channel = (await callDiscord('open a direct message', () =>
    rest.post(Routes.userChannels(), { body: { recipient_id: memberId } }),
  )) as APIChannel;
  const history = async (limit: number) =>
    (await callDiscord('history', () =>
      rest.get(Routes.channelMessages(channel.id), { query: new URLSearchParams({ limit: String(limit) }) }),
    )) as APIMessage[];
  const [latest] = await history(1);
  // What was said before is nobody's business.
  const since = async () => (await history(10)).filter(({ id }) => BigInt(id) > BigInt(latest?.id ?? 0));
  say(`Write "hi" to the bot now (${MEMBER_WAIT_MS / 60_000} minutes; Enter skips).`);
  const deadline = performance.now() + MEMBER_WAIT_MS;
  for (;;) {
    if (signal.aborted) return { nonce: { value: null, note: 'skipped' }, messages: [] };
    if ((await since()).some(({ author }) => author.id === memberId)) break;
    if (performance.now() > deadline)
      return { nonce: { value: null, note: 'nobody has written to the bot in time' }, messages: [] };
    await Bun.sleep(LOOK_EVERY_MS);
  }
  const nonce = Bun.randomUUIDv7().slice(-12);
  const body = new Response('Flexcord').body as ReadableStream<Uint8Array>;
  const file = { name: FILE_NAME, contentType: 'text/plain', size: 8, body };
  const sent = (await callDiscord('answer', () =>
    postWithFile(rest, channel.id, { content: THANKS, nonce, enforce_nonce: true }, file),
  )) as APIMessage;
  const messages = await since();
  const own = messages.find(({ id }) => id === sent.id);
  if (!own) return { nonce: { value: null, note: 'the history does not have what was just sent' }, messages };
  const letters = /\p{L}/u.test((own.attachments[0]?.filename ?? '').replace(/[ -~]+/g, ''));
  return { nonce: { value: own.nonce === nonce }, fileNames: letters ? 'letters' : 'ascii', messages };
}
