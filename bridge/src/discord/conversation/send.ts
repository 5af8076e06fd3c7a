import { DAY_MS } from '@flexcord/shared/time';
import { type APIMessage, type REST, type RESTPostAPIChannelMessageJSONBody, Routes } from 'discord.js';
import type { CanonicalFile, OpenedFile } from '../../messages/canonical.ts';
import { linkedDiscordIds } from '../../messages/records.ts';
import { snowflakeAt } from '../../messages/snowflake.ts';
import type { Attempt } from '../../relay/entries.ts';
import type { Lane } from '../../relay/keys.ts';
import { outcomesOf } from '../../relay/queries.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord, hasTimedOut } from '../errors.ts';
import { remembered } from '../remembered.ts';
import type { OwnEchoes, Sent } from './own-echoes.ts';
import { placeBefore, progressOf, sentIn } from './places.ts';
import { type Likeness, likenessOf, type ReadBack } from './read-back.ts';
import { secondLook } from './second-look.ts';
import { postWithFile } from './upload.ts';

export interface SenderOptions {
  store: Store;
  relay: Pick<Relay, 'appendLater'>;
  rest: REST;
  echoes: OwnEchoes;
  readBack: ReadBack;
  /** After how long nothing that was asked of Discord can still happen, in milliseconds. */
  secondLookMs: number;
  /** Opens a file; breaks off beyond `limit` bytes. */
  openFile(file: CanonicalFile, limit: number): Promise<OpenedFile>;
}

export interface SendMore {
  upload?: { file: CanonicalFile; limit: number } | undefined;
  /** Further channels in which an earlier attempt may have sent it. */
  elsewhere?: readonly string[];
  /** When it was written, of one that has other words by now; in milliseconds since the epoch. */
  writtenAt?: number | undefined;
}

const MAX_KNOWN = 50_000;
/** Outcomes of a lane that are asked whose a message is that an earlier life of the store may have sent. */
const MAX_OUTCOMES = 1_000;
/** Between which times after it was written an agent's message was posted that is looked for by its time, in milliseconds. */
const EARLY_MS = 5_000;
const LATE_MS = 60_000;
/** Well below the time for which the journal keeps what was sent, in milliseconds. */
const KNOWN_MS = DAY_MS;

/**
 * Sends one message for an entry of the journal and a part, once however often it is tried. What may have been sent is
 * looked for first: among the gateway's echoes of our messages, else by its words after a place that is older than it.
 */
export function createSender(options: SenderOptions) {
  const { store, relay, rest, echoes, readBack, openFile } = options;
  /** Lanes and channels for which the journal names a message that was sent: the place to read back to. */
  const withPlace = remembered<true>(MAX_KNOWN, KNOWN_MS);
  /** Nonces whose last request is over, one way or the other: none of it can happen any more. */
  const over = remembered<true>(MAX_KNOWN, KNOWN_MS);

  async function find(
    channelId: string,
    after: string,
    likeness: Likeness,
    attempt: Attempt,
    recorded: ReadonlySet<string> = new Set(),
  ) {
    const own = new Set(progressOf(attempt).sent.map(({ id }) => id));
    const alike = (await readBack.alike(channelId, after, likeness)).filter(
      (id) => !own.has(id) && !recorded.has(id),
    );
    if (alike.length === 0) return undefined;
    const taken = await linkedDiscordIds(store.db, alike);
    const id = alike.find((each) => !taken.has(each));
    return id === undefined ? undefined : { channelId, id };
  }

  /** Where a message that may have been sent is. Journals a second look where the request could still take effect. */
  async function findSent(
    nonce: string,
    channelIds: readonly string[],
    likeness: Likeness,
    part: number,
    attempt: Attempt,
  ): Promise<Sent | undefined> {
    const echo = echoes.find(nonce);
    if (echo) return echo;
    for (const channelId of channelIds) {
      if (attempt.forgottenSince !== null) {
        const sent = await findForgotten(channelId, attempt.forgottenSince, likeness, attempt);
        if (sent) return sent;
      }
      const after = await placeBefore(store, channelId, attempt);
      // A place is known before anything is posted.
      if (!after) continue;
      const sent = await find(channelId, after, likeness, attempt);
      if (sent) return sent;
      if (over.has(nonce)) continue;
      const { key, lane } = attempt;
      const look = secondLook({ key, lane, part, channelId, after, likeness });
      await store.transact((tx) => relay.appendLater(tx, look, steadyNow() + options.secondLookMs));
    }
    return undefined;
  }

  /**
   * What an earlier life of a store that was restored has sent stands in no place that is remembered, and other entries
   * of the lane may have found theirs by their words already.
   */
  async function findForgotten(channelId: string, since: number, likeness: Likeness, attempt: Attempt) {
    return find(channelId, snowflakeAt(since), likeness, attempt, await recordedIn(attempt.lane));
  }

  /**
   * A message that was edited after an earlier life of the store had sent it has other words by now. A lane sends in
   * order: what the bot posted first after it was written, and nobody else claims, is the message, and is given its words.
   */
  async function renewForgotten(
    channelId: string,
    writtenAt: number,
    body: RESTPostAPIChannelMessageJSONBody,
    attempt: Attempt,
  ): Promise<Sent | undefined> {
    const [from, to] = [snowflakeAt(writtenAt - EARLY_MS), snowflakeAt(writtenAt + LATE_MS)];
    const recorded = await recordedIn(attempt.lane);
    const posted = await readBack.plainBetween(channelId, from, to, nameIn(body.content ?? ''));
    const linked = await linkedDiscordIds(store.db, posted);
    const id = posted.find((each) => !recorded.has(each) && !linked.has(each));
    if (id === undefined) return undefined;
    attempt.assertOwned();
    await callDiscord('edit a message', () => rest.patch(Routes.channelMessage(channelId, id), { body }));
    return { channelId, id };
  }

  async function recordedIn(lane: Lane): Promise<Set<string>> {
    const found = await outcomesOf(store.db, lane, { limit: MAX_OUTCOMES });
    return new Set(found.flatMap((outcome) => sentIn(outcome).map(({ id }) => id)));
  }

  async function rememberPlace(channelId: string, attempt: Attempt): Promise<void> {
    if (await placeBefore(store, channelId, attempt)) return;
    const progress = progressOf(attempt);
    progress.places[channelId] = await readBack.newest(channelId);
    await attempt.save(progress);
  }

  return async function send(
    channelId: string,
    body: RESTPostAPIChannelMessageJSONBody,
    part: number,
    attempt: Attempt,
    { upload, elsewhere = [], writtenAt }: SendMore = {},
  ): Promise<Sent> {
    const nonce = nonceOf(attempt.key, part);
    if (attempt.uncertain) {
      const likeness = likenessOf(body, upload?.file);
      const earlier = await findSent(nonce, [channelId, ...elsewhere], likeness, part, attempt);
      if (earlier) return earlier;
      if (attempt.forgottenSince !== null && writtenAt !== undefined && !upload) {
        const renewed = await renewForgotten(channelId, writtenAt, body, attempt);
        if (renewed) return renewed;
      }
    }
    const known = `${attempt.lane} ${channelId}`;
    if (!withPlace.has(known)) await rememberPlace(channelId, attempt);
    const once = { ...body, nonce, enforce_nonce: true };
    const file = upload && (await openFile(upload.file, upload.limit));
    attempt.assertOwned();
    over.delete(nonce);
    try {
      const { id } = (await callDiscord('send a message', () =>
        file
          ? postWithFile(rest, channelId, once, file, { spoiler: upload?.file.spoiler ?? false })
          : rest.post(Routes.channelMessages(channelId), { body: once }),
      )) as APIMessage;
      withPlace.set(known, true);
      return { channelId, id };
    } catch (error) {
      if (!hasTimedOut(error)) over.set(nonce, true);
      throw error;
    }
  };
}

export type Send = ReturnType<typeof createSender>;

/** The name that a message begins with; empty where it has none. */
const nameIn = (content: string): string => /^[^\n:]{1,100}: /.exec(content)?.[0] ?? '';

/** At most 25 characters; the same for the same entry and part, for ever. */
function nonceOf(key: string, part: number): string {
  return new Bun.CryptoHasher('sha256').update(`${key}/${part}`).digest('base64url').slice(0, 25);
}
