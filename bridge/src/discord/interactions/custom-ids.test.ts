import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ButtonStyle, ComponentType } from 'discord.js';
import { type Chat, startChat } from '../../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { languages } from '../../texts/index.ts';
import { type CustomIdName, customIdParts } from '../render/custom-id.ts';

const ADMINISTRATOR = 8n;
const CONVERSATION = '0193f0a2-7c1e-7d2b-9a60-5f1d2c3b4a59';

/**
 * Every form of custom id that a version of the bridge has posted. Messages with them stay in Discord: a line may be
 * added here, and none changed or taken away.
 */
const POSTED: Record<CustomIdName, readonly string[]> = {
  ask: ['flexcord:ask'],
  cases: ['flexcord:cases'],
  person: ['flexcord:person'],
  solved: ['flexcord:solved'],
  'case-solved': ['flexcord:case-solved:1'],
  choose: ['flexcord:choose:refund', 'flexcord:choose:none'],
  leave: [`flexcord:leave:${CONVERSATION}`],
  end: [`flexcord:end:${CONVERSATION}`],
  here: [`flexcord:here:${CONVERSATION}`],
  vote: ['flexcord:vote:1'],
  unvote: ['flexcord:unvote:1'],
  follow: ['flexcord:follow:1'],
  unfollow: ['flexcord:unfollow:1'],
  view: ['flexcord:view:1'],
  reopen: ['flexcord:reopen:1'],
  unsolved: ['flexcord:unsolved:1'],
  'case-page': ['flexcord:case-page:newer:0', 'flexcord:case-page:older:1'],
  read: ['flexcord:read:a-0193f0a2-7c1e-7d2b-9a60-5f1d2c3b4a59'],
  'read-page': ['flexcord:read-page:a-0193f0a2-7c1e-7d2b-9a60-5f1d2c3b4a59:1'],
  rate: [1, 2, 3, 4, 5].map((score) => `flexcord:rate:${CONVERSATION}:${score}`),
  'rate-comment': [`flexcord:rate-comment:${CONVERSATION}`],
  'rate-form': [`flexcord:rate-form:${CONVERSATION}`],
  report: ['flexcord:report:bug', 'flexcord:report:feature'],
  'report-form': ['flexcord:report-form:bug', 'flexcord:report-form:feature'],
  'panel-help': ['flexcord:panel-help'],
  'setup-mend': ['flexcord:setup-mend'],
  'post-helped': ['flexcord:post-helped'],
  'post-not-yet': ['flexcord:post-not-yet'],
  'post-team': ['flexcord:post-team'],
  'post-private': ['flexcord:post-private'],
  'post-solution': ['flexcord:post-solution:1245678901234567890'],
  'post-open': ['flexcord:post-open'],
  'post-solved': ['flexcord:post-solved'],
  learning: ['flexcord:learning:on', 'flexcord:learning:off'],
  'announce-form': ['flexcord:announce-form'],
  'announce-publish': ['flexcord:announce-publish'],
  'announce-discard': ['flexcord:announce-discard'],
};
/** Of forms, which open from a button or command and are in no message. */
const FORMS: readonly CustomIdName[] = ['rate-form', 'report-form', 'announce-form'];

const [kind] = storeKinds;
let place: TestPlace;
let chat: Chat;
beforeAll(async () => {
  place = await kind.make();
  chat = await startChat(place);
});
afterAll(async () => {
  await chat?.stop();
  await place?.drop();
});

/** A message from before, with this button. */
async function postOldMessage(customId: string, { dmChannelId } = chat.ada): Promise<{ id: string }> {
  const { discord } = chat;
  const response = await fetch(`${discord.apiBase}/v10/channels/${dmChannelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.botToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      embeds: [{ title: 'From an earlier version', description: 'With a button' }],
      components: [
        {
          type: ComponentType.ActionRow,
          components: [
            { type: ComponentType.Button, style: ButtonStyle.Secondary, label: 'Press', custom_id: customId },
          ],
        },
      ],
    }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { id: string };
}

async function press(customId: string, who = chat.ada) {
  const view = who.click(await postOldMessage(customId, who), customId);
  await view.waitFor();
  return view;
}

const failures = languages.flatMap(({ tryAgain, tooMany }) => [tryAgain, tooMany]);

describe('a button that was posted by an earlier version', () => {
  const buttons = Object.entries(POSTED)
    .filter(([name]) => !FORMS.includes(name as CustomIdName))
    .flatMap(([name, ids]) => ids.map((id) => [id, name as CustomIdName] as const));

  let nextMember = 1;
  test.each(buttons)('%s is answered', async (id, name) => {
    expect(customIdParts(id, name)).toEqual(id.split(':').slice(2));
    // A member of its own for each, as one may use 20 things in 10 s.
    const member = chat.discord.createUser({ username: `member${nextMember++}` });
    chat.guild.join(member);
    const view = await press(id, member);
    expect(view.status).toBe('answered');
    expect(failures).not.toContain(view.response?.content ?? '');
  });
});

describe('a form that an earlier version opened', () => {
  test('has the custom id that it always had, and is answered when it is sent', async () => {
    const { ada, guild, discord } = chat;
    const admin = discord.createUser({ username: 'admin' });
    guild.join(admin);
    guild.giveRole(admin, guild.createRole({ name: 'Admin', permissions: ADMINISTRATOR }));
    const set = admin.slash('setup', {}, { guild });
    await set.waitFor();
    const announce = admin.slash('announce', {}, { guild });
    await announce.waitFor();

    const opened = [
      {
        who: ada,
        view: await press(`flexcord:rate-comment:${CONVERSATION}`),
        fields: { comment: 'Good' } as Record<string, string>,
      },
      { who: ada, view: await press('flexcord:report:bug'), fields: { title: 'It', text: 'crashes' } },
      { who: ada, view: await press('flexcord:report:feature'), fields: { title: 'A', text: 'boat' } },
      { who: admin, view: announce, fields: { title: 'Open sea', text: 'Sail' } },
    ];
    expect(opened.map(({ view }) => view.modal?.custom_id).sort()).toEqual(
      FORMS.flatMap((name) => POSTED[name]).sort(),
    );
    for (const { who, view, fields } of opened) {
      const sent = who.submitModal(view, fields);
      await sent.waitFor();
      expect(sent.status).toBe('answered');
      expect(failures).not.toContain(sent.response?.content ?? '');
    }
  });
});
