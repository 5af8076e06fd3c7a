import { type APIMessageTopLevelComponent, ComponentType } from 'discord-api-types/v10';
import { signedUrl } from './attachments.ts';
import type { AttachmentRecord, DiscordState } from './state.ts';

type Json = Record<string, unknown>;

/**
 * Gives every component what Discord fills in by itself: ids in order of appearance, default bounds of selects,
 * and, for media, the file of an `attachment://` reference.
 */
export function completeComponents(
  state: DiscordState,
  components: readonly unknown[],
  files: readonly AttachmentRecord[],
): APIMessageTopLevelComponent[] {
  const taken = new Set<number>();
  walk(components, (c) => {
    if (typeof c.id === 'number' && c.id > 0) taken.add(c.id);
  });
  let next = 0;
  const freshId = () => {
    do next += 1;
    while (taken.has(next));
    return next;
  };
  const media = (value: unknown): Json => {
    const url = String((value as Json | undefined)?.url ?? '');
    const file = url.startsWith('attachment://')
      ? files.find((f) => f.filename === url.slice('attachment://'.length))
      : undefined;
    const resolved = file ? signedUrl(state, file) : url;
    return {
      id: file?.id ?? state.nextId(),
      url: resolved,
      proxy_url: resolved,
      width: file?.width ?? null,
      height: file?.height ?? null,
      content_type: file?.contentType ?? null,
      ...(file && { attachment_id: file.id }),
    };
  };
  const complete = (value: unknown): Json => {
    const { ...c } = value as Json;
    if (!c.id) c.id = freshId();
    if (Array.isArray(c.components)) c.components = c.components.map(complete);
    if (c.accessory) c.accessory = complete(c.accessory);
    if (c.component) c.component = complete(c.component);
    switch (c.type) {
      case ComponentType.StringSelect:
      case ComponentType.UserSelect:
      case ComponentType.RoleSelect:
      case ComponentType.MentionableSelect:
      case ComponentType.ChannelSelect:
        c.min_values ??= 1;
        c.max_values ??= 1;
        break;
      case ComponentType.Container:
        c.accent_color ??= null;
        c.spoiler ??= false;
        break;
      case ComponentType.Separator:
        c.spacing ??= 1;
        c.divider ??= true;
        break;
      case ComponentType.Thumbnail:
        c.media = media(c.media);
        c.description ??= null;
        c.spoiler ??= false;
        break;
      case ComponentType.MediaGallery:
        c.items = (c.items as Json[]).map((item) => ({
          media: media(item.media),
          description: item.description ?? null,
          spoiler: item.spoiler ?? false,
        }));
        break;
      case ComponentType.File: {
        const file = media(c.file);
        const stored = files.find((f) => f.id === file.id);
        c.file = file;
        c.name = stored?.filename ?? null;
        c.size = stored?.data.byteLength ?? null;
        c.spoiler ??= false;
        break;
      }
    }
    return c;
  };
  return components.map(complete) as unknown as APIMessageTopLevelComponent[];
}

/** Visits every component of a tree, parents first. */
export function walk(components: readonly unknown[], visit: (component: Json) => void): void {
  for (const value of components) {
    if (!value || typeof value !== 'object') continue;
    const c = value as Json;
    visit(c);
    if (Array.isArray(c.components)) walk(c.components, visit);
    if (c.accessory) walk([c.accessory], visit);
    if (c.component) walk([c.component], visit);
  }
}

/** The component of a message or modal with this `custom_id`. */
export function findComponent(components: readonly unknown[], customId: string): Json | undefined {
  let found: Json | undefined;
  walk(components, (c) => {
    if (c.custom_id === customId) found ??= c;
  });
  return found;
}
