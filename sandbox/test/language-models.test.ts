import { afterAll, beforeAll, expect, test } from 'bun:test';
import { sampleFolder } from '@flexcord/bridge/knowledge/import/sample-articles';
import { startEmbeddings } from '@flexcord/bridge/testing/embeddings-server';
import { startLlm } from '@flexcord/bridge/testing/llm-server';
import { loadFolder } from '@flexcord/bridge/testing/load-folder';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

/** Shares no word with the article about friends that it asks for. */
const PARAPHRASE = 'bring pals aboard';
const sample = await loadFolder(sampleFolder);
/** Embeddings that match each article with its own texts, and the paraphrase with the article about friends. */
const embeddings = startEmbeddings((text) => {
  const about = sample.find(({ title, questions }) => text.startsWith(title) || questions.includes(text));
  return text === PARAPHRASE ? ['en-friends'] : about ? [about.id] : [];
});
/** Answers with the first sentence of the first passage and cites it. */
const llm = startLlm(({ messages }) => {
  const { passages } = JSON.parse(messages.at(-1)?.content ?? '{}') as { passages?: { text: string }[] };
  const [, sentence = ''] = passages?.[0]?.text.split('\n') ?? [];
  return `${sentence.split('. ')[0]} [1].`;
});
let harness: Harness;
const waitForLearning = (times: number) =>
  waitUntil(
    () => harness.bridge.output().filter((line) => line.includes('article index ready')).length === times,
  );
beforeAll(async () => {
  const fail = () => new Response(PARAPHRASE, { status: 500 });
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
  await waitForLearning(1);
});
afterAll(async () => {
  await closeHarnesses();
  await Promise.all([embeddings.stop(), llm.stop()]);
});

test('answers from articles when models fail, and logs no member’s text', async () => {
  const member = harness.newMember('Bo');
  member.dm('how do I add a friend');
  await harness.waitForBotMessage('Add friends and visit them', member);
  member.dm('there is no sound');
  await harness.waitForBotMessage('No sound or music', member);
  member.dm('I want to talk to a person');
  await harness.kim.waitForReservation();
  const log = harness.bridge.output().join('\n');
  expect(log).toContain('the articles are shown instead');
  expect(log).toContain('by their words alone');
  expect(log).not.toMatch(/bring pals|add a friend|no sound/);
});

test('answers once after a restart when killed during a model request', async () => {
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
  await waitForLearning(2);
  await harness.waitForBotMessage('Your friend code is under your picture [1].', member);
  member.dm('thanks!');
  await harness.waitForBotMessage(/welcome|glad/i, member);
  expect(
    harness.botMessages(member).filter((text) => text.includes('Your friend code is under your picture')),
  ).toHaveLength(1);
});

test('answers a paraphrased question by meaning, with the source', async () => {
  const member = harness.newMember('Dan');
  member.dm(PARAPHRASE);
  await harness.waitForBotMessage('Your friend code is under your picture [1].', member);
  expect(harness.botMessages(member).at(-1)).toContain('Add friends and visit them');
  const conversation = harness.twilio.conversations().at(-1);
  await harness.waitForTranscript(conversation?.sid ?? '', (body) =>
    body.includes('Add friends and visit them'),
  );
});

test('suggests articles to the agent by the meaning of the member’s last question', async () => {
  const member = harness.newMember('Eve');
  const { conversationSid } = await harness.startChatWithAgent(member);
  const headers = { authorization: `Bearer ${harness.twilio.issueToken(harness.kim)}` };
  member.dm(PARAPHRASE);
  const best = async () => {
    const answer = await fetch(harness.bridge.url + panelRoutes.suggestions(conversationSid), { headers });
    return ((await answer.json()) as ArticleMatches).matches[0]?.id;
  };
  await waitUntil(async () => (await best()) === 'en-friends');
});

test('drops the model’s answer when the member asks for a person meanwhile, and the agent sees the question', async () => {
  const member = harness.newMember('Flo');
  member.dm('how do I add a friend');
  await harness.waitForBotMessage('Your friend code is under your picture [1].', member);
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = Promise.withResolvers<Response>();
  llm.answerWith(() => {
    resolve();
    return late.promise;
  });
  try {
    member.dm('there is no sound in the harbour');
    await promise;
    const { conversationSid } = await harness.startChatWithAgent(member);
    const [note] = await harness.waitForTranscript(conversationSid, (body) =>
      body.startsWith('Summary for the agent'),
    );
    expect(note).toContain('“there is no sound in the harbour”');
    const heard = harness.botMessages(member).length;
    late.resolve(new Response('', { status: 500 }));
    harness.kim.send(conversationSid, 'I look it up.');
    await harness.waitForBotMessage('I look it up.', member);
    expect(harness.botMessages(member)).toHaveLength(heard + 1);
  } finally {
    llm.answerWith(null);
  }
});
