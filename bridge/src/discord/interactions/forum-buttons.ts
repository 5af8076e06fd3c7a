import { truncate } from '@flexcord/shared/messages/truncate';
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIDMChannel,
  type ButtonInteraction,
  ComponentType,
  type REST,
  Routes,
} from 'discord.js';
import { askedIn } from '../../forum/context.ts';
import { mayEscalate } from '../../forum/decide.ts';
import type { ForumAct } from '../../forum/entries.ts';
import type { Forum } from '../../forum/forum.ts';
import { isWithTeam } from '../../forum/team.ts';
import { findMessage } from '../../messages/records.ts';
import type { Store } from '../../store/open.ts';
import { textsFor } from '../../texts/index.ts';
import type { ThreadActor } from '../../threads/acts.ts';
import { threadLink } from '../../threads/threads.ts';
import { callDiscord } from '../errors.ts';
import type { Intake } from '../gateway/intake.ts';
import { linkButton, row } from '../render/components.ts';
import { customIdParts } from '../render/custom-id.ts';
import { type Decider, deciderIn } from './forum-deciders.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';
import type { Responder } from './responder.ts';

const BUTTONS = [
  'post-helped',
  'post-not-yet',
  'post-team',
  'post-private',
  'post-solution',
  'post-open',
  'post-solved',
] as const;
type Name = (typeof BUTTONS)[number];

/** Of a question in private, in UTF-16 units: as much as `/helpme` takes. */
const MAX_ASKED_LENGTH = 1_000;

export interface ForumButtonsOptions {
  store: Store;
  rest: REST;
  forum: Forum;
  intake: Intake;
  decider: Decider;
}

/** The buttons under what the bot says in public threads, for their authors and for moderators. */
export function createForumButtons({
  store,
  rest,
  forum,
  intake,
  decider,
}: ForumButtonsOptions): InteractionHandler {
  /** What a button stands for. */
  async function actOf(name: Name, parts: readonly string[]): Promise<ForumAct> {
    switch (name) {
      case 'post-helped':
        return { is: 'helped' };
      case 'post-not-yet':
        return { is: 'not-yet' };
      case 'post-team':
        return { is: 'ask-team' };
      case 'post-private':
        return { is: 'private' };
      case 'post-open':
        return { is: 'still-open' };
      case 'post-solved':
        return { is: 'solution', solution: null };
      case 'post-solution': {
        const known = await findMessage(store.db, parts[0] ?? '');
        if (!known || known.deleted_at !== null) return { is: 'solution', solution: null };
        const { id: messageId, member_id: authorId, author_name: authorName, words, text } = known;
        return { is: 'solution', solution: { messageId, authorId, authorName, text: words ?? text } };
      }
    }
  }

  /** Goes on in private with what was asked; the line in public follows. */
  async function continueInPrivate(
    interaction: ButtonInteraction,
    respond: Responder,
    by: ThreadActor,
  ): Promise<void> {
    const found = await forum.find(interaction.channelId);
    if (!found) return;
    const { thread } = found;
    const user = userOf(interaction);
    const words = textsFor(interaction.locale).forum;
    await respond.defer(interaction);
    const channel = (await callDiscord('open a direct message', () =>
      rest.post(Routes.userChannels(), { body: { recipient_id: user.id } }),
    )) as APIDMChannel;
    const link = words.privateAsked(thread.title, threadLink(thread));
    const asked = truncate(askedIn(thread), MAX_ASKED_LENGTH - link.length - 1, { ellipsis: '…' });
    const wasWithTeam = await isWithTeam(store.db, thread.id);
    await intake.came(user, interaction.id, interaction.token, `${asked}\n${link}`);
    // Whoever was with a person in public is so in private.
    if (wasWithTeam)
      await intake.pressed(
        user,
        `${interaction.id}:person`,
        { press: 'person' },
        textsFor(interaction.locale).button.person,
      );
    await forum.act(thread.id, { is: 'private' }, by, `${interaction.id}:private`);
    await respond.complete(interaction, {
      content: words.privateOpened,
      components: [
        row(
          linkButton(
            `https://discord.com/channels/@me/${channel.id}`,
            textsFor(interaction.locale).button.openDm,
          ),
        ),
      ],
    });
  }

  return {
    async answer(interaction, respond) {
      if (!interaction.isButton()) return false;
      const name = BUTTONS.find((each) => customIdParts(interaction.customId, each) !== null);
      if (!name) return false;
      const words = textsFor(interaction.locale).forum;
      const found = await forum.find(interaction.channelId);
      const by = found && (await deciderIn(interaction, found.thread, decider));
      if (!found) await respond.reply(interaction, words.notServed);
      else if (!by || (name === 'post-private' && by.role !== 'author'))
        await respond.reply(interaction, words.onlyDeciders);
      else if (name === 'post-team' && !mayEscalate(found.channel.rule) && by.role === 'author')
        await respond.reply(interaction, words.noTeam);
      else if (name === 'post-private') await continueInPrivate(interaction, respond, by);
      else {
        const act = await actOf(name, customIdParts(interaction.customId, name) ?? []);
        // Committed before it is acknowledged: a press that Discord took as done must not be lost.
        await forum.act(found.thread.id, act, by, interaction.id);
        await respond.update(interaction, { components: withoutButtons(interaction) });
      }
      return true;
    },
  };
}

/** What was decided is decided once: those buttons go, and those that only show something stay. */
function withoutButtons({ message }: ButtonInteraction): APIActionRowComponent<APIButtonComponent>[] {
  return message.components.flatMap((component) => {
    const data = component.toJSON();
    if (data.type !== ComponentType.ActionRow) return [];
    const rows = data as APIActionRowComponent<APIButtonComponent>;
    const left = rows.components.filter(
      (each) =>
        !('custom_id' in each) || !BUTTONS.some((name) => customIdParts(each.custom_id, name) !== null),
    );
    return left.length === 0 ? [] : [row(...left)];
  });
}
