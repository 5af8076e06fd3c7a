import type { DiscordEraser } from '../discord/conversation/erase-member.ts';
import type { Store } from '../store/open.ts';
import type { Texts } from '../texts/index.ts';
import type { MemberEraser } from '../twilio/conversations/erase-member.ts';
import { type Counts, cleanFile, eraseFromStore } from './erase-store.ts';
import { type Held, isWithTeam, readHeld, sidsOf, spokenIn } from './held.ts';
import { type ErasureReceipt, LEFT, receiptOf } from './receipt.ts';

export interface ErasureOptions {
  store: Store;
  twilio: MemberEraser;
  discord: DiscordEraser;
  texts: Texts;
  /** Called with what is known so far, so that a receipt is left behind by whatever happens. */
  onProgress?(receipt: ErasureReceipt): Promise<void>;
  /** How long a bridge is waited for that works on something of the member's, in milliseconds. Default 60,000. */
  busyMs?: number;
}

/** What an erasure would do. */
export interface ErasurePlan {
  held: Held;
  /** Conversations at Twilio, those that the store has forgotten included. */
  twilioSids: string[];
  /** The member talks with the team, so nothing is done. */
  withTeam: boolean;
  /** An erasure was broken off and goes on. */
  goesOn: boolean;
}

export type ErasureResult =
  | { is: 'done'; receipt: ErasureReceipt }
  | { is: 'with-team' }
  /** A bridge has had something of the member's in hand all the time. */
  | { is: 'busy' };

const BUSY_CHECK_MS = 250;
/** Conversations that a member begins while they are erased; more is somebody who does not want it. */
const MAX_ROUNDS = 5;

/** Looks at what there is, and changes nothing. */
export async function planErasure(
  { store, twilio }: Pick<ErasureOptions, 'store' | 'twilio'>,
  memberId: string,
): Promise<ErasurePlan> {
  const held = await readHeld(store.db, memberId);
  const sids = new Set([...sidsOf(held), ...(await twilio.conversationsOf(memberId))]);
  return {
    held,
    twilioSids: [...sids],
    withTeam: isWithTeam(held),
    goesOn: (await unfinished(store, memberId)) !== undefined,
  };
}

const unfinished = ({ db }: Store, memberId: string) =>
  db.selectFrom('erasures').selectAll().where('member_id', '=', memberId).executeTakeFirst();

/** What of an erasure is kept until it is finished. */
interface Progress {
  counts: Counts;
  /** Channels with what the bot wrote to the member. */
  channels: string[];
  /** Cases whose cards are to be rewritten. */
  cards: number[];
}

/**
 * Takes everything about a member away: at Twilio, on Discord, in the store, and then from the cards of cases. What was done
 * is kept after each step, so that it goes on where it was after a kill; doing it again changes nothing. A bridge may run
 * meanwhile. Whoever writes again is a new member.
 */
export async function eraseMember(options: ErasureOptions, memberId: string): Promise<ErasureResult> {
  const { store, twilio, discord, texts, busyMs = 60_000 } = options;
  const words = { member: texts.privacy.erasedMember, case: texts.privacy.erasedCase };
  if (isWithTeam(await readHeld(store.db, memberId))) return { is: 'with-team' };
  const { began_at: beganAt, counts: kept } = await begin(store, memberId);
  const progress = JSON.parse(kept) as Progress;
  const add = (kind: string, number: number) => {
    if (number > 0) progress.counts[kind] = (progress.counts[kind] ?? 0) + number;
  };
  const receipt = (finishedAt: number | null) =>
    receiptOf({ memberId, beganAt, finishedAt, counts: progress.counts }, texts);

  async function save(): Promise<void> {
    await store.db
      .updateTable('erasures')
      .set({ counts: JSON.stringify(progress) })
      .where('member_id', '=', memberId)
      .execute();
    await options.onProgress?.(receipt(null));
  }

  const erasedSids = new Set<string>();
  async function eraseTwilio(): Promise<void> {
    const { twilioSids } = await planErasure(options, memberId);
    for (const sid of twilioSids) {
      if (erasedSids.has(sid)) continue;
      const erased = await twilio.eraseConversation(sid, words.member);
      erasedSids.add(sid);
      add('twilioConversations', erased.conversations);
      add('twilioMessages', erased.messages);
      add('twilioParticipants', erased.participants);
      add('twilioFiles', erased.files);
      add('twilioTasks', erased.tasks);
      add(LEFT.files, erased.filesKept);
      await save();
    }
    for (const { conversationId, sid, link } of await spokenIn(store.db, memberId)) {
      if (erasedSids.has(sid)) continue;
      add('twilioMessages', await twilio.eraseSpeaker(sid, memberId, link));
      await store.db
        .deleteFrom('thread_speakers')
        .where('conversation_id', '=', conversationId)
        .where('member_id', '=', memberId)
        .execute();
      await save();
    }
    if (await twilio.eraseUser(memberId)) add('twilioUsers', 1);
  }

  async function eraseDiscord(): Promise<void> {
    const { member } = await readHeld(store.db, memberId);
    if (member) {
      const direct = member.dm_channel_id ?? (await discord.directMessageOf(memberId));
      const channels = [direct, member.thread_id].flatMap((channel) => channel ?? []);
      progress.channels = [...new Set([...progress.channels, ...channels])];
    }
    let own = 0;
    for (const channel of progress.channels) {
      const { deleted, membersOwn } = await discord.eraseChannel(channel, memberId);
      add('discordMessages', deleted);
      own += membersOwn;
    }
    if (own > 0) progress.counts[LEFT.ownMessages] = own;
    await save();
  }

  async function eraseStore(): Promise<'done' | 'busy' | 'again' | 'with-team'> {
    const deadline = performance.now() + busyMs;
    for (;;) {
      const erased = await eraseFromStore(store, memberId, {
        channels: progress.channels,
        erasedSids,
        words,
        // In the same transaction, or a kill right after it would leave cards with the old words.
        record: (done, cards) => JSON.stringify(withStore(progress, done, cards)),
      });
      if (erased.is === 'done') {
        Object.assign(progress, withStore(progress, erased.counts, erased.cards));
        return 'done';
      }
      if (erased.is === 'new-conversation') return 'again';
      if (erased.is === 'with-team') return 'with-team';
      if (performance.now() > deadline) return 'busy';
      await Bun.sleep(BUSY_CHECK_MS);
    }
  }

  for (let round = 1; ; round += 1) {
    await eraseTwilio();
    await eraseDiscord();
    const state = await eraseStore();
    if (state === 'done') break;
    if (state !== 'again') return { is: state };
    if (round === MAX_ROUNDS) return { is: 'busy' };
  }
  for (const number of [...progress.cards]) {
    if (await discord.rewriteCard(number)) add('discordCards', 1);
    progress.cards = progress.cards.filter((other) => other !== number);
    await save();
  }
  await store.db.deleteFrom('erasures').where('member_id', '=', memberId).execute();
  await cleanFile(store);
  const finished = receipt(Date.now());
  await options.onProgress?.(finished);
  return { is: 'done', receipt: finished };
}

/** A transaction may run twice, so nothing is changed here. */
function withStore(progress: Progress, done: Counts, cards: readonly number[]): Progress {
  const counts = { ...progress.counts };
  for (const [kind, number] of Object.entries(done)) counts[kind] = (counts[kind] ?? 0) + number;
  return { ...progress, counts, cards: [...new Set([...progress.cards, ...cards])] };
}

async function begin(store: Store, memberId: string) {
  const nothing: Progress = { counts: {}, channels: [], cards: [] };
  await store.db
    .insertInto('erasures')
    .values({ member_id: memberId, counts: JSON.stringify(nothing), began_at: Date.now() })
    .onConflict((conflict) => conflict.column('member_id').doNothing())
    .execute();
  const row = await unfinished(store, memberId);
  if (!row) throw new Error('the erasure that was just begun is not in the store');
  return row;
}
