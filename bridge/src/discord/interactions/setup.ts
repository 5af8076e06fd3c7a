import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { ChannelPurpose } from '../../community/server-plan.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import type { Outcome, SetUp, SetupReport } from '../servers/setup.ts';
import type { InteractionHandler } from './interaction-handler.ts';
import { english, localized } from './localized.ts';

const { setup } = english.community.command;
const order: readonly ChannelPurpose[] = ['announcements', 'bugs', 'features', 'support'];

/** `/setup`: builds or repairs a server, for administrators. */
export function createSetupCommand({ setUp }: { setUp: SetUp }): InteractionHandler {
  return {
    commands: [
      {
        type: ApplicationCommandType.ChatInput,
        name: setup.name,
        name_localizations: localized((texts) => texts.community.command.setup.name),
        description: setup.description,
        description_localizations: localized((texts) => texts.community.command.setup.description),
        default_member_permissions: String(PermissionFlagsBits.Administrator),
        integration_types: [ApplicationIntegrationType.GuildInstall],
        contexts: [InteractionContextType.Guild],
      },
    ],

    async answer(interaction, respond) {
      if (!interaction.isChatInputCommand() || interaction.commandName !== setup.name) return false;
      const texts = textsFor(interaction.locale);
      const { guildId } = interaction;
      if (!guildId || !interaction.memberPermissions?.has(PermissionFlagsBits.Administrator)) {
        const { onlyAdministrators, onlyInServers } = texts.community;
        await respond.reply(interaction, guildId ? onlyAdministrators : onlyInServers);
        return true;
      }
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const own = interaction.guild?.members.me?.permissions ?? interaction.appPermissions;
      const report = await setUp(guildId, own.bitfield);
      await respond.complete(interaction, {
        content: describe(report, texts),
        allowed_mentions: { parse: [] },
      });
      return true;
    },
  };
}

function describe({ channels, role, panel }: SetupReport, texts: Texts): string {
  const words = texts.community.setup;
  const line = (outcome: Outcome, name: string, mention?: (id: string) => string) => {
    if (outcome.did === 'failed') {
      const why = outcome.lacks ? words.lacks(words.permissions[outcome.lacks]) : words.failed;
      return `❌ ${name}: ${why}`;
    }
    const note = outcome.note ? ` (${words[outcome.note]})` : '';
    return `✅ ${mention ? mention(outcome.id) : name}: ${words[outcome.did]}${note}`;
  };
  const names: Record<ChannelPurpose, string> = {
    announcements: '#announcements',
    bugs: '#bug-report',
    features: '#feature-request',
    support: '#support',
  };
  const all = [...order.map((place) => channels[place]), role, panel];
  return [
    all.some(({ did }) => did === 'failed') ? words.unfinished : words.done,
    ...order.map((place) => line(channels[place], names[place], (id) => `<#${id}>`)),
    line(role, words.role, (id) => `<@&${id}>`),
    line(panel, words.panel),
  ].join('\n');
}
