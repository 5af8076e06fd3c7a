import assert from 'node:assert/strict';
import type { FeedServer } from '../feed-server.ts';
import type { Sandbox } from '../sandbox.ts';
import { waitUntil } from '../wait-until.ts';
import { botMessageWaiter, type StepListener, steps } from './steps.ts';

const ADMINISTRATOR = 8n;

/**
 * What happens on a server: set-up, a bug from report to rating, an idea with votes, news from a feed. The bridge must
 * have been started with `feed` in FEEDS and be looked at often.
 */
export async function playCommunity(
  { discord, twilio, bridge, faults }: Pick<Sandbox, 'discord' | 'twilio' | 'bridge' | 'faults'>,
  feed: FeedServer,
  onStep: StepListener,
): Promise<void> {
  const guild = discord.createGuild({ name: 'Lantern Harbour' });
  const person = (globalName: string) => {
    const user = discord.createUser({ username: globalName.toLowerCase(), globalName });
    guild.join(user);
    return user;
  };
  const [mina, ada, bo] = [person('Mina'), person('Ada'), person('Bo')];
  guild.giveRole(mina, guild.createRole({ name: 'Admin', permissions: ADMINISTRATOR }));
  const kim = twilio.createAgent({ identity: 'kim_harbour', fullName: 'Kim' });
  const token = twilio.issueToken(kim);
  const step = steps(onStep);
  const nextBotMessage = botMessageWaiter(discord);
  const inChannel = (name: string) => discord.messages(guild.channel(name));
  const cardOf = (name: string) => {
    const message = inChannel(name).at(-1);
    return message && { message, field: (n: number) => message.embeds[0]?.fields?.[n]?.value };
  };

  async function callPanel<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${bridge.url}/panel/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `the panel answered ${path} with HTTP ${response.status}`);
    return (await response.json()) as T;
  }

  /** What an agent does in the panel. */
  async function changeStatus(number: string, to: string): Promise<void> {
    const { version } = await callPanel<{ version: number }>(`cases/${number}`);
    await callPanel(`cases/${number}/transitions`, { to, version });
  }

  await step('/setup builds the channels, the panel and the role for moderators', async () => {
    const view = mina.slash('setup', {}, { guild });
    await view.waitFor();
    assert.match(view.response?.content ?? '', /This server is set up/);
    for (const name of ['announcements', 'bug-report', 'feature-request', 'support']) guild.channel(name);
    assert.equal(inChannel('support').length, 1);
  });

  const number = await step('a bug with a screenshot becomes a case and a card for everybody', async () => {
    const panelMessage = inChannel('support')[0];
    assert.ok(panelMessage);
    const form = ada.click(panelMessage, 'flexcord:report:bug');
    await form.waitFor();
    const sent = ada.submitModal(form, {
      title: 'The lantern goes out',
      text: 'At night, always at the same place.',
      steps: '1. Wait until midnight\n2. Walk to the pier',
      platform: ['windows'],
      screenshot: [{ name: 'pier.png', data: 'a dark picture', contentType: 'image/png' }],
    });
    await sent.waitFor();
    const found = /#(\d+)/.exec(sent.response?.content ?? '')?.[1] ?? '';
    assert.ok(found, 'no case number');
    const { message } = await waitUntil(() => cardOf('bug-report'), { what: 'the card' });
    assert.equal(message.attachments.length, 1);
    return found;
  });

  await step('another member follows it', async () => {
    const card = cardOf('bug-report');
    assert.ok(card);
    await bo.click(card.message, `flexcord:follow:${number}`).waitFor();
    await waitUntil(() => cardOf('bug-report')?.field(2) === '1', { what: 'the follower on the card' });
  });

  await step(
    'an agent resolves it: the member and the follower are notified and the card is updated',
    async () => {
      const memberNotice = nextBotMessage('Your case is resolved');
      const followerNotice = nextBotMessage('This case, which you follow, is resolved');
      await changeStatus(number, 'resolved');
      await Promise.all([memberNotice, followerNotice]);
      await waitUntil(() => cardOf('bug-report')?.field(0) === 'resolved', {
        what: 'the status on the card',
      });
    },
  );

  await step('the member reopens it', async () => {
    const notice = ada.inbox().at(-1);
    assert.ok(notice);
    const view = ada.click(notice, `flexcord:reopen:${number}`);
    await view.waitFor();
    assert.match(view.response?.content ?? '', /is open again/);
    assert.equal((await callPanel<{ status: string }>(`cases/${number}`)).status, 'open');
  });

  await step(
    'a chat with an agent is rated with five stars, stored with the case and the Flex task',
    async () => {
      const joined = nextBotMessage('Kim joined the chat.');
      ada.dm('I want to talk to a person');
      const reservation = await kim.waitForReservation();
      await kim.accept(reservation);
      await joined;
      const ended = nextBotMessage('This chat has ended');
      kim.endChat(reservation.task);
      const last = await ended;
      const row = last.components?.[0];
      assert.ok(row && 'components' in row);
      const stars = row.components.at(-1);
      assert.ok(stars && 'custom_id' in stars);
      const view = ada.click(last, String(stars.custom_id));
      await view.waitFor();
      assert.match(view.response?.embeds[0]?.footer?.text ?? '', /★★★★★/);
      const rated = () =>
        twilio
          .tasks()
          .some(
            ({ sid, attributes }) =>
              sid === reservation.task.sid &&
              (attributes.conversations as { conversation_measure_1?: number })?.conversation_measure_1 === 5,
          );
      await waitUntil(rated, { what: 'the rating on the task' });
      kim.complete(reservation.task);
    },
  );

  await step('a feature request counts one vote for each member', async () => {
    const view = ada.slash('new_feature', { description: 'Lanterns in green' }, { guild });
    await view.waitFor();
    const idea = /#(\d+)/.exec(view.response?.content ?? '')?.[1] ?? '';
    const { message } = await waitUntil(() => cardOf('feature-request'), { what: 'the card' });
    for (const who of [bo, mina, bo]) await who.click(message, `flexcord:vote:${idea}`).waitFor();
    await waitUntil(() => cardOf('feature-request')?.field(1) === '2', { what: 'two votes on the card' });
  });

  await step(
    'a feed item is announced once, although the bridge is killed before Discord confirms it',
    async () => {
      await waitUntil(() => feed.served.whole > 0, { what: 'the first look at the feed' });
      faults.add({
        on: 'api',
        method: 'POST',
        match: new RegExp(`channels/${guild.channel('announcements')}/messages$`),
        effect: { kind: 'reset-after' },
      });
      feed.publish({ id: 'green', title: 'Green lanterns are here', summary: 'As you wished.' });
      await waitUntil(() => inChannel('announcements').length > 0, { what: 'the announcement' });
      await bridge.kill();
      faults.clear();
      await bridge.start();
      await waitUntil(() => ((inChannel('announcements')[0]?.flags ?? 0) & 1) === 1, {
        what: 'the crosspost',
      });
      assert.equal(inChannel('announcements').length, 1);
    },
  );
}
