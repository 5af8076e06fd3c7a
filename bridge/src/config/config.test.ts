import { expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, envExample, loadConfig } from './config.ts';

const root = join(import.meta.dir, '../../..');
const hex = '0123456789abcdef0123456789abcdef';
const good = {
  DISCORD_TOKEN: 'abc.def.ghi',
  DISCORD_APPLICATION_ID: '112233445566778899',
  TWILIO_ACCOUNT_SID: `AC${hex}`,
  TWILIO_AUTH_TOKEN: hex,
  TWILIO_WORKSPACE_SID: `WS${hex}`,
  TWILIO_WORKFLOW_SID: `WW${hex}`,
  TWILIO_STUDIO_FLOW_SID: `FW${hex}`,
  STUDIO_SECRET: 'a-secret-of-some-length',
  PUBLIC_URL: 'https://flexcord.example.com/',
};

function faultsOf(change: Record<string, string | undefined>): string {
  try {
    loadConfig({ ...good, ...change });
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

test('a complete environment is taken, with defaults for the rest', () => {
  const config = loadConfig(good);
  expect(config.PUBLIC_URL).toBe('https://flexcord.example.com');
  expect(config.FLEX_ROUTING).toBe('studio');
  expect(config.PORT).toBe(3000);
});

test('every fault is named at once, with what it got and what it wants', () => {
  const faults = faultsOf({
    DISCORD_TOKEN: undefined,
    TWILIO_ACCOUNT_SID: 'SK123',
    PORT: 'ninety',
    FLEX_ROUTING: 'magic',
  });
  expect(faults).toContain('DISCORD_TOKEN is missing.');
  expect(faults).toContain('TWILIO_ACCOUNT_SID is "SK123". It wants AC and 32 hexadecimal digits.');
  expect(faults).toContain('PORT is "ninety". It wants a whole number from 0 to 65535.');
  expect(faults).toContain('FLEX_ROUTING is "magic". It wants studio or bridge.');
});

test('a secret is never shown', () => {
  const faults = faultsOf({
    TWILIO_AUTH_TOKEN: 'my-wrong-secret',
    DATABASE_URL: 'mysql://user:hunter2@host',
  });
  expect(faults).toContain('TWILIO_AUTH_TOKEN is a value of 15 characters (hidden).');
  expect(faults).not.toContain('my-wrong-secret');
  expect(faults).not.toContain('hunter2');
});

test('Studio routing needs its flow and its secret; bridge routing does not', () => {
  expect(faultsOf({ TWILIO_STUDIO_FLOW_SID: '' })).toContain('FLEX_ROUTING=bridge');
  expect(faultsOf({ TWILIO_STUDIO_FLOW_SID: '', STUDIO_SECRET: '', FLEX_ROUTING: 'bridge' })).toBe('');
});

test('PUBLIC_URL may be plain http for this machine only', () => {
  expect(faultsOf({ PUBLIC_URL: 'http://127.0.0.1:3000' })).toBe('');
  expect(faultsOf({ PUBLIC_URL: 'http://flexcord.example.com' })).toContain('PUBLIC_URL');
});

test('FLEX_ORIGINS takes origins and nothing more', () => {
  const origins = 'https://flex.twilio.com, http://localhost:3000/';
  expect(loadConfig({ ...good, FLEX_ORIGINS: origins }).FLEX_ORIGINS).toBe(
    'https://flex.twilio.com,http://localhost:3000',
  );
  for (const bad of ['*', 'flex.twilio.com', 'https://flex.twilio.com/agent', 'http://flex.twilio.com']) {
    expect(faultsOf({ FLEX_ORIGINS: bad })).toContain('FLEX_ORIGINS');
  }
});

test('.env.example is what the settings say', () => {
  expect(readFileSync(join(root, '.env.example'), 'utf8')).toBe(envExample());
});

test('a process with a wrong configuration says so in one breath and exits 2', async () => {
  const began = performance.now();
  const run = Bun.spawn([process.execPath, join(root, 'bridge/src/main.ts')], {
    env: { ...good, TWILIO_AUTH_TOKEN: 'oops', PATH: process.env.PATH },
    stderr: 'pipe',
    stdout: 'pipe',
  });
  expect(await run.exited).toBe(2);
  expect(await new Response(run.stderr).text()).toContain('TWILIO_AUTH_TOKEN');
  expect(performance.now() - began).toBeLessThan(5000);
});
