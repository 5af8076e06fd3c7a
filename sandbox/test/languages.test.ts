import { afterAll, beforeAll, expect, test } from 'bun:test';
import type { DiscordUser } from '../src/discord/index.ts';
import { closeHarnesses, type Harness, startHarness, textOf } from './harness.ts';

let harness: Harness;
let mia: DiscordUser;
beforeAll(async () => {
  harness = await startHarness({
    routing: 'bridge',
    env: { AGENT_LANGUAGE: 'de', BUSINESS_TIME_ZONE: 'Europe/Berlin', CHECK_QUIET_MS: '600000' },
  });
  mia = harness.discord.createUser({ username: 'mia', globalName: 'Mia', locale: 'de' });
  harness.guild.join(mia);
});
afterAll(closeHarnesses);

test('members and agents with German settings get German texts only', async () => {
  const { waitForBotMessage, kim, twilio, guild } = harness;
  const helped = mia.slash('helpme', {}, { guild });
  await helped.waitFor();
  expect(helped.response?.content).toStartWith('Ich habe Ihnen privat geschrieben.');
  await waitForBotMessage('Hallo Mia! Schreiben Sie einfach, worum es geht.', mia);
  mia.dm('I want to talk to a person');
  const { task } = await kim.waitForReservation();
  expect(JSON.stringify(task.attributes)).toContain('kein Artikel gezeigt · ruhig');
  await waitForBotMessage('Ihre Anfrage hat die Nummer **#1**.', mia);
  await kim.accept(await kim.waitForReservation());
  await waitForBotMessage('Kim ist dem Chat beigetreten.', mia);

  const sid = String(task.attributes.conversationSid);
  const reads = (words: string) =>
    twilio.waitFor(() => kim.transcript(sid).find(({ body }) => body?.includes(words)));
  await reads('Zusammenfassung für die Bearbeitung\nMitglied: Mia (Deutsch)');
  mia.dm('bis <t:1764000000:D>');
  await reads('bis 24. November 2025');
  mia.delete(mia.dm('nur ein Versehen'));
  await reads('[Mia hat diese Nachricht gelöscht]');

  await kim.complete(task);
  await waitForBotMessage('Dieser Chat ist beendet (Anfrage #1). Vielen Dank!', mia);
  const end = mia.inbox().findLast((message) => textOf(message).includes('beendet'));
  expect(end?.embeds[0]?.footer?.text).toBe('Wie war es? 1 ist schlecht, 5 ist gut.');
  const list = mia.slash('case list', {}, { dm: true });
  await list.waitFor();
  expect(list.response?.embeds[0]?.title).toBe('Ihre letzten Anfragen');
});

test('commands have German names and descriptions, and English ones as the default', async () => {
  const { discord } = harness;
  const response = await fetch(
    `${discord.apiBase}/v10/applications/${discord.applicationId}/commands?with_localizations=true`,
    { headers: { authorization: `Bot ${discord.botToken}` } },
  );
  const commands = (await response.json()) as Record<string, unknown>[];
  expect(commands).toContainEqual(
    expect.objectContaining({
      name: 'bug',
      name_localizations: expect.objectContaining({ de: 'fehler', ja: '不具合報告' }),
      description: 'Report a bug to the team',
      description_localizations: expect.objectContaining({
        de: 'Dem Team einen Fehler melden',
        ja: '不具合をチームに報告します',
      }),
    }),
  );
  for (const { name_localizations } of commands)
    expect(Object.keys(name_localizations as object)).toEqual(expect.arrayContaining(['de', 'ja']));
});

test('warns at the start about a renamed variable', () => {
  const lines = harness.bridge.output().filter((line) => line.includes('CHECK_QUIET_MS'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    msg: 'CHECK_QUIET_MS is called TRANSCRIPT_CHECK_MS now. Rename it: the next version no longer reads it.',
  });
});
