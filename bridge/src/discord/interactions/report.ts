import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type Interaction,
  type ModalSubmitInteraction,
  type RepliableInteraction,
  TextInputStyle,
} from 'discord.js';
import { type Opened, REPORT_LIMITS, type Report, type Reports } from '../../cases/public/reports.ts';
import { escapeLines } from '../../formats/markdown/escape.ts';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { type Texts, textsFor } from '../../texts/index.ts';
import { DISCORD_FILE_LIMIT } from '../format/to-discord.ts';
import type { Intake } from '../gateway/intake.ts';
import { button, row } from '../render/components.ts';
import { customId, customIdParts } from '../render/custom-id.ts';
import { nameOf } from './command.ts';
import { textField, textIn } from './form.ts';
import { type InteractionHandler, userOf } from './interaction-handler.ts';
import type { Answer, Responder } from './responder.ts';

type Kind = Report['type'];

export interface ReportOptions {
  reports: Reports;
  intake: Intake;
  /** Largest file that may be posted in a channel, in bytes. */
  fileLimitOf(channelId: string): Promise<number>;
}

/** `/bug` and `/new_feature`, and the buttons of the panel that do the same. */
export function createReport({ reports, intake, fileLimitOf }: ReportOptions): InteractionHandler {
  async function open(interaction: RepliableInteraction, respond: Responder, report: Report): Promise<void> {
    // Acknowledged before anything is done: a member who is told that it failed reports it again.
    await respond.defer(interaction);
    const member = userOf(interaction);
    const opened = await reports.report(
      member,
      report,
      { origin: `interaction:${interaction.id}`, guildId: interaction.guildId },
      (tx) => intake.recordMember(tx, member, interaction.id, null),
    );
    const texts = textsFor(interaction.locale);
    const answer = describe(opened, report, texts);
    const lost = await lostFile(opened, report, texts);
    await respond.complete(interaction, {
      ...answer,
      ...(lost ? { content: `${answer.content}\n${lost}` } : {}),
    });
  }

  /** What a member is told whose file nobody will see; null where it is on the card, or there is none. */
  async function lostFile(opened: Opened, { files }: Report, texts: Texts): Promise<string | null> {
    if (opened.is !== 'opened' || files.length === 0) return null;
    const { reported } = texts.community;
    if (!opened.cardIn) return reported.noPlaceForFile;
    const limit = await fileLimitOf(opened.cardIn);
    return files.some(({ size }) => size > limit) ? reported.fileTooLarge(megabytes(limit)) : null;
  }

  /** What Discord takes of the member, and of the bot on the card. */
  async function formLimit({ attachmentSizeLimit, channelId }: RepliableInteraction): Promise<number> {
    const onCard = channelId ? await fileLimitOf(channelId) : DISCORD_FILE_LIMIT;
    return Math.min(attachmentSizeLimit || DISCORD_FILE_LIMIT, onCard);
  }

  return {
    async answer(interaction, respond) {
      const kind = kindOf(interaction);
      if (!kind || !interaction.isRepliable()) return false;
      if (interaction.isModalSubmit()) {
        await open(interaction, respond, read(interaction, kind));
        return true;
      }
      const text = interaction.isChatInputCommand()
        ? interaction.options.getString(nameOf(`${kind}Text`))
        : null;
      if (text === null)
        await respond.form(
          interaction,
          form(kind, textsFor(interaction.locale), await formLimit(interaction)),
        );
      else await open(interaction, respond, { type: kind, title: '', text, more: [], files: [] });
      return true;
    },
  };
}

function kindOf(interaction: Interaction): Kind | null {
  if (interaction.isChatInputCommand()) {
    return (['bug', 'feature'] as const).find((kind) => nameOf(kind) === interaction.commandName) ?? null;
  }
  const parts = interaction.isButton()
    ? customIdParts(interaction.customId, 'report')
    : interaction.isModalSubmit()
      ? customIdParts(interaction.customId, 'report-form')
      : null;
  return parts?.[0] === 'bug' || parts?.[0] === 'feature' ? parts[0] : null;
}

/** As Discord writes it: it says 10 MB of 10 MiB. */
const megabytes = (bytes: number): string => `${Math.floor(bytes / 1024 / 1024)} MB`;

/** The form of a bug or an idea: texts, a choice and files. `fileLimit`: bytes. */
function form(kind: Kind, texts: Texts, fileLimit: number): APIModalInteractionResponseCallbackData {
  const words = texts.community.form;
  const title = textField('title', {
    label: words.title,
    placeholder: words.titleHint,
    max: REPORT_LIMITS.title,
  });
  const paragraph = { style: TextInputStyle.Paragraph };
  const happened = textField('text', {
    label: kind === 'bug' ? words.happened : words.idea,
    ...(kind === 'bug' ? { hint: words.happenedHint } : {}),
    max: REPORT_LIMITS.text,
    ...paragraph,
  });
  const steps = textField('steps', {
    label: words.steps,
    max: REPORT_LIMITS.steps,
    required: false,
    ...paragraph,
  });
  const platform: APILabelComponent = {
    type: ComponentType.Label,
    label: words.platform,
    component: {
      // A fault may be seen in several places.
      type: ComponentType.CheckboxGroup,
      custom_id: 'platform',
      required: false,
      min_values: 0,
      options: Object.entries(words.platforms).map(([value, label]) => ({ value, label })),
    },
  };
  const screenshot: APILabelComponent = {
    type: ComponentType.Label,
    label: words.screenshot,
    description: words.screenshotHint(megabytes(fileLimit)),
    component: {
      type: ComponentType.FileUpload,
      custom_id: 'screenshot',
      required: false,
      max_values: 1,
      file_types: ['image', 'video'],
    },
  };
  return {
    custom_id: customId('report-form', kind),
    title: words[kind],
    components:
      kind === 'bug' ? [title, happened, steps, platform, screenshot] : [title, happened, screenshot],
  };
}

function read(interaction: ModalSubmitInteraction, kind: Kind): Report {
  const words = textsFor(interaction.locale).community.form;
  const chosen = interaction.fields.fields.get('platform');
  // A select in a form that an earlier version opened.
  const isChoice =
    chosen?.type === ComponentType.CheckboxGroup || chosen?.type === ComponentType.StringSelect;
  const platforms: Record<string, string> = words.platforms;
  return {
    type: kind,
    title: textIn(interaction, 'title'),
    text: textIn(interaction, 'text'),
    more: [
      { heading: words.steps, text: textIn(interaction, 'steps') },
      {
        heading: words.platform,
        text: (isChoice ? chosen.values : []).flatMap((value) => platforms[value] ?? []).join(', '),
      },
    ],
    files: filesIn(interaction),
  };
}

function filesIn({ fields, channelId }: ModalSubmitInteraction): CanonicalFile[] {
  const field = fields.fields.get('screenshot');
  if (field?.type !== ComponentType.FileUpload) return [];
  return [...(field.attachments?.values() ?? [])].map(({ id, name, contentType, size, url, spoiler }) => ({
    name,
    contentType: contentType ?? 'application/octet-stream',
    size,
    url,
    source: { at: 'discord', channelId: channelId ?? '', messageId: '', attachmentId: id },
    ...(spoiler ? { spoiler } : {}),
  }));
}

/** What the member is told; a text that was refused is given back, so that it is not lost. */
function describe(opened: Opened, report: Report, texts: Texts): Answer {
  const words = texts.community;
  if (opened.is === 'empty') return { content: words.empty };
  if (opened.is === 'too-long')
    return {
      content: words.tooLong(opened.limit),
      embeds: [{ description: truncateMarkdown(escapeLines(report.text), 4000) }],
    };
  const { number, cardIn } = opened;
  return {
    content: [
      words.reported[report.type](number),
      ...(cardIn ? [words.reported.everybody(`<#${cardIn}>`)] : []),
    ].join(' '),
    components: [
      row(
        ...(cardIn ? [button(customId('follow', number), words.card.follow)] : []),
        button(customId('view', number), words.card.view),
      ),
    ],
  };
}
