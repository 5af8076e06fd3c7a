import { afterAll, beforeAll, describe } from 'bun:test';
import { chromiumPath } from '../src/flex/chromium.ts';
import { type FlexDesk, openFlexDesk } from './flex-desk.ts';
import { casesView, SHARED_ADDRESS, seedCases } from './flex-views/cases.ts';
import { knowledgeView } from './flex-views/knowledge.ts';
import { bringAxe } from './flex-views/sound.ts';

// One browser and one start of Flex for both views: a supervisor goes from one thing to the next. The last story of the
// second one stops the bridge.
describe.skipIf(!chromiumPath)('the supervisors’ views', () => {
  let desk: FlexDesk;
  beforeAll(async () => {
    desk = await openFlexDesk({ roles: ['supervisor'] });
    await seedCases(desk);
    await desk.open(SHARED_ADDRESS);
    await bringAxe(desk);
  }, 120_000);
  afterAll(() => desk?.close());

  casesView(() => desk);
  knowledgeView(() => desk);
});
