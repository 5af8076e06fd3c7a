import { truncate } from '@flexcord/shared/messages/truncate';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
} from 'discord.js';
import type { OwnCases } from '../../cases/public/own-cases.ts';
import { REPORT_LIMITS } from '../../cases/public/reports.ts';
import type { Store } from '../../store/open.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { renderList, renderOwnCase } from '../render/case.ts';
import { describeChange } from '../render/change.ts';
import { aboutOf } from '../render/custom-id.ts';
import { type Answer, type InteractionHandler, userOf } from './interaction-handler.ts';
import { english, localized } from './localized.ts';

const { list, view, comment, close, number, text, ...rest } = english.community.command;
const command = rest.case;

/** `/case list · view · comment · close`: one's own cases, and nobody else's. */
export function createCaseCommand(options: {
  store: Store;
  intake: Intake;
  ownCases: OwnCases;
}): InteractionHandler {
  const { store, intake, ownCases } = options;

  /** What somebody gets to see or read after using a subcommand. */
  async function use(interaction: ChatInputCommandInteraction, texts: Texts): Promise<Answer> {
    const member = userOf(interaction);
    const words = texts.community;
    const subcommand = interaction.options.getSubcommand();
    if (subcommand === list.name) return renderList(await ownCases.list(member.id, 0), 0, texts);
    const wanted = interaction.options.getInteger(number.name, true);
    if (subcommand === view.name) {
      const found = await ownCases.view(member.id, wanted);
      return found ? renderOwnCase(found, texts) : { content: words.noSuchCase(wanted) };
    }
    const isComment = subcommand === comment.name;
    const said = isComment ? interaction.options.getString(text.name, true) : '';
    if (isComment && !said.trim()) return { content: words.empty };
    const changed = await store.transact(async (tx) => {
      await intake.recordMember(tx, member, interaction.id, null);
      return isComment ? ownCases.comment(tx, member, wanted, said) : ownCases.close(tx, member, wanted);
    });
    return {
      content: describeChange(changed, wanted, texts, {
        done: isComment ? words.commented(wanted) : words.closed(wanted),
        illegal: (status) => words.alreadyFinished(wanted, status),
      }),
    };
  }

  async function suggest(interaction: AutocompleteInteraction): Promise<void> {
    const texts = textsFor(interaction.locale);
    const found = await ownCases.suggest(interaction.user.id, String(interaction.options.getFocused()));
    await interaction.respond(
      found.map((each) => ({
        name: truncate(
          `#${each.number} · ${texts.caseStatus[each.status]} · ${each.title}`.replace(/\s+/g, ' '),
          100,
          { ellipsis: '…' },
        ),
        value: each.number,
      })),
    );
  }

  return {
    commands: [
      {
        type: ApplicationCommandType.ChatInput,
        name: command.name,
        name_localizations: localized((texts) => texts.community.command.case.name),
        description: command.description,
        description_localizations: localized((texts) => texts.community.command.case.description),
        integration_types: [ApplicationIntegrationType.GuildInstall],
        contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
        options: [
          { ...subcommand('list') },
          { ...subcommand('view'), options: [numberOption()] },
          {
            ...subcommand('comment'),
            options: [
              numberOption(),
              {
                type: ApplicationCommandOptionType.String,
                ...named('text'),
                max_length: REPORT_LIMITS.comment,
                required: true,
              },
            ],
          },
          { ...subcommand('close'), options: [numberOption()] },
        ],
      },
    ],

    async answer(interaction, respond) {
      if (interaction.isAutocomplete() && interaction.commandName === command.name) {
        await suggest(interaction);
        return true;
      }
      const texts = textsFor(interaction.locale);
      if (interaction.isChatInputCommand() && interaction.commandName === command.name) {
        await respond.reply(interaction, await use(interaction, texts));
        return true;
      }
      const about = interaction.isButton() ? aboutOf(interaction.customId, 'case-page') : null;
      if (!about || !interaction.isButton()) return false;
      const page = Math.max(0, Number(about[1]) || 0);
      await respond.update(
        interaction,
        renderList(await ownCases.list(interaction.user.id, page), page, texts),
      );
      return true;
    },
  };
}

const named = (key: 'list' | 'view' | 'comment' | 'close' | 'number' | 'text') => ({
  name: english.community.command[key].name,
  name_localizations: localized((texts) => texts.community.command[key].name),
  description: english.community.command[key].description,
  description_localizations: localized((texts) => texts.community.command[key].description),
});

const subcommand = (key: 'list' | 'view' | 'comment' | 'close') => ({
  type: ApplicationCommandOptionType.Subcommand as const,
  ...named(key),
});

const numberOption = () => ({
  type: ApplicationCommandOptionType.Integer as const,
  ...named('number'),
  min_value: 1,
  max_value: 2_147_483_647,
  autocomplete: true,
  required: true,
});
