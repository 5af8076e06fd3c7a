import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { REPORT_LIMITS } from '../../cases/public/reports.ts';
import { described, named } from './command.ts';

const subcommand = (key: 'list' | 'view' | 'comment' | 'close') => ({
  type: ApplicationCommandOptionType.Subcommand as const,
  ...described(key),
});

const numberOption = () => ({
  type: ApplicationCommandOptionType.Integer as const,
  ...described('number'),
  min_value: 1,
  max_value: 2_147_483_647,
  autocomplete: true,
  required: true,
});

/** The rules that a forum can be set up with, and how they are called. */
const FORUM_RULES = [
  ['watch', 'ruleWatch'],
  ['answer', 'ruleAnswer'],
  ['answer-and-escalate', 'ruleEscalate'],
  ['person', 'rulePerson'],
] as const;

/** Every command and menu entry that Discord has to know. Who answers them is in the files beside this one. */
export const commands: readonly RESTPostAPIApplicationCommandsJSONBody[] = [
  {
    type: ApplicationCommandType.ChatInput,
    ...described('helpme'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...described('question'),
        max_length: 1000,
        required: false,
      },
    ],
  },
  ...(['bug', 'feature'] as const).map(
    (kind): RESTPostAPIApplicationCommandsJSONBody => ({
      type: ApplicationCommandType.ChatInput,
      ...described(kind),
      integration_types: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      options: [
        {
          type: ApplicationCommandOptionType.String,
          ...described(`${kind}Text`),
          max_length: REPORT_LIMITS.text,
          required: false,
        },
      ],
    }),
  ),
  {
    type: ApplicationCommandType.ChatInput,
    ...described('case'),
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
            ...described('text'),
            max_length: REPORT_LIMITS.comment,
            required: true,
          },
        ],
      },
      { ...subcommand('close'), options: [numberOption()] },
    ],
  },
  {
    type: ApplicationCommandType.Message,
    ...named('fromMessage'),
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },
  {
    type: ApplicationCommandType.Message,
    ...named('markSolution'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },
  {
    type: ApplicationCommandType.Message,
    ...named('bringToTeam'),
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },
  {
    type: ApplicationCommandType.ChatInput,
    ...described('privacy'),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  },
  {
    type: ApplicationCommandType.ChatInput,
    ...described('setup'),
    default_member_permissions: String(PermissionFlagsBits.Administrator),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...described('forumRule'),
        required: false,
        choices: FORUM_RULES.map(([value, key]) => ({ ...named(key), value })),
      },
      {
        type: ApplicationCommandOptionType.Channel,
        ...described('forum'),
        channel_types: [ChannelType.GuildForum],
        required: false,
      },
    ],
  },
  {
    type: ApplicationCommandType.ChatInput,
    ...described('announce'),
    default_member_permissions: String(PermissionFlagsBits.ManageMessages),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },
];
