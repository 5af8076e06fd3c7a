import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { Transient } from '../relay/errors.ts';
import { createLogger } from './logger.ts';
import { createRecentTroubles } from './recent-troubles.ts';

/** What a process prints that logs one line in a format; its output is no terminal. */
async function printed(format: string): Promise<string> {
  const script = `
    const { createLogger, logDestination } = await import('${join(import.meta.dir, 'logger.ts')}');
    const logger = createLogger({ level: 'info', destination: await logDestination('${format}') });
    logger.info({ kind: 'discord.message', token: 'a-secret' }, 'an entry was worked on');`;
  const child = Bun.spawn([process.execPath, '--no-env-file', '-e', script], { stdout: 'pipe' });
  return (await new Response(child.stdout).text()).trim();
}

test('lines are for people where that is asked for, and JSON where no terminal looks on', async () => {
  const [auto, pretty] = await Promise.all([printed('auto'), printed('pretty')]);
  expect(JSON.parse(auto)).toMatchObject({ kind: 'discord.message', msg: 'an entry was worked on' });
  expect(pretty).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO.*an entry was worked on.*discord\.message/);
  expect(auto + pretty).not.toContain('a-secret');
});

test('remembers the latest warnings and errors in bounded number, and no words of libraries', () => {
  const troubles = createRecentTroubles();
  const logger = createLogger({ level: 'info', destination: { write() {} }, troubles });
  logger.info('nothing to see');
  for (let times = 0; times < 3; times += 1) logger.warn({ side: 'twilio' }, 'the side takes no requests');
  logger.error({ err: new Error('"my password is lantern" is no JSON') }, 'a handler failed unexpectedly');
  logger.error({ err: new Transient('send a message: HTTP 503', { ambiguous: true }) }, 'not sent');
  expect(troubles.list()).toMatchObject([
    { level: 'error', message: 'not sent', about: 'send a message: HTTP 503' },
    { level: 'error', message: 'a handler failed unexpectedly', about: 'Error' },
    { level: 'warn', message: 'the side takes no requests', about: 'twilio', count: 3 },
  ]);
  for (let n = 0; n < 500; n += 1) logger.warn(`trouble ${n}`);
  expect(troubles.list()).toHaveLength(50);
  expect(troubles.list()[0]?.message).toBe('trouble 499');
  // What is cut leaves no half of a character.
  for (const lead of ['', 'a'])
    logger.warn({ what: `${lead}${'👍'.repeat(200)}` }, `${lead}${'👍'.repeat(200)}`);
  for (const { message, about } of troubles.list().slice(0, 2))
    expect(`${message}${about}`.isWellFormed()).toBe(true);
});
