import type { MessageContextMenuCommandInteraction } from 'discord.js';
import type { ForumAct } from '../../forum/entries.ts';
import type { Forum } from '../../forum/forum.ts';
import { findMessage, linksOfDiscord } from '../../messages/records.ts';
import type { Store } from '../../store/open.ts';
import { textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { button, row } from '../render/components.ts';
import { customId, customIdParts } from '../render/custom-id.ts';
import { nameOf } from './command.ts';
import { type Decider, deciderIn } from './forum-deciders.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';

/** *Mark as solution* and *Ask the team*, in the menu of a message in a public thread. */
export function createForumCommands({
  store,
  forum,
  decider,
}: {
  store: Store;
  forum: Forum;
  decider: Decider;
}): InteractionHandler {
  /** What is done by marking a message. Of the bot's own, an agent's has a name, and an automatic answer has helped. */
  async function marking({
    targetMessage: message,
    applicationId,
  }: MessageContextMenuCommandInteraction): Promise<ForumAct> {
    const { id: messageId, author, content } = message;
    if (author.id !== applicationId && !author.bot) {
      const authorName = author.globalName || author.username;
      return { is: 'solution', solution: { messageId, authorId: author.id, authorName, text: content } };
    }
    const [link] = await linksOfDiscord(store.db, messageId);
    const agents = link?.direction === 'to-member' ? await findMessage(store.db, link.twilio_sid) : undefined;
    if (!agents) return { is: 'helped' };
    return {
      is: 'solution',
      solution: { messageId, authorId: null, authorName: agents.author_name, text: agents.text },
    };
  }

  return {
    async answer(interaction, respond) {
      if (!interaction.isMessageContextMenuCommand()) return false;
      const { commandName } = interaction;
      const [isMark, isTeam] = [nameOf('markSolution'), nameOf('bringToTeam')].map(
        (name) => name === commandName,
      );
      if (!isMark && !isTeam) return false;
      const words = textsFor(interaction.locale).forum;
      const found = await forum.find(interaction.channelId);
      const by = found && (await deciderIn(interaction, found.thread, decider));
      if (!found) await respond.reply(interaction, words.notServed);
      else if (!by || (isTeam && by.role !== 'moderator'))
        await respond.reply(interaction, words.onlyDeciders);
      else {
        const act: ForumAct = isMark ? await marking(interaction) : { is: 'ask-team' };
        await forum.act(found.thread.id, act, by, interaction.id);
        await respond.reply(interaction, isMark ? words.marked : words.broughtToTeam);
      }
      return true;
    },
  };
}

/** `/privacy`: whether others may be helped with what a member writes in public, and the buttons that change it. */
export function createPrivacyCommand({
  store,
  intake,
  forum,
}: {
  store: Store;
  intake: Intake;
  forum: Forum;
}): InteractionHandler {
  return {
    async answer(interaction, respond) {
      const isCommand = interaction.isChatInputCommand() && interaction.commandName === nameOf('privacy');
      const [wanted] = interaction.isButton() ? (customIdParts(interaction.customId, 'learning') ?? []) : [];
      if (!isCommand && wanted !== 'on' && wanted !== 'off') return false;
      const words = textsFor(interaction.locale).forum.learning;
      if (isCommand) {
        const isOff = await forum.isNotLearned(interaction.user.id);
        await respond.reply(interaction, {
          content: isOff ? words.off : words.on,
          components: [
            row(
              isOff
                ? button(customId('learning', 'on'), words.turnOn)
                : button(customId('learning', 'off'), words.turnOff),
            ),
          ],
        });
        return true;
      }
      if (!interaction.isButton()) return false;
      await store.transact(async (tx) => {
        await intake.recordMember(tx, userOf(interaction), interaction.id, null);
        await forum.setLearning(tx, interaction.user.id, wanted === 'on');
      });
      await respond.update(interaction, { content: wanted === 'on' ? words.on : words.off, components: [] });
      return true;
    },
  };
}
