import { type APIChannel, type APIMessage, Routes } from 'discord.js';
import type { Config } from '../../config/config.ts';
import { callDiscord } from '../../discord/errors.ts';
import { createRest } from '../../discord/gateway/gateway.ts';
import type { Answer } from '../../twilio/probe/questions.ts';

/** How long a person has to write, in milliseconds. */
export const MEMBER_WAIT_MS = 120_000;
const LOOK_EVERY_MS = 2000;

export interface MemberStep {
  config: Config;
  /** Discord user id of who takes part. */
  memberId: string;
  say(line: string): void;
  /** Aborted where the step is skipped. */
  signal: AbortSignal;
  /** How often the channel is looked at, in milliseconds. */
  everyMs?: number;
}

/**
 * Has somebody write to the bot, which cannot write to itself, and answers with a nonce. By REST alone: a second gateway
 * session beside the bridge's would be told everything twice. Returns what the history says, and its messages.
 */
export async function probeMember(step: MemberStep): Promise<{ answer: Answer; messages: APIMessage[] }> {
  const { config, memberId, say, signal, everyMs = LOOK_EVERY_MS } = step;
  const rest = createRest({ apiUrl: config.DISCORD_API_URL, token: config.DISCORD_TOKEN, threads: false });
  const channel = (await callDiscord('open a direct message', () =>
    rest.post(Routes.userChannels(), { body: { recipient_id: memberId } }),
  )) as APIChannel;
  const history = async (limit: number) =>
    (await callDiscord('history', () =>
      rest.get(Routes.channelMessages(channel.id), { query: new URLSearchParams({ limit: String(limit) }) }),
    )) as APIMessage[];
  const [latest] = await history(1);
  say(`Write "hi" to the bot now (${MEMBER_WAIT_MS / 60_000} minutes; Enter skips).`);
  const deadline = performance.now() + MEMBER_WAIT_MS;
  for (;;) {
    if (signal.aborted) return { answer: { value: null, note: 'skipped' }, messages: [] };
    const found = (await history(10)).find(
      ({ id, author }) => author.id === memberId && BigInt(id) > BigInt(latest?.id ?? 0),
    );
    if (found) break;
    if (performance.now() > deadline)
      return { answer: { value: null, note: 'nobody has written to the bot in time' }, messages: [] };
    await Bun.sleep(everyMs);
  }
  const nonce = Bun.randomUUIDv7().slice(-12);
  const sent = (await callDiscord('answer', () =>
    rest.post(Routes.channelMessages(channel.id), {
      body: { content: 'Thank you. This was a test of Flexcord.', nonce, enforce_nonce: true },
    }),
  )) as APIMessage;
  const messages = await history(10);
  const own = messages.find(({ id }) => id === sent.id);
  const answer: Answer = own
    ? { value: own.nonce === nonce }
    : { value: null, note: 'the history does not have what was just sent' };
  return { answer, messages };
}
