import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { findInStore } from '../../testing/all-rows.ts';
import { type Chat, eventually, startChat } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { openStore, type Store } from '../store/open.ts';

let place: TestPlace;
let chat: Chat;
let store: Store;
const hook = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response(null, { status: 503 }) });

beforeAll(async () => {
  place = await storeKinds[0].make();
  chat = await startChat(place, {
    CASE_WEBHOOK_URLS: `${hook.url}cases`,
    CASE_WEBHOOK_SECRET: 'a-secret-for-this-test-alone',
  });
  store = await openStore({ ...place.options, beside: true });
});
afterAll(async () => {
  await store?.close();
  await chat?.stop();
  await hook.stop(true);
  await place?.drop();
});

let members = 0;
const marker = () => `zq${crypto.randomUUID().slice(0, 8)}`;

type User = ReturnType<Chat['discord']['createUser']>;

function newMember(): User {
  members += 1;
  const user = chat.discord.createUser({ username: `member${members}`, globalName: `Member ${members}` });
  chat.guild.join(user);
  return user;
}

/** The SID of the member's newest conversation, once it is on Twilio. */
async function conversationOf({ id }: User): Promise<string> {
  const row = await eventually(
    () =>
      store.db
        .selectFrom('conversations')
        .select('twilio_sid')
        .where('member_id', '=', id)
        .orderBy('opened_at', 'desc')
        .executeTakeFirst(),
    (found) => found?.twilio_sid != null,
  );
  return row?.twilio_sid ?? '';
}

const inTranscript = (sid: string, text: string) =>
  chat.twilio.waitFor(() => chat.twilio.messages(sid).some(({ body }) => body?.includes(text)));

async function withAgent(user: User): Promise<{ sid: string; caseId: string; task: string }> {
  user.dm('let me talk to a person please');
  const offered = await chat.agent.waitForReservation(
    ({ task }) => task.attributes.customerName === user.globalName,
  );
  await chat.agent.accept(offered);
  const sid = String(offered.task.attributes.conversationSid);
  const row = await store.db
    .selectFrom('conversations')
    .select('case_number')
    .where('twilio_sid', '=', sid)
    .executeTakeFirstOrThrow();
  return { sid, caseId: String(row.case_number), task: offered.task.sid };
}

/** Resolves when it is decided that a message is deleted, or edited. */
const changed = ({ id }: { id: string }, column: 'deleted_at' | 'words') =>
  eventually(
    () => store.db.selectFrom('messages').select(column).where('id', '=', id).executeTakeFirstOrThrow(),
    (row) => row[column] != null,
  );

/** All that the bridge shows of words, beside the transcript itself and Discord. */
async function surfaces(user: User, sid: string, caseId: string): Promise<Record<string, string>> {
  const read = async (path: string) => JSON.stringify((await chat.get(path)).body);
  return {
    draft: await read(panelRoutes.casePrefill(sid)),
    case: await read(panelRoutes.case(caseId)),
    csv: await read(panelRoutes.caseExport),
    suggestions: await read(panelRoutes.suggestions(sid)),
    gaps: await read(panelRoutes.libraryGaps),
    lessons: await read(panelRoutes.libraryLessons),
    webhooks: await read(panelRoutes.webhookDeliveries),
    tasks: JSON.stringify(chat.twilio.tasks().filter(({ attributes }) => attributes.conversationSid === sid)),
    own: JSON.stringify(chat.twilio.messages(sid).filter(({ author }) => author !== `discord_${user.id}`)),
  };
}

/** Nothing says it any more; what is under way is waited for. */
async function gone(word: string, user: User, sid: string, caseId: string): Promise<void> {
  await eventually(
    async () => {
      const all = await surfaces(user, sid, caseId);
      const where = Object.entries(all).filter(([, text]) => text.includes(word));
      // The first two hold what the transcript is made of, for thirty days. SQLite takes words that nothing has any more out of
      // its index when it next merges it; a search does not find them.
      const kept = ['messages', 'journal', 'case_search_data'];
      const rows = await findInStore(store, [word], kept);
      return [...where.map(([name]) => name), ...rows];
    },
    (where) => where.length === 0,
  );
  // Once only: members who ask many times are asked to wait.
  const view = user.slash('case view', { number: Number(caseId) }, { guild: chat.guild.id });
  const shown = await eventually(
    () => JSON.stringify(view.response ?? ''),
    (text) => text.includes(`#${caseId}`),
  );
  expect(shown).not.toContain(word);
}

test('what was deleted before the hand-off is in no summary, task, case, draft, gap or search', async () => {
  const user = newMember();
  const word = marker();
  user.dm('my lantern shop crashes with an error');
  const bad = user.dm(`the secret of ${word} is broken in my lantern`);
  const sid = await conversationOf(user);
  await inTranscript(sid, word);
  user.delete(bad);
  await changed(bad, 'deleted_at');
  const { caseId } = await withAgent(user);
  await gone(word, user, sid, caseId);
  const draft = await chat.get<{ description: string }>(panelRoutes.casePrefill(sid));
  expect(draft.body.description).toContain('my lantern shop crashes');
});

test('what was deleted after the hand-off leaves the summary, the case that was opened for it, and what was learned', async () => {
  const user = newMember();
  const word = marker();
  const bad = user.dm(`the ${word} cannot be dyed in the harbour`);
  await inTranscript(await conversationOf(user), word);
  const { sid, caseId, task } = await withAgent(user);
  const late = marker();
  const second = user.dm(`here is my ${late} password for you`);
  await inTranscript(sid, late);
  expect((await chat.get<{ title: string }>(panelRoutes.case(caseId))).body.title).toContain(word);
  const draft = (await chat.get<{ title: string; description: string }>(panelRoutes.casePrefill(sid))).body;
  expect(draft.description).toContain(late);
  const { status, body: opened } = await chat.post<{ id: string }>(panelRoutes.cases, {
    ...draft,
    memberId: user.id,
    source: { conversationSid: sid, taskSid: task },
  });
  expect({ status, opened }).toMatchObject({ status: 200 });
  await chat.post(panelRoutes.knowledgeFeedback, {
    ...{ query: `the ${word} cannot be dyed in the harbour`, articleId: null },
    ...{ verdict: 'none-fits', conversationSid: sid },
  });
  user.delete(bad);
  user.delete(second);
  await changed(second, 'deleted_at');
  await gone(word, user, sid, caseId);
  await gone(late, user, sid, opened.id);
  // The agent's form was still open.
  const { version } = (await chat.get<{ version: number }>(panelRoutes.case(opened.id))).body;
  const edit = { version, description: draft.description };
  expect((await chat.post<{ description: string }>(panelRoutes.caseEdits(opened.id), edit)).status).toBe(200);
  await chat.post(panelRoutes.knowledgeFeedback, {
    ...{ query: `the ${word} cannot be dyed in the harbour`, articleId: null },
    ...{ verdict: 'none-fits', conversationSid: sid },
  });
  await gone(word, user, sid, caseId);
  await gone(late, user, sid, opened.id);
});

test('what was deleted after the end comes back in no draft of a case', async () => {
  const user = newMember();
  const { sid, caseId, task } = await withAgent(user);
  const word = marker();
  const bad = user.dm(`my address is ${word} street`);
  await inTranscript(sid, word);
  chat.agent.endChat(task);
  await eventually(
    () =>
      store.db
        .selectFrom('conversations')
        .select('phase')
        .where('twilio_sid', '=', sid)
        .executeTakeFirstOrThrow(),
    ({ phase }) => phase === 'closed',
  );
  user.delete(bad);
  await changed(bad, 'deleted_at');
  await gone(word, user, sid, caseId);
});

test('the old words of an edited message are used no more, the new ones are', async () => {
  const user = newMember();
  const [old, between, now] = [marker(), marker(), marker()];
  const message = user.dm(`the ${old} of my ship does not turn`);
  const sid = await conversationOf(user);
  await inTranscript(sid, old);
  user.edit(message, `the ${between} of my ship does not turn`);
  await changed(message, 'words');
  const { caseId } = await withAgent(user);
  await inTranscript(sid, between);
  user.edit(message, `the ${now} of my ship does not turn`);
  await inTranscript(sid, now);
  await gone(old, user, sid, caseId);
  await gone(between, user, sid, caseId);
  expect((await chat.get<{ title: string }>(panelRoutes.case(caseId))).body.title).toContain(now);
  const draft = await chat.get<{ description: string }>(panelRoutes.casePrefill(sid));
  expect(draft.body.description).toContain(now);
});
