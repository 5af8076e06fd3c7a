import {
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  type Interaction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  TextInputStyle,
} from 'discord.js';
import type { Announcement, Announcer } from '../../community/announcements.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { ANNOUNCEMENT_LIMITS, announcementIn, renderAnnouncement } from '../render/announcement.ts';
import { button, row } from '../render/components.ts';
import { customId, customIdParts } from '../render/custom-id.ts';
import { nameOf } from './command.ts';
import { textField, textIn } from './form.ts';
import type { InteractionHandler } from './interaction-handler.ts';
import { forModerators, type Refusal } from './permissions.ts';

const PUBLISH = customId('announce-publish');
const DISCARD = customId('announce-discard');

export interface AnnounceOptions {
  guilds: GuildQueries;
  /** Journals an announcement for a channel; the same key goes out once. */
  publish(
    previewId: string,
    place: { channelId: string; guildId: string },
    announcement: Announcement,
    by: Announcer,
  ): Promise<unknown>;
}

/** `/announce`: form, preview, publication, for moderators. Between the steps the preview itself keeps the text. */
export function createAnnounce({ guilds, publish }: AnnounceOptions): InteractionHandler {
  /** Where a moderator may announce, or why not. */
  async function allowed(
    interaction: Interaction,
  ): Promise<{ is: 'permitted'; channelId: string; guildId: string } | Refusal> {
    const permitted = await forModerators(interaction, guilds);
    if (permitted.is === 'refused') return permitted;
    const words = textsFor(interaction.locale).community;
    const channelId = permitted.guild?.announcements_id;
    if (!channelId) return { is: 'refused', reason: words.notSetUp };
    return (
      missingPermission(interaction, channelId, words) ?? {
        is: 'permitted',
        channelId,
        guildId: permitted.guildId,
      }
    );
  }

  return {
    async answer(interaction, respond) {
      const texts = textsFor(interaction.locale);
      const isCommand = interaction.isChatInputCommand() && interaction.commandName === nameOf('announce');
      const isForm =
        interaction.isModalSubmit() && customIdParts(interaction.customId, 'announce-form') !== null;
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
      const target = await allowed(interaction);
      if (target.is === 'refused') {
        await respond.reply(interaction, target.reason);
      } else if (interaction.isChatInputCommand()) {
        await respond.form(interaction, form(texts));
      } else if (interaction.isModalSubmit()) {
        const { announcement, badLink } = read(interaction);
        const words = texts.community.announcement;
        await respond.reply(interaction, {
          ...renderAnnouncement(announcement),
          content: [words.preview(`<#${target.channelId}>`), ...(badLink ? [words.badLink] : [])].join('\n'),
          components: [
            row(button(PUBLISH, words.publish, ButtonStyle.Primary), button(DISCARD, words.discard)),
          ],
        });
      } else if (interaction.isButton()) {
        const [embed] = interaction.message.embeds;
        if (!embed) throw new Error('the preview of an announcement has no embed');
        const { channelId, guildId } = target;
        await publish(interaction.message.id, { channelId, guildId }, announcementIn(embed.data), {
          interactionToken: interaction.token,
          locale: interaction.locale,
        });
        await respond.update(interaction, {
          content: texts.community.announcement.published(`<#${target.channelId}>`),
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

/** A malformed link is left out; the rest of the announcement is not refused for it. */
function read(interaction: ModalSubmitInteraction): { announcement: Announcement; badLink: boolean } {
  const link = textIn(interaction, 'link');
  const parsed = link ? URL.parse(link) : null;
  const url = parsed && ['http:', 'https:'].includes(parsed.protocol) ? parsed.href : null;
  return {
    announcement: { title: textIn(interaction, 'title'), text: textIn(interaction, 'text'), url },
    badLink: link !== '' && !url,
  };
}

/** The permission that the bot lacks for writing in a channel, as far as the gateway has told of it. */
function missingPermission(
  { guild }: Interaction,
  channelId: string,
  words: Texts['community'],
): Refusal | undefined {
  const me = guild?.members.me;
  if (!guild || !me) return undefined;
  const channel = guild.channels.cache.get(channelId);
  const refused = (reason: string): Refusal => ({ is: 'refused', reason });
  if (!channel) return refused(words.notSetUp);
  const granted = channel.permissionsFor(me);
  const { permissions, missingPermission: missing } = words.setup;
  if (!granted.has(PermissionFlagsBits.ViewChannel)) return refused(missing(permissions.see));
  if (!granted.has(PermissionFlagsBits.SendMessages)) return refused(missing(permissions.send));
  if (!granted.has(PermissionFlagsBits.EmbedLinks)) return refused(missing(permissions.embed));
  return undefined;
}
