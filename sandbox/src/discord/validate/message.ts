import { MessageFlags } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { checkMessageComponents } from './components.ts';
import { checkEmbeds } from './embeds.ts';
import type { Form } from './form.ts';

/** What is already there when a message is edited. */
export interface ExistingMessage {
  content: string;
  embeds: number;
  components: number;
  attachments: number;
  flags: number;
}

const settable =
  MessageFlags.SuppressEmbeds |
  MessageFlags.SuppressNotifications |
  MessageFlags.Ephemeral |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;

/**
 * Checks the body of a message to be created or edited: lengths, embeds, components, and that something is left to show.
 * `files` counts the uploads. Throws 50035 or 50006.
 */
export function checkMessageBody(body: Form, files: number, before?: ExistingMessage): void {
  body.string('content', { max: 2000 });
  const flags = body.integer('flags', { min: 0 }) ?? 0;
  const v2 = ((flags | (before?.flags ?? 0)) & MessageFlags.IsComponentsV2) !== 0;
  checkEmbeds(body);
  checkMessageComponents(body, v2);
  const attachments = body.list('attachments', { max: 10 });
  if (files > 10) body.fail('files', 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.');
  for (const attachment of attachments) attachment.string('description', { max: 1024 });
  const nonce = body.value.nonce;
  if (typeof nonce === 'string' && nonce.length > 25) {
    body.fail('nonce', 'NONCE_TYPE_TOO_LONG', 'Must be 25 or fewer in length.');
  } else if (body.has('nonce') && typeof nonce !== 'string' && typeof nonce !== 'number') {
    body.fail('nonce', 'NONCE_TYPE_CONVERT', 'Could not interpret as nonce.');
  }
  checkAllowedMentions(body);
  if (v2) {
    for (const key of ['content', 'embeds', 'sticker_ids', 'poll']) {
      const value = body.value[key];
      const present = body.has(key) && value !== '' && !(Array.isArray(value) && value.length === 0);
      if (present) {
        body.fail(
          key,
          'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
          `The '${key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        );
      }
    }
  }
  body.check();
  const count = (key: string, was: number) => (body.value[key] === undefined ? was : body.list(key).length);
  const content =
    body.value.content === undefined ? (before?.content ?? '') : String(body.value.content ?? '');
  const kept = body.value.attachments === undefined ? (before?.attachments ?? 0) : 0;
  const shown =
    (content.trim() ? 1 : 0) +
    count('embeds', before?.embeds ?? 0) +
    count('components', before?.components ?? 0) +
    (before ? count('attachments', kept) : 0) +
    files +
    (body.has('poll') ? 1 : 0) +
    (Array.isArray(body.value.sticker_ids) ? body.value.sticker_ids.length : 0);
  if (shown === 0) throw new DiscordError(50006);
}

/** The flags of a request that Discord lets an application set; others are ignored. */
export function settableFlags(body: Form): number {
  return (body.integer('flags') ?? 0) & settable;
}

function checkAllowedMentions(body: Form): void {
  const allowed = body.object('allowed_mentions');
  if (!allowed) return;
  const parse = Array.isArray(allowed.value.parse) ? allowed.value.parse : [];
  for (const key of ['users', 'roles']) {
    const ids = allowed.value[key];
    if (!Array.isArray(ids)) continue;
    if (ids.length > 100) allowed.fail(key, 'BASE_TYPE_MAX_LENGTH', 'Must be 100 or fewer in length.');
    if (ids.length > 0 && parse.includes(key)) {
      body.fail(
        'allowed_mentions',
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
        `parse:["${key}"] and ${key}: [ids...] are mutually exclusive.`,
      );
    }
  }
}
