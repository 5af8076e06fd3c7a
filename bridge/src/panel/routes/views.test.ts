import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Elysia } from 'elysia';
import { type Problem, problemResponse } from '../problem.ts';
import { viewRoutes } from './views.ts';

const folder = mkdtempSync(join(tmpdir(), 'flexcord-views-'));
const file = join(folder, 'flexcord-views.js');
const server = new Elysia().onError(({ error }) => problemResponse(error as Problem)).use(viewRoutes(folder));
let url = '';
beforeAll(() => {
  server.listen({ port: 0, hostname: '127.0.0.1' });
  url = `http://127.0.0.1:${server.server?.port}${panelRoutes.views}`;
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const integrityOf = (text: string) =>
  `sha256-${new Bun.CryptoHasher('sha256').update(text).digest('base64')}`;
const ask = (v?: string) => fetch(v === undefined ? url : `${url}?v=${encodeURIComponent(v)}`);

test('serves the built views, cacheable forever under their integrity value, and no other version', async () => {
  const missing = await ask();
  expect(missing.status).toBe(404);
  expect(await missing.json()).toMatchObject({ code: 'not-found' });

  await Bun.write(file, 'one();');
  const plain = await ask();
  expect(await plain.text()).toBe('one();');
  expect(plain.headers.get('cache-control')).toBe('no-cache');
  const named = await ask(integrityOf('one();'));
  expect(await named.text()).toBe('one();');
  expect(named.headers.get('cache-control')).toContain('immutable');
  expect(named.headers.get('content-type')).toContain('text/javascript');
  expect((await ask(integrityOf('two();'))).status).toBe(404);

  await Bun.write(join(folder, 'flexcord-desk.js'), 'desk();');
  const desk = await fetch(url.replace(panelRoutes.views, panelRoutes.desk));
  expect(await desk.text()).toBe('desk();');
});

test('serves the texts of the views in a language, and nothing beside them', async () => {
  await Bun.write(join(folder, 'views/ja.json'), '{}');
  await Bun.write(join(folder, 'secret.json'), '{}');
  const texts = (language: string) => fetch(url.replace(panelRoutes.views, panelRoutes.viewTexts(language)));
  const found = await texts('ja');
  expect([found.headers.get('content-type'), await found.text()]).toEqual(['application/json', '{}']);
  for (const other of ['de', '..%2Fsecret', '%2e%2e%2fsecret', 'JA'])
    expect((await texts(other)).ok).toBe(false);
});
