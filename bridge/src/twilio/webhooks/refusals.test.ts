import { expect, test } from 'bun:test';
import { waitUntil } from '../../../../sandbox/src/wait-until.ts';
import { createLogger } from '../../ops/logger.ts';
import { registry } from '../../telemetry/metrics.ts';
import { createRefusals } from './refusals.ts';

test('a flood of unsigned webhooks is a line now and one a minute with their number, and all are counted', async () => {
  const lines: { msg: string; count: number; path?: string }[] = [];
  const logger = createLogger({
    level: 'warn',
    destination: { write: (line) => lines.push(JSON.parse(line)) },
  });
  const before = await countOf('signature');
  const { refused } = createRefusals(logger, 20);
  for (let n = 0; n < 1000; n += 1) refused('signature', { path: `/twilio/${n}` });
  expect(lines).toMatchObject([{ count: 1, path: '/twilio/0' }]);
  refused('secret');
  expect(lines).toHaveLength(2);
  await waitUntil(() => lines.length === 3, { what: 'the line with the number' });
  expect(lines[2]).toMatchObject({ count: 999, path: '/twilio/999' });
  expect(lines[2]?.msg).toStartWith('a webhook without a valid signature was refused');
  expect((await countOf('signature')) - before).toBe(1000);
});

async function countOf(reason: string): Promise<number> {
  const metric = await registry.getSingleMetric('flexcord_webhooks_refused_total')?.get();
  return metric?.values.find(({ labels }) => labels.reason === reason)?.value ?? 0;
}
