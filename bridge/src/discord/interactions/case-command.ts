import { truncate } from '@flexcord/shared/messages/truncate';
import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { OwnCases } from '../../cases/public/own-cases.ts';
import type { Store } from '../../store/open.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import type { Intake } from '../gateway/intake.ts';
import { renderList, renderOwnCase } from '../render/case.ts';
import { describeChange } from '../render/change.ts';
import { customIdParts } from '../render/custom-id.ts';
import { nameOf } from './command.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';
import type { Answer, Responder } from './responder.ts';

/** `/case list`, `view`, `comment` and `close`: a member's own cases, and nobody else's. */
export function createCaseCommand(options: {
  store: Store;
  intake: Intake;
  ownCases: OwnCases;
}): InteractionHandler {
  const { store, intake, ownCases } = options;

  /** Carries a subcommand out; returns what its user is shown. */
  async function run(interaction: ChatInputCommandInteraction, texts: Texts): Promise<Answer> {
    const member = userOf(interaction);
    const words = texts.community;
    const subcommand = interaction.options.getSubcommand();
    if (subcommand === nameOf('list')) return renderList(await ownCases.list(member.id, 0), 0, texts);
    const wanted = interaction.options.getInteger(nameOf('number'), true);
    if (subcommand === nameOf('view')) {
      const found = await ownCases.view(member.id, wanted);
      return found ? renderOwnCase(found, texts) : { content: words.noSuchCase(wanted) };
    }
    const isComment = subcommand === nameOf('comment');
    const said = isComment ? interaction.options.getString(nameOf('text'), true) : '';
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

  async function suggest(interaction: AutocompleteInteraction, respond: Responder): Promise<void> {
    const texts = textsFor(interaction.locale);
    const found = await ownCases.suggest(interaction.user.id, String(interaction.options.getFocused()));
    await respond.suggest(
      interaction,
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
    async answer(interaction, respond) {
      if (interaction.isAutocomplete() && interaction.commandName === nameOf('case')) {
        await suggest(interaction, respond);
        return true;
      }
      const texts = textsFor(interaction.locale);
      if (interaction.isChatInputCommand() && interaction.commandName === nameOf('case')) {
        await respond.reply(interaction, await run(interaction, texts));
        return true;
      }
      const parts = interaction.isButton() ? customIdParts(interaction.customId, 'case-page') : null;
      if (!parts || !interaction.isButton()) return false;
      const page = Math.max(0, Number(parts[1]) || 0);
      await respond.update(
        interaction,
        renderList(await ownCases.list(interaction.user.id, page), page, texts),
      );
      return true;
    },
  };
}
