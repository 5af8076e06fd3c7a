import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { CaseDetail, CaseList, type NewCase } from '@flexcord/shared/panel/case';
import { MemberFields, PanelFields } from '@flexcord/shared/panel/case-fields';
import { CaseBulkResult, CaseTiles } from '@flexcord/shared/panel/case-list';
import { CaseStats } from '@flexcord/shared/panel/case-stats';
import { WebhookDeliveries } from '@flexcord/shared/panel/case-webhook';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { as, type Chat, eventually, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';

const FIELDS = [
  { key: 'level', label: 'Level', type: 'number' },
  { key: 'since', label: 'Since', labels: { ja: 'いつから' }, type: 'date' },
  { key: 'platform', label: 'Platform', type: 'select', options: ['Android', 'iOS'] },
  { key: 'paying', label: 'Pays', type: 'boolean' },
];

for (const kind of storeKinds) {
  describe(`many cases on ${kind.name}`, () => {
    let place: TestPlace;
    let chat: Chat;
    let boss: string;

    beforeAll(async () => {
      place = await kind.make();
      chat = await startChat(place, {
        KNOWLEDGE_SAMPLE: 'true',
        CASE_FIELDS: JSON.stringify(FIELDS),
        MEMBER_FIELDS: JSON.stringify(FIELDS),
        // Nothing listens there: deliveries stay on their way.
        CASE_WEBHOOK_URLS: 'http://127.0.0.1:9/hook',
        CASE_WEBHOOK_SECRET: 'a-secret-of-some-length',
      });
      boss = chat.twilio.issueToken(
        chat.twilio.createAgent({ identity: 'mina', fullName: 'Mina', roles: ['supervisor'] }),
      );
    });
    afterAll(async () => {
      await chat?.stop();
      await place?.drop();
    });

    const draft = (change: Partial<NewCase> = {}): NewCase => ({
      ...{ memberId: chat.ada.id, title: 'Nothing works', description: '', type: 'bug', priority: 'normal' },
      ...{ tags: [], fields: {}, source: null },
      ...change,
    });
    const open = async (change: Partial<NewCase> = {}) =>
      as(CaseDetail, (await chat.post(panelRoutes.cases, draft(change))).body);
    const list = async (filters: Record<string, string>) => {
      const { body } = await chat.get(`${panelRoutes.cases}?${new URLSearchParams(filters)}`);
      return as(CaseList, body);
    };
    const numbers = async (filters: Record<string, string>) =>
      (await list(filters)).cases.map(({ number }) => number);
    const asBoss = <T = Record<string, unknown>>(path: string, body?: unknown) =>
      chat.call<T>(path, { token: boss, body });
    const edit = (id: string, body: object) => chat.post(panelRoutes.caseEdits(id), body);

    test('searches words, prefixes, Japanese, comments and numbers, without deleted cases', async () => {
      const first = await open({ title: 'ランタンが消えました', description: 'Café on the quay' });
      const second = await open({ title: 'Zeppelin stuck', tags: ['airship'] });
      expect(await numbers({ q: 'ランタン' })).toEqual([first.number]);
      expect(await numbers({ q: '消え' })).toEqual([first.number]);
      expect(await numbers({ q: 'らんたん' })).toEqual([first.number]);
      expect(await numbers({ q: 'ﾗﾝﾀﾝ' })).toEqual([first.number]);
      expect(await numbers({ q: 'ンラ' })).toEqual([]);
      expect(await numbers({ q: 'cafe qua' })).toEqual([first.number]);
      expect(await numbers({ q: 'AIRSHIP' })).toEqual([second.number]);
      expect(await numbers({ q: `#${second.number} zepp` })).toEqual([second.number]);
      for (const q of ['"', "' OR 1=1 --", '*', '()', 'NEAR(', 'zeppelin & !crash'])
        expect((await chat.get(`${panelRoutes.cases}?${new URLSearchParams({ q })}`)).status).toBe(200);
      const comment = { text: 'It was the mooring mast', visibility: 'internal', version: 1 };
      await chat.post(panelRoutes.caseComments(second.id), comment);
      expect(await numbers({ q: 'mooring' })).toEqual([second.number]);
      await edit(second.id, { version: 2, title: 'Balloon stuck' });
      expect(await numbers({ q: 'zeppelin' })).toEqual([]);
      await asBoss(panelRoutes.caseDeletion(second.id), { version: 3 });
      expect(await numbers({ q: 'balloon' })).toEqual([]);
      expect((await chat.get(panelRoutes.case(second.id))).status).toBe(404);
    });

    test('combines filters in any order, page by page', async () => {
      const made = [];
      for (let n = 0; n < 5; n += 1) made.push(await open({ tags: ['filtered'], priority: 'high' }));
      const [a, b, c, d, e] = made.map(({ number }) => number) as [number, number, number, number, number];
      const move = { to: 'elevated', version: 1 };
      for (const number of [b, d]) await chat.post(panelRoutes.caseTransitions(String(number)), move);
      expect(await numbers({ tag: 'filtered' })).toEqual([e, d, c, b, a]);
      expect(await numbers({ tag: 'filtered', sort: 'updated' })).toEqual([d, b, e, c, a]);
      expect(await numbers({ tag: 'filtered', status: 'elevated,waiting', order: 'asc' })).toEqual([b, d]);
      expect(await numbers({ tag: 'filtered', assignee: 'kim', type: 'bug', priority: 'high' })).toHaveLength(
        5,
      );
      expect(await numbers({ tag: 'filtered', assignee: 'none' })).toEqual([]);
      expect(await numbers({ tag: 'filtered', createdFrom: '2100-01-01T00:00:00Z' })).toEqual([]);
      expect(await numbers({ tag: 'filtered', updatedTo: '2100-01-01T00:00:00Z' })).toHaveLength(5);
      const paged: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: CaseList = await list({
          ...{ tag: 'filtered', sort: 'updated', limit: '2' },
          ...(cursor ? { cursor } : {}),
        });
        paged.push(...page.cases.map(({ number }) => number));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual([d, b, e, c, a]);
      await edit(String(b), { version: 2, priority: 'low' });
      await edit(String(c), { version: 1, priority: 'normal' });
      const byPriority = { tag: 'filtered', sort: 'priority', limit: '3' };
      const first = await list(byPriority);
      const rest = await list({ ...byPriority, cursor: first.nextCursor ?? '' });
      expect([...first.cases, ...rest.cases].map(({ number }) => number)).toEqual([e, d, a, c, b]);
      expect(await numbers({ ...byPriority, order: 'asc' })).toEqual([b, c, a]);
      expect(first.cases.map(({ createdAt, waitingSince }) => waitingSince === createdAt)).toEqual([
        true,
        true,
        true,
      ]);
      for (const bad of [
        'status=gone',
        'cursor=x',
        'limit=0',
        'sort=title',
        'createdFrom=yesterday',
        'createdTo=2027-13-45T00:00Z',
        'updatedFrom=2027-02-31T00:00Z',
      ])
        expect((await chat.get(`${panelRoutes.cases}?${bad}`)).status).toBe(422);
    });

    test('keeps fields that an edit does not name, and answers 409 with the present case to a stale one', async () => {
      const made = await open({ fields: { level: '7', platform: 'iOS' } });
      const { status } = await edit(made.id, { version: 1, priority: 'high', fields: { level: '8' } });
      expect(status).toBe(200);
      const late = await edit(made.id, { version: 1, title: 'Mine' });
      expect(late).toMatchObject({
        status: 409,
        body: { case: { version: 2, priority: 'high', fields: { level: '8', platform: 'iOS' } } },
      });
      const done = await edit(made.id, { version: 2, title: 'Mine', fields: { platform: '' } });
      expect(done.body).toMatchObject({ version: 3, title: 'Mine', fields: { level: '8' } });
      // Nothing differs, so nothing is written.
      expect((await edit(made.id, { version: 3, title: 'Mine' })).body).toMatchObject({ version: 3 });
    });

    test('refuses bad input with a sentence and changes nothing', async () => {
      const made = await open();
      const refused = async (change: object) => {
        const { status, body } = await edit(made.id, { version: 1, ...change });
        expect([status, body.code]).toEqual([422, 'invalid']);
        return String(body.message);
      };
      expect(await refused({ title: 'Hello <@123456789012345678>' })).toContain('mention');
      expect(await refused({ title: 'All of you, @everyone' })).toContain('mention');
      expect(await refused({ title: '[free](https://evil.example)' })).toContain('link in brackets');
      expect(await refused({ title: ' \u202e ' })).toContain('empty');
      expect(await refused({ title: 'x'.repeat(201) })).toContain('/title');
      expect(await refused({ fields: { level: 'many' } })).toContain('wants a number');
      expect(await refused({ fields: { since: '2026-02-30' } })).toContain('wants a date');
      expect(await refused({ fields: { platform: 'Amiga' } })).toContain('one of its options');
      expect(await refused({ fields: { paying: 'maybe' } })).toContain('true or false');
      expect(await refused({ fields: { other: 'x' } })).toContain('no field "other"');
      expect((await chat.get(panelRoutes.case(made.id))).body).toMatchObject({ version: 1 });
      expect((await edit(made.id, { version: 1, title: 'snake_case & *stars*' })).status).toBe(200);
    });

    test('lets agents take and give back cases, and supervisors alone assign, delete, export and read charts', async () => {
      const made = await open();
      const assign = async (assignee: string | null, version: number, token: string) =>
        (await chat.call(panelRoutes.caseEdits(made.id), { token, body: { version, assignee } })).status;
      expect(await assign('mina', 1, chat.token)).toBe(403);
      expect(await assign(null, 1, chat.token)).toBe(200);
      expect(await assign('kim', 2, chat.token)).toBe(200);
      expect(await assign('mina', 3, boss)).toBe(200);
      expect(await assign('kim', 4, chat.token)).toBe(403);
      expect((await chat.get(panelRoutes.case(made.id))).body).toMatchObject({ assigneeName: 'Mina' });
      for (const path of [panelRoutes.caseExport, panelRoutes.webhookDeliveries])
        expect((await chat.get(path)).status).toBe(403);
      const range = `${panelRoutes.caseStats}?from=2026-01-01&to=2026-01-02`;
      expect((await chat.get(range)).status).toBe(403);
      expect((await chat.post(panelRoutes.caseDeletion(made.id), { version: 4 })).status).toBe(403);
      const bulk = { ids: [made.id], action: { is: 'delete' } };
      expect((await chat.post(panelRoutes.caseBulk, bulk)).status).toBe(403);
      expect((await asBoss(panelRoutes.caseDeletion(made.id), { version: 1 })).status).toBe(409);
      expect((await asBoss(panelRoutes.caseDeletion(made.id), { version: 4 })).status).toBe(204);
    });

    test('applies a bulk action to each case by itself and reports those that failed', async () => {
      const [one, two] = [await open({ tags: ['old'] }), await open()];
      await chat.post(panelRoutes.caseTransitions(two.id), { to: 'closed', version: 1 });
      const bulk = async (action: object, ids = [one.id, two.id, '99999999']) =>
        as(CaseBulkResult, (await asBoss(panelRoutes.caseBulk, { ids, action })).body).results.map(
          ({ problem }) => problem,
        );
      expect(await bulk({ is: 'transition', to: 'waiting' })).toEqual([
        null,
        expect.stringContaining('A case that is closed cannot'),
        expect.stringContaining('not known'),
      ]);
      expect(await bulk({ is: 'add-tag', tag: 'sale' }, [one.id, two.id])).toEqual([null, null]);
      expect(await bulk({ is: 'remove-tag', tag: 'OLD' }, [one.id])).toEqual([null]);
      expect(await bulk({ is: 'assign', assignee: 'kim' }, [one.id])).toEqual([null]);
      expect((await chat.get(panelRoutes.case(one.id))).body).toMatchObject({
        status: 'waiting',
        tags: ['sale'],
      });
    });

    test('closes a duplicate, refuses changes of it, and restores it on unmerge', async () => {
      const [kept, copy] = [await open(), await open()];
      await chat.post(panelRoutes.caseTransitions(copy.id), { to: 'waiting', version: 1 });
      const merge = (version: number, into = kept.number) =>
        chat.post(panelRoutes.caseMerge(copy.id), { version, into });
      expect((await merge(1)).status).toBe(409);
      expect((await merge(2, copy.number)).status).toBe(422);
      expect((await merge(2)).body).toMatchObject({ status: 'closed', mergedInto: kept.number });
      expect((await chat.get(panelRoutes.case(kept.id))).body).toMatchObject({ duplicates: [copy.number] });
      const change = await edit(copy.id, { version: 3, priority: 'low' });
      expect(change).toMatchObject({
        status: 422,
        body: { message: expect.stringContaining(`#${kept.number}`) },
      });
      expect((await asBoss(panelRoutes.caseDeletion(kept.id), { version: 2 })).status).toBe(422);
      const back = await chat.post(panelRoutes.caseUnmerge(copy.id), { version: 3 });
      expect(back.body).toMatchObject({ status: 'waiting', mergedInto: null });
    });

    test('exports every case, and no cell as a formula', async () => {
      await open({ title: '=HYPERLINK("https://evil.example")', tags: ['exported'] });
      await open({ title: 'Two\nlines, "quoted"', description: '+1', tags: ['exported'] });
      const { body, headers } = await asBoss<string>(`${panelRoutes.caseExport}?tag=exported`);
      expect(headers.get('content-type')).toContain('text/csv');
      const lines = body.split('\r\n');
      expect(lines).toHaveLength(4);
      expect(body).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
      expect(body).toContain('"Two lines, ""quoted"""');
      // An id as it is, and as a text that no spreadsheet makes a number of.
      const [, id] = /,(\d{17,}),/.exec(lines[2] ?? '') ?? [];
      expect(lines[2]).toEndWith(`,'+1,<@${id}>`);
    });

    test('counts cases for tiles and charts', async () => {
      const made = await open();
      await chat.post(panelRoutes.caseComments(made.id), { text: 'Hi', visibility: 'public', version: 1 });
      await chat.post(panelRoutes.caseTransitions(made.id), { to: 'resolved', version: 2 });
      const bob = chat.discord.createUser({ username: 'bob', globalName: 'Bob' });
      chat.guild.join(bob);
      bob.dm('I forgot my password');
      const [answer] = await eventually(
        () => bob.inbox().filter(({ components }) => JSON.stringify(components).includes('flexcord:solved')),
        (answers) => answers.length > 0,
      );
      if (answer) bob.click(answer, 'flexcord:solved');
      const fourStars = /flexcord:rate:[^"]+:4/;
      const isAsked = ({ components }: { components?: unknown }) =>
        fourStars.test(JSON.stringify(components));
      const asked = await eventually(() => bob.inbox().find(isAsked), Boolean);
      if (asked) bob.click(asked, fourStars.exec(JSON.stringify(asked.components))?.[0] ?? '');
      const all = await eventually(
        async () => as(CaseTiles, (await chat.get(panelRoutes.caseTiles)).body),
        ({ resolved }) => resolved > 0,
      );
      expect(all.open + all.elevated + all.waiting + all.resolved + all.closed).toBe(all.all);
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Tokyo' }).format(Date.now());
      const range = `from=${today}&to=${today}&timeZone=Asia/Tokyo`;
      const { days, total, stars } = await eventually(
        async () => as(CaseStats, (await asBoss(`${panelRoutes.caseStats}?${range}`)).body),
        ({ total }) => total.ended > 0 && total.ratings > 0,
      );
      expect(days).toHaveLength(1);
      expect(total).toMatchObject({ ended: 1, deflected: 1, confirmed: 1, deflection: 1, confirmation: 1 });
      expect([total.ratings, total.rating, stars]).toEqual([1, 4, [0, 0, 0, 1, 0]]);
      expect(total.opened).toBeGreaterThan(5);
      expect(total.resolved).toBeGreaterThan(0);
      expect(total.resolutionMs).toBeGreaterThanOrEqual(0);
      expect(total.firstResponseMs).toBeGreaterThanOrEqual(0);
      const csv = await asBoss<string>(`${panelRoutes.caseStatsExport}?${range}`);
      expect(csv.body).toContain(today);
      for (const bad of ['from=2026-02-01&to=2026-01-01', `${range}x`, 'from=2020-01-01&to=2026-01-01'])
        expect((await asBoss(`${panelRoutes.caseStats}?${bad}`)).status).toBe(422);
    });

    test("lists the operator's fields and keeps a member's values of them", async () => {
      const { body } = await chat.get(panelRoutes.fields);
      expect(as(PanelFields, body).case.map(({ key }) => key)).toEqual(FIELDS.map(({ key }) => key));
      const path = panelRoutes.memberFields(chat.ada.id);
      const set = (fields: object) => chat.post(path, { fields });
      expect((await set({ level: '9.50', paying: 'true' })).body).toEqual({
        fields: { level: '9.5', paying: 'true' },
      });
      expect((await set({ level: 'x' })).status).toBe(422);
      await set({ paying: '' });
      expect(as(MemberFields, (await chat.get(path)).body)).toEqual({ fields: { level: '9.5' } });
    });

    test('lists webhook deliveries for supervisors', async () => {
      const { body } = await asBoss(panelRoutes.webhookDeliveries);
      const { deliveries } = as(WebhookDeliveries, body);
      expect(deliveries.length).toBeGreaterThan(5);
      expect(deliveries[0]).toMatchObject({ status: 'pending', url: 'http://127.0.0.1:9/hook' });
      const id = deliveries[0]?.id ?? '';
      expect((await asBoss(panelRoutes.webhookReplay(id), {})).status).toBe(422);
      expect((await asBoss(panelRoutes.webhookReplay('none'), {})).status).toBe(404);
    });
  });
}
