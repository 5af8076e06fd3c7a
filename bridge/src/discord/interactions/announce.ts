import {
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  ComponentType,
  type Interaction,
  InteractionContextType,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  TextInputStyle,
} from 'discord.js';
import type { Announcement } from '../../community/announcements.ts';
import { type Guild, type GuildQueries, isModerator } from '../../guilds/guilds.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { ANNOUNCEMENT_LIMITS, announcementIn, renderAnnouncement } from '../render/announcement.ts';
import { aboutOf, customId } from '../render/custom-id.ts';
import { textField, textIn } from './form.ts';
import { type InteractionHandler, rightsOf } from './interaction-handler.ts';
import { english, localized } from './localized.ts';

const { announce } = english.community.command;
const PUBLISH = customId('announce-publish');
const DISCARD = customId('announce-discard');

export interface AnnounceOptions {
  guilds: GuildQueries;
  /** Journals an announcement for a channel; the same key goes out once. */
  publish(previewId: string, channelId: string, announcement: Announcement): Promise<unknown>;
}

/** `/announce`: form, preview, publication, for moderators. Between the steps the preview itself keeps the text. */
export function createAnnounce({ guilds, publish }: AnnounceOptions): InteractionHandler {
  /** Where a moderator may announce, or why not. */
  async function allowed(interaction: Interaction): Promise<{ channelId: string } | { why: string }> {
    const words = textsFor(interaction.locale).community;
    if (!interaction.guildId) return { why: words.onlyInServers };
    const guild: Guild | undefined = await guilds.find(interaction.guildId);
    if (!isModerator(guild, rightsOf(interaction))) return { why: words.onlyModerators };
    if (!guild?.announcements_id) return { why: words.notSetUp };
    return lackIn(interaction, guild.announcements_id, words) ?? { channelId: guild.announcements_id };
  }

  return {
    commands: [
      {
        type: ApplicationCommandType.ChatInput,
        name: announce.name,
        name_localizations: localized((texts) => texts.community.command.announce.name),
        description: announce.description,
        description_localizations: localized((texts) => texts.community.command.announce.description),
        default_member_permissions: String(PermissionFlagsBits.ManageMessages),
        integration_types: [ApplicationIntegrationType.GuildInstall],
        contexts: [InteractionContextType.Guild],
      },
    ],

    async answer(interaction, respond) {
      const texts = textsFor(interaction.locale);
      const isCommand = interaction.isChatInputCommand() && interaction.commandName === announce.name;
      const isForm = interaction.isModalSubmit() && aboutOf(interaction.customId, 'announce-form') !== null;
      const isButton = interaction.isButton() && [PUBLISH, DISCARD].includes(interaction.customId);
      if (!isCommand && !isForm && !isButton) return false;

      if (interaction.isButton() && interaction.customId === DISCARD) {
        await respond.update(interaction, {
          content: texts.community.announcement.discarded,
          embeds: [],
          components: [],
        });
        return true;
      }
      const place = await allowed(interaction);
      if ('why' in place) {
        await respond.reply(interaction, place.why);
      } else if (interaction.isChatInputCommand()) {
        await respond.form(interaction, form(texts));
      } else if (interaction.isModalSubmit()) {
        const { announcement, badLink } = read(interaction);
        const words = texts.community.announcement;
        await respond.reply(interaction, {
          ...renderAnnouncement(announcement),
          content: [words.preview(`<#${place.channelId}>`), ...(badLink ? [words.badLink] : [])].join('\n'),
          components: [
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.Button,
                  style: ButtonStyle.Primary,
                  label: words.publish,
                  custom_id: PUBLISH,
                },
                {
                  type: ComponentType.Button,
                  style: ButtonStyle.Secondary,
                  label: words.discard,
                  custom_id: DISCARD,
                },
              ],
            },
          ],
        });
      } else if (interaction.isButton()) {
        const [embed] = interaction.message.embeds;
        if (!embed) throw new Error('a preview without its text');
        await publish(interaction.message.id, place.channelId, announcementIn(embed.data));
        await respond.update(interaction, {
          content: texts.community.announcement.published(`<#${place.channelId}>`),
          components: [],
        });
      }
      return true;
    },
  };
}

function form(texts: Texts): APIModalInteractionResponseCallbackData {
  const words = texts.community.announcement;
  return {
    custom_id: customId('announce-form'),
    title: words.form,
    components: [
      textField('title', { label: words.title, max: ANNOUNCEMENT_LIMITS.title }),
      textField('text', {
        label: words.text,
        hint: words.textHint,
        max: ANNOUNCEMENT_LIMITS.text,
        style: TextInputStyle.Paragraph,
      }),
      textField('link', {
        label: words.link,
        placeholder: words.linkHint,
        max: ANNOUNCEMENT_LIMITS.link,
        required: false,
      }),
    ],
  };
}

/** A link that is none is left out rather than the whole text refused. */
function read(interaction: ModalSubmitInteraction): { announcement: Announcement; badLink: boolean } {
  const link = textIn(interaction, 'link');
  const parsed = link ? URL.parse(link) : null;
  const url = parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
  return {
    announcement: { title: textIn(interaction, 'title'), text: textIn(interaction, 'text'), url },
    badLink: link !== '' && !url,
  };
}

/** What keeps the bot from writing in a channel, as far as the gateway has told of it. */
function lackIn(
  { guild }: Interaction,
  channelId: string,
  words: Texts['community'],
): { why: string } | undefined {
  const me = guild?.members.me;
  if (!guild || !me) return undefined;
  const channel = guild.channels.cache.get(channelId);
  if (!channel) return { why: words.notSetUp };
  const granted = channel.permissionsFor(me);
  const { permissions, lacks } = words.setup;
  if (!granted.has(PermissionFlagsBits.ViewChannel)) return { why: lacks(permissions.see) };
  if (!granted.has(PermissionFlagsBits.SendMessages)) return { why: lacks(permissions.send) };
  if (!granted.has(PermissionFlagsBits.EmbedLinks)) return { why: lacks(permissions.embed) };
  return undefined;
}
