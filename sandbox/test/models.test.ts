import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { sampleFolder } from '../../bridge/src/knowledge/import/sample-articles.ts';
import { startEmbeddings } from '../../bridge/testing/embeddings-server.ts';
import { startLlm } from '../../bridge/testing/llm-server.ts';
import { loadFolder } from '../../bridge/testing/load-folder.ts';
import { until } from '../src/tour/until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/** In none of these words does an article speak of friends. */
const ASKED = 'bring pals aboard';
const sample = await loadFolder(sampleFolder);
/** A good model: it knows what each article and each of its questions is about, and what the member means. */
const embeddings = startEmbeddings((text) => {
  const about = sample.find(({ title, questions }) => text.startsWith(title) || questions.includes(text));
  return text === ASKED ? ['en-friends'] : about ? [about.id] : [];
});
/** Writes what the first passage says, and cites it. */
const llm = startLlm(({ messages }) => {
  const { passages } = JSON.parse(messages.at(-1)?.content ?? '{}') as { passages?: { text: string }[] };
  const [, sentence = ''] = passages?.[0]?.text.split('\n') ?? [];
  return `${sentence.split('. ')[0]} [1].`;
});
let harness: Harness;
const learned = (times: number) =>
  until(() => harness.bridge.output().filter((line) => line.includes('articles learned')).length === times);
beforeAll(async () => {
  const fail = () => new Response(ASKED, { status: 500 });
  embeddings.answerWith(fail);
  llm.answerWith(fail);
  harness = await startHarness({
    env: {
      KNOWLEDGE_SAMPLE: 'true',
      EMBEDDINGS_URL: embeddings.url,
      EMBEDDINGS_MODEL: 'm',
      LLM_URL: llm.url,
      LLM_MODEL: 'm',
    },
  });
  await learned(1);
});
afterAll(async () => {
  await closeHarnesses();
  await Promise.all([embeddings.stop(), llm.stop()]);
});

test('models that fail cost nothing but their help, and what members wrote is in no log', async () => {
  const member = harness.newMember('Bo');
  member.dm('how do I add a friend');
  await harness.hears('Add friends and visit them', member);
  member.dm('there is no sound');
  await harness.hears('No sound or music', member);
  member.dm('I want to talk to a person');
  await harness.kim.waitForReservation(undefined, { timeoutMs: 15_000 });
  const log = harness.bridge.output().join('\n');
  expect(log).toContain('the articles are shown instead');
  expect(log).toContain('by their words alone');
  expect(log).not.toMatch(/bring pals|add a friend|no sound/);
});

test('killed while a model thinks, the bridge answers after its start, once', async () => {
  const member = harness.newMember('Cleo');
  const { promise, resolve } = Promise.withResolvers<void>();
  embeddings.answerWith(null);
  llm.answerWith(() => {
    resolve();
    return new Promise<Response>(() => {});
  });
  try {
    member.dm('how do I add a friend');
    await promise;
    await harness.bridge.kill();
  } finally {
    llm.answerWith(null);
  }
  await harness.bridge.start();
  await learned(2);
  await harness.hears('Your friend code is under your picture [1].', member);
  member.dm('thanks!');
  await harness.hears(/welcome|glad/i, member);
  expect(
    harness.heard(member).filter((text) => text.includes('Your friend code is under your picture')),
  ).toHaveLength(1);
});

test('a question in other words is answered by what it means, and the answer is written with its source', async () => {
  const member = harness.newMember('Dan');
  member.dm(ASKED);
  await harness.hears('Your friend code is under your picture [1].', member);
  expect(harness.heard(member).at(-1)).toContain('Add friends and visit them');
  const conversation = harness.twilio.conversations().at(-1);
  await harness.reads(conversation?.sid ?? '', (body) => body.includes('Add friends and visit them'), 1);
});

test('an agent gets suggestions for what is meant by what the member last asked', async () => {
  const member = harness.newMember('Eve');
  const { conversationSid } = await harness.meet(member);
  const headers = { authorization: `Bearer ${harness.twilio.issueToken(harness.kim)}` };
  member.dm(ASKED);
  const best = async () => {
    const answer = await fetch(harness.bridge.url + panelRoutes.suggestions(conversationSid), { headers });
    return ((await answer.json()) as ArticleMatches).matches[0]?.id;
  };
  await until(async () => (await best()) === 'en-friends');
});

test('who asks for a person while a model thinks is not answered by it, and the agent reads the question', async () => {
  const member = harness.newMember('Flo');
  member.dm('how do I add a friend');
  await harness.hears('Your friend code is under your picture [1].', member);
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = Promise.withResolvers<Response>();
  llm.answerWith(() => {
    resolve();
    return late.promise;
  });
  try {
    member.dm('there is no sound in the harbour');
    await promise;
    const { conversationSid } = await harness.meet(member);
    const [note] = await harness.reads(
      conversationSid,
      (body) => body.startsWith('Summary for the agent'),
      1,
    );
    expect(note).toContain('“there is no sound in the harbour”');
    const heard = harness.heard(member).length;
    late.resolve(new Response('', { status: 500 }));
    harness.kim.send(conversationSid, 'I look it up.');
    await harness.hears('I look it up.', member);
    expect(harness.heard(member)).toHaveLength(heard + 1);
  } finally {
    llm.answerWith(null);
  }
});
