import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test';
import { eventually } from '../../testing/panel-bridge.ts';
import { Faults, startTwilio, type Twilio } from '../../testing/sandbox.ts';
import { createTokenValidator } from '../twilio/iam.ts';
import { createTokenCheck, type TokenCheckOptions } from './tokens.ts';

let twilio: Twilio;
let agent: ReturnType<Twilio['createAgent']>;
let before: number;
const faults = new Faults();

beforeAll(async () => {
  twilio = await startTwilio({ faults });
  agent = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
});
afterAll(() => twilio.stop());
beforeEach(() => {
  faults.clear();
  before = asked();
});

const asked = () => twilio.requests.filter(({ path }) => path.endsWith('/Tokens/validate')).length;
const check = (options: Partial<TokenCheckOptions> = {}) =>
  createTokenCheck({
    validate: createTokenValidator({
      accountSid: twilio.accountSid,
      authToken: twilio.authToken,
      apiUrl: twilio.url,
    }),
    ...options,
  });

test('asks Twilio once for concurrent calls with one token, and caches the verdict', async () => {
  const whose = check();
  const token = twilio.issueToken(agent);
  const verdicts = await Promise.all(Array.from({ length: 20 }, () => whose(token)));
  expect(verdicts.map((holder) => holder?.identity)).toEqual(Array(20).fill('kim'));
  expect((await whose(token))?.roles).toEqual(['agent']);
  expect(asked() - before).toBe(1);
});

test('asks again when a cached verdict has expired', async () => {
  const whose = check({ keepMs: 20 });
  const token = twilio.issueToken(agent);
  await eventually(
    async () => {
      await whose(token);
      return asked() - before;
    },
    (times) => times >= 2,
  );
});

test('drops a cached verdict when its token expires', async () => {
  const whose = check();
  const token = twilio.issueToken(agent, { expiresIn: 2 });
  expect((await whose(token))?.identity).toBe('kim');
  await eventually(
    () => whose(token),
    (holder) => holder === null,
  );
});

test('does not cache a refusal', async () => {
  const whose = check();
  expect(await whose('never-issued-by-anybody')).toBeNull();
  expect(await whose('never-issued-by-anybody')).toBeNull();
  expect(asked() - before).toBe(2);
});

test('refuses a malformed token without asking Twilio', async () => {
  const whose = check();
  for (const token of ['', 'short', 'x'.repeat(9000), 'with spaces in the middle']) {
    expect(await whose(token)).toBeNull();
  }
  expect(asked() - before).toBe(0);
});

test('evicts the oldest verdicts when the cache is full', async () => {
  const whose = check({ maxCached: 2 });
  const tokens = [1, 2, 3].map(() => twilio.issueToken(agent));
  for (const token of tokens) await whose(token);
  await whose(tokens[0] as string);
  expect(asked() - before).toBe(4);
});

test('answers 503 while Twilio does not answer, and asks again on the next call', async () => {
  const whose = check();
  const token = twilio.issueToken(agent);
  faults.add({ on: 'api', match: /validate/, times: 1, effect: { kind: 'status', status: 503 } });
  await expect(whose(token)).rejects.toMatchObject({ code: 'unavailable' });
  faults.add({ on: 'api', match: /validate/, times: 1, effect: { kind: 'status', status: 429 } });
  await expect(whose(token)).rejects.toMatchObject({ code: 'unavailable' });
  expect((await whose(token))?.identity).toBe('kim');
  const { accountSid, authToken } = twilio;
  const nobodyThere = createTokenValidator({ accountSid, authToken, apiUrl: 'http://127.0.0.1:1' });
  await expect(check({ validate: nobodyThere })(token)).rejects.toMatchObject({ code: 'unavailable' });
});

test('limits concurrent checks', async () => {
  const whose = check({ maxChecks: 2 });
  const tokens = [1, 2, 3].map(() => twilio.issueToken(agent));
  const verdicts = await Promise.allSettled(tokens.map(whose));
  expect(verdicts.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect((await whose(tokens[2] as string))?.identity).toBe('kim');
});
