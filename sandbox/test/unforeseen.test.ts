import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

const PRELOAD = join(import.meta.dir, 'unforeseen.preload.ts');

describe('what nothing in the bridge catches', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({
      env: { BUN_OPTIONS: `--preload ${PRELOAD}`, UNFORESEEN: 'lost-network', LOG_LEVEL: 'info' },
    });
  });
  afterAll(closeHarnesses);

  const logged = (words: string) => harness.bridge.output().filter((line) => line.includes(words));

  test('goes on after what discord.js lets through on a lost network, and hears the member again', async () => {
    const pid = harness.bridge.pid();
    process.kill(pid, 'SIGUSR2');
    await waitUntil(() => logged('the network to Discord was lost').length > 0, { what: 'the warning' });
    await waitUntil(() => logged('gateway connection lost').length > 0, { what: 'the loss' });
    const { conversationSid } = await harness.startChatWithAgent();
    harness.ada.dm('after the loss');
    await harness.waitForTranscript(conversationSid, (body) => body === 'after the loss');
    expect(harness.bridge.pid()).toBe(pid);
  });

  test.each([
    ['error', 'Error: nobody foresaw this'],
    ['rejection', 'Error: nobody waits for this'],
  ])(
    'ends with code 1 after any other %s, and says why, so that a supervisor starts it anew',
    async (is, cause) => {
      await harness.bridge.kill();
      await harness.bridge.start({ UNFORESEEN: is });
      const ended = harness.bridge.ended();
      process.kill(harness.bridge.pid(), 'SIGUSR2');
      expect(await ended).toBe(1);
      await waitUntil(() => logged(`nothing in the bridge handles what happened (${cause})`).length === 1, {
        what: 'the sentence',
      });
      const line = JSON.parse(logged(cause)[0] ?? '{}');
      expect(line).toMatchObject({ level: 60, err: { message: cause.replace('Error: ', '') } });
      await harness.bridge.start({ UNFORESEEN: is });
    },
  );
});
