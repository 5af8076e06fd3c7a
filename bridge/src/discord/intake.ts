import type { APIMessage, APIUser } from 'discord.js';
import { fromDiscord } from '../messages/from-discord.ts';
import type { Relay } from '../relay/relay.ts';
import type { Tx } from '../store/open.ts';
import { memberLane, type Payloads, type Press } from '../support/entries.ts';

/** A Discord user as events name them. */
export interface Who {
  id: string;
  name: string;
  locale: string | null;
}

export const who = (user: Pick<APIUser, 'id' | 'username' | 'global_name'>, locale: string | null): Who => ({
  id: user.id,
  name: user.global_name || user.username,
  locale,
});

/** Journals what members do. Every event is committed before Discord's cursor moves on. */
export function createIntake(relay: Relay<Payloads>) {
  /** A direct message. The channel's cursor moves in the same commit. */
  async function message(message: APIMessage, locale: string | null): Promise<void> {
    const author = who(message.author, locale);
    await relay.commit(
      [
        {
          lane: memberLane(author.id),
          key: `discord:${message.id}`,
          kind: 'in.member-wrote',
          payload: {
            memberId: author.id,
            message: fromDiscord(message),
          },
        },
      ],
      (tx) => meet(tx, author, { dmChannelId: message.channel_id, cursor: message.id }),
    );
  }

  /** `/helpme`. The token answers the command later, for 15 minutes. */
  async function came(
    author: Who,
    interactionId: string,
    interactionToken: string,
    question: string | null,
  ): Promise<void> {
    await relay.commit(
      [
        {
          lane: memberLane(author.id),
          key: `discord:${interactionId}`,
          kind: 'in.member-came',
          payload: {
            memberId: author.id,
            interactionToken,
            question: question
              ? {
                  id: interactionId,
                  author: { id: author.id, name: author.name },
                  text: question,
                  files: [],
                  notes: [],
                }
              : null,
          },
        },
      ],
      (tx) => meet(tx, author, {}),
    );
  }

  /** A button under a message of the bot's; `label` is what the member read on it. */
  async function pressed(
    author: Who,
    interactionId: string,
    pressed: { press: Press; caseNumber?: number },
    label: string,
  ): Promise<void> {
    await relay.commit(
      [
        {
          lane: memberLane(author.id),
          key: `discord:${interactionId}`,
          kind: 'in.member-pressed',
          payload: { memberId: author.id, ...pressed, label, pressId: interactionId },
        },
      ],
      (tx) => meet(tx, author, {}),
    );
  }

  return { message, came, pressed };
}

export type Intake = ReturnType<typeof createIntake>;

async function meet(tx: Tx, author: Who, known: { dmChannelId?: string; cursor?: string }): Promise<void> {
  const now = Date.now();
  const change = {
    name: author.name,
    seen_at: now,
    ...(author.locale ? { locale: author.locale } : {}),
    ...(known.dmChannelId ? { dm_channel_id: known.dmChannelId } : {}),
    ...(known.cursor ? { discord_cursor: known.cursor } : {}),
  };
  await tx
    .insertInto('members')
    .values({
      id: author.id,
      created_at: now,
      locale: null,
      dm_channel_id: null,
      discord_cursor: null,
      ...change,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(change))
    .execute();
}
