import type { ButtonInteraction } from 'discord.js';
import type { Cards } from '../../cases/public/cards.ts';
import type { OwnCases } from '../../cases/public/own-cases.ts';
import type { Votes } from '../../cases/public/votes.ts';
import type { Store, Tx } from '../../store/open.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { renderOwnCase, renderPublicCase } from '../render/case.ts';
import { describeChange } from '../render/change.ts';
import { button, row } from '../render/components.ts';
import { customId, customIdParts } from '../render/custom-id.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';
import type { Answer } from './responder.ts';

const ACTIONS = ['vote', 'unvote', 'follow', 'unfollow', 'view', 'reopen', 'unsolved'] as const;
type Action = (typeof ACTIONS)[number];

export interface CardButtonsOptions {
  store: Store;
  intake: Intake;
  cards: Cards;
  votes: Votes;
  ownCases: OwnCases;
}

/** The buttons under a card, and under what members are told of a case. */
export function createCardButtons({
  store,
  intake,
  cards,
  votes,
  ownCases,
}: CardButtonsOptions): InteractionHandler {
  /** Runs `work` for the member, who is recorded in the same transaction. */
  function asMember<T>(
    interaction: ButtonInteraction,
    work: (tx: Tx, member: { id: string; name: string }) => Promise<T>,
  ) {
    const member = userOf(interaction);
    return store.transact(async (tx) => {
      await intake.recordMember(tx, member, interaction.id, null);
      return work(tx, member);
    });
  }

  async function handle(
    action: Action,
    number: number,
    interaction: ButtonInteraction,
    texts: Texts,
  ): Promise<Answer> {
    const words = texts.community;
    switch (action) {
      case 'vote': {
        // Repeated clicks are answered without a write.
        if (await votes.hasVoted(number, interaction.user.id)) return votedAlready(number, texts);
        const voteResult = await asMember(interaction, (tx, member) => votes.vote(tx, number, member, true));
        if (voteResult.is === 'missing') return { content: words.gone };
        if (voteResult.is === 'finished') return { content: words.finished(number) };
        if (voteResult.is === 'again') return votedAlready(number, texts);
        return {
          content: words.voted(number, voteResult.votes),
          components: [row(button(customId('unvote', number), words.unvote))],
        };
      }
      case 'follow': {
        const followed = await asMember(interaction, (tx, member) => votes.follow(tx, number, member, true));
        if (followed.is === 'missing') return { content: words.gone };
        return {
          content: followed.is === 'done' ? words.following(number) : words.followingAlready(number),
          components: [row(button(customId('unfollow', number), words.unfollow))],
        };
      }
      case 'unvote':
        await asMember(interaction, (tx, member) => votes.vote(tx, number, member, false));
        return { content: words.unvoted(number) };
      case 'unfollow':
        await asMember(interaction, (tx, member) => votes.follow(tx, number, member, false));
        return { content: words.unfollowed(number) };
      case 'view': {
        const own = await ownCases.view(interaction.user.id, number);
        if (own) return renderOwnCase(own, texts);
        const view = (await cards.isPublic(number)) ? await cards.view(number) : undefined;
        return view ? renderPublicCase(view, texts) : { content: words.gone };
      }
      case 'reopen': {
        const changed = await asMember(interaction, (tx, member) => ownCases.reopen(tx, member, number));
        return {
          content: describeChange(changed, number, texts, {
            done: words.reopened(number),
            illegal: (status) => words.notReopened(number, status),
          }),
        };
      }
      case 'unsolved': {
        const changed = await asMember(interaction, (tx, member) => ownCases.unsolved(tx, member, number));
        return {
          content: describeChange(changed, number, texts, {
            done: words.unsolved(number),
            illegal: (status) => words.alreadyFinished(number, status),
          }),
        };
      }
    }
  }

  return {
    async answer(interaction, respond) {
      if (!interaction.isButton()) return false;
      for (const action of ACTIONS) {
        const [given] = customIdParts(interaction.customId, action) ?? [];
        const number = Number(given);
        if (!Number.isSafeInteger(number) || number < 1) continue;
        await respond.reply(
          interaction,
          await handle(action, number, interaction, textsFor(interaction.locale)),
        );
        return true;
      }
      return false;
    },
  };
}

const votedAlready = (number: number, { community: words }: Texts): Answer => ({
  content: words.votedAlready(number),
  components: [row(button(customId('unvote', number), words.unvote))],
});
