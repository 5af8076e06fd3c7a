import { afterAll, expect, test } from 'bun:test';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../chaos/random.ts';
import { bridgeProcess, freePort, runScript } from '../src/bridge-process.ts';
import { bridgeSettings } from '../src/bridge-settings.ts';
import { startDiscord } from '../src/discord/index.ts';
import { newDataDir } from '../src/sandbox.ts';
import { botMessageWaiter } from '../src/tour/steps.ts';
import { startTwilio } from '../src/twilio/index.ts';
import { attachStudio } from '../src/twilio/studio/attach.ts';
import { releasePlugin } from '../src/twilio/testing.ts';
import { type Variants, variants } from '../src/variants.ts';
import { waitUntil } from '../src/wait-until.ts';
import { accountTools } from './foreign-account.ts';

/*
 * The first hour of somebody who has just cloned the repository, with an account that lives already, and of which nobody
 * knows how it behaves: every command is run as its own process, as docs/going-live.md says.
 */

const ROOT = join(import.meta.dir, '../..');
const SEED = process.env.FLEXCORD_VARIANT_SEED ?? String(Date.now() % 2 ** 31);

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A random value of each variant, but for the one with which the bridge refuses to start. */
function randomVariants(seed: string): Partial<Variants> {
  const { pick } = seeded(seed);
  const chosen = Object.entries(variants).map(([name, { values }]) => [name, pick<unknown>(values)]);
  return { ...Object.fromEntries(chosen), defaultServiceIsFlex: true };
}

test(`from a clone to going live and away again, on a foreign account (seed ${SEED})`, async () => {
  const chosen = randomVariants(SEED);
  const discord = await startDiscord({ variants: chosen });
  const twilio = await startTwilio({ variants: chosen });
  attachStudio(twilio, chosen);
  const folder = newDataDir();
  closing.push(() => rmSync(folder, { recursive: true, force: true }), discord.stop, twilio.stop);
  const guild = discord.createGuild({ name: 'Harbour' });
  const { content, makeForeign } = accountTools(twilio, discord);
  await makeForeign();
  const before = await content();

  // What the newcomer writes into .env by hand.
  const settings: Record<string, string> = bridgeSettings(
    { discord, twilio },
    `http://127.0.0.1:${await freePort()}`,
  );
  const { TWILIO_WORKSPACE_SID: _workspace, TWILIO_WORKFLOW_SID: _workflow, ...known } = settings;
  const env: Record<string, string> = {
    ...known,
    STUDIO_SECRET: 'a-secret-for-the-tests-only',
    DATA_DIR: folder,
    KNOWLEDGE_SAMPLE: 'true',
    STUDIO_DEADLINE_MS: '3000',
    TRANSCRIPT_CHECK_MS: '3000',
  };
  const run = (name: 'provision' | 'doctor' | 'member', ...args: string[]) => runScript(name, args, env);

  const provisioned = await run('provision', '--guild', guild.id, '--yes');
  expect(provisioned).toMatchObject({ code: 0, err: '' });
  expect(provisioned.out).toContain('is not ours and stays');
  for (const [, name, value] of provisioned.out.matchAll(/^\s+(TWILIO_\w+)=(\S+)$/gm))
    Object.assign(env, { [name as string]: value });
  if (!existsSync(join(ROOT, 'flex-plugin/build/flexcord-views.js')))
    await Bun.spawn([process.execPath, 'build-views.ts'], { cwd: join(ROOT, 'flex-plugin') }).exited;
  await releasePlugin(twilio);

  const bridge = bridgeProcess(env);
  closing.push(() => bridge.kill().catch(() => {}));
  await bridge.start();
  const healthy = await run('doctor');
  expect(healthy.out).not.toMatch(/^[✗?]/m);
  expect(healthy).toMatchObject({ code: 0, err: '' });

  const nextBotMessage = botMessageWaiter(discord);
  const newMember = (name: string) => {
    const member = discord.createUser({ username: name.toLowerCase(), globalName: name });
    guild.join(member);
    return member;
  };

  // The virtual agent alone.
  const answered = nextBotMessage(/This should help|one of these/);
  newMember('Ada').dm('I forgot my password, how do I reset it?');
  expect((await answered).embeds.length).toBeGreaterThan(0);
  expect(twilio.tasks()).toEqual([]);

  // A hand-off, and words in both directions.
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const bo = newMember('Bo');
  bo.dm('I want to talk to a person');
  const joined = nextBotMessage('Kim joined the chat.');
  const task = await kim.accept(await kim.waitForReservation());
  await joined;
  const reply = nextBotMessage('Good evening, Bo');
  const conversationSid = task.conversationSid ?? '';
  kim.send(conversationSid, 'Good evening, Bo');
  await reply;
  bo.dm('my boat is gone, see https://harbour.test/boats');
  await waitUntil(() =>
    kim.transcript(conversationSid).some(({ body }) => body?.startsWith('my boat is gone')),
  );
  const ended = nextBotMessage('This chat has ended');
  kim.complete(task);
  await ended;

  // A case.
  const cleo = newMember('Cleo');
  const form = cleo.slash('bug', { description: 'The lantern goes out' }, { guild });
  await form.waitFor();
  const card = () => discord.messages(guild.channel('bug-report')).length;
  await waitUntil(() => card() === 1, { what: 'the card of the case' });

  // The bridge writes down what Discord says at the gateway alone once nobody waits for it.
  const noted = async () => (await run('doctor', '--json')).out;
  await waitUntil(async () => /previewUpdates[\s\S]*attachmentSizeLimitMib/.test(await noted()), {
    what: 'what the gateway told',
  });
  const report = join(folder, 'report.json');
  const probed = await run('doctor', '--probe', '--yes', '--wait', '3', '--out', report);
  expect(probed).toMatchObject({ code: 0, err: '' });
  const { answers } = (await Bun.file(report).json()) as { answers: Record<string, { value: unknown }> };
  const found = Object.fromEntries(Object.entries(answers).map(([name, { value }]) => [name, value]));
  // That one needs a member; what Discord says at the gateway alone the bridge has noted.
  const { fileNames: _fileNames, ...settled } = chosen;
  expect(found).toMatchObject(settled);

  // A member asks to be forgotten; another's words stay.
  const receipt = join(folder, 'receipt.json');
  const erased = await run('member', 'erase', bo.id, '--yes', '--receipt', receipt);
  expect(erased).toMatchObject({ code: 0, err: '' });
  expect(await Bun.file(receipt).json()).toMatchObject({ memberId: bo.id, finishedAt: expect.any(String) });
  const atTwilio = () =>
    JSON.stringify([twilio.tasks(), twilio.conversations().map((each) => [each, twilio.messages(each.sid)])]);
  expect(atTwilio()).toContain('how do I reset it?');
  for (const trace of [bo.id, 'my boat is gone', 'Good evening, Bo']) expect(atTwilio()).not.toContain(trace);
  expect(bo.inbox().filter(({ author }) => author.id === discord.applicationId)).toEqual([]);

  expect(await bridge.stop()).toBe(0);
  const gone = await run('provision', '--destroy', '--yes');
  expect(gone).toMatchObject({ code: 0, err: '' });
  expect(await content()).toEqual(before);
  for (const left of [
    '"Our voice menu"',
    'https://crm.harbour.test/hooks',
    '"roll"',
    'of members stay',
    'delete them in Discord',
  ])
    expect(gone.out).toContain(left);
}, 240_000);
