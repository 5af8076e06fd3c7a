import { afterEach, expect, test } from 'bun:test';
import { manualClock } from './clock.ts';
import { request, start, stopAll } from './testing.ts';

afterEach(stopAll);

test('valid, expired, foreign and unknown tokens are told apart', async () => {
  const clock = manualClock();
  const { twilio } = await start({ clock });
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim', roles: ['agent', 'supervisor'] });
  const validate = async (token: string) => {
    const address = `https://iam.twilio.com/v1/Accounts/${twilio.accountSid}/Tokens/validate`;
    const headers = { 'content-type': 'application/json' };
    const response = await request(twilio, address, {
      method: 'POST',
      body: JSON.stringify({ token }),
      headers,
    });
    return (await response.json()) as { valid: boolean; message: string | null };
  };
  const token = twilio.issueToken(kim, { expiresIn: 60 });
  expect(token.split('.')).toHaveLength(5);
  expect(await validate(token)).toMatchObject({
    valid: true,
    identity: 'kim',
    roles: ['agent', 'supervisor'],
    worker_sid: kim.workerSid,
  });
  clock.advance(61_000);
  expect(await validate(token)).toMatchObject({ valid: false, message: 'Token has expired' });
  const foreign = twilio.issueToken(kim, { accountSid: `AC${'0'.repeat(32)}` });
  expect(await validate(foreign)).toMatchObject({
    valid: false,
    message: 'Token belongs to another account',
  });
  expect(await validate('not a token')).toMatchObject({ valid: false });
});
