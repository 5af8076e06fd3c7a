import { expect, test } from 'bun:test';
import { Elysia } from 'elysia';
import pino from 'pino';
import { createServer, opsRoutes } from './http.ts';

test.each([
  [true, 'max-age=31536000'],
  [false, null],
])('a bridge whose address is https alone (%p) tells browsers so', async (isSecure, told) => {
  const routes = opsRoutes({ ready: async () => ({ store: true }) });
  const server = createServer(pino({ level: 'silent' }), new Elysia(), [], { isSecure }).use(routes);
  for (const path of ['/health', '/nothing']) {
    const { headers } = await server.handle(new Request(`http://localhost${path}`));
    expect([path, headers.get('strict-transport-security')]).toEqual([path, told]);
  }
});
