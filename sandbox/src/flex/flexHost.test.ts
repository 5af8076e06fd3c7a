import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { CaseList } from '@flexcord/shared/panel/case';
import type { MemberNotes, MemberProfile, PastConversations } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Served, serve } from '../core/serve.ts';
import { chromiumPath } from './chromium.ts';
import { flexHost } from './flexHost.ts';
import { memoryBackend } from './memoryBackend.ts';
import { buildPlugin, flexcordPlugin } from './plugin.ts';

const memberId = '123456789012345678';
const identity = `discord_${memberId}`;
const profile: MemberProfile = {
  id: memberId,
  username: 'ada',
  displayName: 'Ada of the Server',
  avatarUrl: null,
  accountCreatedAt: '2020-05-01T00:00:00Z',
  isNewAccount: false,
  joinedServerAt: '2024-01-02T00:00:00Z',
  boostingSince: null,
  locale: 'en-GB',
  roles: [{ id: '223456789012345678', name: 'Founders', color: '#e91e63' }],
  openCases: 2,
  blocked: null,
};

/** A bridge with one member and nothing else. */
function panelServer(port?: number): Served {
  const answers: Record<string, MemberProfile | PastConversations | MemberNotes | CaseList> = {
    [panelRoutes.member(memberId)]: profile,
    [panelRoutes.conversations(memberId)]: { conversations: [], nextCursor: null },
    [panelRoutes.notes(memberId)]: { notes: [] },
    [panelRoutes.cases]: { cases: [], nextCursor: null },
  };
  return serve({
    service: 'panel',
    port,
    handle: (request) => {
      const headers = {
        'access-control-allow-origin': '*',
        'access-control-allow-headers': '*, Authorization',
      };
      if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers });
      const answer = answers[new URL(request.url).pathname];
      const isAgent = request.headers.get('authorization')?.startsWith('Bearer ey');
      if (!answer || !isAgent) return new Response(null, { status: answer ? 401 : 404, headers });
      return Response.json(answer, { headers });
    },
  });
}

async function until(what: string, isTrue: () => boolean): Promise<void> {
  const end = Date.now() + 8000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error(`never came true: ${what}`);
    await Bun.sleep(20);
  }
}

let browser: Browser;
beforeAll(async () => {
  if (!chromiumPath) return;
  await buildPlugin();
  browser = await chromium.launch({
    executablePath: chromiumPath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
}, 90_000);
afterAll(() => browser?.close());

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByText('Offline').first().click();
  await page.getByText('Available').first().click();
}

test.skipIf(!chromiumPath)(
  'an agent in the real Flex UI takes a Discord conversation from its arrival to its end',
  async () => {
    const backend = memoryBackend({ identity: 'mina', fullName: 'Mina Sato' });
    const unknown: string[] = [];
    // The port of a bridge that is down: it comes back on it later.
    const away = panelServer();
    await away.stop();
    const host = await flexHost({
      backend,
      plugins: [flexcordPlugin],
      uiAttributes: { flexcord: { bridgeUrl: away.url } },
      onUnknown: (what) => unknown.push(what),
    });
    const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
    let panel: Served | undefined;
    try {
      await logIn(page, host.url);
      const available = backend.activities().find(({ name }) => name === 'Available')?.sid;
      await until('available', () => backend.worker().activitySid === available);

      const { conversationSid, reservationSid, taskSid } = backend.offerTask({
        attributes: {
          customerAddress: identity,
          customerName: 'Ada',
          channelType: 'web',
          flexInteractionSid: `KD${'1'.repeat(32)}`,
          flexInteractionChannelSid: `UO${'1'.repeat(32)}`,
          flexChannelInviteSid: `KG${'1'.repeat(32)}`,
        },
        taskChannelUniqueName: 'discord',
        customerIdentity: identity,
        customerName: 'Ada Byron',
        messages: ['Hello, my order has not arrived', 'It was number 1042'],
      });
      await page.getByText('Ada').first().waitFor();
      await page.locator('button[aria-label*="Accept" i]').first().click();
      await until('accepted', () => backend.reservation(reservationSid)?.status === 'accepted');
      await page.getByText('It was number 1042').last().waitFor();
      await page.getByText('Ada Byron').first().waitFor();

      await page.getByText('The Flexcord bridge does not answer').first().waitFor();
      panel = panelServer(away.port);
      await page.getByText(profile.displayName).waitFor();
      await page.getByText('Founders').waitFor();
      await page.getByRole('tab', { name: 'Profile' }).press('ArrowRight');
      await page.getByText('This member has no cases.').waitFor();

      const composer = page.locator('[contenteditable=true], textarea[placeholder*="message" i]').first();
      await composer.fill('Let me look that up.');
      await page.locator('button:has-text("Send")').first().click();
      await until('sent', () => backend.messages(conversationSid).at(-1)?.body === 'Let me look that up.');
      backend.receive(conversationSid, identity, 'Thank you very much!');
      await page.getByText('Thank you very much!').last().waitFor();

      await composer.fill('word '.repeat(900));
      await page.getByText('this will be sent as 3 messages').waitFor();
      await composer.fill('');

      await page.locator('button:has-text("End")').first().click();
      await until('wrapping', () => backend.reservation(reservationSid)?.status === 'wrapping');
      await page.locator('button:has-text("Complete")').first().click();
      await until('completed', () => backend.task(taskSid)?.assignmentStatus === 'completed');
      expect(unknown).toEqual([]);
    } finally {
      await page.close();
      await host.stop();
      await panel?.stop();
    }
  },
  60_000,
);

test.skipIf(!chromiumPath)(
  'a task of another channel keeps the panel Flex has for it',
  async () => {
    const backend = memoryBackend({ identity: 'mina', fullName: 'Mina Sato' });
    const host = await flexHost({ backend, plugins: [flexcordPlugin] });
    const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
    try {
      await logIn(page, host.url);
      const { reservationSid } = backend.offerTask({
        attributes: { customerName: 'Bob', channelType: 'web', customerAddress: 'web-visitor' },
        taskChannelUniqueName: 'chat',
        customerIdentity: 'web-visitor',
        customerName: 'Bob',
        messages: ['Hello from the website'],
      });
      await page.locator('button[aria-label*="Accept" i]').first().click();
      await until('accepted', () => backend.reservation(reservationSid)?.status === 'accepted');
      await page.getByText('Hello from the website').last().waitFor();
      expect(await page.getByRole('tab', { name: 'Knowledge' }).count()).toBe(0);
    } finally {
      await page.close();
      await host.stop();
    }
  },
  60_000,
);
