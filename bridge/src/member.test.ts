import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Value } from '@sinclair/typebox/value';
import { findInStore } from '../testing/all-rows.ts';
import { type Chat, eventually, startChat } from '../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../testing/stores.ts';
import { loadConfig } from './config/config.ts';
import { twilioAccount } from './config/twilio-account.ts';
import { eraseMember, planErasure } from './privacy/erasure.ts';
import { exportMember, MemberExport } from './privacy/export.ts';
import { ErasureReceipt } from './privacy/receipt.ts';
import { openStore, type Store } from './store/open.ts';
import { conversationQueries } from './support/conversations.ts';
import { en } from './texts/en/index.ts';
import { addThread, changeThread, threadLink } from './threads/threads.ts';
import { createTwilio } from './twilio/client.ts';
import { createErasers } from './wiring/erasers.ts';

/** In every kind of words that a member can leave behind. */
const MARKER = 'xylograph';
const NAME = 'Quenby Marlowe';

const isDelete = ({ method }: { method: string }) => method === 'DELETE';

for (const kind of storeKinds) {
  describe(`on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;
    let store: Store;
    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place, {
        KNOWLEDGE_SAMPLE: 'false',
        CASE_WEBHOOK_URLS: 'http://127.0.0.1:9/cases',
        CASE_WEBHOOK_SECRET: 'a-secret-for-this-test-alone',
      });
      store = await openStore({ ...place.options, beside: true });
    });
    afterAll(async () => {
      await store?.close();
      await chat?.stop();
      await place?.drop();
    });

    /** A command of the operator's; `until` kills it at the first request that fits. */
    async function run(args: string[], until?: RegExp) {
      const env = Object.fromEntries(
        Object.entries(chat.settings).filter((entry): entry is [string, string] => entry[1] !== undefined),
      );
      const child = Bun.spawn(
        [process.execPath, '--no-env-file', join(import.meta.dir, 'member.ts'), ...args],
        { cwd: tmpdir(), env: { PATH: process.env.PATH ?? '', ...env }, stdout: 'pipe', stderr: 'pipe' },
      );
      const stop = chat.twilio.on('request', ({ method, path }) => {
        if (until?.test(`${method} ${path}`)) child.kill('SIGKILL');
      });
      const [out, err, code] = await Promise.all([
        new Response(child.stdout).text(),
        new Response(child.stderr).text(),
        child.exited,
      ]);
      stop();
      return { out, err, code };
    }

    type User = ReturnType<Chat['discord']['createUser']>;
    const inTranscripts = (text: string) =>
      chat.twilio.waitFor(() =>
        chat.twilio
          .conversations()
          .some(({ sid }) => chat.twilio.messages(sid).some(({ body }) => body?.includes(text))),
      );

    /** A report with its card, and the number of its case. */
    async function report(user: User, text: string): Promise<number> {
      user.slash('bug', { description: text }, { guild: chat.guild.id });
      const card = await eventually(
        () =>
          chat.discord
            .messages(chat.guild.channel('bugs'))
            .find((seen) => JSON.stringify(seen).includes(text)),
        (found) => found !== undefined,
      );
      return Number(/#(\d+)/.exec(card?.embeds[0]?.title ?? '')?.[1]);
    }
    const card = (number: number) =>
      chat.discord
        .messages(chat.guild.channel('bugs'))
        .find(({ embeds }) => embeds[0]?.title?.includes(`#${number} `));

    /** A question of the member's in public, and words of theirs in a thread of somebody else's that is with the team. */
    async function speakInPublic(member: User, other: User): Promise<string> {
      const ask = (id: string, author: User, title: string) =>
        store.transact((tx) =>
          addThread(
            tx,
            {
              ...{ id, title, guildId: chat.guild.id, channelId: chat.guild.channel('bugs') },
              ...{ authorId: author.id, tags: [], access: 'open', slowMs: 0, openedAt: Date.now() },
              lastMessageId: null,
            },
            false,
          ),
        );
      const [own, others] = ['900000000000000001', '900000000000000002'];
      await ask(own, member, `${MARKER} in public`);
      await store.transact((tx) =>
        changeThread(tx, own, { question: `who knows ${MARKER}`, author_name: NAME }),
      );
      await ask(others, other, 'Sails');
      const api = createTwilio(twilioAccount(loadConfig(chat.settings).config)).conversations.v1;
      const { sid } = await api.conversations.create({ friendlyName: 'Sails' });
      const link = threadLink({ guild_id: chat.guild.id, id: others });
      for (const [author, body] of [
        ['bot', `[In public]\n${link}\nCy: torn sails\n${NAME}: ${MARKER}`],
        [`discord_${other.id}`, 'Cy: they are torn'],
        [`discord_${member.id}`, `${NAME}: take the ${MARKER}`],
      ] as const)
        await api.conversations(sid).messages.create({ author, body });
      await store.transact(async (tx) => {
        const { id } = await conversationQueries(store).open(tx, other.id, others);
        const open = { phase: 'queued' as const, twilio_sid: sid };
        await tx.updateTable('conversations').set(open).where('id', '=', id).execute();
        const speaker = { conversation_id: id, member_id: member.id, name: NAME, avatar: null, spoke_at: 0 };
        await tx.insertInto('thread_speakers').values(speaker).execute();
      });
      return sid;
    }

    /** An incident whose title is made of the member's words, to which what they asked belongs, as well as what another did. */
    async function joinIncident(member: User, other: User, posts: readonly string[]): Promise<number> {
      const { body } = await chat.post<{ number: number }>(panelRoutes.cases, {
        ...{ memberId: other.id, title: `All ask for ${MARKER}`, description: '', type: 'support' },
        ...{ priority: 'high', tags: [], fields: {}, source: null },
      });
      const { number } = body;
      await store.db
        .insertInto('incidents')
        .values({
          ...{ case_number: number, words_of: member.id, language: 'en', members: 2, usual: 0, within_ms: 1 },
          ...{ signature: '{}', notice: null, over: null, published_by: null, published_at: null },
          ...{ opened_at: 0, changed_at: 0, ended_at: null },
        })
        .execute();
      const report = (memberId: string, ref: string) => ({
        ...{ incident: number, source: 'post' as const, ref, member_id: memberId, is_new_account: 0 },
        ...{ asked_at: 0, taken_out_by: null, taken_out_at: null, told_at: null, told_in: null },
      });
      await store.db
        .insertInto('incident_reports')
        .values([report(member.id, posts[0] ?? ''), report(other.id, posts[1] ?? '')])
        .execute();
      return number;
    }

    test('exports and erases a member everywhere, goes on after a kill, and meets them as somebody new', async () => {
      const quenby = chat.discord.createUser({ username: 'quenby', globalName: NAME });
      const cy = chat.discord.createUser({ username: 'cy', globalName: 'Cy' });
      for (const user of [quenby, cy]) chat.guild.join(user);
      const bugs = chat.guild.createChannel({ name: 'bugs' }).id;
      await store.db
        .insertInto('guilds')
        .values({
          ...{ id: chat.guild.id, locale: 'en-US', bugs_id: bugs, changed_at: 0 },
          ...{ announcements_id: null, features_id: null, support_id: null },
          ...{ panel_message_id: null, moderator_role_id: null },
        })
        .execute();

      // A life: questions, a file, an edit, a chat with the team, cases, votes, notes, judgements.
      quenby.dm(`where does the ${MARKER} go`);
      await inTranscripts(`where does the ${MARKER} go`);
      const file = { name: `${MARKER}.png`, data: 'picture', contentType: 'image/png' };
      const sent = quenby.dm(`a picture of my ${MARKER} one`, { attachments: [file] });
      await inTranscripts(`${MARKER} one`);
      quenby.edit(sent, `a picture of my ${MARKER} two`);
      quenby.dm('let me talk to a person');
      const offered = await chat.agent.waitForReservation(
        ({ task }) => task.attributes.customerName === NAME,
      );
      await chat.agent.accept(offered);
      const sid = String(offered.task.attributes.conversationSid);
      await inTranscripts(`${MARKER} two`);
      chat.agent.send(sid, `Your ${MARKER}, I see.`);
      const heard = await eventually(
        () => quenby.inbox().find(({ content }) => content.includes('I see.')),
        (found) => found !== undefined,
      );
      if (heard) quenby.react(heard, '👍');
      const draft = (await chat.get<Record<string, unknown>>(panelRoutes.casePrefill(sid))).body;
      const source = { conversationSid: sid, taskSid: offered.task.sid };
      const opened = await chat.post<{ id: string; version: number }>(panelRoutes.cases, {
        ...draft,
        ...{ memberId: quenby.id, source },
      });
      expect(opened.status).toBe(200);
      const comment = { text: `about ${MARKER}`, visibility: 'public', version: opened.body.version };
      await chat.post(panelRoutes.caseComments(opened.body.id), comment);
      await chat.post(panelRoutes.notes(quenby.id), { text: `asks for ${MARKER}` });
      const judged = { articleId: null, verdict: 'none-fits', conversationSid: sid };
      await chat.post(panelRoutes.knowledgeFeedback, { query: `${MARKER} place`, ...judged });
      const own = await report(quenby, `the ${MARKER} is broken`);
      const others = await report(cy, 'the sail is torn');
      for (const [user, number] of [
        [cy, own],
        [quenby, others],
      ] as const) {
        const shown = card(number);
        if (shown) user.click(shown, `flexcord:vote:${number}`);
        await eventually(
          () => store.db.selectFrom('cases').select('votes').where('number', '=', number).executeTakeFirst(),
          (row) => row?.votes === 1,
        );
      }
      quenby.rename(`${NAME} II`);
      quenby.dm('one more thing');
      await inTranscripts('one more thing');

      // With the team there, nothing is done.
      const clouds = createErasers(loadConfig(chat.settings).config, store);
      const erasure = { store, texts: en, ...clouds };
      expect((await planErasure(erasure, quenby.id)).withTeam).toBe(true);
      expect(await eraseMember(erasure, quenby.id)).toEqual({ is: 'with-team' });
      expect(chat.twilio.messages(sid).length).toBeGreaterThan(3);
      chat.agent.endChat(offered.task.sid);
      await eventually(
        () =>
          store.db
            .selectFrom('conversations')
            .select('phase')
            .where('twilio_sid', '=', sid)
            .executeTakeFirst(),
        (row) => row?.phase === 'closed',
      );

      const sails = await speakInPublic(quenby, cy);
      const incident = await joinIncident(quenby, cy, ['900000000000000001', '900000000000000002']);

      // Access.
      const exported = await exportMember({ store, twilio: clouds.twilio }, quenby.id);
      expect([...Value.Errors(MemberExport, exported)]).toEqual([]);
      expect(exported.conversations[0]?.transcript?.map(({ body }) => body).join()).toContain(`${MARKER} go`);
      expect(exported.files.map(({ name }) => name)).toEqual([`${MARKER}.png`]);
      expect(exported.notes).toHaveLength(1);
      expect(exported.cases.map(({ record }) => record.number)).toContain(own);
      expect(exported.votes).toMatchObject([{ case_number: others }]);
      expect(exported.posts).toMatchObject([{ title: `${MARKER} in public` }]);
      expect(exported.incidents).toMatchObject([{ incident, source: 'post' }]);
      expect(exported.knowledge.gaps.length).toBeGreaterThan(1);

      // What would be taken away, and nothing of it is.
      const before = await findInStore(store, [quenby.id, NAME, MARKER]);
      const [inbox, deletions] = [quenby.inbox().length, () => chat.twilio.requests.filter(isDelete).length];
      const deleted = deletions();
      const dry = await run(['erase', quenby.id, '--dry-run']);
      expect(dry).toMatchObject({ code: 0, err: '' });
      expect(dry.out).toContain(NAME);
      expect(dry.out).toEndWith('Nothing was changed (--dry-run).\n');
      expect(await findInStore(store, [quenby.id, NAME, MARKER])).toEqual(before);
      expect({ inbox: quenby.inbox().length, deleted: deletions() }).toEqual({ inbox, deleted });

      // Erasure: broken off, gone on with.
      const receiptPath = join(tmpdir(), `receipt-${kind.name}-${quenby.id}.json`);
      const erase = ['erase', quenby.id, '--yes', '--receipt', receiptPath];
      if (kind.name === 'sqlite') {
        const killed = await run(erase, /^DELETE .*\/Conversations\/CH[0-9a-f]+$/);
        expect(killed.code).not.toBe(0);
      }
      const done = await run([...erase, '--language', 'ja']);
      expect(done).toMatchObject({ code: 0, err: '' });
      expect(done.out).toContain('個人データの消去');
      const receipt = (await Bun.file(receiptPath).json()) as ErasureReceipt;
      expect([...Value.Errors(ErasureReceipt, receipt)]).toEqual([]);
      expect(receipt.taken).toMatchObject({ members: 1, member_notes: 1, casesKept: 1, cases: 2, votes: 1 });
      expect(receipt.remains.map(({ what }) => what)).toContain('insights');

      expect(await findInStore(store, [quenby.id, NAME, MARKER])).toEqual([]);
      for (const path of place.options.dataDir ? new Bun.Glob('*').scanSync(place.options.dataDir) : []) {
        const bytes = await Bun.file(join(place.options.dataDir ?? '', path)).bytes();
        expect({ path, found: Buffer.from(bytes).includes(MARKER) }).toEqual({ path, found: false });
      }
      const atTwilio = JSON.stringify([
        chat.twilio.conversations().map(({ sid }) => chat.twilio.messages(sid)),
        chat.twilio.conversations(),
        chat.twilio.tasks(),
      ]);
      for (const trace of [quenby.id, NAME, MARKER]) expect(atTwilio).not.toContain(trace);
      expect(chat.twilio.media()).toEqual([]);
      const left = chat.twilio.messages(sails).map(({ body }) => body);
      expect(left).toHaveLength(2);
      expect(left[0]).toEndWith('/900000000000000002');
      expect(left[1]).toBe('Cy: they are torn');
      expect(quenby.inbox().filter(({ author }) => author.id === chat.discord.applicationId)).toEqual([]);
      const shown = JSON.stringify(card(own));
      expect(shown).toContain('削除済みメンバー');
      for (const trace of [quenby.id, NAME, MARKER]) expect(shown).not.toContain(trace);
      expect(JSON.stringify(card(others))).toContain('the sail is torn');
      expect(await findInStore(store, [cy.id])).toEqual(
        expect.arrayContaining(['case_votes.member_id', 'incident_reports.member_id']),
      );

      // Again: nothing more, and no harm.
      const again = await eraseMember(erasure, quenby.id);
      expect(again).toMatchObject({ is: 'done', receipt: { taken: {} } });
      if (kind.name === 'sqlite') {
        expect((await run(erase)).out).toContain(`Receipt: ${receiptPath.replace('.json', '-2.json')}`);
        expect(await Bun.file(receiptPath).json()).toEqual(receipt);
      }

      // Whoever writes again is new: what Discord still has of before is not heard, also after the gateway was lost.
      chat.discord.gateway.dropConnections({ resumable: false });
      await eventually(
        () => chat.discord.gateway.sessions,
        (sessions) => sessions.length > 0,
      );
      quenby.dm('hello from a newcomer');
      await inTranscripts('hello from a newcomer');
      expect(await findInStore(store, [MARKER])).toEqual([]);
      const conversations = await store.db
        .selectFrom('conversations')
        .selectAll()
        .where('member_id', '=', quenby.id)
        .execute();
      expect(conversations).toHaveLength(1);
      expect(conversations[0]?.previous_id).toBeNull();
    });
  });
}
