import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { openStore, type Store } from '@flexcord/bridge/store/open';
import { storeKinds, type TestPlace } from '@flexcord/bridge/testing/stores';
import type { InteractionView } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { textOf } from './harness.ts';
import { type OldDeployment, openOldDeployment } from './old-deployment.ts';

/**
 * How long no bridge ran. Discord remembers nonces for some minutes, and what is recorded is some seconds older: after
 * the shorter time Discord itself takes nothing twice, after the longer one the bridge must read back what went out.
 */
const AWAY_MS = { sqlite: 30_000, postgres: 360_000 };
/** Kinds that wait for their time and not for a cloud. */
const TIMERS = new Set(['timer.entry', 'timer.watch', 'timer.idle']);

for (const kind of storeKinds) {
  describe(`with a database of migration 0013 on ${kind.name}`, () => {
    let place: TestPlace;
    let deployment: OldDeployment;
    let store: Store;

    const member = (name: string) => deployment.member(name);
    const chat = (name: string) => deployment.recording.chats[name] ?? '';
    /** The texts that the bot sent to a member, in the direct message and in private threads. */
    const botTexts = (name: string) =>
      [
        member(name).inbox(),
        ...member(name)
          .threads()
          .map(({ id }) => deployment.discord.messages(id)),
      ]
        .flat()
        .filter(({ author }) => author.id === deployment.discord.applicationId)
        .map(textOf);
    /** The bodies of a member's conversation at Twilio. */
    const transcript = (name: string) => deployment.twilio.messages(chat(name)).map(({ body }) => body ?? '');
    const count = (texts: readonly string[], words: string | RegExp) =>
      texts.filter((text) => (typeof words === 'string' ? text.includes(words) : words.test(text))).length;
    const inChannel = (name: string) => deployment.discord.messages(deployment.guild.channel(name));
    const news = () => inChannel('announcements').map(textOf);

    async function panel<T>(path: string, body?: object): Promise<T> {
      const response = await fetch(`${deployment.bridge.url}/panel/${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${deployment.twilio.issueToken(deployment.kim)}`,
          'content-type': 'application/json',
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      expect(response.status).toBe(200);
      return (await response.json()) as T;
    }

    /** Presses the newest matching button that the earlier version posted to the member or, without one, to everybody. */
    async function press(name: string, fits: RegExp): Promise<InteractionView> {
      const { id } = member(name);
      const newest = (of: string | null) =>
        deployment.buttons.findLast(({ customId, seenBy }) => seenBy === of && fits.test(customId));
      const button = newest(id) ?? newest(null);
      if (!button) throw new Error(`${name} sees no button ${fits}`);
      const view = member(name).click(button.messageId, button.customId);
      await view.waitFor();
      expect(view.status).toBe('answered');
      return view;
    }
    const answer = (view: InteractionView) =>
      view.response ? `${textOf(view.response)}\n${view.response.embeds[0]?.footer?.text ?? ''}` : '';

    beforeAll(async () => {
      place = await kind.makeEmpty();
      deployment = await openOldDeployment('0013', place, AWAY_MS[kind.name]);
      for (const [id, title] of [
        ['old', 'Long ago'],
        ['green', 'Green lanterns are here'],
        ['blue', 'Blue lanterns are here'],
        ['red', 'Red lanterns are here'],
      ] as const)
        deployment.feed.publish({ id, title, summary: 'It was in the feed before.' });
      member('vic').edit(deployment.recording.messages.vicKept, 'vic after the edit');
      member('nia').dm('nia wrote while no bridge ran');
      deployment.kim.send(chat('wes'), 'kim wrote while no bridge ran');
      await deployment.twilio.webhooksSettled();
      await deployment.bridge.start();
      store = await openStore({ ...place.options, beside: true });
    });
    afterAll(async () => {
      await store?.close();
      await deployment?.close();
      await place?.drop();
    });

    test('carries out every pending entry and parks none', async () => {
      const waiting = new Set(
        deployment.pending.filter(({ kind }) => !TIMERS.has(kind)).map(({ key }) => key),
      );
      expect(waiting.size).toBeGreaterThan(50);
      const statusOf = async () =>
        new Map(
          (await store.db.selectFrom('journal').select(['key', 'status']).execute()).map(
            ({ key, status }) => [key, status],
          ),
        );
      const left = async () => {
        const now = await statusOf();
        return [...waiting].filter((key) => now.get(key) !== 'done');
      };
      await waitUntil(async () => (await left()).length === 0, {
        what: 'the end of the wait',
      });
      const parked = [...(await statusOf())].filter(([, status]) => status === 'parked').map(([key]) => key);
      expect(parked.sort()).toEqual(deployment.parked.map(({ key }) => key).sort());
    });

    test('delivers once what members wrote, edited and deleted', async () => {
      for (const [name, words] of [
        ['ada', 'a word that waits'],
        ['ada', 'a word under another name'],
        ['ada', 'what about the waves?'],
        ['ada', 'after the edit\n[Edited. Before: before an edit]'],
        ['ada', '[Ada deleted this message]\nto be deleted'],
        ['ada', 'reacted 🎉 to “kim waits for a reaction”'],
        ['ada', '[Ada pinned a message]'],
        ['pia', 'pia sends two files'],
        ['pia', 'pia after the edit\n[Edited. Before: pia before an edit]'],
        ['pia', '[Pia deleted this message]\npia will delete this'],
        ['pia', 'reacted 🌊 to “pia can react to this”'],
        ['pia', 'Add friends and visit them'],
        ['sol', 'sol says this once'],
        ['quin', 'that did not help, I want to talk to a person'],
        ['nia', 'nia wrote while no bridge ran'],
        ['vic', 'vic after the edit\n[Edited. Before: vic will edit this]'],
      ] as const) {
        await waitUntil(() => count(transcript(name), words) > 0, { what: `${name}: ${words}` });
        expect({ name, words, count: count(transcript(name), words) }).toEqual({ name, words, count: 1 });
      }
      expect(count(transcript('ada'), '[Ada is now called Ada L.]')).toBeGreaterThan(0);
      const files = deployment.twilio.messages(chat('pia')).flatMap(({ media }) => media ?? []);
      expect(files.map(({ filename }) => filename)).toEqual(['one.txt', 'two.txt']);
      const offers = deployment.kim
        .reservations()
        .filter(({ task }) => task.conversationSid === chat('quin'));
      expect(offers).toHaveLength(1);
      const { state } = deployment.twilio.conversations().find(({ sid }) => sid === chat('rae')) ?? {};
      expect(state).toBe('closed');
    });

    test('delivers once what agents and the bridge wrote', async () => {
      for (const [name, words] of [
        ['ada', 'kim after the edit'],
        ['ada', 'kim writes meanwhile'],
        ['ada', 'Leo joined the chat.'],
        ['ada', 'leo takes over'],
        ['ada', 'Your latest cases'],
        ['kai', 'last words for kai'],
        ['kai', 'This chat has ended (case #21)'],
        ['mo', 'long-part-0'],
        ['mo', 'long-part-1'],
        ['mo', 'long-part-2'],
        ['mo', 'mo reads this after the edit'],
        ['mo', 'Add friends and visit them'],
        ['nia', 'nia reads this once'],
        ['oz', 'Hi Oz!'],
        ['hal', 'Are you still there?'],
        ['jo', 'Reset a forgotten password'],
        ['tam', 'Add friends and visit them'],
        ['wes', 'kim wrote while no bridge ran'],
      ] as const) {
        await waitUntil(() => count(botTexts(name), words) > 0, { what: `${name}: ${words}` });
        expect({ name, words, count: count(botTexts(name), words) }).toEqual({ name, words, count: 1 });
      }
      // The other time was the end of an earlier chat.
      expect(count(botTexts('ada'), 'Kim left the chat.')).toBe(2);
      expect(count(botTexts('ada'), 'kim will remove this')).toBe(0);
      expect(count(botTexts('mo'), 'mo reads this before')).toBe(0);
      const thread = member('oz').threads()[0]?.id ?? '';
      expect(answer(deployment.answerTo(member('oz').id, 'helpme'))).toContain(`<#${thread}>`);
    });

    test('fires a pending timer when it is due', async () => {
      const due = AWAY_MS[kind.name] > 120_000;
      if (due) await waitUntil(() => count(botTexts('lena'), 'Reset a forgotten password') > 0);
      expect(count(botTexts('lena'), 'Reset a forgotten password')).toBe(due ? 1 : 0);
    });

    test('sends announcements, cards, notices to followers and webhooks once', async () => {
      await waitUntil(() => inChannel('announcements').every(({ flags = 0 }) => (flags & 1) === 1));
      expect(news().map((text) => text.trim().split('\n')[0])).toEqual([
        'Open sea',
        'Green lanterns are here',
        'Blue lanterns are here',
        'Red lanterns are here',
      ]);
      const { bug, feature, lateBug, numbers } = deployment.recording.cases;
      const cards = (channel: string, number: number) =>
        inChannel(channel).filter(({ embeds }) => embeds[0]?.title?.includes(`#${number} `));
      const fieldOf = (channel: string, number: number, at: number) =>
        cards(channel, number)[0]?.embeds[0]?.fields?.[at]?.value;
      await waitUntil(() => fieldOf('bug-report', lateBug, 0) === 'in progress');
      await waitUntil(() => fieldOf('feature-request', feature, 1) === '4');
      expect(cards('bug-report', lateBug)).toHaveLength(1);
      expect(count(botTexts('bo'), `Case #${bug}: The lantern goes out`)).toBe(2);
      const sent = () => deployment.deliveries.filter(({ body }) => body.case.number === numbers[7]);
      await waitUntil(() => sent().length > 0);
      expect(sent()).toHaveLength(1);
      deployment.feed.publish({ id: 'white', title: 'White lanterns are here', summary: 'At last.' });
      await waitUntil(() => count(news(), 'White lanterns') === 1);
      expect(news()).toHaveLength(5);
    });

    test('applies edits and deletions to messages that were delivered before, in both directions', async () => {
      const { vicGone, kimKept, kimKeptGone, moved } = deployment.recording.messages;
      member('vic').delete(vicGone);
      member('cleo').edit(moved, 'are you there, leo?');
      const written = (sid: string) => {
        const message = deployment.twilio.messages(chat('wes')).find((each) => each.sid === sid);
        if (!message) throw new Error(`no message ${sid}`);
        return message;
      };
      deployment.kim.edit(written(kimKept), 'kim has edited this');
      deployment.kim.remove(written(kimKeptGone));
      await waitUntil(() => transcript('vic').includes('[Vic deleted this message]\nvic will delete this'));
      await waitUntil(() =>
        transcript('cleo').includes('are you there, leo?\n[Edited. Before: are you still there, kim?]'),
      );
      await waitUntil(
        () =>
          count(botTexts('wes'), 'kim has edited this') === 1 &&
          count(botTexts('wes'), /kim will (edit|take)/) === 0,
      );
    });

    test('continues the case numbers, finds cases and replays refused webhooks', async () => {
      const before = deployment.recording.cases.lateBug;
      const view = member('uli').slash(
        'bug',
        { description: 'The lamp of the pier' },
        { guild: deployment.guild },
      );
      await view.waitFor();
      expect(answer(view)).toContain(`#${before + 1}`);
      const { cases } = await panel<{ cases: { id: string }[] }>('cases?q=lantern+goes');
      expect(cases.map(({ id }) => id)).toEqual([String(deployment.recording.cases.bug)]);
      expect(await panel<{ total: number }>('library/articles')).toMatchObject({ total: 61 });
      const failed = await panel<{ deliveries: { id: string }[] }>('webhook-deliveries?status=failed');
      expect(failed.deliveries).toHaveLength(1);
      const [{ id } = { id: '' }] = failed.deliveries;
      await panel(`webhook-deliveries/${id}/replay`, {});
      await waitUntil(() => deployment.deliveries.some(({ delivery }) => delivery === id));
    });

    test('answers every button that was posted', async () => {
      const { bug, feature, numbers } = deployment.recording.cases;
      // Who presses which button, and what the answer says.
      for (const [name, button, words] of [
        ['uli', `vote:${feature}`, `You voted for #${feature}`],
        ['uli', `follow:${feature}`, `#${feature}`],
        ['uli', `view:${bug}`, 'The lantern goes out'],
        ['ada', `unvote:${feature}`, `Your vote for #${feature} is taken back`],
        ['bo', `unfollow:${bug}`, `You no longer follow #${bug}`],
        ['cleo', `reopen:${numbers[2]}`, `#${numbers[2]} is open again`],
        ['cleo', 'case-page:newer:0', 'Trouble 8'],
        ['ada', `unsolved:${bug}`, `#${bug}`],
        ['cleo', 'rate:[^:]+:4', '★★★★☆'],
        ['mina', 'announce-publish', 'It is on its way'],
      ] as const) {
        const view = await press(name, new RegExp(`^flexcord:${button}$`));
        expect({ button, answer: answer(view) }).toEqual({ button, answer: expect.stringContaining(words) });
      }
      const draft = deployment.buttons.find(({ customId }) => customId === 'flexcord:announce-discard');
      const discarded = member('mina').click(draft?.messageId ?? '', 'flexcord:announce-discard');
      await discarded.waitFor();
      expect(answer(discarded)).toContain('Discarded');
      await waitUntil(() => count(news(), 'Another draft') === 1);
      // The answer to these is a message of its own.
      for (const [name, button, words, times] of [
        ['gus', 'ask', 'what would you like to know?', 1],
        ['gus', 'cases', 'Your latest cases', 1],
        ['quin', 'person', 'is with our team', 1],
        ['rae', 'person', 'You are being transferred to a person', 1],
        ['uli', 'solved', 'Glad that helped!', 1],
        ['uma', 'choose:(?!none).*', 'This should help', 1],
        ['ada', 'case-solved:16', 'Glad that helped!', 1],
        ['lena', 'panel-help', 'Hi Lena!', 1],
      ] as const) {
        await press(name, new RegExp(`^flexcord:${button}$`));
        await waitUntil(() => count(botTexts(name), words) === times, { what: `${name}: ${button}` });
      }
      for (const [name, button, form] of [
        ['lena', 'report:bug', 'report-form:bug'],
        ['lena', 'report:feature', 'report-form:feature'],
        ['ada', 'rate-comment:.*', 'rate-form:'],
      ] as const)
        expect((await press(name, new RegExp(`^flexcord:${button}$`))).modal?.custom_id).toContain(form);
      const tried = new Set(deployment.buttons.map(({ customId }) => customId.split(':')[1]));
      expect([...tried].sort()).toEqual(BUTTONS);
    });

    test('accepts every form that was open', async () => {
      const report = { title: 'Under water', text: 'The lantern does not glow.' };
      for (const [name, form, fields, words] of [
        ['bo', 'report-form:bug', report, '#'],
        ['bo', 'report-form:feature', report, '#'],
        ['ada', 'rate-form:.*', { comment: 'Kim was quick.' }, 'Thank you for your comment!'],
        ['mina', 'announce-form', { title: 'High tide', text: 'Tonight.', link: '' }, 'High tide'],
      ] as const) {
        const opened = deployment.openForm(member(name).id, new RegExp(`^flexcord:${form}$`));
        const sent = member(name).submitModal(opened, fields);
        await sent.waitFor();
        expect({ form, answer: answer(sent) }).toEqual({ form, answer: expect.stringContaining(words) });
      }
    });
  });
}

/** Of every kind that the version of 0013 could post, at least one is in the recording. */
const BUTTONS = [
  ...['announce-discard', 'announce-publish', 'ask', 'case-page', 'case-solved', 'cases', 'choose', 'follow'],
  ...['panel-help', 'person', 'rate', 'rate-comment', 'reopen', 'report', 'solved', 'unfollow', 'unsolved'],
  ...['unvote', 'view', 'vote'],
];
