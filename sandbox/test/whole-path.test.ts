import { describe, test } from 'bun:test';
import { startSandbox } from '../src/sandbox.ts';
import { story } from '../src/tour.ts';

/** The same story that `bun run demo -- --tour` tells, on every way in which a conversation can reach an agent. */
describe('whole path', () => {
  for (const options of [
    { routing: 'studio', studioWebhookSurvives: false },
    { routing: 'studio', studioWebhookSurvives: true },
    { routing: 'bridge' },
  ] as const) {
    test(JSON.stringify(options), async () => {
      const sandbox = await startSandbox(options);
      try {
        await story(sandbox);
      } finally {
        await sandbox.stop();
      }
    });
  }
});
