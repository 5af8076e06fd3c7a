import { type APIMessage, MessageFlags } from 'discord-api-types/v10';
import type { Outcome, View } from '../view.ts';
import { postJson } from './api.ts';
import type { FormValues } from './form.tsx';
import { forumSteps } from './tour-forum.ts';
import { buttonsOf, fromBot, type Stage, type Step, textOf } from './tour-stage.ts';

const words = {
  en: {
    question: 'I forgot my password',
    person: 'That did not help. I want to talk to a person.',
    hello: 'Hello Ada, I am Kim. I have just sent you a new link. Does it work?',
    slip: 'It says the link has expird',
    mended: 'It says the link has expired',
    title: 'The lantern goes out',
    text: 'At night, always at the same place: the pier of the northern isle.',
    steps: '1. Wait until midnight\n2. Walk to the pier',
  },
  ja: {
    question: 'パスワードを忘れました',
    person: '解決しませんでした。担当者と話したいです。',
    hello: 'Adaさん、こんにちは。Kimです。新しいリンクをお送りしました。開けますか？',
    slip: 'リンクの有効期限が切れているみたいでs',
    mended: 'リンクの有効期限が切れているみたいです',
    title: 'ランタンの灯りが消える',
    text: '夜になると、北の島の桟橋でいつも消えてしまいます。',
    steps: '1. 真夜中まで待つ\n2. 桟橋まで歩く',
  },
};

async function say(stage: Stage, content: string, more: object = {}): Promise<void> {
  const { channelId } = stage.view();
  await postJson('members/ada/say', { channelId, content, ...more });
}

const channelNamed = (name: string) => (view: View) =>
  view.guilds.flatMap(({ channels }) => channels).find((channel) => channel.name === name)?.id;

const bugReport = (values: typeof words.en): FormValues => ({
  title: values.title,
  text: values.text,
  steps: values.steps,
  platform: ['windows'],
});

export const steps: Step[] = [
  { name: 'welcome' },
  {
    name: 'ask',
    target: 'log',
    async enter(stage) {
      await stage.show('ada');
      await say(stage, words[stage.language].question);
      await stage.seen((view) => fromBot(view, ({ embeds }) => embeds.length > 0));
    },
  },
  {
    name: 'person',
    target: 'log',
    async enter(stage) {
      const last = stage.view().messages.at(-1)?.id;
      await say(stage, words[stage.language].person);
      await stage.seen((view) =>
        fromBot(view, (message) => textOf(message).includes('#') && BigInt(message.id) > BigInt(last ?? 0)),
      );
    },
  },
  {
    name: 'accept',
    target: 'flex',
    async enter(stage) {
      const { reservationSid } = await postJson<{ reservationSid: string }>('workers/kim/accept');
      stage.showFlex('kim', `/agent-desktop/${reservationSid}`);
    },
  },
  {
    name: 'both',
    target: 'log',
    async enter(stage) {
      const { hello, slip, mended } = words[stage.language];
      await postJson('workers/kim/say', { text: hello });
      const answer = await stage.seen((view) => fromBot(view, ({ content }) => content.includes(hello)));
      await postJson('members/ada/react', { messageId: answer.id, emoji: '👍', on: true });
      await say(stage, slip, { replyTo: answer.id });
      const own = await stage.seen(({ messages }) => messages.findLast(({ content }) => content === slip));
      await postJson('members/ada/edit', { messageId: own.id, content: mended });
    },
  },
  {
    name: 'form',
    target: 'form',
    async enter(stage) {
      await stage.show('ada', channelNamed('bug-report'));
      const { channelId } = stage.view();
      const { form } = await postJson<Outcome>('members/ada/command', {
        channelId,
        name: 'bug',
        options: {},
      });
      if (form) stage.showForm(form, bugReport(words[stage.language]));
    },
  },
  {
    name: 'card',
    target: 'log',
    async enter(stage) {
      const { channelId } = stage.view();
      const { form } = await postJson<Outcome>('members/ada/command', {
        channelId,
        name: 'bug',
        options: {},
      });
      stage.showForm(null);
      if (form)
        await postJson('members/ada/form', {
          interactionId: form.interactionId,
          fields: bugReport(words[stage.language]),
          uploads: {},
        });
      await stage.seen((view) => fromBot(view, isCard));
    },
  },
  {
    name: 'vote',
    target: 'log',
    async enter(stage) {
      const card = await stage.seen((view) => fromBot(view, isCard));
      for (const customId of buttonsOf(card).slice(0, 2))
        await postJson('members/bo/click', { messageId: card.id, customId });
    },
  },
  ...forumSteps,
  {
    name: 'supervisor',
    target: 'flex',
    async enter(stage) {
      stage.showFlex('robin', '/flexcord-cases');
    },
  },
  { name: 'yours', target: 'bar' },
];

const isCard = ({ embeds, flags }: APIMessage) =>
  embeds[0]?.fields?.length === 3 && !((flags ?? 0) & MessageFlags.Ephemeral);
