import assert from 'node:assert/strict';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { SolvedPosts } from '@flexcord/shared/panel/solved-posts';
import { type APIMessage, ChannelType } from 'discord-api-types/v10';
import type { Sandbox } from '../sandbox.ts';
import { waitUntil } from '../wait-until.ts';
import { type StepListener, steps, textOf } from './steps.ts';

/** What members write and read in a help forum, by language; the articles are those of the sample. */
const SCRIPTS = {
  en: {
    locale: 'en-US',
    names: { asks: 'Ivy', next: 'Noa', owner: 'Mina' },
    tag: 'phones',
    title: 'New phone',
    question: 'I got a new phone, how do I transfer my game?',
    answer: { says: 'This may answer your question', article: 'new device' },
    again: /Then perhaps this one|I have nothing that fits better/,
    team: 'The team was asked',
    agent: 'Hold the lantern on both phones at the same time, then press Move.',
    solved: 'This is solved. Thank you, **Kim**!',
    nextQuestion: 'Got a new phone today. How can I transfer the game?',
  },
  ja: {
    locale: 'ja',
    names: { asks: 'りん', next: 'そら', owner: 'みな' },
    tag: 'スマホ',
    title: '新しいスマホ',
    question: '新しいスマホにデータを移したいです。どうすればいいですか？',
    answer: { says: 'こちらがお答えになるかもしれません', article: '引き継ぎ' },
    again: /では、こちらはいかがでしょうか|これ以上の候補は見つかりませんでした/,
    team: 'チームに引き継ぎました',
    agent: '両方のスマホでランタンを同時に長押ししてから、「移す」を押してください。',
    solved: '**Kim** さん、ありがとうございます',
    nextQuestion: '新しいスマホにデータを移したいのですが、やり方を教えてください。',
  },
} as const;

/** The bridge must see what is written in public; see `grantedIntents`. */
export async function playForum(
  { discord, twilio, bridge }: Pick<Sandbox, 'discord' | 'twilio' | 'bridge'>,
  language: keyof typeof SCRIPTS,
  onStep: StepListener,
): Promise<void> {
  const script = SCRIPTS[language];
  const person = (globalName: string, key: string) =>
    discord.createUser({ username: `${key}_${language}`, globalName, locale: script.locale });
  const mina = person(script.names.owner, 'owner');
  const guild = discord.createGuild({
    name: 'Lantern Reef',
    owner: mina,
    preferredLocale: script.locale,
    channels: [
      { name: 'general' },
      { name: 'questions', type: ChannelType.GuildForum, forum: { tags: [{ name: script.tag }] } },
    ],
  });
  const [asks, next] = [person(script.names.asks, 'asks'), person(script.names.next, 'next')];
  for (const member of [asks, next]) guild.join(member);
  const kim = twilio.createAgent({
    identity: `kim_reef_${language}`,
    fullName: 'Kim',
    roles: ['supervisor'],
  });
  const forum = guild.channel('questions');
  const step = steps(onStep);

  /** The bot's message in a thread that has these words. */
  const said = (thread: string, words: string | RegExp): Promise<APIMessage> =>
    waitUntil(
      () =>
        discord
          .messages(thread)
          .find(
            (message) =>
              message.author.id === discord.applicationId &&
              (typeof words === 'string' ? textOf(message).includes(words) : words.test(textOf(message))),
          ),
      { what: String(words) },
    );
  const read = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${bridge.url}${path}`, {
      headers: { authorization: `Bearer ${twilio.issueToken(kim)}` },
    });
    assert.ok(response.ok, `the panel answered ${path} with HTTP ${response.status}`);
    return (await response.json()) as T;
  };

  await step(
    '/setup takes a forum that is there, with a rule, and gives it a tag for solved posts',
    async () => {
      const view = mina.slash('setup', { forum, forum_rule: 'answer-and-escalate' }, { guild });
      await view.waitFor(() => view.response?.content.includes(`<#${forum}>`) === true);
    },
  );

  const post = await step('a post in the forum gets an answer that names its source', async () => {
    const thread = asks.post(forum, { title: script.title, content: script.question, tags: [script.tag] });
    const answer = await said(thread, script.answer.says);
    assert.ok(textOf(answer).includes(script.answer.article));
    assert.equal(
      twilio.conversations().some(({ attributes }) => JSON.stringify(attributes).includes(thread)),
      false,
    );
    return thread;
  });

  const conversationSid = await step(
    '“Not yet”, then “Ask the team”: an agent has it in Flex, as public',
    async () => {
      const answer = await said(post, script.answer.says);
      await asks.click(answer, 'flexcord:post-not-yet').waitFor();
      const more = await said(post, script.again);
      await asks.click(more, 'flexcord:post-team').waitFor();
      await said(post, script.team);
      const offer = await kim.waitForReservation(({ task: { attributes } }) => {
        const { discordThread } = attributes as { discordThread?: { title: string } };
        return discordThread?.title === script.title;
      });
      const task = await kim.accept(offer);
      return task.conversationSid ?? '';
    },
  );

  const answer = await step('the agent’s words appear in the thread, under the agent’s name', async () => {
    kim.send(conversationSid, script.agent);
    const words = await said(post, script.agent);
    assert.ok(textOf(words).includes('Kim'), textOf(words));
    return words;
  });

  await step(
    'who asked marks the solution: the tag is set, the agent thanked, the case resolved',
    async () => {
      await asks.contextMenu(answer, 'Mark as solution').waitFor();
      await said(post, script.solved);
      await waitUntil(() => guild.thread(post).tags.length === 2, { what: 'the solved tag' });
      const { caseNumber } = await read<{ caseNumber: number }>(panelRoutes.communityPost(post));
      await waitUntil(
        async () => (await read<{ status: string }>(`/panel/cases/${caseNumber}`)).status === 'resolved',
        { what: 'the resolved case' },
      );
    },
  );

  await step('it waits in the Knowledge view to become an article', async () => {
    const { posts } = await read<SolvedPosts>(panelRoutes.librarySolvedPosts);
    const candidate = posts.find(({ threadId }) => threadId === post);
    assert.equal(candidate?.answer, script.agent);
    assert.equal(candidate.solverName, 'Kim');
  });

  await step('the next member who asks the same is shown the solved post', async () => {
    const thread = next.post(forum, { title: script.title, content: script.nextQuestion });
    const link = `/channels/${guild.id}/${post}`;
    await said(thread, new RegExp(link));
  });
}
