import { afterAll, beforeAll, describe } from 'bun:test';

import { chromiumPath } from '../../sandbox/src/flex/chromium.ts';
import { panelBehaviour } from './panel/behaviour.ts';
import { caseEditing } from './panel/caseEditing.ts';
import { composerBehaviour } from './panel/composer.ts';
import { keyboardDay } from './panel/keyboardDay.ts';
import { panelStates } from './panel/states.ts';
import { viewParts } from './panel/viewParts.ts';
import { supervisorsViews } from './panel/views.ts';
import { openTestPage, type TestPage } from './testPage.ts';

// One browser for all tests, so that it compiles the page's scripts only once.
describe.skipIf(!chromiumPath)('the panel', () => {
  let testPage: TestPage;
  beforeAll(async () => {
    testPage = await openTestPage();
  });
  afterAll(() => testPage?.close());

  panelBehaviour(() => testPage);
  caseEditing(() => testPage);
  composerBehaviour(() => testPage);
  panelStates(() => testPage);
  supervisorsViews(() => testPage);
  viewParts(() => testPage);
  keyboardDay(() => testPage);
});
