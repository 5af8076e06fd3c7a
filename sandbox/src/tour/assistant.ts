import assert from 'node:assert/strict';
import type { LibraryGaps } from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Sandbox } from '../sandbox.ts';
import { waitUntil } from '../wait-until.ts';
import { botMessageWaiter, type StepListener, steps } from './steps.ts';

/** What a member writes and reads, by language; the articles are those of the sample. */
const SCRIPTS = {
  en: {
    name: 'Ivy',
    locale: 'en-GB',
    greeting: 'Hi Ivy!',
    plain: { question: 'I forgot my password, how do I reset it?', title: 'password' },
    doubtful: 'something is missing from my account',
    which: 'Which of these do you mean?',
    before: { question: 'how do I move my game to a new phone', title: 'new device' },
    after: 'how do I do that on Android?',
    unknown: 'can my dog drive a submarine to the moon?',
    nothing: 'I found nothing that answers this',
    person: 'ok, could you put me through to somebody from your team?',
    transfer: 'You are being transferred to a person',
    summary: ['Summary for the agent', 'Ivy', 'Mood: calm'],
  },
  ja: {
    name: 'りん',
    locale: 'ja',
    greeting: 'りんさん、こんにちは！',
    plain: { question: 'パスワードを忘れてしまいました', title: 'パスワード' },
    doubtful: 'データ移行のやり方',
    which: 'どちらについてのご質問でしょうか？',
    before: { question: '新しいスマホにデータを移したい', title: '引き継ぎ' },
    after: 'それはiPhoneではどうやるのですか？',
    unknown: '沖縄の明日の天気を教えて',
    nothing: 'お答えできる記事が見つかりませんでした',
    person: 'では、担当の方につないでいただけますか',
    transfer: '担当者におつなぎします',
    summary: ['担当者向けの要約', 'りん', '様子: 落ち着いている'],
  },
} as const;

/** What the virtual agent does before it hands over to a person, in one language. */
export async function playVirtualAgent(
  { discord, twilio, bridge }: Pick<Sandbox, 'discord' | 'twilio' | 'bridge'>,
  language: keyof typeof SCRIPTS,
  onStep: StepListener,
): Promise<void> {
  const script = SCRIPTS[language];
  const guild = discord.createGuild({ name: 'Lantern Bay' });
  const member = discord.createUser({
    username: `member_${language}`,
    globalName: script.name,
    locale: script.locale,
  });
  guild.join(member);
  const kim = twilio.createAgent({ identity: 'kim_bay', fullName: 'Kim' });
  // Until then articles are found by words alone, with another confidence.
  await waitUntil(() => bridge.output().some((line) => line.includes('article index ready')));
  const step = steps(onStep);
  const nextBotMessage = botMessageWaiter(discord);

  await step('the virtual agent greets the member in their language', async () => {
    const greeting = nextBotMessage(script.greeting);
    member.slash('helpme', {}, { guild });
    await greeting;
  });

  await step('a plain question is answered by three cards at most', async () => {
    const answer = nextBotMessage(script.plain.title);
    member.dm(script.plain.question);
    const { embeds } = await answer;
    assert.ok(embeds.length >= 1 && embeds.length <= 3);
  });

  await step('where articles compete, the member chooses one by a button', async () => {
    const asked = nextBotMessage(script.which);
    member.dm(script.doubtful);
    const question = await asked;
    const [choices] = question.components ?? [];
    const first = choices && 'components' in choices ? choices.components[0] : undefined;
    assert.ok(first && 'custom_id' in first && 'label' in first && first.label);
    const card = nextBotMessage(first.label);
    member.click(question, first.custom_id as string);
    assert.equal((await card).embeds.length, 1);
  });

  await step('a follow-up question refers to the question before', async () => {
    const answer = nextBotMessage(script.before.title);
    member.dm(script.before.question);
    await answer;
    const again = nextBotMessage(script.before.title);
    member.dm(script.after);
    await again;
  });

  await step('a question without an article is answered so, and supervisors see the gap', async () => {
    const answer = nextBotMessage(script.nothing);
    member.dm(script.unknown);
    await answer;
    const response = await fetch(`${bridge.url}${panelRoutes.libraryGaps}`, {
      headers: { authorization: `Bearer ${twilio.issueToken(kim)}` },
    });
    const { gaps } = (await response.json()) as LibraryGaps;
    assert.ok(gaps.some(({ question }) => question === script.unknown));
  });

  const conversationSid = await step('a request for a person in words starts the hand-over', async () => {
    const notice = nextBotMessage(script.transfer);
    member.dm(script.person);
    await notice;
    const reservation = await kim.waitForReservation();
    assert.match(String(reservation.task.attributes.summary), /·/);
    await kim.accept(reservation);
    return String(reservation.task.attributes.conversationSid);
  });

  await step('the agent reads a summary with name, question, tried articles and mood', async () => {
    const summary = () =>
      kim.transcript(conversationSid).find(({ body }) => body?.startsWith(script.summary[0]))?.body;
    await waitUntil(() => summary() !== undefined);
    for (const part of [...script.summary, script.plain.question, script.before.title])
      assert.ok(summary()?.includes(part), `the summary says nothing of ${part}`);
  });
}
