import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Addresses,
  fillOldDatabase,
  type Recording,
  readRecording,
} from '@flexcord/bridge/testing/old-databases';
import type { TestPlace } from '@flexcord/bridge/testing/stores';
import { bridgeProcess, freePort } from '../src/bridge-process.ts';
import { Faults } from '../src/core/faults.ts';
import { createGuildHandle } from '../src/discord/driver/guild.ts';
import { createUserHandle } from '../src/discord/driver/user.ts';
import { createView } from '../src/discord/driver/view.ts';
import { startDiscord } from '../src/discord/index.ts';
import type {
  ChannelRecord,
  DiscordState,
  GuildRecord,
  MessageRecord,
  UserRecord,
} from '../src/discord/state/state.ts';
import { startFeedServer } from '../src/feed-server.ts';
import { systemClock } from '../src/twilio/clock.ts';
import { startTwilio } from '../src/twilio/index.ts';
import type { TwilioState } from '../src/twilio/state.ts';
import { conformance } from './harness.ts';

const MESSAGE_CONTENT_INTENT = 1 << 15;
const LEARNED_CACHE = join(import.meta.dir, '../node_modules/.cache/flexcord-learned');

type DiscordPart = Pick<
  DiscordState,
  'users' | 'guilds' | 'channels' | 'messages' | 'commands' | 'interactions' | 'attachments' | 'nonces'
>;

interface Entry {
  key: string;
  kind: string;
  status: string;
}

interface Button {
  messageId: string;
  customId: string;
  /** Id of the only member who sees the message; null where a whole server does. */
  seenBy: string | null;
}

/**
 * A deployment as a killed bridge of an earlier version left it, `awayMs` later: both stand-ins with their recorded state,
 * its database in `place`, and the current bridge, not started yet. The clocks of all of them show the recorded time.
 */
export async function openOldDeployment(migration: string, place: TestPlace, awayMs: number) {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  const violations = new Set<string>();
  const onExchange: NonNullable<Parameters<typeof startDiscord>[0]>['onExchange'] = (exchange) => {
    for (const { operation, where, what } of conformance?.check(exchange) ?? [])
      violations.add(`${operation} ${where}: ${what}`);
  };
  const feed = startFeedServer();
  closing.push(() => feed.stop());
  const deliveries: { event: string; delivery: string; body: { case: { number: number } } }[] = [];
  const hook = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      deliveries.push({
        event: request.headers.get('flexcord-event') ?? '',
        delivery: request.headers.get('flexcord-delivery') ?? '',
        body: (await request.json()) as { case: { number: number } },
      });
      return new Response();
    },
  });
  closing.push(() => hook.stop(true));
  const [discordPort, twilioPort, port] = [await freePort(), await freePort(), await freePort()];
  const at = (number: number | undefined) => `http://127.0.0.1:${number}`;
  const addresses: Addresses = {
    discord: at(discordPort),
    'discord-host': `127.0.0.1:${discordPort}`,
    twilio: at(twilioPort),
    bridge: at(port),
    hook: at(hook.port),
    feed: new URL(feed.url).origin,
  };
  const recording = (await readRecording(migration, 'recording', addresses)) as Recording;
  const clouds = (await readRecording(migration, 'clouds', addresses)) as {
    discord: DiscordPart;
    twilio: TwilioState;
  };
  const { settings } = recording;
  const offset = recording.recordedAt + awayMs - Date.now();
  const now = () => Date.now() + offset;

  const faults = new Faults();
  let discordState: DiscordState | undefined;
  const discord = await startDiscord({
    port: discordPort,
    faults,
    onExchange,
    clock: { now },
    privilegedIntents: MESSAGE_CONTENT_INTENT,
    limits: {
      globalPerSecond: 1000,
      routes: { 'POST /channels/:channel/messages': { limit: 1000, windowMs: 1000 } },
    },
    preload(fresh) {
      discordState = fresh;
      for (const [part, kept] of Object.entries(clouds.discord)) {
        const map = fresh[part as keyof DiscordPart] as Map<string, unknown>;
        for (const [key, value] of kept as Map<string, unknown>) map.set(key, value);
      }
    },
  });
  closing.push(() => discord.stop());
  const twilio = await startTwilio({
    port: twilioPort,
    faults,
    onExchange,
    clock: { now, after: systemClock.after },
    accountSid: settings.TWILIO_ACCOUNT_SID,
    authToken: settings.TWILIO_AUTH_TOKEN,
    preload(fresh) {
      const cancel = () => {};
      for (const conversation of clouds.twilio.conversations.values()) conversation.cancelTimers = cancel;
      const { tasks, reservations } = clouds.twilio.taskRouter;
      for (const one of [...tasks.values(), ...reservations.values()]) one.cancelTimeout = cancel;
      Object.assign(fresh, clouds.twilio);
    },
  });
  closing.push(() => twilio.stop());
  await fillOldDatabase(place, migration, addresses);
  const { journal } = (await readRecording(migration, 'rows', addresses)) as { journal: Entry[] };
  const buttons = [...clouds.discord.messages.values()].flatMap((messages) =>
    [...messages.values()].flatMap((message) => buttonsOf(message, clouds.discord.channels)),
  );

  const dataDir = place.options.databaseUrl
    ? mkdtempSync(join(tmpdir(), 'flexcord-old-'))
    : place.options.dataDir;
  if (place.options.databaseUrl) closing.push(() => rmSync(dataDir, { recursive: true, force: true }));
  mkdirSync(LEARNED_CACHE, { recursive: true });
  symlinkSync(LEARNED_CACHE, join(dataDir, 'learned'));
  const bridge = bridgeProcess({
    ...settings,
    PORT: String(port),
    DATA_DIR: dataDir,
    ...(place.options.databaseUrl ? { DATABASE_URL: place.options.databaseUrl } : {}),
    BUN_OPTIONS: `--preload ${join(import.meta.dir, 'clock-offset.ts')}`,
    CLOCK_OFFSET_MS: String(offset),
  });
  closing.push(() => bridge.stop().catch(() => {}));

  const present = <T>(found: T | undefined, what: string): T => {
    if (found === undefined) throw new Error(`The recording has no ${what}`);
    return found;
  };
  const known = present(discordState, 'Discord');
  return {
    recording,
    discord,
    twilio,
    bridge,
    feed,
    /** Webhooks on cases that were sent so far. */
    deliveries,
    guild: createGuildHandle(known, present(known.guilds.get(recording.guildId), 'server') as GuildRecord),
    kim: twilio.createAgent({ identity: 'kim', fullName: 'Kim', roles: ['agent', 'supervisor'] }),
    /** The member of a name in lower case. */
    member(name: string) {
      const id = present(recording.members[name], name);
      return createUserHandle(known, present(known.users.get(id), name) as UserRecord);
    },
    /** Every button that the earlier version posted, oldest message first. */
    buttons,
    /** What the journal held of these when the bridge was killed. */
    pending: journal.filter(({ status }) => status === 'pending'),
    parked: journal.filter(({ status }) => status === 'parked'),
    /** The form that a member had open, by its custom id. */
    openForm(memberId: string, fits: RegExp) {
      const found = [...known.interactions.values()].findLast(
        ({ userId, modal }) => userId === memberId && fits.test(modal?.custom_id ?? ''),
      );
      return createView(known, present(found, `form ${fits}`));
    },
    /** The answer to what somebody used before the bridge was killed. */
    answerTo(memberId: string, command: string) {
      const found = [...known.interactions.values()].findLast(
        ({ userId, payload }) =>
          userId === memberId && (payload.data as { name?: string } | undefined)?.name === command,
      );
      return createView(known, present(found, `/${command}`));
    },
    /** Stops everything; fails when an exchange was not as the vendors' documents say. */
    async close() {
      await close();
      if (violations.size > 0) throw new Error(`Not as documented:\n${[...violations].join('\n')}`);
    },
  };
}

function buttonsOf(message: MessageRecord, channels: ReadonlyMap<string, ChannelRecord>): Button[] {
  const seenBy = message.visibleTo ?? channels.get(message.channelId)?.recipientId ?? null;
  return [...JSON.stringify(message.components).matchAll(/"custom_id":"([^"]+)"/g)].map(
    ([, customId = '']) => ({ messageId: message.id, customId, seenBy }),
  );
}

export type OldDeployment = Awaited<ReturnType<typeof openOldDeployment>>;
