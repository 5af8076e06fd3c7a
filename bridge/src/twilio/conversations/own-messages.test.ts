import { afterAll, beforeAll, expect, test } from 'bun:test';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { agentMessageKey } from '../../relay/keys.ts';
import type { Store } from '../../store/open.ts';
import { createOwnMessages } from './own-messages.ts';

let place: TestPlace;
let store: Store;
beforeAll(async () => {
  place = await storeKinds[0].make();
  store = await place.open();
});
afterAll(() => place.drop());

test('knows its messages by a mark of the auth token before, for as long as that is named', async () => {
  const of = (...authTokens: [string, ...string[]]) =>
    createOwnMessages({ store, authTokens, botName: 'Bot' });
  const [conversationSid, author] = ['CH1', 'Bot'];
  const flexcord = of('old').mark(conversationSid, author, agentMessageKey('IM1'), 0);
  const message = { sid: 'IM2', conversationSid, author, attributes: JSON.stringify({ flexcord }) };
  expect(await of('new', 'old').isOurs(message)).toBe(true);
  expect(await of('new').isOurs(message)).toBe(false);
  const mark = of('new', 'old').mark(conversationSid, author, agentMessageKey('IM1'), 0);
  expect(await of('new').isOurs({ ...message, attributes: JSON.stringify({ flexcord: mark }) })).toBe(true);
});
