import { type APIEmbed, EmbedType, MessageFlags } from 'discord-api-types/v10';
import type { DiscordState, MessageRecord } from './state.ts';

/** As clients show them; Discord itself makes no more of one message. */
const MAX_PREVIEWS = 5;
const MAX_EMBEDS = 10;

/**
 * Adds the previews of a message's links some moments after it was written or edited, whoever wrote it: an update that is
 * no edit (https://docs.discord.com/developers/resources/message#embed-object). Returns the function that ends it.
 */
export function addLinkPreviews(state: DiscordState): () => void {
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** The words of which the links were looked at. */
  const seen = new WeakMap<MessageRecord, string>();

  const unsubscribe = state.subscribe((event) => {
    if (event.type !== 'messageCreate' && event.type !== 'messageUpdate') return;
    const { message } = event;
    const words = message.content;
    if (seen.get(message) === words) return;
    seen.set(message, words);
    const isStale = message.embeds.some(isPreview);
    if (!isStale && linksOf(message).length === 0) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (message.content !== words || !state.messages.get(message.channelId)?.has(message.id)) return;
      const own = message.embeds.filter((embed) => !isPreview(embed));
      message.embeds = [...own, ...linksOf(message).map(previewOf)].slice(0, MAX_EMBEDS);
      state.emit({ type: 'messageUpdate', message, onlyEmbeds: true });
    }, state.limits.linkPreviewMs);
    timer.unref();
    timers.add(timer);
  });
  return () => {
    unsubscribe();
    for (const timer of timers) clearTimeout(timer);
  };
}

/** What bots put into a message themselves is `rich`. */
const isPreview = ({ type }: APIEmbed): boolean => type !== undefined && type !== EmbedType.Rich;

/** The links that are looked up: not those in code or in angle brackets, nor of hosts that only this machine knows. */
function linksOf({ content, flags }: MessageRecord): string[] {
  if (flags & MessageFlags.SuppressEmbeds) return [];
  const words = content.replace(/```[\s\S]*?```|`[^`]*`|<[^>]*>/g, ' ');
  const found = words.match(/https?:\/\/[^\s)]+/g) ?? [];
  const hosts = found.filter((link) => /\.[a-z]{2,}$/i.test(URL.parse(link)?.hostname ?? ''));
  return [...new Set(hosts)].slice(0, MAX_PREVIEWS);
}

function previewOf(link: string): APIEmbed {
  const { href, hostname } = new URL(link);
  // With the address that the page has, which need not be the one that was written.
  const embed = { type: EmbedType.Link, url: href, title: `Preview of ${hostname}`, content_scan_version: 0 };
  return embed as APIEmbed;
}
