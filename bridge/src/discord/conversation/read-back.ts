import { oneLine } from '@flexcord/shared/messages/one-line';
import { type APIMessage, EmbedType, type REST, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { CanonicalFile } from '../../messages/canonical.ts';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { Transient } from '../../relay/errors.ts';
import { MAX_PAGE_SIZE, readPage } from '../history.ts';
import type { OwnId } from '../own-id.ts';

/** What a message of ours is known again by. Plain data without anybody's words, because the journal keeps it. */
export interface Likeness {
  words: string;
  /** Size of its file in bytes; null without one. Discord changes the names of files, but not their sizes. */
  fileSize: number | null;
  /** Null without one; embeds that Discord makes of links are then no difference. */
  embed: string | null;
}

type Words = Pick<RESTPostAPIChannelMessageJSONBody, 'content' | 'embeds'>;

export const likenessOf = (body: Words, file?: CanonicalFile): Likeness => ({
  words: digestOf(body.content ?? ''),
  fileSize: file ? file.size : null,
  embed: body.embeds?.[0] ? embedDigest(body.embeds[0]) : null,
});

/** Discord adds embeds of the links in a message beside ours; only ours are `rich`. */
function resembles(message: APIMessage, { words, fileSize, embed }: Likeness): boolean {
  return (
    digestOf(message.content) === words &&
    (fileSize === null
      ? message.attachments.length === 0
      : message.attachments.some(({ size }) => size === fileSize)) &&
    (embed === null ||
      message.embeds.some((one) => one.type === EmbedType.Rich && embedDigest(one) === embed))
  );
}

/** Discord trims what is sent. */
const digestOf = (text: string): string =>
  new Bun.CryptoHasher('sha256').update(oneLine(text)).digest('base64url').slice(0, 22);

const embedDigest = ({ title = '', description = '' }: NonNullable<Words['embeds']>[number]) =>
  digestOf(`${title}\n${description}`);

/** Beyond this many messages after a place nobody reads on; what is uncertain stays so. */
const MAX_PAGES = 100;

/** Reads what a channel says about messages whose answers were lost. Discord's history gives no nonce back. */
export function createReadBack({ rest, ownId }: { rest: REST; ownId: OwnId }) {
  return {
    /** The id of the latest message of a channel; that of the channel where it has none. */
    async newest(channelId: string): Promise<string> {
      const [latest] = await readPage(rest, 'read back', channelId, { limit: 1 });
      return latest?.id ?? channelId;
    },

    /** Ids of all messages of ours after a place that resemble one that was sent, oldest first. */
    async alike(channelId: string, after: string, likeness: Likeness): Promise<string[]> {
      const ids: string[] = [];
      const botId = await ownId();
      let from = after;
      for (let pages = 0; pages < MAX_PAGES; pages += 1) {
        const found = await readPage(rest, 'read back', channelId, { after: from });
        for (const message of found) {
          // What answers a command or a button is sent in another way.
          const isPosted = message.author.id === botId && !message.interaction_metadata;
          if (isPosted && resembles(message, likeness)) ids.push(message.id);
        }
        if (found.length < MAX_PAGE_SIZE) return ids;
        from = found.at(-1)?.id ?? from;
      }
      throw new Transient(`read back: more than ${MAX_PAGE_SIZE * MAX_PAGES} messages`, { ambiguous: false });
    },

    /** Ids of messages of ours between two places that are words alone and begin with a name, oldest first; of one page. */
    async plainBetween(channelId: string, from: string, to: string, name: string): Promise<string[]> {
      const botId = await ownId();
      const found = await readPage(rest, 'read back', channelId, { after: from });
      return found
        .filter(
          ({ id, author, content, embeds, attachments, components = [], interaction_metadata }) =>
            author.id === botId &&
            !interaction_metadata &&
            compareSnowflakes(id, to) < 0 &&
            embeds.length + attachments.length + components.length === 0 &&
            content.startsWith(name) &&
            // Notices are small print.
            !content.startsWith('-# '),
        )
        .map(({ id }) => id);
    },
  };
}

export type ReadBack = ReturnType<typeof createReadBack>;

export const latestOf = (ids: readonly string[]): string | undefined =>
  ids.toSorted(compareSnowflakes).at(-1);
