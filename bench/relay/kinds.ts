import { join } from 'node:path';
import { runProvision } from '@flexcord/sandbox/src/bridge-process.ts';
import { bridgeSettings } from '@flexcord/sandbox/src/bridge-settings.ts';
import type { DiscordUser } from '@flexcord/sandbox/src/discord/index.ts';
import { openConversation } from '../baseline/original/twilio.ts';
import type { Clouds } from './clouds.ts';

/** What is measured. `original` is the baseline of all ratios. */
export const kindNames = ['original', 'forwarder', 'bridge, SQLite', 'bridge, PostgreSQL'] as const;
export type KindName = (typeof kindNames)[number];

export interface RelayKind {
  name: KindName;
  script: string;
  /** Where it keeps its journal. */
  store: 'none' | 'sqlite' | 'postgres';
  /** The variables that only this relay wants. */
  settings(clouds: Clouds, own: Place): Promise<Record<string, string>>;
  /** What must be there before a member can write; most relays make it themselves. */
  arrange?(clouds: Clouds, member: DiscordUser, url: string): Promise<unknown>;
  /** With these words a member gets an agent. */
  askForAgent: string;
  /** Once the bot has said this, the agent is there and nothing more is under way; null: the agent and the member's first words are enough. */
  agentIsThere: string | null;
  /** Where a conversation that was opened shows first. */
  opened: 'bot answers' | 'message at Twilio';
}

/** What a relay is given for itself. */
export interface Place {
  url: string;
  dataDir: string;
  databaseUrl?: string;
}

const script = (path: string) => join(import.meta.dir, path);
const ASK = 'I want to talk to a person';

export const forwarder: RelayKind = {
  name: 'forwarder',
  script: script('../baseline/forwarder/main.ts'),
  store: 'none',
  settings: async () => ({}),
  askForAgent: ASK,
  agentIsThere: null,
  opened: 'message at Twilio',
  arrange: ({ twilio }, member, url) => openForForwarder(twilio, member, url),
};

export const original: RelayKind = {
  name: 'original',
  script: script('../baseline/original/main.ts'),
  store: 'none',
  settings: async () => ({}),
  askForAgent: ASK,
  agentIsThere: null,
  opened: 'message at Twilio',
};

/** `extra`: further variables of the bridge. */
export const bridge = (store: 'sqlite' | 'postgres', extra: Record<string, string>): RelayKind => ({
  name: store === 'sqlite' ? 'bridge, SQLite' : 'bridge, PostgreSQL',
  script: script('../../bridge/src/main.ts'),
  store,
  askForAgent: ASK,
  agentIsThere: 'joined the chat',
  opened: 'bot answers',
  async settings(clouds, { url, dataDir, databaseUrl }) {
    const own = {
      // The path of a message is the same on both routes once an agent is there; this one opens chats with less work.
      FLEX_ROUTING: 'bridge',
      DATA_DIR: dataDir,
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      ...extra,
    };
    await runProvision({ ...bridgeSettings(clouds, url), ...own });
    return own;
  },
});

/** The forwarder keeps nothing, so its conversations carry all it must know. */
async function openForForwarder(
  { accountSid, authToken, url: apiUrl, workspaceSid, workflowSid }: Clouds['twilio'],
  member: DiscordUser,
  publicUrl: string,
): Promise<void> {
  await openConversation(
    { accountSid, authToken, apiUrl, workspaceSid, workflowSid, publicUrl },
    {
      identity: `discord_${member.id}`,
      name: member.globalName ?? '',
      uniqueName: member.dmChannelId,
      webhook: `webhook?channel=${member.dmChannelId}`,
    },
  );
}
