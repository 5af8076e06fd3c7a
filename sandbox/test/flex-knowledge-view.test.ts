import { afterAll, beforeAll, expect, test } from 'bun:test';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import kb from '../../flex-plugin/src/feature-library/knowledge-view/flex-hooks/strings/en-us.json';
import { chromiumPath } from '../src/flex/chromium.ts';
import { type FlexDesk, openFlexDesk, words } from './flex-desk.ts';

// One browser and one start of Flex for all of them, as one supervisor goes from one to the next.

let desk: FlexDesk;
beforeAll(async () => {
  if (chromiumPath) desk = await openFlexDesk({ roles: ['supervisor'] });
}, 120_000);
afterAll(() => desk?.close());

const story = test.skipIf(!chromiumPath);

const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
const field = (name: string) => desk.page.getByLabel(name, { exact: true });
const sees = (text: string | RegExp) => desk.page.getByText(text).first().waitFor();

/** What the bridge says to somebody at another desk. */
async function atAnotherDesk<Answer>(path: string, body?: unknown): Promise<Answer> {
  const answer = await fetch(desk.bridge.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${desk.twilio.issueToken(desk.kim, { roles: ['supervisor'] })}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

story('articles are listed, filtered and found', async () => {
  await button(words.FlexcordKnowledge).click();
  await sees('1–50 of 60');
  await desk.picture('flex-knowledge-view');
});
