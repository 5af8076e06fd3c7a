import {
  type APIEmbed,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits as P,
} from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { type Form, readForm } from '../validate/form.ts';
import { checkMessageBody, settableFlags } from '../validate/message.ts';
import { storeAttachment, type Upload } from './attachments.ts';
import { completeComponents } from './components.ts';
import { resolveMentions } from './mentions.ts';
import { addMessage, getMessage } from './messages.ts';
import { channelPermissions } from './permissions.ts';
import { newPoll } from './polls.ts';
import { toSnapshot } from './snapshots.ts';
import {
  type AttachmentRecord,
  type ChannelRecord,
  type DiscordState,
  type MessageRecord,
  timestamp,
} from './state.ts';

export interface Composition {
  authorId: string;
  channel: ChannelRecord;
  /** The JSON body of the request. */
  body: unknown;
  /** Uploaded files by the number in `files[n]`. */
  uploads: ReadonlyMap<string, Upload>;
  /** Set for interaction responses: what makes them theirs. */
  parts?: Partial<MessageRecord>;
}

/** Checks a message body and stores the message. Permissions are the caller's concern. */
export function composeMessage(state: DiscordState, composition: Composition): MessageRecord {
  const { authorId, channel, uploads, parts } = composition;
  const form = readForm(composition.body);
  const reference = readReference(state, channel, form);
  const forwarded = reference?.type === MessageReferenceType.Forward;
  if (!forwarded) checkMessageBody(form, uploads.size);
  const flags = settableFlags(form);
  const isVoice = (flags & MessageFlags.IsVoiceMessage) !== 0;
  if (isVoice && (uploads.size !== 1 || form.value.content)) {
    form.fail(
      'flags',
      'MESSAGE_VOICE_INVALID',
      'Voice messages must have a single audio attachment and no content.',
    );
    form.check();
  }
  const files = storeUploads(state, channel, form, uploads, (flags & MessageFlags.Ephemeral) !== 0);
  const content = String(form.value.content ?? '').trim();
  const repliedTo = reference && !forwarded ? replyTarget(state, reference) : undefined;
  const mentions = resolveMentions(
    state,
    channel,
    authorId,
    content,
    form.value.allowed_mentions as Parameters<typeof resolveMentions>[4],
    repliedTo?.authorId,
  );
  const message = addMessage(state, channel, {
    channelId: channel.id,
    authorId,
    content,
    tts: form.value.tts === true,
    flags: forwarded ? flags | MessageFlags.HasSnapshot : flags,
    type: repliedTo ? MessageType.Reply : MessageType.Default,
    embeds: completeEmbeds(form),
    components: completeComponents(state, asList(form.value.components), files),
    attachments: files.map((f) => f.id),
    mentions: mentions.users,
    mentionRoles: mentions.roles,
    mentionEveryone: mentions.everyone,
    nonce: (form.value.nonce as string | number | null | undefined) ?? undefined,
    ...(form.has('poll') && { poll: newPoll(state, form) }),
    ...(reference && (repliedTo || forwarded) && { reference }),
    ...(forwarded && { snapshots: [toSnapshot(state, replyTarget(state, reference))] }),
    ...parts,
  });
  return message;
}

/** Checks an edit and carries it out. What is absent stays; `attachments`, where given, names the ones to keep. */
export function editMessage(
  state: DiscordState,
  channel: ChannelRecord,
  message: MessageRecord,
  body: unknown,
  uploads: ReadonlyMap<string, Upload>,
): MessageRecord {
  const form = readForm(body);
  checkMessageBody(form, uploads.size, {
    content: message.content,
    embeds: message.embeds.length,
    components: message.components.length,
    attachments: message.attachments.length,
    flags: message.flags,
  });
  const files = storeUploads(state, channel, form, uploads, message.visibleTo !== undefined);
  if (form.value.attachments !== undefined) {
    const kept = new Set(form.list('attachments').map((a) => String(a.value.id)));
    message.attachments = message.attachments.filter((id) => kept.has(id));
  }
  message.attachments = [...message.attachments, ...files.map((f) => f.id)];
  const all = message.attachments.flatMap((id) => state.attachments.get(id) ?? []);
  if (form.value.content !== undefined) {
    message.content = String(form.value.content ?? '').trim();
    const mentions = resolveMentions(
      state,
      channel,
      message.authorId,
      message.content,
      form.value.allowed_mentions as Parameters<typeof resolveMentions>[4],
    );
    message.mentions = mentions.users;
    message.mentionRoles = mentions.roles;
  }
  if (form.value.embeds !== undefined) message.embeds = completeEmbeds(form);
  if (form.value.components !== undefined) {
    message.components = completeComponents(state, asList(form.value.components), all);
  }
  const suppress = MessageFlags.SuppressEmbeds;
  if (form.has('flags')) {
    const wanted = Number(form.value.flags);
    message.flags = (message.flags & ~suppress) | (wanted & (suppress | MessageFlags.IsComponentsV2));
  }
  message.editedTimestamp = editedAt(state, message);
  state.emit({ type: 'messageUpdate', message });
  return message;
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function storeUploads(
  state: DiscordState,
  channel: ChannelRecord,
  form: Form,
  uploads: ReadonlyMap<string, Upload>,
  ephemeral: boolean,
): AttachmentRecord[] {
  const described = new Map(form.list('attachments').map((a) => [String(a.value.id), a]));
  return [...uploads].map(([index, upload]) => {
    const about = described.get(index);
    return storeAttachment(
      state,
      channel.id,
      {
        ...upload,
        name: about?.string('filename') || upload.name,
        description: about?.string('description') ?? upload.description,
        durationSecs: (about?.value.duration_secs as number | undefined) ?? upload.durationSecs,
        waveform: about?.string('waveform') ?? upload.waveform,
        spoiler: about?.value.is_spoiler === true || upload.spoiler === true,
      },
      ephemeral,
    );
  });
}

function completeEmbeds(form: Form): APIEmbed[] {
  return form.list('embeds').map((embed) => {
    const out: Record<string, unknown> = {};
    for (const key of [
      'title',
      'description',
      'url',
      'timestamp',
      'color',
      'footer',
      'image',
      'thumbnail',
      'author',
      'fields',
    ]) {
      if (embed.has(key)) out[key] = embed.value[key];
    }
    const fields = embed.list('fields');
    if (fields.length > 0) out.fields = fields.map((f) => ({ ...f.value, inline: f.value.inline === true }));
    for (const key of ['image', 'thumbnail']) {
      const url = embed.object(key)?.string('url');
      if (url) out[key] = { url, ...(!url.startsWith('attachment://') && { proxy_url: url }), flags: 0 };
    }
    return { type: 'rich', ...out, content_scan_version: 0 } as APIEmbed;
  });
}

type Reference = NonNullable<MessageRecord['reference']>;

/** Reads `message_reference`; an unknown message is refused unless `fail_if_not_exists` is false. */
function readReference(state: DiscordState, channel: ChannelRecord, form: Form): Reference | undefined {
  const given = form.object('message_reference');
  if (!given) return undefined;
  const id = given.string('message_id', { required: true });
  const type = given.integer('type', { min: 0, max: 1 }) ?? MessageReferenceType.Default;
  form.check();
  const forward = type === MessageReferenceType.Forward;
  const channelId = (forward && given.string('channel_id')) || channel.id;
  const target = state.messages.get(channelId)?.get(String(id));
  if (!target || target.visibleTo) {
    if (given.value.fail_if_not_exists === false && !forward) return undefined;
    form.fail('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
    form.check();
  }
  const guildId = state.channels.get(channelId)?.guildId;
  return { type, channel_id: channelId, message_id: String(id), ...(guildId && { guild_id: guildId }) };
}

function replyTarget(state: DiscordState, reference: Reference): MessageRecord {
  return getMessage(state, reference.channel_id, String(reference.message_id));
}

/** Refuses where the author may not write here, by Discord's rules for DMs, threads and permissions. */
export function requireMaySend(
  state: DiscordState,
  channel: ChannelRecord,
  authorId: string,
  wants: { files: boolean; reply: boolean },
): void {
  if (!channel.guildId) return;
  const permissions = channelPermissions(state, channel, authorId);
  if (!(permissions & P.ViewChannel)) throw new DiscordError(50001);
  const needed =
    (channel.thread ? P.SendMessagesInThreads : P.SendMessages) |
    (wants.files ? P.AttachFiles : 0n) |
    (wants.reply ? P.ReadMessageHistory : 0n);
  if ((permissions & needed) !== needed) throw new DiscordError(50013);
  const { thread } = channel;
  if (thread?.locked && !(permissions & P.ManageThreads)) throw new DiscordError(160005);
  // A message opens a thread that is archived (https://docs.discord.com/developers/topics/threads#active-archived-threads).
  if (thread?.archived) {
    thread.archived = false;
    thread.archivedAt = timestamp(state);
    state.emit({ type: 'threadUpdate', channel });
  }
}

/** Discord's times have microseconds, so that two edits never have the same one, however fast they follow. */
function editedAt(state: DiscordState, { editedTimestamp }: MessageRecord): string {
  const now = timestamp(state);
  if (editedTimestamp === null || editedTimestamp < now) return now;
  return editedTimestamp.replace(/\d{3}(?=\+)/, (micros) => String(Number(micros) + 1).padStart(3, '0'));
}
