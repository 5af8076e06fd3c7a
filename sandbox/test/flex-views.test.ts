import { afterAll, beforeAll, describe } from 'bun:test';
import { chromiumPath } from '../src/flex/chromium.ts';
import { FLEX_START_TIMEOUT_MS, type FlexBrowser, openFlexBrowser } from './flex-browser.ts';
import { casesView, SHARED_ADDRESS, seedCases } from './flex-views/cases.ts';
import { communityView } from './flex-views/community.ts';
import { knowledgeView } from './flex-views/knowledge.ts';
import { operationsView } from './flex-views/operations.ts';

// All views share one browser and one start of Flex. The last test of the knowledge view stops the bridge.
describe.skipIf(!chromiumPath)('the supervisors’ views', () => {
  let flex: FlexBrowser;
  beforeAll(async () => {
    flex = await openFlexBrowser({ roles: ['supervisor', 'admin'] });
    await seedCases(flex);
    await flex.open(SHARED_ADDRESS);
  }, FLEX_START_TIMEOUT_MS);
  afterAll(() => flex?.close());

  casesView(() => flex);
  operationsView(() => flex);
  communityView(() => flex);
  knowledgeView(() => flex);
});
