import { type APIMessage, MessageType, type REST } from 'discord.js';
import type { CanonicalMessage } from '../../messages/canonical.ts';
import { Refused } from '../../relay/errors.ts';
import { describeEvent, fromDiscord } from '../format/from-discord.ts';
import type { ReaderContext } from '../format/readable.ts';
import { nameWithin } from '../format/to-discord.ts';
import { readPage } from '../history.ts';

/** Reads public threads for whoever comes to them late: the first message and the latest hundred, oldest first. */
export function createThreadReader({ rest, reading }: { rest: REST; reading: ReaderContext }) {
  /** What nobody wrote is left out; what the bot wrote for an agent has the agent's name. */
  function read(message: APIMessage): CanonicalMessage[] {
    const starter =
      message.type === MessageType.ThreadStarterMessage ? message.referenced_message : undefined;
    const said = starter ? { ...starter, id: message.id, channel_id: message.channel_id } : message;
    const written = fromDiscord(said, reading);
    if (describeEvent(said, written.author.name, reading.texts) !== null) return [];
    const agent = said.author.bot ? nameWithin(said.content) : null;
    return [
      agent ? { ...written, author: { ...written.author, name: agent.name }, text: agent.words } : written,
    ];
  }

  return async (threadId: string): Promise<CanonicalMessage[]> => {
    try {
      const latest = await readPage(rest, 'read a thread', threadId, {});
      const [first] = latest.some(({ id }) => id === threadId)
        ? []
        : await readPage(rest, 'read a thread', threadId, { after: '0', limit: 1 });
      const all = first && !latest.some(({ id }) => id === first.id) ? [first, ...latest] : latest;
      return all.flatMap(read);
    } catch (error) {
      if (error instanceof Refused) return [];
      throw error;
    }
  };
}
