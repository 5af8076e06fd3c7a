import { afterEach, expect, test } from 'bun:test';
import { Events, type Interaction, MessageFlags } from 'discord.js';
import { once, type SetUp, setUp } from './testing.ts';

let it: SetUp;
afterEach(() => it.tearDown());

const commands = [
  {
    name: 'helpme',
    description: 'Ask',
    options: [{ type: 3, name: 'question', description: 'What', autocomplete: true }],
  },
  {
    name: 'case',
    description: 'Cases',
    options: [
      {
        type: 1,
        name: 'view',
        description: 'One case',
        options: [
          { type: 4, name: 'number', description: 'Which', required: true },
          { type: 11, name: 'file', description: 'Proof' },
        ],
      },
    ],
  },
  { name: 'Open a case', type: 3 },
];

/** A bot with the commands registered that treats each interaction with `handle`. */
async function bot(handle: (interaction: Interaction) => Promise<unknown>) {
  const client = await it.login();
  await client.application.commands.set(commands);
  client.on(Events.InteractionCreate, (interaction) => void handle(interaction));
  return client;
}

test('a slash command is deferred, answered ephemerally, and followed up', async () => {
  it = await setUp();
  await bot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(`About ${interaction.options.getString('question')}`);
    await interaction.followUp('Anything else?');
  });
  const view = it.ada.slash('helpme', { question: 'tides' });
  await view.waitFor((v) => v.followUps.length === 1);
  expect([view.status, view.response?.content]).toEqual(['answered', 'About tides']);
  expect(it.ada.read(it.general).map((m) => m.content)).toEqual(['About tides', 'Anything else?']);
  expect(it.ben.read(it.general).map((m) => m.content)).toEqual(['Anything else?']);
});

test('subcommands transport numbers and files', async () => {
  it = await setUp();
  await bot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const file = interaction.options.getAttachment('file', true);
    const bytes = await (await fetch(file.url)).text();
    await interaction.reply(
      `${interaction.options.getSubcommand()} ${interaction.options.getInteger('number')} ${bytes}`,
    );
  });
  const view = it.ada.slash('case view', { number: 7, file: { name: 'a.txt', data: 'proof' } }, { dm: true });
  await view.waitFor();
  expect(view.response?.content).toBe('view 7 proof');
  expect(() => it.ada.slash('case view', {})).toThrow('requires');
  expect(() => it.ada.slash('nothing')).toThrow('no command');
});

test('a button opens a modal whose fields and files are submitted', async () => {
  it = await setUp();
  const client = await bot(async (interaction) => {
    if (interaction.isButton()) {
      await interaction.showModal({
        custom_id: 'bug',
        title: 'Report',
        components: [
          { type: 18, label: 'Title', component: { type: 4, custom_id: 'title', style: 1 } },
          {
            type: 18,
            label: 'Platform',
            component: { type: 3, custom_id: 'platform', options: [{ label: 'Web', value: 'web' }] },
          },
          { type: 18, label: 'Screenshot', component: { type: 19, custom_id: 'shot', required: false } },
        ],
      });
    } else if (interaction.isModalSubmit()) {
      const file = interaction.fields.getUploadedFiles('shot')?.first();
      const platform = interaction.fields.getStringSelectValues('platform').join();
      await interaction.reply(
        `${interaction.fields.getTextInputValue('title')} on ${platform}: ${file?.name}`,
      );
    }
  });
  const dm = await (await client.users.fetch(it.ada.id)).createDM();
  const message = await dm.send({
    content: 'Report?',
    components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', customId: 'go' }] }],
  });
  const view = it.ada.click(message, 'go');
  await view.waitFor();
  expect(view.modal?.title).toBe('Report');
  expect(() => it.ada.submitModal(view, { title: 'Leak' })).toThrow('"platform" is required');
  const sent = it.ada.submitModal(view, {
    title: 'Leak',
    platform: ['web'],
    shot: [{ name: 'leak.png', data: 'png', contentType: 'image/png' }],
  });
  await sent.waitFor();
  expect(sent.response?.content).toBe('Leak on web: leak.png');
});

test('a select updates its message; a context menu and autocomplete answer', async () => {
  it = await setUp();
  const client = await bot(async (interaction) => {
    if (interaction.isStringSelectMenu())
      await interaction.update({ content: interaction.values.join(), components: [] });
    if (interaction.isMessageContextMenuCommand())
      await interaction.reply(`Case: ${interaction.targetMessage.content}`);
    if (interaction.isAutocomplete())
      await interaction.respond([{ name: interaction.options.getFocused(), value: 'x' }]);
  });
  const dm = await (await client.users.fetch(it.ada.id)).createDM();
  const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
  const message = await dm.send({
    content: 'Pick',
    components: [{ type: 1, components: [{ type: 3, customId: 'pick', maxValues: 2, options }] }],
  });
  expect(() => it.ada.select(message, 'pick', ['z'])).toThrow('offers no');
  await it.ada.select(message, 'pick', ['a', 'c']).waitFor();
  expect(it.ada.inbox().at(-1)).toMatchObject({ content: 'a,c', components: [] });
  const said = it.ada.say(it.general, 'it leaks');
  const view = await it.ben.contextMenu(said, 'Open a case').waitFor();
  expect(view.response?.content).toBe('Case: it leaks');
  const typed = await it.ada.autocomplete('helpme', { question: 'ti' }, 'question').waitFor();
  expect(typed.choices).toEqual([{ name: 'ti', value: 'x' }]);
});

test('late, second and expired responses are refused with Discord’s errors', async () => {
  it = await setUp({ limits: { interactionResponseMs: 20 } });
  const client = await bot(async () => undefined);
  const caught = once<Interaction>(client, Events.InteractionCreate);
  const view = it.ada.slash('helpme');
  const late = await caught;
  await view.waitFor();
  expect(view.status).toBe('failed');
  if (!late.isChatInputCommand()) throw new Error('no command');
  await expect(late.reply('sorry')).rejects.toMatchObject({ code: 10062 });

  it.discord.limits.interactionResponseMs = 60_000;
  const next = once<Interaction>(client, Events.InteractionCreate);
  it.ada.slash('helpme');
  const second = await next;
  if (!second.isChatInputCommand()) throw new Error('no command');
  await second.reply('in time');
  const path = `/interactions/${second.id}/${second.token}/callback`;
  expect((await it.call('POST', path, { type: 4, data: { content: 'again' } })).body.code).toBe(40060);
  const hook = `/webhooks/${it.discord.applicationId}/${second.token}`;
  expect((await it.call('POST', hook, { content: 'more' })).status).toBe(200);
  it.discord.limits.interactionTokenMs = 0;
  const answer = await it.call('POST', hook, { content: 'still there?' });
  expect(answer).toMatchObject({ status: 401, body: { code: 50027 } });
  expect(
    (await it.call('POST', `/webhooks/${it.discord.applicationId}/nonsense`, { content: 'x' })).body.code,
  ).toBe(10015);
});

test('a response is returned on request, and members with closed DMs still get ephemeral responses', async () => {
  it = await setUp();
  const client = await bot(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const sent = await interaction.reply({
      content: 'here',
      flags: MessageFlags.Ephemeral,
      withResponse: true,
    });
    await interaction.editReply(`mine is ${sent.resource?.message?.id}`);
    await interaction.deleteReply();
    await interaction.followUp({
      content: `was ${sent.resource?.message?.content}`,
      flags: MessageFlags.Ephemeral,
    });
  });
  it.ada.closeDms();
  const view = it.ada.slash('helpme');
  await view.waitFor((v) => v.followUps.length === 1);
  expect(view.response).toBeNull();
  expect(view.followUps[0]?.content).toBe('was here');
  expect(it.ben.read(it.general)).toEqual([]);
  expect(client.isReady()).toBe(true);
});

test('invalid commands are refused at registration', async () => {
  it = await setUp();
  const path = `/applications/${it.discord.applicationId}/commands`;
  const bad = await it.call('PUT', path, [{ name: 'Bad Name', description: '' }]);
  expect(bad.body.code).toBe(50035);
  expect(bad.body.errors[0].name._errors[0].code).toBe('APPLICATION_COMMAND_INVALID_NAME');
  const first = await it.call('POST', path, { name: 'new_feature', description: 'Ideas' });
  expect(first.status).toBe(201);
  const again = await it.call('PUT', path, [{ name: 'new_feature', description: 'Wishes' }]);
  expect(again.body[0].id).toBe(first.body.id);
  expect(
    (await it.call('PATCH', `${path}/${first.body.id}`, { description: 'Hopes' })).body.description,
  ).toBe('Hopes');
  expect((await it.call('DELETE', `${path}/${first.body.id}`)).status).toBe(204);
  expect((await it.call('GET', `${path}/${first.body.id}`)).body.code).toBe(10063);
});
