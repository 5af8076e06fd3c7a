import { wantedChannels } from '../../community/server-plan.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import type { Outcome, SetUp, SetupReport } from '../servers/setup.ts';
import { nameOf } from './command.ts';
import type { InteractionHandler } from './interaction-handler.ts';
import { forAdministrators } from './permissions.ts';

/** `/setup`: builds or repairs a server, for administrators. */
export function createSetupCommand({ setUp }: { setUp: SetUp }): InteractionHandler {
  return {
    async answer(interaction, respond) {
      if (!interaction.isChatInputCommand() || interaction.commandName !== nameOf('setup')) return false;
      const texts = textsFor(interaction.locale);
      const permitted = forAdministrators(interaction);
      if (permitted.is === 'refused') {
        await respond.reply(interaction, permitted.reason);
        return true;
      }
      await respond.defer(interaction);
      const own = interaction.guild?.members.me?.permissions ?? interaction.appPermissions;
      const report = await setUp(permitted.guildId, own.bitfield);
      await respond.complete(interaction, { content: describe(report, texts) });
      return true;
    },
  };
}

function describe({ channels, role, panel }: SetupReport, texts: Texts): string {
  const words = texts.community.setup;
  const line = (outcome: Outcome, name: string, mention?: (id: string) => string) => {
    if (outcome.is === 'failed') {
      const reason = outcome.missing
        ? words.missingPermission(words.permissions[outcome.missing])
        : words.failed;
      return `❌ ${name}: ${reason}`;
    }
    const note = outcome.note ? ` (${words[outcome.note]})` : '';
    return `✅ ${mention ? mention(outcome.id) : name}: ${words[outcome.is]}${note}`;
  };
  const all = [...Object.values(channels), role, panel];
  return [
    all.some((outcome) => outcome.is === 'failed') ? words.unfinished : words.done,
    ...wantedChannels.map(({ place, name }) => line(channels[place], `#${name}`, (id) => `<#${id}>`)),
    line(role, words.role, (id) => `<@&${id}>`),
    line(panel, words.panel),
  ].join('\n');
}
