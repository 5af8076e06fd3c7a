import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { type Chat, startChat } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';

for (const kind of storeKinds) {
  let place: TestPlace;
  let chat: Chat;
  beforeAll(async () => {
    place = await kind.make();
    chat = await startChat(place, { AGENT_SCOPE: 'own' });
  });
  afterAll(async () => {
    await chat?.stop();
    await place?.drop();
  });

  test(`${kind.name}: with AGENT_SCOPE=own an agent has their own members and cases, a supervisor all`, async () => {
    const { ada, conversationSid, call, token: kim } = chat;
    const other = chat.twilio.createAgent({ identity: 'lee', fullName: 'Lee' });
    const lee = chat.twilio.issueToken(other);
    const supervisor = chat.twilio.issueToken(other, { roles: ['supervisor'] });
    const draft = {
      memberId: ada.id,
      source: null,
      type: 'bug',
      priority: 'normal',
      title: 'The boat sinks',
      description: 'It does.',
      tags: [],
      fields: {},
    };
    const made = await call<{ id: string; version: number }>(panelRoutes.cases, { token: kim, body: draft });
    expect(made.status).toBe(200);
    const { id, version } = made.body;

    const requests: [path: string, body?: object][] = [
      [panelRoutes.member(ada.id)],
      [panelRoutes.notes(ada.id)],
      [panelRoutes.notes(ada.id), { text: 'a note' }],
      [panelRoutes.conversations(ada.id)],
      [panelRoutes.transcript(conversationSid)],
      [`/panel/conversations/%43${conversationSid.slice(1)}/transcript`],
      [panelRoutes.case(id)],
      [panelRoutes.caseComments(id), { version, text: 'seen', visibility: 'internal' }],
      [`${panelRoutes.caseDuplicates}?memberId=${ada.id}&title=boat`],
      [panelRoutes.sendArticle, { articleId: 'en-refund', conversationSid }],
    ];
    for (const [path, body] of requests) {
      expect([path, (await call(path, { token: lee, body })).status]).toEqual([path, 403]);
      expect([path, (await call(path, { token: kim, body })).status]).not.toEqual([path, 403]);
    }
    expect((await call(panelRoutes.cases, { token: lee, body: draft })).status).toBe(403);
    const bulk = { ids: [id], action: { is: 'priority', priority: 'high' } };
    expect((await call(panelRoutes.caseBulk, { token: lee, body: bulk })).status).toBe(403);
    const listed = async (token: string) =>
      (await call<{ cases: { id: string }[] }>(panelRoutes.cases, { token })).body.cases.map((one) => one.id);
    expect(await listed(lee)).toEqual([]);
    expect(await listed(kim)).toContain(id);
    expect(await listed(supervisor)).toContain(id);
    expect((await call(panelRoutes.case(id), { token: supervisor })).status).toBe(200);
  });
}
