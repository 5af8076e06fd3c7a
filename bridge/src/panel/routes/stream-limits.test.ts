import { afterAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { createLocalNotices } from '../../store/notices.ts';
import { createAuthentication } from '../auth.ts';
import { createLiveEvents } from '../live-events.ts';
import { eventRoutes } from './events.ts';

const { identify, authenticate } = createAuthentication({
  checkToken: async (token) => ({
    identity: token,
    roles: ['agent'],
    expiresAt: Date.now() + 60_000,
  }),
});
const { routes, close } = eventRoutes({
  live: createLiveEvents({ notices: createLocalNotices(), logger: { warn: () => {} } }),
  identify,
  authenticate,
  addressOf: (request) => request.headers.get('x-forwarded-for') ?? '',
  maxReaders: 4,
});
afterAll(close);

async function open(token: string, address: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': address };
  return (await routes.handle(new Request(`http://bridge${panelRoutes.events}`, { headers }))).status;
}

test('one address cannot take all event streams, by however many agents', async () => {
  expect(await open('kim', '203.0.113.1')).toBe(200);
  expect(await open('lee', '203.0.113.1')).toBe(200);
  expect(await open('ann', '203.0.113.1')).toBe(429);
  expect(await open('ann', '198.51.100.1')).toBe(200);
  expect(await open('bo', '198.51.100.1')).toBe(200);
  expect(await open('cleo', '192.0.2.1')).toBe(503);
});
