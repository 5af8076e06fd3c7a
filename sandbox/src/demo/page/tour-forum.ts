import type { MemberKey } from '../people.ts';
import type { Outcome, View } from '../view.ts';
import { postJson } from './api.ts';
import { forums, openedPost, postsIn } from './forum-channel.ts';
import { buttonsOf, fromBot, type Stage, type Step, textOf } from './tour-stage.ts';

const words = {
  en: {
    title: 'New phone',
    question: 'I got a new phone, how do I transfer my game?',
    answer: 'Sign in on both phones, then press Move under Settings.',
    next: { title: 'Phone', question: 'Got a new phone today. How can I transfer the game?' },
  },
  ja: {
    title: '新しいスマホ',
    question: '新しいスマホにデータを移したいです。どうすればいいですか？',
    answer: '両方のスマホでログインしてから、設定の「移す」を押してください。',
    next: { title: 'スマホ', question: '新しいスマホにデータを移したいのですが、やり方を教えてください。' },
  },
};

const forumIn = (view: View) => {
  const [forum] = forums(view);
  if (!forum) throw new Error('The server has no forum.');
  return forum;
};

/** The post of Ada that the chapter is about. */
const adasPost = (stage: Stage) => {
  const view = stage.view();
  const { title } = words[stage.language];
  return postsIn(view, forumIn(view)).find((post) => post.title === title);
};

async function write(
  stage: Stage,
  member: MemberKey,
  { title, question }: { title: string; question: string },
): Promise<void> {
  await stage.show(member, (view) => forumIn(view).id);
  const forum = forumIn(stage.view());
  const tags = forum.available_tags.slice(0, 1).map(({ name }) => name);
  const body = { channelId: forum.id, title, content: question, tags };
  const { id } = await postJson<{ id: string }>(`members/${member}/post`, body);
  await stage.seen((view) =>
    view.guilds.some(({ threads }) => threads.some((one) => one.id === id)) ? true : undefined,
  );
  await stage.show(member, () => id);
}

const press = (stage: Stage, messageId: string, customId: string) =>
  postJson<Outcome>(`members/${stage.view().me.key}/click`, { messageId, customId });

/** The bot's message with a button, after another one. */
const withButton = (stage: Stage, customId: string, after = '0') =>
  stage.seen((view) =>
    fromBot(view, (message) => BigInt(message.id) > BigInt(after) && buttonsOf(message).includes(customId)),
  );

/** From a question in a forum to the answer that helps the next member. */
export const forumSteps: Step[] = [
  {
    name: 'post',
    target: 'log',
    async enter(stage) {
      await write(stage, 'ada', words[stage.language]);
      await withButton(stage, 'flexcord:post-not-yet');
    },
  },
  {
    name: 'team',
    target: 'flex',
    async enter(stage) {
      const answer = await withButton(stage, 'flexcord:post-not-yet');
      await press(stage, answer.id, 'flexcord:post-not-yet');
      const more = await withButton(stage, 'flexcord:post-team', answer.id);
      await press(stage, more.id, 'flexcord:post-team');
      await stage.seen(({ workers }) => workers.find(({ key, offers }) => key === 'kim' && offers > 0));
      const { reservationSid } = await postJson<{ reservationSid: string }>('workers/kim/accept');
      stage.showFlex('kim', `/agent-desktop/${reservationSid}`);
    },
  },
  {
    name: 'inThread',
    target: 'log',
    async enter(stage) {
      const { answer } = words[stage.language];
      await postJson('workers/kim/say', { text: answer });
      await stage.seen((view) => fromBot(view, (message) => textOf(message).includes(answer)));
    },
  },
  {
    name: 'solved',
    target: 'log',
    async enter(stage) {
      const { answer } = words[stage.language];
      const message = await stage.seen((view) => fromBot(view, (one) => textOf(one).includes(answer)));
      await postJson('members/ada/menu', { messageId: message.id, name: 'Mark as solution' });
      await stage.seen((view) => ((openedPost(view)?.post.tags.length ?? 0) > 1 ? true : undefined));
    },
  },
  {
    name: 'nextMember',
    target: 'log',
    async enter(stage) {
      const solved = adasPost(stage);
      await write(stage, 'bo', words[stage.language].next);
      await stage.seen((view) => fromBot(view, (message) => textOf(message).includes(solved?.id ?? '')));
    },
  },
  {
    name: 'community',
    target: 'flex',
    async enter(stage) {
      stage.showFlex('robin', '/flexcord-community');
    },
  },
];
