import { afterAll, afterEach, expect, test } from 'bun:test';
import type { ArticleMatches } from '@flexcord/shared/panel/knowledge';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { loadFolder } from '../../bridge/src/knowledge/load-folder.ts';
import { sampleFolder } from '../../bridge/src/knowledge/sample.ts';
import { startEmbeddings } from '../../bridge/testing/embeddings-server.ts';
import { startLlm } from '../../bridge/testing/llm-server.ts';
import { until } from '../src/tour/until.ts';
import { closeScenes, openScene, type Scene } from './scene.ts';

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
afterAll(() => Promise.all([embeddings.stop(), llm.stop()]));
afterEach(closeScenes);

const EMBEDDINGS = { EMBEDDINGS_URL: embeddings.url, EMBEDDINGS_MODEL: 'm' };
const LLM = { LLM_URL: llm.url, LLM_MODEL: 'm' };

async function openWith(env: Record<string, string>): Promise<Scene> {
  const scene = await openScene({ env: { KNOWLEDGE_SAMPLE: 'true', ...env } });
  await until(() => scene.bridge.output().some((line) => line.includes('articles learned')));
  return scene;
}

test('a question in other words is answered by what it means, and the answer is written with its source', async () => {
  const scene = await openWith({ ...EMBEDDINGS, ...LLM });
  scene.ada.dm(ASKED);
  await scene.hears('Your friend code is under your picture [1].');
  expect(scene.heard().at(-1)).toContain('Add friends and visit them');
  const [conversation] = scene.twilio.conversations();
  await scene.reads(conversation?.sid ?? '', (body) => body.includes('Add friends and visit them'), 1);
});

test('an agent gets suggestions for what the latest message means', async () => {
  const scene = await openWith(EMBEDDINGS);
  const { conversationSid } = await scene.meet();
  const headers = { authorization: `Bearer ${scene.twilio.issueToken(scene.kim)}` };
  scene.ada.dm(ASKED);
  const best = async () => {
    const answer = await fetch(scene.bridge.url + panelRoutes.suggestions(conversationSid), { headers });
    return ((await answer.json()) as ArticleMatches).matches[0]?.id;
  };
  await until(async () => (await best()) === 'en-friends');
});

test('models that fail cost nothing but their help, and what members wrote is in no log', async () => {
  embeddings.answerWith(() => new Response(ASKED, { status: 500 }));
  llm.answerWith(() => new Response(ASKED, { status: 500 }));
  try {
    const scene = await openWith({ ...EMBEDDINGS, ...LLM });
    scene.ada.dm('how do I add a friend');
    await scene.hears('Add friends and visit them');
    scene.ada.dm('there is no sound');
    await scene.hears('No sound or music');
    scene.ada.dm('I want to talk to a person');
    await scene.kim.waitForReservation(undefined, { timeoutMs: 15_000 });
    const log = scene.bridge.output().join('\n');
    expect(log).toContain('the articles are shown instead');
    expect(log).toContain('by their words alone');
    expect(log).not.toMatch(/bring pals|add a friend|no sound/);
  } finally {
    embeddings.answerWith(null);
    llm.answerWith(null);
  }
});

test('killed while a model thinks, the bridge answers after its start, once', async () => {
  const scene = await openWith(LLM);
  const { promise, resolve } = Promise.withResolvers<void>();
  llm.answerWith(() => {
    resolve();
    return new Promise<Response>(() => {});
  });
  try {
    scene.ada.dm('how do I add a friend');
    await promise;
    await scene.bridge.kill();
  } finally {
    llm.answerWith(null);
  }
  await scene.bridge.start();
  await scene.hears('Your friend code is under your picture [1].');
  scene.ada.dm('thanks!');
  await scene.hears(/welcome|glad/i);
  expect(
    scene.heard().filter((text) => text.includes('Your friend code is under your picture')),
  ).toHaveLength(1);
});

test('who asks for a person while a model thinks is not answered by it, and the agent reads the question', async () => {
  const scene = await openWith(LLM);
  scene.ada.dm('how do I add a friend');
  await scene.hears('Your friend code is under your picture [1].');
  const { promise, resolve } = Promise.withResolvers<void>();
  const late = Promise.withResolvers<Response>();
  llm.answerWith(() => {
    resolve();
    return late.promise;
  });
  try {
    scene.ada.dm('there is no sound in the harbour');
    await promise;
    const { conversationSid } = await scene.meet();
    const [note] = await scene.reads(conversationSid, (body) => body.startsWith('Summary for the agent'), 1);
    expect(note).toContain('“there is no sound in the harbour”');
    const heard = scene.heard().length;
    late.resolve(new Response('', { status: 500 }));
    scene.kim.send(conversationSid, 'I look it up.');
    await scene.hears('I look it up.');
    expect(scene.heard()).toHaveLength(heard + 1);
  } finally {
    llm.answerWith(null);
  }
});
