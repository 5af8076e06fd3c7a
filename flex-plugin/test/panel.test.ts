import { afterAll, beforeAll, describe } from 'bun:test';

import { chromiumPath } from '../../sandbox/src/flex/chromium.ts';
import { panelAtWork } from './panel/behaviour.ts';
import { panelStates } from './panel/states.ts';
import { openStage, type Stage } from './stage.ts';

// One browser for all of them, which keeps the page's scripts compiled.
describe.skipIf(!chromiumPath)('the panel', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 30_000);
  afterAll(() => stage?.close());

  panelAtWork(() => stage);
  panelStates(() => stage);
});
