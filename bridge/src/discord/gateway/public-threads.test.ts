import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import pino from 'pino';
import { Faults, startDiscord } from '../../../testing/sandbox.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { handlersFor } from '../../relay/entries.ts';
import { createRelay, type Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { memberDeleted, memberEdited } from '../../support/message-changes.ts';
import { createThreadChanges } from '../../support/public/thread-changes.ts';
import * as threadEvents from '../../support/public/thread-events.ts';
import { textsFor } from '../../texts/index.ts';
import { publicChannels } from '../../threads/channels.ts';
import type { ThreadEvent } from '../../threads/desk.ts';
import { findThread } from '../../threads/threads.ts';
import { createGuildLookup } from '../servers/guild-lookup.ts';
import { createRest, type GatewaySession, openGateway } from './gateway.ts';
import { createIntake } from './intake.ts';
import { createPublicIntake } from './public-intake.ts';

type Discord = Awaited<ReturnType<typeof startDiscord>>;

const logger = pino({ level: 'silent' });
const MESSAGE_CONTENT = GatewayIntentBits.MessageContent;

/** A gateway on a store, and what a desk hears of its public threads. */
async function listen(store: Store, discord: Discord) {
  const heard: { threadId: string; event: ThreadEvent }[] = [];
  const desk = {
    heard: async (tx: Tx, { id }: { id: string }, event: ThreadEvent) =>
      store.afterCommit(tx, () => void heard.push({ threadId: id, event })),
  };
  const relay: Relay = createRelay({
    ...{ store, logger, owner: { id: crypto.randomUUID(), leaseMs: 10_000 } },
    heartbeat: { alive: () => true, stop: async () => {} },
  });
  const nobody = async () => {};
  const team = { wrote: nobody, changed: nobody, changedEarlier: nobody };
  const changed = createThreadChanges({ desk, team });
  await relay.start(
    handlersFor(
      [threadEvents, { memberEdited, memberDeleted }],
      [
        ...threadEvents.createThreadEvents({ desk, team }),
        memberEdited.handledBy({
          decide: async (tx, { threadId = '', message }, { key }) =>
            void (await changed(tx, threadId, { is: 'edited', message }, key)),
        }),
        memberDeleted.handledBy({
          decide: async (tx, { threadId = '', messageId }, { key }) =>
            void (await changed(tx, threadId, { is: 'words-gone', messageId }, key)),
        }),
      ],
    ),
  );
  const connection = { apiUrl: `${discord.url}/api`, token: discord.botToken, threads: true };
  const rest = createRest(connection);
  const reading = {
    texts: textsFor('en').message,
    language: 'en',
    timeZone: 'UTC',
    names: { role: () => undefined, channel: () => undefined },
  };
  let session: GatewaySession;
  const open = async () => {
    session = await openGateway({
      ...{ connection, store, rest, logger },
      guildLookup: createGuildLookup(rest),
      intake: createIntake(relay, store, reading),
      publicIntake: createPublicIntake(relay, store, reading),
      publicChannels: publicChannels(store),
      onInteraction: async () => {},
      isHolder: () => true,
      beforeReview: async () => {},
    });
  };
  await open();
  return {
    heard,
    /** The events of a thread in short: what happened, with the words or what changed. */
    of: (threadId: string) =>
      heard.filter((each) => each.threadId === threadId).map(({ event }) => inShort(event)),
    open,
    close: () => session.stop(),
    async stop() {
      await session.stop();
      await relay.stop();
    },
  };
}

function inShort(event: ThreadEvent): string {
  switch (event.is) {
    case 'opened':
    case 'continued':
      return `${event.is} ${event.speaker.name}: ${event.message.text || event.message.notes.join()}`;
    case 'edited':
      return `edited ${event.message.text}${event.isQuestion ? ' (question)' : ''}`;
    case 'words-gone':
      return `gone${event.isQuestion ? ' (question)' : ''}`;
    default:
      return `${event.is} ${String(event.from)} → ${String(event.to)}`;
  }
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + 15_000; !(await condition()); await Bun.sleep(10))
    if (performance.now() > end) throw new Error('it did not happen in time');
}

for (const kind of storeKinds) {
  describe(`public threads on ${kind.name}`, () => {
    let place: TestPlace;
    let store: Store;
    let discord: Discord;
    let guild: ReturnType<Discord['createGuild']>;
    let forum: string;
    let hearing: Awaited<ReturnType<typeof listen>>;
    const faults = new Faults();
    const joined = (name: string) => {
      const user = discord.createUser({ username: name.toLowerCase(), globalName: name });
      guild.join(user);
      return user;
    };
    const heardOf = (threadId: string, ...events: string[]) =>
      until(() => events.every((event) => hearing.of(threadId).includes(event)));

    beforeAll(async () => {
      place = await kind.make();
      store = await place.open();
      discord = await startDiscord({ privilegedIntents: MESSAGE_CONTENT, faults });
      guild = discord.createGuild({
        name: 'Isles',
        channels: [
          { name: 'general' },
          {
            name: 'help',
            type: ChannelType.GuildForum,
            forum: { tags: [{ name: 'ios' }, { name: 'solved' }] },
          },
          { name: 'talk', type: ChannelType.GuildForum },
        ],
      });
      forum = guild.channel('help');
    });
    afterAll(async () => {
      await hearing?.stop();
      await discord?.stop();
      await place?.drop();
    });

    test('posts of before are adopted, and nobody hears of them', async () => {
      const old = joined('Old').post(forum, { title: 'Long ago', content: 'who remembers?', tags: ['ios'] });
      await Bun.sleep(2);
      await publicChannels(store).applySettings(
        new Map([
          [forum, 'answer'],
          [guild.channel('general'), 'watch'],
        ]),
        Date.now(),
      );
      hearing = await listen(store, discord);
      await until(async () => (await findThread(store.db, old)) !== undefined);
      expect(await findThread(store.db, old)).toMatchObject({
        ...{ adopted: true, title: 'Long ago', question: '', waiting_since: null, cursor: old },
      });
      expect(hearing.heard).toEqual([]);
      expect(await publicChannels(store).find(forum)).toMatchObject({
        ...{ guild_id: guild.id, name: 'help', isForum: true, access: 'open' },
        tags: [{ name: 'ios' }, { name: 'solved' }],
      });
    });

    test('a post is opened, continued, edited, tagged, renamed, archived and locked', async () => {
      const [ada, bo] = [joined('Ada'), joined('Bo')];
      const post = ada.post(forum, { title: 'It will not start', content: 'black screen', tags: ['ios'] });
      await heardOf(post, 'opened Ada: black screen');
      const asked = await findThread(store.db, post);
      expect(asked).toMatchObject({
        ...{ channel_id: forum, guild_id: guild.id, author_id: ada.id, author_name: 'Ada' },
        ...{ title: 'It will not start', question: 'black screen', question_id: post, adopted: false },
        ...{ answered_by: null, state: 'open', access: 'open' },
      });
      expect(asked?.waiting_since).toBeNumber();
      const answer = bo.say(post, 'hold the power button');
      await heardOf(post, 'continued Bo: hold the power button');
      expect(await findThread(store.db, post)).toMatchObject({
        ...{ waiting_since: null, answered_by: 'member', answer_id: answer.id, answerer_id: bo.id },
        cursor: answer.id,
      });
      const [first] = ada.read(post);
      ada.edit(first ?? '', 'black screen since today');
      await heardOf(post, 'edited black screen since today (question)');
      expect((await findThread(store.db, post))?.question).toBe('black screen since today');
      // Of a question that is too long to be kept, no half of a character is.
      for (const lead of ['', 'a']) {
        ada.edit(first ?? '', `${lead}${'<t:0:F>'.repeat(90)}${'👍'.repeat(500)}`);
        const kept = async () => (await findThread(store.db, post))?.question ?? '';
        await until(async () => (await kept()).startsWith(`${lead}Thursday`));
        expect(await kept()).toEndWith('👍');
      }
      bo.delete(answer);
      await heardOf(post, 'gone');
      const [ios = '', solved = ''] =
        (await publicChannels(store).find(forum))?.tags.map(({ id }) => id) ?? [];
      guild.moderate.changeThread(post, { tags: ['solved', 'ios'], title: 'Black screen', slowSeconds: 30 });
      await heardOf(post, `tagged ${ios} → ${solved},${ios}`, 'titled It will not start → Black screen');
      guild.moderate.changeThread(post, { archived: true });
      await heardOf(post, 'thread open → archived');
      expect(await findThread(store.db, post)).toMatchObject({ slow_ms: 30_000, title: 'Black screen' });
      guild.moderate.changeThread(post, { locked: true });
      await heardOf(post, 'thread archived → locked');
      // Known to have written in public only: no direct message is opened to look for more.
      const members = await store.db.selectFrom('members').select(['name', 'public_only']).execute();
      expect(members).toContainEqual({ name: 'Ada', public_only: 1 });
    });

    test('a thread that is made of somebody’s message is theirs, not of who made it', async () => {
      const [cleo, mod] = [joined('Cleo'), joined('Mod')];
      const said = cleo.say(guild.channel('general'), 'does this work on linux?');
      const thread = mod.startThread(said, 'Linux');
      await heardOf(thread, 'opened Cleo: does this work on linux?');
      expect(await findThread(store.db, thread)).toMatchObject({ author_id: cleo.id, title: 'Linux' });
    });

    test('what is not served, and what bots and private threads say, is not heard', async () => {
      const dora = joined('Dora');
      const elsewhere = dora.post(guild.channel('talk'), { title: 'Off topic', content: 'hello' });
      dora.say(guild.channel('general'), 'in the channel itself');
      const post = dora.post(forum, { title: 'On topic', content: 'hello again' });
      await heardOf(post, 'opened Dora: hello again');
      expect(await findThread(store.db, elsewhere)).toBeUndefined();
      expect(hearing.heard.some(({ event }) => inShort(event).includes('in the channel itself'))).toBe(false);
    });

    test('what happens while nobody listens is heard in order, with one request for the server', async () => {
      const [eve, finn] = [joined('Eve'), joined('Finn')];
      const quiet = eve.post(forum, { title: 'Quiet', content: 'nothing follows' });
      const busy = eve.post(forum, { title: 'Busy', content: 'first' });
      await heardOf(quiet, 'opened Eve: nothing follows');
      await heardOf(busy, 'opened Eve: first');
      await hearing.close();
      finn.say(busy, 'second');
      eve.say(busy, 'third');
      guild.moderate.changeThread(busy, { title: 'Busier' });
      const fresh = finn.post(forum, { title: 'New', content: 'while you were away' });
      const from = discord.requests.length;
      await hearing.open();
      await heardOf(busy, 'continued Finn: second', 'continued Eve: third', 'titled Busy → Busier');
      await heardOf(fresh, 'opened Finn: while you were away');
      expect(hearing.of(busy).filter((event) => event.startsWith('continued'))).toEqual([
        'continued Finn: second',
        'continued Eve: third',
      ]);
      const asked = discord.requests.slice(from).map(({ path }) => path.split('?')[0]);
      expect(asked.filter((path) => path === `/guilds/${guild.id}/threads/active`)).toHaveLength(1);
      expect(asked).not.toContain(`/channels/${quiet}/messages`);
    });

    test('what is deleted while the gap before it is fetched is heard before what follows it', async () => {
      const gus = joined('Gus');
      const thread = gus.post(forum, { title: 'Slips', content: 'word 0' });
      await heardOf(thread, 'opened Gus: word 0');
      await hearing.close();
      gus.say(thread, 'word 1');
      const repair = faults.add({
        on: 'api',
        method: 'GET',
        match: new RegExp(`/channels/${thread}/messages`),
        effect: { kind: 'status', status: 503 },
      });
      await hearing.open();
      gus.delete(gus.say(thread, 'word 2'));
      gus.say(thread, 'word 3');
      repair();
      await heardOf(thread, 'continued Gus: word 3', 'gone');
      expect(hearing.of(thread).filter((event) => event.startsWith('continued'))).toEqual(
        ['word 1', 'word 2', 'word 3'].map((word) => `continued Gus: ${word}`),
      );
    });

    test('a thread that is deleted, a channel that is hidden and shown again, and one that is deleted', async () => {
      const gil = joined('Gil');
      const gone = gil.post(forum, { title: 'A slip', content: 'never mind' });
      await heardOf(gone, 'opened Gil: never mind');
      guild.moderate.removeChannel(gone);
      await heardOf(gone, 'thread open → deleted');
      guild.moderate.denyBot(forum, PermissionFlagsBits.ViewChannel);
      const access = async () => (await publicChannels(store).find(forum))?.access;
      await until(async () => (await access()) === 'hidden');
      const hidden = gil.post(forum, { title: 'Unseen', content: 'can anybody see me?' });
      guild.moderate.denyBot(forum, 0n);
      await heardOf(hidden, 'opened Gil: can anybody see me?');
      expect(await access()).toBe('open');
      guild.moderate.denyBot(forum, PermissionFlagsBits.SendMessagesInThreads);
      await until(async () => (await access()) === 'read-only');
      guild.moderate.removeChannel(forum);
      await heardOf(hidden, 'thread open → deleted');
      expect(await access()).toBe('deleted');
    });
  });
}

test('without the Message Content intent the bot still opens, and says which words it cannot read', async () => {
  const place = await storeKinds[0].make();
  const store = await place.open();
  const discord = await startDiscord();
  const forum = { name: 'help', type: ChannelType.GuildForum };
  const guild = discord.createGuild({ name: 'Isles', channels: [forum] });
  const hana = discord.createUser({ username: 'hana', globalName: 'Hana' });
  guild.join(hana);
  const { serve } = publicChannels(store);
  const id = guild.channel('help');
  await store.transact((tx) => serve(tx, { id, rule: 'answer', setBy: 'server', at: Date.now() }));
  const hearing = await listen(store, discord);
  try {
    const post = hana.post(id, { title: 'Where is it?', content: 'I cannot find it' });
    await until(() => hearing.of(post).length > 0);
    expect(hearing.of(post)[0]).toContain('opened Hana: [A message whose words Discord does not show');
    expect(await findThread(store.db, post)).toMatchObject({ title: 'Where is it?', question: '' });
  } finally {
    await hearing.stop();
    await discord.stop();
    await place.drop();
  }
});
