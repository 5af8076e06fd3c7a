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

test('limits the checks that wait, of all addresses and of one', async () => {
  const whose = check({ maxChecks: 1, maxWaiting: 4 });
  const tokens = [1, 2, 3].map(() => twilio.issueToken(agent));
  const verdicts = await Promise.allSettled(tokens.map((token) => whose(token)));
  expect(verdicts.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect((await whose(tokens[2] as string))?.identity).toBe('kim');
});

test('an address that tries out tokens does not keep another one waiting', async () => {
  let underWay = 0;
  let most = 0;
  const finished: string[] = [];
  const whose = check({
    maxChecks: 8,
    async validate(token) {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      finished.push(token);
      return null;
    },
  });
  const guesses = Array.from({ length: 200 }, (_, n) => whose(`guess-of-somebody-${n}`, '203.0.113.1'));
  const good = Array.from({ length: 4 }, (_, n) => whose(`token-of-an-agent-${n}`, '198.51.100.1'));
  await Promise.all([...guesses, ...good]);
  expect(most).toBeLessThanOrEqual(8);
  const places = finished.flatMap((token, at) => (token.startsWith('token-of') ? [at] : []));
  expect(Math.max(...places)).toBeLessThan(20);
});

test('who had a good token before does not wait behind others of the same address', async () => {
  const finished: string[] = [];
  const validate = async (token: string) => {
    await new Promise((resolve) => setImmediate(resolve));
    finished.push(token);
    if (!token.startsWith('token-of')) return null;
    return { identity: 'kim', roles: ['agent'], expiresAt: Date.now() + 60_000 };
  };
  const whose = check({ maxChecks: 4, keepMs: 1, validate });
  const token = 'token-of-an-agent';
  expect((await whose(token, 'same'))?.identity).toBe('kim');
  await Bun.sleep(5);
  const guesses = Array.from({ length: 200 }, (_, n) => whose(`guess-of-somebody-${n}`, 'same'));
  await Promise.all([...guesses, whose(token, 'same')]);
  expect(finished.lastIndexOf(token)).toBeLessThan(10);
});
