import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Article, ArticleMatches, type HighlightedText } from '@flexcord/shared/panel/knowledge';
import { PastConversations, type Transcript } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { as, type Chat, eventually, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';

const words = (pieces: HighlightedText) => pieces.map(({ text }) => text).join('');
const marked = (pieces: HighlightedText) => pieces.filter((piece) => piece.matched).map(({ text }) => text);

for (const kind of storeKinds) {
  describe(`knowledge on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place, { KNOWLEDGE_SAMPLE: 'true' });
    });
    afterAll(async () => {
      await chat?.stop();
      await place?.drop();
    });

    const search = async (q: string) =>
      as(ArticleMatches, (await chat.get(`${panelRoutes.knowledgeSearch}?q=${encodeURIComponent(q)}`)).body);
    const suggestions = async () =>
      as(ArticleMatches, (await chat.get(panelRoutes.suggestions(chat.conversationSid))).body);

    test('finds articles and marks the matched words', async () => {
      const { matches } = await search('forgotten passwords');
      expect(matches[0]).toMatchObject({ id: 'en-reset-password' });
      expect(words(matches[0]?.title ?? [])).toBe('Reset a forgotten password');
      expect(marked(matches[0]?.title ?? [])).toEqual(['forgotten', 'password']);
      expect(matches[0]?.responseTemplate).not.toContain('**');
      expect((await search('パスワードを忘れました')).matches[0]?.id).toStartWith('ja-');
      expect((await search('')).matches).toEqual([]);
      expect((await search('zzzzqqq')).matches).toEqual([]);
      expect((await chat.get(panelRoutes.knowledgeSearch)).status).toBe(422);
    });

    test("suggests articles for the member's last question, not for a request for a person", async () => {
      expect((await suggestions()).matches[0]?.id).toBe('en-reset-password');
      await chat.ada.dm('Thanks! I also want a refund for a purchase');
      const { matches } = await eventually(suggestions, ({ query }) => query.includes('refund'));
      expect(matches[0]?.id).toBe('en-refund');
      expect(matches.length).toBeLessThanOrEqual(3);
      const wish = 'ok, can I speak with somebody real please';
      await chat.ada.dm(wish);
      await chat.twilio.waitFor(() =>
        chat.twilio.messages(chat.conversationSid).some(({ body }) => body === wish),
      );
      expect((await suggestions()).matches[0]?.id).toBe('en-refund');
      expect((await chat.get(panelRoutes.suggestions('CH404'))).status).toBe(404);
    });

    test('reads an article', async () => {
      const { body } = await chat.get(panelRoutes.article('en-refund'));
      expect(as(Article, body)).toMatchObject({ id: 'en-refund', title: 'Ask for a refund' });
      expect(await chat.get(panelRoutes.article('en-none'))).toMatchObject({ status: 404 });
    });

    test('takes feedback that is consistent, and refuses other', async () => {
      const judge = async (change: object) =>
        (
          await chat.post(panelRoutes.knowledgeFeedback, {
            query: 'refund',
            articleId: 'en-refund',
            verdict: 'up',
            conversationSid: chat.conversationSid,
            ...change,
          })
        ).status;
      expect(await judge({})).toBe(204);
      expect(await judge({ verdict: 'none-fits', articleId: null })).toBe(204);
      expect(await judge({ verdict: 'down', articleId: null })).toBe(422);
      expect(await judge({ verdict: 'none-fits' })).toBe(422);
      expect(await judge({ articleId: 'en-none' })).toBe(404);
      expect(await judge({ verdict: 'perhaps' })).toBe(422);
    });

    test('sends an article to the member as a card and to the transcript', async () => {
      const { conversationSid } = chat;
      const send = async (body: object) => (await chat.post(panelRoutes.sendArticle, body)).status;
      expect(await send({ conversationSid, articleId: 'en-change-email' })).toBe(204);
      const inbox = await eventually(
        () => chat.ada.inbox().flatMap(({ embeds }) => embeds),
        (embeds) => embeds.some(({ title }) => title === 'Change your e-mail address'),
      );
      const sent = inbox.filter(({ title }) => title === 'Change your e-mail address');
      // It is the agent's, on Discord and in the transcript, and does not come to the member a second time.
      expect(sent.map(({ author }) => author?.name)).toEqual(['Kim']);
      const lines = await eventually(
        () => chat.agent.transcript(conversationSid),
        (lines) => lines.some(({ body }) => body?.includes('Change your e-mail address')),
      );
      const line = lines.find(({ body }) => body?.includes('Change your e-mail address'));
      expect(line?.author).toBe(chat.agent.identity);
      const { body } = await chat.get<Transcript>(panelRoutes.transcript(conversationSid));
      const told = body.messages.find(({ text }) => text.includes('Change your e-mail address'));
      expect(told).toMatchObject({ from: 'agent', authorName: 'Kim' });
      expect(await send({ conversationSid, articleId: 'en-none' })).toBe(404);
      expect(await send({ conversationSid: 'CH404', articleId: 'en-refund' })).toBe(404);
      expect(await send({ conversationSid })).toBe(422);
    });

    test('pages an article without an address where its card shows only a part', async () => {
      const { conversationSid, ada, twilio } = chat;
      const token = twilio.issueToken(
        twilio.createAgent({ identity: 'sue', fullName: 'Sue', roles: ['supervisor'] }),
      );
      const step = (number: number) => `${number}. Tighten **bolt ${number}** of the mast and wait a while.`;
      const text = `# Masts\n\n${Array.from({ length: 60 }, (_, at) => step(at + 1)).join('\n')}`;
      const content = { title: 'Mend a mast', questions: [], text, url: null, language: 'en', labels: [] };
      const { body } = await chat.call<{ id: string }>(panelRoutes.library, {
        token,
        body: { content: { ...content, responseTemplate: null }, status: 'published' },
      });
      await chat.post(panelRoutes.sendArticle, { conversationSid, articleId: body.id });
      const card = await eventually(
        () => ada.inbox().find(({ embeds }) => embeds.some(({ title }) => title === content.title)),
        (message) => message !== undefined,
      );
      expect(card?.embeds[0]?.description).toContain('1. Tighten **bolt 1** of');
      const first = ada.click(card as { id: string }, `flexcord:read:${body.id}`);
      await first.waitFor();
      expect(first.response?.embeds[0]?.footer?.text).toBe('Page 1 of 2');
      expect(first.response?.embeds[0]?.description).toContain('2. Tighten **bolt 2** of');
      const second = ada.click(first.response as { id: string }, `flexcord:read-page:${body.id}:1`);
      await second.waitFor();
      expect(second.response?.embeds[0]?.footer?.text).toBe('Page 2 of 2');
      expect(second.response?.embeds[0]?.description).toContain('60. Tighten **bolt 60** of');
    });

    test('lists a closed conversation as solved and sends no article to it', async () => {
      const { conversationSid, agent, ada } = chat;
      const path = panelRoutes.conversations(ada.id);
      expect((await chat.get<PastConversations>(path)).body.conversations).toEqual([]);
      agent.endChat(agent.tasks()[0]?.sid ?? '');
      const { body } = await eventually(
        () => chat.get<PastConversations>(path),
        (answer) => answer.body.conversations[0]?.outcome === 'solved-by-agent',
      );
      expect(as(PastConversations, body).conversations[0]?.endedAt).not.toBeNull();
      const send = { conversationSid, articleId: 'en-refund' };
      expect(await chat.post(panelRoutes.sendArticle, send)).toMatchObject({ status: 422 });
    });
  });
}
