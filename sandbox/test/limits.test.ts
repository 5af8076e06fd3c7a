import { afterAll, beforeAll, expect, test } from 'bun:test';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(closeHarnesses);

test('a member who reports a thousand bugs is told to wait, and another one’s report is taken', async () => {
  const { guild, newMember } = harness;
  const [bo, cleo] = [newMember('Bo'), newMember('Cleo')];
  const flood = Array.from({ length: 1000 }, (_, n) =>
    bo.slash('bug', { description: `broken ${n}` }, { guild }),
  );
  const other = cleo.slash('bug', { description: 'the boat sinks' }, { guild });
  const said = (view: (typeof flood)[number]) => view.response?.content ?? '';
  await waitUntil(() => /#\d+/.test(said(other)));
  const answers = flood.map(said);
  expect(answers.filter((text) => /#\d+/.test(text)).length).toBeLessThanOrEqual(20);
  await waitUntil(() => flood.map(said).filter((text) => text.includes('a lot at once')).length === 1);
  expect(flood.map(said).filter(Boolean).length).toBeLessThanOrEqual(21);
});
