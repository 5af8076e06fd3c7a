import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadConfig, sections, settings } from './config.ts';
import { written } from './reference.ts';

const root = join(import.meta.dir, '../../..');
const hex = '0123456789abcdef0123456789abcdef';
const good = {
  DISCORD_TOKEN: 'abc.def.ghi',
  DISCORD_APPLICATION_ID: '223344556677889900',
  TWILIO_ACCOUNT_SID: `AC${hex}`,
  TWILIO_AUTH_TOKEN: hex,
  TWILIO_WORKSPACE_SID: `WS${hex}`,
  TWILIO_WORKFLOW_SID: `WW${hex}`,
  TWILIO_STUDIO_FLOW_SID: `FW${hex}`,
  STUDIO_SECRET: 'a-secret-of-some-length',
  PUBLIC_URL: 'https://flexcord.harbour.test/',
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

test('reads a complete environment and takes the defaults for the rest', () => {
  const { config, warnings } = loadConfig(good);
  expect(config.PUBLIC_URL).toBe('https://flexcord.harbour.test');
  expect(config.FLEX_ROUTING).toBe('studio');
  expect(config.PORT).toBe(3000);
  expect(warnings).toEqual([]);
});

test('names every fault at once, with the value and what is wanted', () => {
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

test('never prints a secret', () => {
  const faults = faultsOf({
    TWILIO_AUTH_TOKEN: 'my-wrong-secret',
    DATABASE_URL: 'mysql://user:hunter2@host',
  });
  expect(faults).toContain('TWILIO_AUTH_TOKEN is a value of 15 characters (hidden).');
  expect(faults).not.toContain('my-wrong-secret');
  expect(faults).not.toContain('hunter2');
});

test.each([
  ['TWILIO_ACCOUNT_SID', 'AC00000000000000000000000000000000'],
  ['DISCORD_APPLICATION_ID', '112233445566778899'],
  ['DISCORD_TOKEN', 'your-bot-token'],
  ['PUBLIC_URL', 'https://flexcord.example.com'],
  ['STUDIO_SECRET', 'your-secret-of-some-length'],
  ['TWILIO_WORKFLOW_SID', `WW${'0'.repeat(32)}`],
  ['TWILIO_STUDIO_FLOW_SID', `FW${'X'.repeat(32)}`],
  ['TWILIO_API_KEY', `SK${'x'.repeat(32)}`],
  ['TWILIO_FLEX_INSTANCE_SID', 'GOxxxxxxxx'],
])('refuses the placeholder of %s in a sentence', (name, value) => {
  expect(faultsOf({ [name]: value })).toContain(`${name} still holds the placeholder `);
  expect(faultsOf({ [name]: value })).toContain('Put your own value in: ');
});

test('names unknown variables that look like ours, beside the fault that they explain', () => {
  expect(loadConfig({ ...good, DISCORD_GUILDID: '1', SOMETHING_ELSE: '1' }).warnings).toEqual([
    'DISCORD_GUILDID is not a variable of Flexcord and is ignored. Did you mean DISCORD_GUILD_ID?',
  ]);
  const faults = faultsOf({ DISCORD_TOKEN: undefined, DISCORD_TOKN: 'a.b.c' });
  expect(faults).toContain(
    'DISCORD_TOKN is not a variable of Flexcord and is ignored. Did you mean DISCORD_TOKEN?',
  );
  expect(
    loadConfig({ ...good, DISCORD_GUILD_ID: '223344556677889900', DISCORD_GUILDID: '1' }).warnings,
  ).toEqual([]);
});

test('takes lengths of time as people write them, and as plain numbers', () => {
  const read = (raw: string) => loadConfig({ ...good, INACTIVITY_CLOSE_MS: raw }).config.INACTIVITY_CLOSE_MS;
  expect(['30m', '2h', '1.5h', '7d', '90 s', '500ms', '1000', '0'].map(read)).toEqual([
    1_800_000, 7_200_000, 5_400_000, 604_800_000, 90_000, 500, 1000, 0,
  ]);
  for (const bad of ['8d', '2 hours', '-1', '1.0001s', 'h'])
    expect(faultsOf({ INACTIVITY_CLOSE_MS: bad })).toContain('It wants a time from 0 to 7d');
  expect(loadConfig({ ...good, NEW_ACCOUNT_DAYS: '2w' }).config.NEW_ACCOUNT_DAYS).toBe(14);
  expect(faultsOf({ NEW_ACCOUNT_DAYS: '2h' })).toContain('It wants a time from 0 to');
});

test('requires the flow and the secret of Studio for Studio routing only', () => {
  expect(faultsOf({ TWILIO_STUDIO_FLOW_SID: '' })).toContain('FLEX_ROUTING=bridge');
  expect(faultsOf({ TWILIO_STUDIO_FLOW_SID: '', STUDIO_SECRET: '', FLEX_ROUTING: 'bridge' })).toBe('');
});

test('accepts a PUBLIC_URL of plain http for this machine only', () => {
  expect(faultsOf({ PUBLIC_URL: 'http://127.0.0.1:3000' })).toBe('');
  expect(faultsOf({ PUBLIC_URL: 'http://flexcord.harbour.test' })).toContain('PUBLIC_URL');
});

test('accepts origins and nothing more in FLEX_ORIGINS', () => {
  const origins = 'https://flex.twilio.com, http://localhost:3000/';
  expect(loadConfig({ ...good, FLEX_ORIGINS: origins }).config.FLEX_ORIGINS).toEqual([
    'https://flex.twilio.com',
    'http://localhost:3000',
  ]);
  for (const bad of ['*', 'flex.twilio.com', 'https://flex.twilio.com/agent', 'http://flex.twilio.com']) {
    expect(faultsOf({ FLEX_ORIGINS: bad })).toContain('FLEX_ORIGINS');
  }
});

test('hands out typed values', () => {
  const field = { key: 'platform', label: 'Platform', type: 'select', options: ['iOS', 'Android'] };
  const { config } = loadConfig({
    ...good,
    CASE_FIELDS: JSON.stringify([field]),
    BUSINESS_HOURS: 'Mon 09:00-18:00',
    BUSINESS_CLOSED_DAYS: '2027-01-01, 2027-12-25',
    FEEDS: 'https://a.example/rss, https://b.example/rss,https://a.example/rss',
    DISCORD_CDN_HOSTS: 'cdn.discordapp.com',
    CASE_WEBHOOK_PRIVATE: 'allow',
    KNOWLEDGE_SAMPLE: 'true',
    MEMBER_ACTIVITY: 'typing,left-server',
    RATING_MEASURE: 'off',
    AGENT_LANGUAGE: 'de',
  });
  expect(config).toMatchObject({
    CASE_FIELDS: [field],
    MEMBER_FIELDS: [],
    BUSINESS_HOURS: [[{ from: 540, to: 1080 }], [], [], [], [], [], []],
    BUSINESS_CLOSED_DAYS: ['2027-01-01', '2027-12-25'],
    FEEDS: ['https://a.example/rss', 'https://b.example/rss'],
    DISCORD_CDN_HOSTS: ['cdn.discordapp.com'],
    CASE_WEBHOOK_PRIVATE: true,
    CASE_WEBHOOK_URLS: [],
    KNOWLEDGE_SAMPLE: true,
    MEMBER_ACTIVITY: ['typing', 'left-server'],
    RATING_MEASURE: null,
    DISCORD_GUILD_ID: null,
  });
  expect(config.AGENT_LANGUAGE.message.aFile).toBe('eine Datei');
  expect(loadConfig({ ...good, MEMBER_ACTIVITY: 'none' }).config.MEMBER_ACTIVITY).toEqual([]);
  expect(loadConfig(good).config.BUSINESS_HOURS).toBeNull();
});

test.each([
  ['CASE_FIELDS', '[{"key":"platform"}]'],
  ['BUSINESS_HOURS', 'always'],
  ['BUSINESS_CLOSED_DAYS', '1 January'],
  ['BUSINESS_CLOSED_DAYS', '2027-13-45'],
  ['FEEDS', 'http://a.example/rss'],
  ['MEMBER_ACTIVITY', 'typing,sleeping'],
  ['AGENT_LANGUAGE', 'xx'],
  ['KNOWLEDGE_SAMPLE', 'yes'],
  ['CASE_WEBHOOK_PRIVATE', 'constructor'],
])('%s does not accept %s', (name, value) => {
  expect(faultsOf({ [name]: value })).toContain(`${name} is ${JSON.stringify(value)}. It wants `);
});

describe('a variable that was renamed', () => {
  test('is read under its former name, with a warning', () => {
    const { config, warnings } = loadConfig({ ...good, AFTERWORDS: 'open', CHECK_QUIET_MS: '5000' });
    expect(config).toMatchObject({ THANKS_AFTER_END: 'open', TRANSCRIPT_CHECK_MS: 5000 });
    expect(warnings).toEqual([
      'CHECK_QUIET_MS is called TRANSCRIPT_CHECK_MS now. Rename it: the next version no longer reads it.',
      'AFTERWORDS is called THANKS_AFTER_END now. Rename it: the next version no longer reads it.',
    ]);
  });

  test('is read under its new name where both are set, with a warning', () => {
    const { config, warnings } = loadConfig({ ...good, AFTERWORDS: 'open', THANKS_AFTER_END: 'ignore' });
    expect(config.THANKS_AFTER_END).toBe('ignore');
    expect(warnings).toEqual([
      'AFTERWORDS is called THANKS_AFTER_END now and is ignored, because THANKS_AFTER_END is set too.',
    ]);
  });

  test('is named as the operator wrote it where its value is wrong', () => {
    expect(faultsOf({ AFTERWORDS: 'maybe' })).toContain('AFTERWORDS is "maybe". It wants ignore or open.');
  });
});

test.each(Object.entries(written))('%s is what `bun run docs:config` writes', (path, text) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(text());
});

test('every setting stands under one heading', () => {
  expect(sections.flatMap(([, table]) => Object.keys(table))).toEqual(Object.keys(settings));
});

test('a process with a wrong configuration names the fault and exits 2 at little cost', async () => {
  const run = Bun.spawn([process.execPath, join(root, 'bridge/src/main.ts')], {
    env: { ...good, TWILIO_AUTH_TOKEN: 'oops', PATH: process.env.PATH },
    stderr: 'pipe',
    stdout: 'pipe',
  });
  expect(await run.exited).toBe(2);
  expect(await new Response(run.stderr).text()).toContain('TWILIO_AUTH_TOKEN');
  expect(Number(run.resourceUsage()?.cpuTime.total) / 1e6).toBeLessThan(5);
});
