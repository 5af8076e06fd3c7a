import { describe, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import {
  ARABIC,
  caseDetail,
  caseEvent,
  caseList,
  LONG,
  match,
  pastConversations,
  profile,
} from '../fixtures.ts';
import { never, problem } from '../panelApi.ts';
import type { TestPage } from '../testPage.ts';

/** Every state of every tab, in the real DOM of a real browser, in both themes. */
export const panelStates = (testPage: () => TestPage) =>
  describe('states', () => {
    const routes = {
      member: `GET ${panelRoutes.member(':id')}`,
      conversations: `GET ${panelRoutes.conversations(':id')}`,
      notes: `GET ${panelRoutes.notes(':id')}`,
      transcript: `GET ${panelRoutes.transcript(':id')}`,
      cases: `GET ${panelRoutes.cases}`,
      case: `GET ${panelRoutes.case(':id')}`,
      prefill: `GET ${panelRoutes.casePrefill(':id')}`,
      duplicates: `GET ${panelRoutes.caseDuplicates}`,
      suggestions: `GET ${panelRoutes.suggestions(':id')}`,
      search: `GET ${panelRoutes.knowledgeSearch}`,
      article: `GET ${panelRoutes.article(':id')}`,
    };
    type Answers = Partial<Record<keyof typeof routes, () => unknown>>;
    const answer = (given: Answers) =>
      testPage().api.respondWith(
        Object.fromEntries(
          Object.entries(given).map(([name, make]) => [routes[name as keyof typeof routes], make]),
        ),
      );
    const everywhere = (make: () => unknown): Answers =>
      Object.fromEntries(Object.keys(routes).map((name) => [name, make]));

    /** Opens each tab, the transcript, a case and the form, and hands the name of each place to `look`. */
    async function visit(look: (place: string) => Promise<void>): Promise<void> {
      const { tab, page } = testPage();
      await look('profile');
      await tab('Cases');
      await look('cases');
      await page.getByRole('button', { name: 'New case' }).click();
      await look('new-case');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await tab('Knowledge');
      await look('knowledge');
    }
    const shown = (words: string | RegExp) => testPage().page.getByText(words).first().waitFor();

    test('with data', async () => {
      const { open, page, tab, expectAccessible } = testPage();
      answer({ duplicates: () => ({ duplicates: [{ case: caseList(9, 9).cases[0], score: 0.8 }] }) });
      await open();
      await shown('Ada of the Isles');
      await page.getByRole('button', { name: 'Read transcript' }).first().click();
      await shown('Let me look.');
      await shown('Prefers short answers.');
      await expectAccessible('profile-filled');
      await tab('Cases');
      await shown('#5 The lantern');
      await expectAccessible('cases-filled');
      await page.getByRole('button', { name: '#5 The lantern' }).click();
      await shown('Seen by three others.');
      await page.getByRole('button', { name: 'Read transcript' }).click();
      await shown('Let me look.');
      await expectAccessible('case-filled');
      await page.getByRole('button', { name: 'All cases' }).click();
      await page.getByRole('button', { name: 'New case' }).click();
      await shown('Perhaps the same');
      await expectAccessible('new-case-filled');
      await page.getByRole('button', { name: 'Cancel' }).click();
      await tab('Knowledge');
      await page.getByRole('button', { name: 'Preview' }).first().click();
      await shown('below the login.');
      await expectAccessible('knowledge-filled');
      await page.getByLabel('Search the knowledge base').fill('password');
      await shown('Search results');
      await expectAccessible('knowledge-search');
    });

    test('while loading', async () => {
      const { open, page, expectAccessible } = testPage();
      answer(everywhere(never));
      await open();
      await visit(async (place) => {
        if (place !== 'new-case') await page.getByRole('status', { name: 'Loading' }).first().waitFor();
        await expectAccessible(`${place}-loading`);
      });
    });

    test('without data', async () => {
      const { open, page, expectAccessible } = testPage();
      answer({
        member: () => ({ ...profile, roles: [], boostingSince: null, joinedServerAt: null, locale: null }),
        conversations: () => pastConversations(0),
        notes: () => ({ notes: [] }),
        cases: () => ({ cases: [], nextCursor: null }),
        suggestions: () => ({ query: '', matches: [] }),
      });
      await open();
      const words: Record<string, string> = {
        profile: 'This is the first conversation with this member.',
        cases: 'This member has no cases.',
        'new-case': 'Use current task',
        knowledge: 'No article',
      };
      await visit(async (place) => {
        await shown(words[place] ?? '');
        if (place === 'profile') await shown('No notes yet.');
        await expectAccessible(`${place}-empty`);
      });
      answer({ transcript: () => ({ messages: [] }) });
      await open();
      await page.getByRole('button', { name: 'Read transcript' }).first().click();
      await shown('No messages.');
    });

    test('with an error of the bridge, and for a role that is not allowed', async () => {
      const { open, page, expectAccessible } = testPage();
      answer(everywhere(() => problem(503, 'unavailable', 'Twilio or Discord does not answer just now.')));
      await open();
      await visit(async (place) => {
        if (place !== 'new-case') await shown('Twilio or Discord does not answer just now.');
        await expectAccessible(`${place}-error`);
      });
      answer(everywhere(() => problem(403, 'forbidden', 'Your Flex role may not use this panel.')));
      await open();
      await shown('Your Flex role may not use this panel.');
      await expectAccessible('profile-forbidden');
      answer({});
      await page.getByRole('button', { name: 'Try again' }).first().click();
      await shown('Ada of the Isles');
    });

    test('without a configured bridge, and for a task without a member', async () => {
      const { open, expectAccessible } = testPage();
      answer({});
      await open({ bridge: '' });
      await shown(/ui_attributes\.flexcord\.bridgeUrl/);
      await expectAccessible('profile-not-configured');
      await open({ member: '' });
      await shown('This task does not name its Discord member.');
      await expectAccessible('no-member');
    });

    for (const [kind, words] of [
      ['long', LONG],
      ['right-to-left', ARABIC],
    ] as const) {
      test(`with ${kind} names and texts`, async () => {
        const { open, page, tab, expectAccessible } = testPage();
        const title = words.slice(0, 200);
        answer({
          member: () => ({
            ...profile,
            displayName: words,
            username: words,
            roles: [{ id: '400000000000000001', name: words, color: '#0abcde' }],
          }),
          notes: () => ({
            notes: [
              {
                id: '1',
                text: words,
                authorIdentity: 'x',
                authorName: words,
                createdAt: profile.accountCreatedAt,
              },
            ],
          }),
          conversations: () => ({
            conversations: pastConversations(1).conversations.map((past) => ({ ...past, agentName: words })),
            nextCursor: null,
          }),
          transcript: () => ({
            messages: [
              { id: '1', from: 'member', authorName: words, text: words, sentAt: profile.accountCreatedAt },
            ],
          }),
          cases: () => ({
            cases: caseList(1, 1).cases.map((summary) => ({ ...summary, title, assigneeName: words })),
            nextCursor: null,
          }),
          case: () =>
            caseDetail({
              title,
              description: words,
              assigneeName: words,
              tags: [words.slice(0, 50)],
              fields: { [words.slice(0, 40)]: words },
              timeline: [caseEvent(1, { actorName: words, text: words })],
            }),
          suggestions: () => ({
            query: words,
            matches: [
              match('1', {
                title: [{ text: words, matched: true }],
                extract: [{ text: words, matched: false }],
              }),
            ],
          }),
        });
        await open();
        await page.getByRole('button', { name: 'Read transcript' }).click();
        await shown(words);
        await expectAccessible(`profile-${kind}`);
        await tab('Cases');
        await shown(title);
        await expectAccessible(`cases-${kind}`);
        await page.getByRole('button', { name: title }).click();
        await page.getByText('Timeline').waitFor();
        await expectAccessible(`case-${kind}`);
        await tab('Knowledge');
        await shown(words);
        await expectAccessible(`knowledge-${kind}`);
      });
    }

    test('in Japanese', async () => {
      const { open, tab, expectAccessible } = testPage();
      answer({});
      await open({ language: 'ja' });
      await shown('過去の会話');
      await expectAccessible('profile-japanese');
      await tab('ケース');
      await shown('新しいケース');
      await tab('ナレッジ');
      await shown('メンバーの最後の質問への候補');
    });

    test('in German', async () => {
      const { open, page, tab, expectAccessible } = testPage();
      answer({});
      await open({ language: 'de-DE' });
      await shown('Frühere Konversationen');
      await expectAccessible('profile-german');
      await tab('Fälle');
      await page.getByRole('button', { name: '#5 The lantern' }).click();
      await shown('An das Mitglied senden');
      await expectAccessible('case-german');
      await tab('Wissen');
      await shown('Vorschläge zur letzten Frage des Mitglieds');
    });
  });
